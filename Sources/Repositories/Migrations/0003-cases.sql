CREATE TABLE referral (
  school_id text NOT NULL,
  id text NOT NULL,
  student_id text NOT NULL,
  by_id text NOT NULL REFERENCES staff (id),
  route text NOT NULL,
  at bigint NOT NULL,
  is_urgent bigint NOT NULL CHECK (is_urgent IN (0, 1)),
  red_flags text NOT NULL,
  needs text NOT NULL,
  family_knows text NOT NULL CHECK (family_knows IN ('told', 'not-yet', 'dangerous')),
  status text NOT NULL CHECK (status IN ('sent', 'received', 'selected', 'helped', 'not-selected', 'closed')),
  case_id text,
  handler_id text,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id)
);
CREATE INDEX referral_by_sender ON referral (by_id, at);
CREATE INDEX referral_by_status ON referral (school_id, status, at);
CREATE INDEX referral_by_student ON referral (school_id, student_id);

CREATE TABLE referral_reply (
  school_id text NOT NULL,
  referral_id text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('receipt', 'selection', 'progress', 'closure')),
  by_id text NOT NULL,
  at bigint NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (school_id, referral_id, id),
  FOREIGN KEY (school_id, referral_id) REFERENCES referral (school_id, id)
);

CREATE TABLE case_file (
  school_id text NOT NULL,
  id text NOT NULL,
  student_id text NOT NULL,
  number text NOT NULL,
  episode bigint NOT NULL CHECK (episode > 0),
  previous_id text,
  referral_id text,
  family_id text,
  opened_on text NOT NULL,
  stage text NOT NULL CHECK (stage IN
    ('intake', 'assessment', 'planning', 'service', 'monitoring', 'reassessment', 'evaluation', 'follow-up')),
  standing text NOT NULL CHECK (standing IN ('open', 'refused', 'suspended', 'not-selected', 'closed', 'ended')),
  level bigint CHECK (level BETWEEN 1 AND 4),
  manager_id text NOT NULL REFERENCES staff (id),
  held_since text,
  closed_on text,
  closed_by text,
  closure_reason text,
  closure_more text,
  -- For lists: the last contact, so that no list reads records.
  last_contact_on text,
  -- The earliest row of `due`, rewritten with them, so that the caseload sorts without reading them.
  next_due_on text,
  next_due_kind text,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, number),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id),
  CHECK ((closed_on IS NULL) = (closed_by IS NULL)),
  CHECK ((closed_on IS NULL) = (closure_reason IS NULL)),
  CHECK ((standing IN ('closed', 'ended')) = (closed_on IS NOT NULL)),
  CHECK ((standing IN ('refused', 'suspended')) = (held_since IS NOT NULL))
);
CREATE INDEX case_file_by_manager ON case_file (manager_id, standing, level, id);
CREATE INDEX case_file_by_school ON case_file (school_id, standing, level, id);
CREATE INDEX case_file_by_family ON case_file (family_id) WHERE family_id IS NOT NULL;
CREATE INDEX case_file_by_student ON case_file (school_id, student_id, episode);

