-- Which forms have been sent, each kept with the act it led to: one sent again, after an answer that never came or by a
-- second press, is not done again. Rows are of use while the page may still be open somewhere.
CREATE TABLE sent_form (
  staff_id text NOT NULL,
  form text NOT NULL CHECK (length(form) = 36),
  request text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (staff_id, form)
);
