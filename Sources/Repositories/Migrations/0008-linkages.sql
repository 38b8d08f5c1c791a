-- 연계 (F19): a case linked to a resource. What is told of the student lies sealed under the student's key.
CREATE TABLE linkage (
  school_id text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  by_id text NOT NULL REFERENCES staff (id),
  made_at bigint NOT NULL,
  resource_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('agency', 'family')),
  is_joint bigint NOT NULL CHECK (is_joint IN (0, 1)),
  needs text NOT NULL,
  items text NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'requested', 'accepted', 'rejected', 'cancelled', 'in-progress',
    'on-hold', 'failed', 'completed', 'entered-in-error')),
  state_since bigint NOT NULL,
  -- 'consent', or the code of a legal ground.
  ground text,
  consents text NOT NULL,
  disclosure_id text,
  sent_at bigint,
  reply_by text,
  reminders bigint NOT NULL,
  reminded_at bigint,
  escalated_at bigint,
  is_partial bigint NOT NULL CHECK (is_partial IN (0, 1)),
  accepted_on text,
  ended_on text,
  withdrawn_on text,
  help text CHECK (help IN ('yes', 'partly', 'no')),
  help_score bigint CHECK (help_score BETWEEN 0 AND 10),
  help_at bigint,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, case_id, number),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  CHECK ((sent_at IS NULL) = (ground IS NULL)),
  CHECK ((help IS NULL) = (help_at IS NULL))
);
CREATE INDEX linkage_by_disclosure ON linkage (school_id, disclosure_id);
CREATE INDEX linkage_waiting ON linkage (state, reply_by) WHERE escalated_at IS NULL;

-- Every move, and what was done without one; rows are only ever added.
CREATE TABLE linkage_step (
  school_id text NOT NULL,
  linkage_id text NOT NULL,
  id text NOT NULL,
  -- NULL for the agency itself.
  by_id text,
  party text NOT NULL CHECK (party IN ('requester', 'target')),
  way text NOT NULL,
  at bigint NOT NULL,
  from_state text,
  to_state text NOT NULL,
  reason text,
  -- In words, where some were given: sealed.
  sealed {bytes},
  PRIMARY KEY (school_id, linkage_id, id),
  FOREIGN KEY (school_id, linkage_id) REFERENCES linkage (school_id, id)
);

-- The way in for an agency without an account. Only hashes of its address and its code are kept.
CREATE TABLE agency_link (
  school_id text NOT NULL,
  id text NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('reply', 'outcome')),
  linkage_id text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  code_token text NOT NULL,
  made_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  failures bigint NOT NULL CHECK (failures >= 0),
  used_at bigint,
  revoked_at bigint,
  locked_at bigint,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, linkage_id) REFERENCES linkage (school_id, id)
);
CREATE INDEX agency_link_by_linkage ON agency_link (school_id, linkage_id, id);

-- Every look at it.
CREATE TABLE agency_link_opening (
  school_id text NOT NULL,
  link_id text NOT NULL,
  id text NOT NULL,
  at bigint NOT NULL,
  address text NOT NULL,
  outcome text NOT NULL,
  PRIMARY KEY (school_id, link_id, id),
  FOREIGN KEY (school_id, link_id) REFERENCES agency_link (school_id, id)
);

-- What an agency sent beside its words; name and bytes sealed.
CREATE TABLE linkage_file (
  school_id text NOT NULL,
  linkage_id text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  size bigint NOT NULL CHECK (size > 0),
  at bigint NOT NULL,
  sealed_name {bytes} NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (school_id, linkage_id, id),
  FOREIGN KEY (school_id, linkage_id) REFERENCES linkage (school_id, id)
);
