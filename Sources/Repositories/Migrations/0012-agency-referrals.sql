-- 기관에서 온 의뢰: from the way in for the agency until the school has found the student. What was written lies under a key
-- of its own, which is destroyed once the student is found or the referral is not taken up.
CREATE TABLE agency_referral (
  school_id text NOT NULL,
  id text NOT NULL,
  resource_id text NOT NULL,
  by_id text NOT NULL REFERENCES staff (id),
  made_at bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'sent', 'taken', 'declined')),
  receipt text,
  sent_at bigint,
  is_urgent bigint NOT NULL CHECK (is_urgent IN (0, 1)),
  handler_id text,
  handled_at bigint,
  sealed {bytes},
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  CHECK ((state = 'asked') = (receipt IS NULL)),
  CHECK ((receipt IS NULL) = (sent_at IS NULL)),
  CHECK ((state = 'sent') = (sealed IS NOT NULL)),
  CHECK ((handler_id IS NULL) = (handled_at IS NULL))
);
CREATE INDEX agency_referral_by_state ON agency_referral (school_id, state, sent_at);

-- The way in, as agency_link is for linkages.
CREATE TABLE referral_link (
  school_id text NOT NULL,
  id text NOT NULL,
  purpose text NOT NULL CHECK (purpose = 'referral'),
  referral_id text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  code_token text NOT NULL,
  made_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  failures bigint NOT NULL CHECK (failures >= 0),
  used_at bigint,
  revoked_at bigint,
  locked_at bigint,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, referral_id) REFERENCES agency_referral (school_id, id)
);
CREATE INDEX referral_link_by_referral ON referral_link (school_id, referral_id, id);

CREATE TABLE referral_link_opening (
  school_id text NOT NULL,
  link_id text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  address text NOT NULL,
  outcome text NOT NULL,
  PRIMARY KEY (school_id, link_id, id),
  FOREIGN KEY (school_id, link_id) REFERENCES referral_link (school_id, id)
);

-- Of a referral: the agency it came from, and whether the agency works with the family as well.
ALTER TABLE referral ADD COLUMN agency_id text;
ALTER TABLE referral ADD COLUMN is_joint bigint CHECK (is_joint IN (0, 1));
CREATE INDEX referral_by_case ON referral (school_id, case_id) WHERE agency_id IS NOT NULL;
