-- Changes with every change of a school's students, classes and keys, to a word that was never there before. What a
-- program has read of them under one stamp holds for as long as it reads the same stamp.
CREATE TABLE student_stamp (
  school_id text NOT NULL,
  stamp text NOT NULL,
  PRIMARY KEY (school_id)
) {clustered};
