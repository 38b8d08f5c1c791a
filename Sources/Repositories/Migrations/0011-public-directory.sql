-- What the public directory is asked by: the terms each resource and each offer carries, of our taxonomies and others', and
-- where public offers are given. Both follow from other rows; the program fills in the first when it starts.
CREATE TABLE term_use (
  term_id text NOT NULL,
  subject_id text NOT NULL,
  PRIMARY KEY (term_id, subject_id)
) {clustered};
CREATE INDEX term_use_by_subject ON term_use (subject_id);

CREATE TABLE public_place (
  id text PRIMARY KEY,
  offer_id text NOT NULL
) {clustered};
CREATE INDEX public_place_by_offer ON public_place (offer_id, id);
INSERT INTO public_place (id, offer_id)
SELECT p.id, p.offer_id FROM offer_location p JOIN offer o ON o.id = p.offer_id WHERE o.published_at IS NOT NULL;

CREATE INDEX resource_public ON resource (id) WHERE published_at IS NOT NULL;
CREATE INDEX offer_public_by_change ON offer (changed_at, id) WHERE published_at IS NOT NULL;
