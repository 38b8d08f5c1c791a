-- A case manager's list is found by its manager in each school, not among all the cases of the school.
DROP INDEX case_file_by_manager;
CREATE INDEX case_file_by_manager ON case_file (manager_id, school_id, standing, level, id);
-- The unique key of a record in its case serves as well, and each record wrote both.
DROP INDEX case_record_by_kind;
-- Most pages list many people and name no student; only who is named is looked for.
DROP INDEX access_row_by_student;
CREATE INDEX access_row_by_student ON access_row (school_id, student_id, id) WHERE student_id IS NOT NULL;
-- The tasks of one case were looked for among all of its school.
CREATE INDEX task_by_case ON task (school_id, case_id, due_day, id);
-- Who wrote in a case is read from the index alone, however many records there are.
DROP INDEX case_record_by_day;
CREATE INDEX case_record_by_day ON case_record (school_id, case_id, day, id, author_id);
-- The events of a school come newest first without going through all of them; only those of a case stand in its index.
CREATE INDEX event_by_school ON event (school_id, id);
DROP INDEX event_by_case;
CREATE INDEX event_by_case ON event (school_id, case_id, id) WHERE case_id IS NOT NULL;
