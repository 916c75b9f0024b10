-- feature: title/recognition
-- What minutes say beside their figures, which stay as they were on the day.
ALTER TABLE meeting ADD COLUMN began TEXT NOT NULL DEFAULT '';      -- "8 giờ 30"
ALTER TABLE meeting ADD COLUMN ended TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN relatives TEXT NOT NULL DEFAULT '';  -- who did not vote on whose sheet
ALTER TABLE meeting ADD COLUMN copies TEXT NOT NULL DEFAULT '';     -- "02"
-- The check sum of the list as read off the signed file: '' not compared.
ALTER TABLE decision ADD COLUMN list_check TEXT NOT NULL DEFAULT '';

-- feature: title/paper
-- A form that a province replaced: its DOCX, taken apart by the locked-down reader (document/form.h).
CREATE TABLE paper_form (
	unit_id BIGINT NOT NULL,                                -- the province
	paper TEXT NOT NULL,                                    -- 'bien-ban', …
	name TEXT NOT NULL,                                     -- of the file sent in
	content BLOB NOT NULL,
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (unit_id, paper)
) /* keyed */;
