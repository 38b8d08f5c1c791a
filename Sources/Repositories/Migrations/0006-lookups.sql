-- What a form presets (the services given most often lately) is read from the index alone; what was spent for a student is
-- found by the student, whatever the school gave that year.
DROP INDEX service_given_of_month;
CREATE INDEX service_given_of_month ON service_given (school_id, day, service, minutes);
DROP INDEX service_given_by_fund;
CREATE INDEX service_given_by_fund ON service_given (school_id, student_id, day) WHERE fund IS NOT NULL;
