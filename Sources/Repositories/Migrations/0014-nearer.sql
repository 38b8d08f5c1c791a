-- People around one student who can help (비공식 자원): friends, kin, neighbours, volunteers. All that is told of one, the
-- name first, lies sealed under the student's key. Each change adds a row, and the highest version is how it is now.
CREATE TABLE informal_resource (
  school_id text NOT NULL,
  student_id text NOT NULL,
  id text NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  by_id text NOT NULL REFERENCES staff (id),
  at bigint NOT NULL,
  sealed {bytes} NOT NULL,
  PRIMARY KEY (school_id, student_id, id, version),
  FOREIGN KEY (school_id, student_id) REFERENCES student (school_id, id)
);

-- What is weighed when something is looked for that serves a need, a row an offer and need, in the order in which they are
-- gone through. It follows from `offer`, `resource` and `location`; the program fills it in when it starts.
CREATE TABLE offer_fit (
  need text NOT NULL,
  place_in_order text NOT NULL,
  offer_id text NOT NULL,
  youngest bigint,
  oldest bigint,
  gender text,
  -- One bit a grade, from 1 (초1) on; 0 where it is for all.
  grades bigint NOT NULL,
  is_running bigint NOT NULL CHECK (is_running IN (0, 1)),
  -- Areas in words, '' where none is told.
  areas text NOT NULL,
  -- Where it is given, in millionths of a degree.
  points text NOT NULL,
  fit text NOT NULL,
  PRIMARY KEY (need, place_in_order, offer_id)
) {clustered};
CREATE INDEX offer_fit_by_offer ON offer_fit (offer_id);

-- Public places with what they are asked by, so that a list of them is found without the offers. A location of a resource
-- that is not public says nothing here either.
ALTER TABLE location ADD COLUMN postcode text;
CREATE INDEX location_without_postcode ON location (id) WHERE postcode IS NULL;
DROP TABLE public_place;
CREATE TABLE public_place (
  id text PRIMARY KEY,
  offer_id text NOT NULL,
  resource_id text NOT NULL,
  changed_at bigint NOT NULL,
  postcode text,
  latitude bigint,
  longitude bigint
) {clustered};
CREATE INDEX public_place_by_offer ON public_place (offer_id, id);
CREATE INDEX public_place_by_resource ON public_place (resource_id, id);
CREATE INDEX public_place_by_change ON public_place (changed_at, id);
CREATE INDEX public_place_by_postcode ON public_place (postcode, id);
CREATE INDEX public_place_by_latitude ON public_place (latitude, longitude, id);

-- Pairs of letters by which taxonomies of other directories and their terms are found; a term's parent, '' for none.
CREATE TABLE directory_letters (
  kind text NOT NULL CHECK (kind IN ('taxonomy', 'taxonomy_term')),
  code text NOT NULL,
  id text NOT NULL,
  PRIMARY KEY (kind, code, id)
) {clustered};
CREATE INDEX directory_letters_by_id ON directory_letters (kind, id);
ALTER TABLE directory_term ADD COLUMN parent_id text;
CREATE INDEX directory_term_by_parent ON directory_term (parent_id, id);