-- Who else may see a case, in which capacity, until when: specialist teachers, supervisors, centre staff, cover.
CREATE TABLE case_participant (
  school_id text NOT NULL,
  case_id text NOT NULL,
  staff_id text NOT NULL REFERENCES staff (id),
  capacity text NOT NULL CHECK (capacity IN ('manager', 'cover', 'specialist', 'supervisor', 'centre')),
  from_day text NOT NULL,
  until_day text,
  PRIMARY KEY (school_id, case_id, staff_id, capacity, from_day),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX case_participant_by_staff ON case_participant (staff_id, school_id, case_id);

CREATE TABLE case_transition (
  school_id text NOT NULL,
  case_id text NOT NULL,
  id text NOT NULL,
  from_stage text,
  to_stage text NOT NULL,
  standing text NOT NULL,
  reason text NOT NULL,
  by_id text NOT NULL,
  at_day text NOT NULL,
  -- A reason in words, where one was given: sealed.
  sealed {bytes},
  PRIMARY KEY (school_id, case_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);

CREATE TABLE case_record (
  school_id text NOT NULL,
  case_id text NOT NULL,
  id text NOT NULL,
  student_id text NOT NULL,
  kind text NOT NULL,
  series bigint NOT NULL CHECK (series > 0),
  day text NOT NULL,
  author_id text NOT NULL REFERENCES staff (id),
  written_at bigint NOT NULL,
  -- Handed in for approval by somebody else (결재 올림).
  asked_at bigint,
  approved_by text,
  approved_at bigint,
  follows_id text,
  form_id text NOT NULL,
  form_version bigint NOT NULL,
  marks text NOT NULL,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, case_id, id),
  UNIQUE (school_id, case_id, kind, series),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL))
);
CREATE INDEX case_record_by_day ON case_record (school_id, case_id, day, id);
CREATE INDEX case_record_by_kind ON case_record (school_id, case_id, kind, series);
CREATE INDEX case_record_waiting ON case_record (school_id, kind, asked_at)
  WHERE asked_at IS NOT NULL AND approved_at IS NULL;
CREATE INDEX case_record_of_month ON case_record (school_id, kind, day);

-- What a record said before; the newest version is in case_record.
CREATE TABLE case_record_version (
  school_id text NOT NULL,
  case_id text NOT NULL,
  record_id text NOT NULL,
  version bigint NOT NULL,
  author_id text NOT NULL,
  written_at bigint NOT NULL,
  marks text NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (school_id, case_id, record_id, version),
  FOREIGN KEY (school_id, case_id, record_id) REFERENCES case_record (school_id, case_id, id)
);

-- Counted in the clear, rewritten with the record they belong to.
CREATE TABLE service_given (
  school_id text NOT NULL,
  case_id text NOT NULL,
  record_id text NOT NULL,
  position bigint NOT NULL,
  student_id text NOT NULL,
  day text NOT NULL,
  service text NOT NULL,
  legal_kind text,
  method text NOT NULL,
  minutes bigint NOT NULL CHECK (minutes >= 0),
  people bigint NOT NULL CHECK (people >= 0),
  amount bigint NOT NULL CHECK (amount >= 0),
  fund text,
  resource_id text,
  goals text NOT NULL,
  PRIMARY KEY (school_id, case_id, record_id, position),
  FOREIGN KEY (school_id, case_id, record_id) REFERENCES case_record (school_id, case_id, id),
  CHECK (amount = 0 OR fund IS NOT NULL)
);
CREATE INDEX service_given_of_month ON service_given (school_id, day, service);
CREATE INDEX service_given_by_fund ON service_given (school_id, student_id, fund, day);

CREATE TABLE goal_rating (
  school_id text NOT NULL,
  case_id text NOT NULL,
  record_id text NOT NULL,
  -- The version of the plan whose goal it is; goals are counted anew in each.
  plan bigint NOT NULL CHECK (plan > 0),
  goal bigint NOT NULL CHECK (goal > 0),
  day text NOT NULL,
  rating bigint NOT NULL CHECK (rating BETWEEN -2 AND 2),
  weight bigint NOT NULL CHECK (weight BETWEEN 1 AND 5),
  PRIMARY KEY (school_id, case_id, record_id, goal),
  FOREIGN KEY (school_id, case_id, record_id) REFERENCES case_record (school_id, case_id, id)
);
CREATE INDEX goal_rating_by_case ON goal_rating (school_id, case_id, day);

CREATE TABLE instrument_score (
  school_id text NOT NULL,
  case_id text NOT NULL,
  record_id text NOT NULL,
  instrument text NOT NULL,
  respondent text NOT NULL,
  day text NOT NULL,
  scale text NOT NULL,
  score bigint NOT NULL,
  PRIMARY KEY (school_id, case_id, record_id, instrument, respondent, scale),
  FOREIGN KEY (school_id, case_id, record_id) REFERENCES case_record (school_id, case_id, id)
);
CREATE INDEX instrument_score_by_case ON instrument_score (school_id, case_id, instrument, day);

