-- What the rows that an act changed look like after it, one line each: table, key, digest. The chain takes it in, so that
-- a row changed past the program is found. NULL where an act changed none, and in acts from before.
ALTER TABLE event ADD COLUMN row_digests text;

-- Which chains know all the rows that belong to them.
CREATE INDEX event_taking_stock ON event (school_id) WHERE act = 'take-stock';

-- The order in which transactions saw each other; SQLite tells it by the place of the row.
ALTER TABLE chain_pending ADD COLUMN number bigint;
-- HMAC over the row under the office key, so that nobody else can put a row up to be linked.
ALTER TABLE chain_pending ADD COLUMN seal {bytes};
