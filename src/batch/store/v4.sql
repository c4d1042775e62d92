-- The language that pages were last made in, and the worst findings of a line in their new shape: lines are made anew
-- from the reports whenever pages are.
ALTER TABLE runs ADD COLUMN report_language TEXT NOT NULL DEFAULT 'en';
UPDATE calls SET line_json = json_remove(line_json, '$.worst') WHERE line_json IS NOT NULL;
