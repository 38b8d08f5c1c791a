-- A case manager's list is found by its manager in each school, not among all the cases of the school.
DROP INDEX case_file_by_manager;
CREATE INDEX case_file_by_manager ON case_file (manager_id, school_id, standing, level, id);
-- The unique key of a record in its case serves as well, and each record wrote both.
DROP INDEX case_record_by_kind;
-- Most pages list many people and name no student; only who is named is looked for.
DROP INDEX access_row_by_student;
CREATE INDEX access_row_by_student ON access_row (school_id, student_id, id) WHERE student_id IS NOT NULL;