CREATE TABLE need_seen (
  school_id text NOT NULL,
  case_id text NOT NULL,
  record_id text NOT NULL,
  area text NOT NULL,
  day text NOT NULL,
  severity bigint NOT NULL CHECK (severity BETWEEN 0 AND 4),
  will bigint CHECK (will BETWEEN 0 AND 4),
  priority bigint NOT NULL,
  PRIMARY KEY (school_id, case_id, record_id, area),
  FOREIGN KEY (school_id, case_id, record_id) REFERENCES case_record (school_id, case_id, id)
);

CREATE TABLE consent (
  school_id text NOT NULL,
  case_id text NOT NULL,
  id text NOT NULL,
  purpose text NOT NULL,
  party text NOT NULL CHECK (party IN ('student', 'guardian')),
  relative_id text,
  answer text NOT NULL CHECK (answer IN ('yes', 'no', 'later', 'withdrawn')),
  day text NOT NULL,
  until_day text NOT NULL,
  method text NOT NULL,
  guardian_confirmation text,
  wording text NOT NULL,
  wording_version bigint NOT NULL,
  recipient_id text,
  items text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at bigint NOT NULL,
  sealed {bytes},
  PRIMARY KEY (school_id, case_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX consent_by_case ON consent (school_id, case_id, purpose, party, day, id);
CREATE INDEX consent_by_end ON consent (school_id, until_day);

-- What is due in each case, rewritten by every act on it; Today and the caseload read only this.
CREATE TABLE due (
  school_id text NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL,
  number bigint NOT NULL,
  day text NOT NULL,
  calendar text NOT NULL CHECK (calendar IN ('civil', 'school')),
  staff_id text NOT NULL,
  PRIMARY KEY (school_id, case_id, kind, number),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX due_by_staff ON due (staff_id, day);

-- 사후관리: planned at the closure.
CREATE TABLE follow_up (
  school_id text NOT NULL,
  case_id text NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  due_day text NOT NULL,
  record_id text,
  done_on text,
  PRIMARY KEY (school_id, case_id, number),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);

-- Decisions of a conference and other promises: who does what until when.
CREATE TABLE task (
  school_id text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  record_id text,
  staff_id text NOT NULL,
  due_day text NOT NULL,
  done_at bigint,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX task_by_staff ON task (staff_id, done_at, due_day);

-- News for one person: a reply, an approval, a case handed over. Codes only; the page finds the words.
CREATE TABLE notice (
  id text PRIMARY KEY,
  school_id text NOT NULL,
  staff_id text NOT NULL,
  kind text NOT NULL,
  case_id text,
  referral_id text,
  record_id text,
  at bigint NOT NULL,
  seen_at bigint
);
CREATE INDEX notice_by_staff ON notice (staff_id, seen_at, id);

-- 아동학대 신고 기록 (F27): a compartment of its own, under its own key.
CREATE TABLE abuse_report (
  school_id text NOT NULL,
  id text NOT NULL,
  student_id text NOT NULL,
  manager_id text NOT NULL,
  made_at bigint NOT NULL,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  PRIMARY KEY (school_id, id)
);

-- 제3자 제공대장 (F26): every departure.
CREATE TABLE disclosure (
  school_id text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  recipient_id text,
  ground text NOT NULL,
  consent_id text,
  items text NOT NULL,
  form text NOT NULL,
  by_id text NOT NULL,
  at bigint NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX disclosure_by_case ON disclosure (school_id, case_id, id);

CREATE TABLE resource (
  id text PRIMARY KEY,
  kind text NOT NULL,
  needs text NOT NULL,
  formality text NOT NULL,
  place text NOT NULL,
  verified_on text,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0)
);
CREATE INDEX resource_by_kind ON resource (kind, id);

-- 파기대장: whose keys were destroyed at the end of retention, by whom and why (the reason under the school's key). Whoever
-- stands here is found by no list and no page; their rows stay, pseudonymous, for the counts.
CREATE TABLE destruction (
  school_id text NOT NULL,
  student_id text NOT NULL,
  id text NOT NULL,
  cases bigint NOT NULL CHECK (cases >= 0),
  by_id text NOT NULL,
  at bigint NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (school_id, student_id)
);
