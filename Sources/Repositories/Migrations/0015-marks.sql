-- The marks of the directory of help, several times smaller. A place in the order of the alphabet is a short number now, an
-- offer's alone, between those of its neighbours, and stands for the offer itself; names and ids stood in each mark before.
-- Both marks and weights follow from `offer` and `resource`; the program fills them in when it starts.
DROP INDEX offer_in_order;
-- In the middle of all numbers of seven digits, so that there is room on either side. They are counted in the table of
-- weights, which is empty for the moment.
DELETE FROM offer_fit;
INSERT INTO offer_fit (need, place_in_order, offer_id, grades, is_running, areas, points, fit)
SELECT '', CAST(5000000 + row_number() OVER (ORDER BY resource_name, name, id) AS text), id, 0, 0, '', '', '' FROM offer;
UPDATE offer SET place_in_order = (SELECT f.place_in_order FROM offer_fit f WHERE f.offer_id = offer.id);
DELETE FROM offer_fit;
CREATE UNIQUE INDEX offer_in_order ON offer (place_in_order);
CREATE INDEX offer_by_name ON offer (resource_name, name, id);

DROP TABLE offer_mark;
CREATE TABLE offer_mark (
  -- 0 letters of its names and its description, 1 need, 2 field, 3 kind, 4 place, 5 area served, 6 free places.
  list bigint NOT NULL CHECK (list BETWEEN 0 AND 6),
  code text NOT NULL,
  place_in_order text NOT NULL,
  PRIMARY KEY (list, code, place_in_order)
) {clustered};
CREATE INDEX offer_mark_by_place ON offer_mark (place_in_order);
