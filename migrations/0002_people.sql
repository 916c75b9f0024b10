-- feature: registry/people
-- One human of the register. The leaf is the hamlet or organisation that counts them: exactly one (model.md 2).
CREATE TABLE person ( -- big
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	name_key BLOB NOT NULL,
	birth TEXT NOT NULL,                                    -- ISO, year to day precision
	sex BIGINT NOT NULL CHECK (sex BETWEEN 0 AND 2),        -- 0 not known, 1 male, 2 female
	national_id BLOB,                                       -- sealed; NULL: none
	national_id_end TEXT NOT NULL,                          -- the last four digits, or ''
	phone TEXT NOT NULL,
	address TEXT NOT NULL,
	leaf_id BIGINT NOT NULL,
	hamlet_id BIGINT NOT NULL,                              -- 0: none
	organisation_id BIGINT NOT NULL,                        -- 0: none
	commune_id BIGINT NOT NULL,                             -- of the leaf, 0: directly below the province
	province_id BIGINT NOT NULL,
	household TEXT NOT NULL,                                -- name of its head, or ''
	clan TEXT NOT NULL,
	group_code TEXT NOT NULL,                               -- of the criteria: nong_dan, …
	member BIGINT NOT NULL CHECK (member IN (0, 1)),        -- of the study association
	trained_on TEXT NOT NULL,                               -- day trained on the criteria in force, or ''
	guardian TEXT NOT NULL,                                 -- of 16 and 17 year olds
	condition BIGINT NOT NULL CHECK (condition BETWEEN 1 AND 4),   -- 1 active, 2 moved away, 3 died, 4 merged into another
	merged_into BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */ /* partition id */;
CREATE INDEX person_leaf ON person (leaf_id, condition, name_key, id);
CREATE INDEX person_commune ON person (commune_id, condition, name_key, id);
CREATE INDEX person_same ON person (commune_id, folded, birth, condition);
-- Whom the learning title of a household, clan or organisation reaches (title/models).
CREATE INDEX person_home ON person (hamlet_id, household, condition, id);
CREATE INDEX person_clan ON person (commune_id, clan, condition, id) WHERE clan <> '';
CREATE INDEX person_organisation ON person (organisation_id, condition, id) WHERE organisation_id <> 0;

-- Search by name: inside a commune any word's prefix (model.md 3).
CREATE TABLE person_word ( -- big
	commune_id BIGINT NOT NULL,
	word TEXT NOT NULL,
	person_id BIGINT NOT NULL,
	PRIMARY KEY (commune_id, word, person_id)
) /* keyed */;

-- What a citizen asks to be put right in their own data.
CREATE TABLE correction ( -- big
	person_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	leaf_id BIGINT NOT NULL,
	asked_at BIGINT NOT NULL,
	asked_by BIGINT NOT NULL,
	changes TEXT NOT NULL,                                  -- JSON: field → value asked for
	note TEXT NOT NULL,
	answer BIGINT NOT NULL CHECK (answer BETWEEN 0 AND 2),  -- 0 open, 1 accepted, 2 refused
	answered_at BIGINT NOT NULL,
	answered_by BIGINT NOT NULL,
	answer_note TEXT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (person_id, id)
) /* keyed */ /* partition person_id */;
CREATE INDEX correction_leaf ON correction (leaf_id, answer, asked_at, id);
