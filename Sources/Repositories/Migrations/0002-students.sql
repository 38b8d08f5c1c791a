CREATE TABLE student (
  school_id text NOT NULL REFERENCES school (id),
  id text NOT NULL,
  -- HMAC of the school's student number: the key of a re-import.
  number_token text NOT NULL,
  -- The small sealed display name that lists open; the sealed profile is opened on request.
  display {bytes} NOT NULL,
  profile {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, number_token)
);

CREATE TABLE enrolment (
  school_id text NOT NULL,
  student_id text NOT NULL,
  year bigint NOT NULL,
  grade bigint NOT NULL CHECK (grade BETWEEN 1 AND 12),
  class_name text NOT NULL,
  seat bigint,
  status text NOT NULL CHECK (status IN ('enrolled', 'transferred', 'graduated', 'left')),
  PRIMARY KEY (school_id, student_id, year),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id)
);
CREATE INDEX enrolment_by_class ON enrolment (school_id, year, grade, class_name, seat);

CREATE TABLE relative (
  school_id text NOT NULL,
  student_id text NOT NULL,
  id text NOT NULL,
  relation text NOT NULL,
  is_legal_guardian bigint NOT NULL CHECK (is_legal_guardian IN (0, 1)),
  must_not_contact bigint NOT NULL CHECK (must_not_contact IN (0, 1)),
  ended_at bigint,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, student_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id)
);

CREATE TABLE category (
  school_id text NOT NULL,
  student_id text NOT NULL,
  code text NOT NULL,
  confirmed_on text NOT NULL,
  confirmed_by text NOT NULL,
  ended_on text,
  PRIMARY KEY (school_id, student_id, code, confirmed_on),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id)
);

-- HMAC tokens of bigrams and 초성 of the name; says nothing without the school's key.
CREATE TABLE search_token (
  school_id text NOT NULL,
  token text NOT NULL,
  student_id text NOT NULL,
  PRIMARY KEY (school_id, token, student_id)
);
CREATE INDEX search_token_by_student ON search_token (school_id, student_id);

CREATE TABLE roster_import (
  school_id text NOT NULL REFERENCES school (id),
  id text NOT NULL,
  staff_id text NOT NULL,
  begun_at bigint NOT NULL,
  finished_at bigint,
  status text NOT NULL CHECK (status IN ('previewed', 'running', 'done', 'failed', 'cancelled')),
  total bigint NOT NULL,
  done bigint NOT NULL,
  added bigint NOT NULL,
  changed bigint NOT NULL,
  refused bigint NOT NULL,
  -- The uploaded rows and the refusals, sealed under the school's key; emptied when done.
  sealed {bytes},
  PRIMARY KEY (school_id, id)
);
