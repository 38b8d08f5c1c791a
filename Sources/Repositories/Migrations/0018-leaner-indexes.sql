-- A case manager's list is found by its manager in each school, not among all the cases of the school.
DROP INDEX case_file_by_manager;
CREATE INDEX case_file_by_manager ON case_file (manager_id, school_id, standing, level, id);
-- The unique key of a record in its case serves as well, and each record wrote both.
DROP INDEX case_record_by_kind;
