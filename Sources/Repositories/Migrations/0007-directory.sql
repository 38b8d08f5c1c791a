-- The directory of help (사회자원) in the shape of Open Referral HSDS 3.1. The whole object lies sealed, for it may name
-- people one can ask for; `document` is the same without them, and other columns say parts of it again, for finding and
-- sorting. What a resource helps with stands at its offers, so that its column `needs` is left empty. One without a document is of the time before; the program rewrites it when it starts.
ALTER TABLE resource ADD COLUMN name text;
ALTER TABLE resource ADD COLUMN document text;
-- Since when anybody may read it in the public directory.
ALTER TABLE resource ADD COLUMN published_at bigint;
ALTER TABLE resource ADD COLUMN verified_by text;
ALTER TABLE resource ADD COLUMN agreed_until text;
ALTER TABLE resource ADD COLUMN changed_at bigint NOT NULL DEFAULT 0;
CREATE INDEX resource_by_name ON resource (name, id);
CREATE INDEX resource_without_document ON resource (id) WHERE document IS NULL;

CREATE TABLE offer (
  id text PRIMARY KEY,
  resource_id text NOT NULL REFERENCES resource (id),
  -- In the order of the alphabet by the resource's name, then by its own; cut off, so that keys stay short.
  place_in_order text NOT NULL,
  kind text NOT NULL,
  resource_name text NOT NULL,
  name text NOT NULL,
  needs text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'inactive', 'defunct', 'temporarily closed')),
  cost text,
  free_places bigint CHECK (free_places >= 0),
  waiting_days bigint CHECK (waiting_days >= 0),
  phone text,
  verified_on text,
  published_at bigint,
  document text NOT NULL,
  sealed {bytes} NOT NULL,
  changed_at bigint NOT NULL,
  version bigint NOT NULL CHECK (version > 0)
);
CREATE INDEX offer_in_order ON offer (place_in_order, id);
CREATE INDEX offer_by_resource ON offer (resource_id, name, id);
CREATE INDEX offer_public ON offer (id) WHERE published_at IS NOT NULL;

-- Under what an offer is found: need areas, fields, areas served, letters of its names and its description.
CREATE TABLE offer_mark (
  list text NOT NULL CHECK (list IN ('need', 'field', 'kind', 'place', 'area', 'free', 'letters')),
  code text NOT NULL,
  place_in_order text NOT NULL,
  offer_id text NOT NULL,
  PRIMARY KEY (list, code, place_in_order, offer_id)
) {clustered};
CREATE INDEX offer_mark_by_offer ON offer_mark (offer_id);

-- The hours of an ordinary week, in minutes since midnight; 0 is Sunday.
CREATE TABLE offer_hours (
  offer_id text NOT NULL REFERENCES offer (id),
  weekday bigint NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  opens bigint NOT NULL CHECK (opens BETWEEN 0 AND 1440),
  closes bigint NOT NULL CHECK (closes BETWEEN 0 AND 1440),
  PRIMARY KEY (offer_id, weekday, opens, closes)
) {clustered};

CREATE TABLE location (
  id text PRIMARY KEY,
  resource_id text REFERENCES resource (id),
  latitude bigint,
  longitude bigint,
  document text NOT NULL,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0)
);
CREATE INDEX location_by_resource ON location (resource_id, id);

CREATE TABLE offer_location (
  id text PRIMARY KEY,
  offer_id text NOT NULL REFERENCES offer (id),
  location_id text NOT NULL REFERENCES location (id),
  document text NOT NULL,
  sealed {bytes} NOT NULL,
  version bigint NOT NULL CHECK (version > 0)
);
CREATE INDEX offer_location_by_offer ON offer_location (offer_id, id);
CREATE INDEX offer_location_by_location ON offer_location (location_id, id);

-- Taxonomies of other directories and their terms; our own follow from the code lists.
CREATE TABLE directory_taxonomy (
  id text PRIMARY KEY,
  document text NOT NULL
);
CREATE TABLE directory_term (
  id text PRIMARY KEY,
  taxonomy_id text,
  document text NOT NULL
);
CREATE INDEX directory_term_by_taxonomy ON directory_term (taxonomy_id, id);

-- What was changed in the directory, field by field; of whom one may ask for only that it was changed.
CREATE TABLE directory_change (
  resource_id text NOT NULL,
  id text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  field text NOT NULL,
  before text,
  after text,
  by_id text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (resource_id, id)
);

-- Where a school lies, for what is near: the area as the directory names it, and millionths of a degree.
ALTER TABLE school ADD COLUMN area text;
ALTER TABLE school ADD COLUMN latitude bigint;
ALTER TABLE school ADD COLUMN longitude bigint;

-- A directory somebody brings in: the file lies sealed until it was taken or thrown away.
CREATE TABLE directory_import (
  id text PRIMARY KEY,
  staff_id text NOT NULL REFERENCES staff (id),
  begun_at bigint NOT NULL,
  finished_at bigint,
  sealed {bytes},
  added bigint NOT NULL,
  changed bigint NOT NULL,
  same bigint NOT NULL,
  refused bigint NOT NULL,
  CHECK ((sealed IS NULL) = (finished_at IS NOT NULL))
);
CREATE INDEX directory_import_by_staff ON directory_import (staff_id, begun_at);
