-- What an offer is found by is called its traits; a mark is what a record counts for.
ALTER TABLE offer_mark RENAME TO offer_trait;
DROP INDEX offer_mark_by_place;
CREATE INDEX offer_trait_by_place ON offer_trait (place_in_order);
