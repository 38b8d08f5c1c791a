-- Kept free for the directory of help, whose migration takes this place.
SELECT 1;
