-- What was looked for and not found (충족되지 않은 욕구), and what is done about it (자원 개발).
CREATE TABLE unmet_need (
  school_id text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  student_id text NOT NULL,
  need text NOT NULL,
  reason text NOT NULL,
  -- Counted through from 1 (초1) to 12 (고3), and where the school lies, as they were that day.
  grade bigint CHECK (grade BETWEEN 1 AND 12),
  area text,
  day text NOT NULL,
  by_id text NOT NULL REFERENCES staff (id),
  -- The day on which something was found after all.
  met_on text,
  -- What exactly was missing, in words.
  sealed {bytes},
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX unmet_need_by_case ON unmet_need (school_id, case_id, id);
CREATE INDEX unmet_need_by_day ON unmet_need (school_id, day, need);

-- A resource that is looked for, asked or built up; it belongs to the office, as resources do.
CREATE TABLE development (
  id text PRIMARY KEY,
  school_id text NOT NULL REFERENCES school (id),
  leader_id text NOT NULL REFERENCES staff (id),
  need text NOT NULL,
  title text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'talking', 'agreed', 'given-up')),
  begun_on text NOT NULL,
  due_on text,
  ended_on text,
  -- The resource it led to.
  resource_id text REFERENCES resource (id),
  version bigint NOT NULL CHECK (version > 0),
  CHECK ((ended_on IS NULL) = (state IN ('planned', 'talking')))
);
CREATE INDEX development_by_state ON development (state, begun_on, id);

-- Who was spoken to and what came of it: names people, so it lies sealed under the office's key.
CREATE TABLE development_contact (
  development_id text NOT NULL REFERENCES development (id),
  id text NOT NULL,
  day text NOT NULL,
  by_id text NOT NULL REFERENCES staff (id),
  sealed {bytes} NOT NULL,
  PRIMARY KEY (development_id, id)
);

-- What came of the links to a resource.
CREATE INDEX linkage_by_resource ON linkage (resource_id, sent_at);
