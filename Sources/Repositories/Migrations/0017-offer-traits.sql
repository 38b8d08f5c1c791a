-- What an offer is found by is called its traits; a mark is what a record counts for. They follow from `offer` and
-- `resource`; the program fills them in when it starts.
DROP TABLE offer_mark;
CREATE TABLE offer_trait (
  -- 0 letters of its names and its description, 1 need, 2 field, 3 kind, 4 place, 5 area served, 6 free places.
  list bigint NOT NULL CHECK (list BETWEEN 0 AND 6),
  code text NOT NULL,
  place_in_order text NOT NULL,
  PRIMARY KEY (list, code, place_in_order)
) {clustered};
CREATE INDEX offer_trait_by_place ON offer_trait (place_in_order);
