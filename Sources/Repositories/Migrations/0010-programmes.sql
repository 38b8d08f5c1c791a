-- 집단 프로그램: names, topics and places say nothing of anybody and lie in the clear.
CREATE TABLE programme (
  school_id text NOT NULL REFERENCES school (id),
  id text NOT NULL,
  name text NOT NULL,
  service text NOT NULL,
  legal_kind text,
  resource_id text REFERENCES resource (id),
  needs text NOT NULL,
  first_day text NOT NULL,
  last_day text NOT NULL,
  rhythm text NOT NULL,
  place text NOT NULL,
  places bigint NOT NULL CHECK (places BETWEEN 1 AND 200),
  fund text,
  cost bigint CHECK (cost >= 0),
  leader_id text NOT NULL REFERENCES staff (id),
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  CHECK (first_day <= last_day)
);
CREATE INDEX programme_by_end ON programme (school_id, last_day, id);

-- A student's place, or place in the waiting list; a remark lies sealed under the student's key.
CREATE TABLE programme_seat (
  school_id text NOT NULL,
  programme_id text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  student_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'enrolled', 'left')),
  asked_at bigint NOT NULL,
  by_id text NOT NULL REFERENCES staff (id),
  enrolled_on text,
  left_on text,
  sealed {bytes},
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, programme_id, id),
  FOREIGN KEY (school_id, programme_id) REFERENCES programme (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  CHECK ((state = 'left') = (left_on IS NOT NULL)),
  CHECK (state <> 'enrolled' OR enrolled_on IS NOT NULL),
  CHECK (state <> 'waiting' OR enrolled_on IS NULL),
  CHECK (left_on IS NULL OR enrolled_on IS NULL OR enrolled_on <= left_on)
);
CREATE UNIQUE INDEX programme_seat_once ON programme_seat (school_id, programme_id, case_id) WHERE state <> 'left';

CREATE TABLE programme_session (
  school_id text NOT NULL,
  programme_id text NOT NULL,
  id text NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  day text NOT NULL,
  minutes bigint NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
  topic text NOT NULL,
  -- A code, for a session that was called off.
  cancelled text,
  by_id text NOT NULL REFERENCES staff (id),
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, programme_id, id),
  UNIQUE (school_id, programme_id, number),
  FOREIGN KEY (school_id, programme_id) REFERENCES programme (school_id, id),
  CHECK (cancelled IS NULL OR minutes = 0)
);

CREATE TABLE programme_attendance (
  school_id text NOT NULL,
  programme_id text NOT NULL,
  session_id text NOT NULL,
  seat_id text NOT NULL,
  mark text NOT NULL CHECK (mark IN ('present', 'late', 'absent', 'excused')),
  -- The contact written of whoever was there; it stays named where the mark is corrected.
  record_id text,
  by_id text NOT NULL REFERENCES staff (id),
  at bigint NOT NULL,
  -- A line about somebody who was not there, under the student's key.
  sealed {bytes},
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, programme_id, session_id, seat_id),
  FOREIGN KEY (school_id, programme_id, session_id) REFERENCES programme_session (school_id, programme_id, id),
  FOREIGN KEY (school_id, programme_id, seat_id) REFERENCES programme_seat (school_id, programme_id, id),
  CHECK (mark IN ('absent', 'excused') OR record_id IS NOT NULL)
);
