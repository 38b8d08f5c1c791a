-- People, schools, keys, sign-in. Types are the three both engines share: text, bigint, and {bytes}, which the
-- migrator writes as blob or bytea. Instants are milliseconds since 1970, civil days are text like 2026-04-01.

CREATE TABLE office (
  id text PRIMARY KEY CHECK (id = 'office'),
  name text NOT NULL,
  made_at bigint NOT NULL
);

CREATE TABLE school (
  id text PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('elementary', 'middle', 'high', 'special', 'centre')),
  version bigint NOT NULL CHECK (version > 0)
);

CREATE TABLE school_year (
  school_id text NOT NULL REFERENCES school (id),
  year bigint NOT NULL,
  first_term_ends text NOT NULL,
  breaks text NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, year)
);

-- One key an owner, wrapped by the key above it: root > office and school > student > compartment.
CREATE TABLE sealing_key (
  owner_kind text NOT NULL CHECK (owner_kind IN ('office', 'school', 'student', 'compartment')),
  owner_id text NOT NULL,
  school_id text NOT NULL,
  wrapped {bytes},
  shredded_at bigint,
  PRIMARY KEY (school_id, owner_kind, owner_id),
  CHECK ((wrapped IS NULL) = (shredded_at IS NOT NULL))
);

CREATE TABLE staff (
  id text PRIMARY KEY,
  -- HMAC of the sign-in name under the office key; the name itself lies sealed.
  sign_in_token text NOT NULL UNIQUE,
  sealed {bytes} NOT NULL,
  left_at bigint,
  version bigint NOT NULL CHECK (version > 0)
);

-- Rights are kept for three years after they end (고시 제5조③), so rows are ended, never deleted.
CREATE TABLE staff_role (
  id text PRIMARY KEY,
  staff_id text NOT NULL REFERENCES staff (id),
  school_id text NOT NULL REFERENCES school (id),
  role text NOT NULL,
  from_day text NOT NULL,
  until_day text,
  granted_by text,
  granted_at bigint NOT NULL
);
CREATE INDEX staff_role_by_staff ON staff_role (staff_id, from_day);
CREATE INDEX staff_role_by_school ON staff_role (school_id, role);

CREATE TABLE credential (
  staff_id text PRIMARY KEY REFERENCES staff (id),
  password_hash text NOT NULL,
  must_change bigint NOT NULL CHECK (must_change IN (0, 1)),
  changed_at bigint NOT NULL,
  totp {bytes},
  totp_last_step bigint,
  failures bigint NOT NULL DEFAULT 0,
  locked_until bigint,
  version bigint NOT NULL CHECK (version > 0)
);

CREATE TABLE recovery_code (
  staff_id text NOT NULL REFERENCES staff (id),
  code_hash text NOT NULL,
  used_at bigint,
  PRIMARY KEY (staff_id, code_hash)
);

-- Tokens are stored hashed; a copy of this table opens no session.
CREATE TABLE sign_in_session (
  token_hash text PRIMARY KEY,
  id text NOT NULL UNIQUE,
  staff_id text NOT NULL REFERENCES staff (id),
  begun_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  ended_at bigint,
  -- The password was right, the second step is still to come.
  awaits_code bigint NOT NULL CHECK (awaits_code IN (0, 1)),
  address text NOT NULL,
  device text NOT NULL
);
CREATE INDEX sign_in_session_by_staff ON sign_in_session (staff_id, ended_at);

-- Failed sign-ins by network address, within a window of minutes.
CREATE TABLE sign_in_address (
  address text PRIMARY KEY,
  failures bigint NOT NULL CHECK (failures > 0),
  since bigint NOT NULL
);
CREATE INDEX sign_in_address_by_age ON sign_in_address (since);

CREATE TABLE draft (
  staff_id text NOT NULL REFERENCES staff (id),
  -- The form and what it is about: contact/<case id>, referral/new, …
  place text NOT NULL,
  -- Whose key it lies under; the office's where it is about nobody yet.
  school_id text,
  student_id text,
  is_compartment bigint NOT NULL CHECK (is_compartment IN (0, 1)),
  sealed {bytes} NOT NULL,
  saved_at bigint NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (staff_id, place),
  CHECK ((school_id IS NULL) = (student_id IS NULL)),
  CHECK (is_compartment = 0 OR student_id IS NOT NULL)
);
CREATE INDEX draft_by_student ON draft (school_id, student_id) WHERE student_id IS NOT NULL;

-- Every act: who, when, what, to which record. Codes and ids only.
CREATE TABLE event (
  id text PRIMARY KEY,
  school_id text NOT NULL,
  staff_id text NOT NULL,
  at bigint NOT NULL,
  act text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  case_id text,
  detail text NOT NULL
);
CREATE INDEX event_by_case ON event (school_id, case_id, id);
CREATE INDEX event_by_staff ON event (staff_id, id);

-- 접속기록 (고시 제2조3호): who, when, from where, whose data, what for. Kept two years at least (제8조①).
CREATE TABLE access_row (
  id text PRIMARY KEY,
  school_id text NOT NULL,
  staff_id text NOT NULL,
  at bigint NOT NULL,
  address text NOT NULL,
  student_id text,
  work text NOT NULL,
  route text NOT NULL,
  subjects bigint NOT NULL
);
CREATE INDEX access_row_by_school ON access_row (school_id, id);
CREATE INDEX access_row_by_student ON access_row (school_id, student_id, id);
CREATE INDEX access_row_by_staff ON access_row (staff_id, id);

-- The hash chain over events and access rows, one a school, linked by the notary.
CREATE TABLE chain_link (
  school_id text NOT NULL,
  number bigint NOT NULL,
  row_kind text NOT NULL CHECK (row_kind IN ('event', 'access')),
  row_id text NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (school_id, number),
  UNIQUE (row_kind, row_id)
);
CREATE TABLE chain_head (
  school_id text PRIMARY KEY,
  number bigint NOT NULL,
  hash {bytes} NOT NULL,
  -- HMAC under the office key, so that a cut tail is found.
  seal {bytes} NOT NULL
);
-- Rows not linked yet; emptied by the notary in the transaction that links them.
CREATE TABLE chain_pending (
  row_kind text NOT NULL,
  row_id text NOT NULL,
  school_id text NOT NULL,
  PRIMARY KEY (row_kind, row_id)
);

-- One holder of a duty over all instances of the program.
CREATE TABLE lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  until_at bigint NOT NULL
);
