-- What a month is counted from is found by the school and the day.
CREATE INDEX linkage_by_sent ON linkage (school_id, sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX programme_session_by_day ON programme_session (school_id, day);
