-- feature: title/standing
-- One row a person and round (model.md 5): the only source of figures.
CREATE TABLE standing ( -- big
	person_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	leaf_id BIGINT NOT NULL,
	commune_id BIGINT NOT NULL,                             -- the leaf itself where it stands directly below the province
	province_id BIGINT NOT NULL,
	group_code TEXT NOT NULL,
	sex BIGINT NOT NULL,
	age_band BIGINT NOT NULL,                               -- 0: 16-17, 1: 18-29, 2: 30-39, 3: 40-49, 4: 50-59, 5: 60 and over
	state BIGINT NOT NULL,                                  -- enum sheet_state
	total BIGINT NOT NULL,                                  -- of the scores that count, 0 before there are any
	scores TEXT NOT NULL,                                   -- they, as the codec of criteria/scores.h writes them
	flags BIGINT NOT NULL,                                  -- enum standing_flag
	name_key BLOB NOT NULL,
	PRIMARY KEY (person_id, round_id)
) /* keyed */ /* partition person_id */;
CREATE INDEX standing_leaf ON standing (round_id, leaf_id, state, name_key, person_id);
CREATE INDEX standing_commune ON standing (round_id, commune_id, state, name_key, person_id);
CREATE INDEX standing_province ON standing (round_id, province_id, state, name_key, person_id);

-- Of each leaf and each commune, changed in the transaction of what they count.
CREATE TABLE counter ( -- big
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	group_code TEXT NOT NULL,
	sex BIGINT NOT NULL,
	age_band BIGINT NOT NULL,
	state BIGINT NOT NULL,
	n BIGINT NOT NULL,
	total BIGINT NOT NULL,
	s1 BIGINT NOT NULL, s2 BIGINT NOT NULL, s3 BIGINT NOT NULL, s4 BIGINT NOT NULL, s5 BIGINT NOT NULL,
	s6 BIGINT NOT NULL, s7 BIGINT NOT NULL, s8 BIGINT NOT NULL, s9 BIGINT NOT NULL, s10 BIGINT NOT NULL,
	s11 BIGINT NOT NULL, s12 BIGINT NOT NULL, s13 BIGINT NOT NULL, s14 BIGINT NOT NULL, s15 BIGINT NOT NULL,
	s16 BIGINT NOT NULL, s17 BIGINT NOT NULL, s18 BIGINT NOT NULL, s19 BIGINT NOT NULL, s20 BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id, group_code, sex, age_band, state)
) /* keyed */;

-- The value at the end of each day on which it changed: as of D is the last not after D.
CREATE TABLE counter_day ( -- big
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	group_code TEXT NOT NULL,
	sex BIGINT NOT NULL,
	age_band BIGINT NOT NULL,
	state BIGINT NOT NULL,
	day TEXT NOT NULL,
	n BIGINT NOT NULL,
	total BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id, group_code, sex, age_band, state, day)
) /* keyed */;

-- The same by state alone: what dashboards, the map and the public pages read (14 rows a unit instead of some hundred cells).
CREATE TABLE counter_sum ( -- big
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	state BIGINT NOT NULL,
	n BIGINT NOT NULL,
	total BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id, state)
) /* keyed */;

CREATE TABLE counter_sum_day ( -- big
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	state BIGINT NOT NULL,
	day TEXT NOT NULL,
	n BIGINT NOT NULL,
	total BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id, state, day)
) /* keyed */;

CREATE TABLE target_counter ( -- big
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	target BIGINT NOT NULL,                                 -- 1 to 5: T1 … T5
	part BIGINT NOT NULL,                                   -- 1 numerator, 2 denominator
	n BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id, target, part)
) /* keyed */;

CREATE TABLE target_day ( -- big
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	target BIGINT NOT NULL,
	part BIGINT NOT NULL,
	day TEXT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id, target, part, day)
) /* keyed */;

-- When a unit's counters last changed, and how often: the day of its figures, and what a packed copy is compared with.
CREATE TABLE counter_stamp (
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	day TEXT NOT NULL,
	stamp BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id)
) /* keyed */;

-- feature: title/models
-- Households, clans, hamlets and organisations that hold the learning title of a year.
CREATE TABLE learning_model (
	id BIGINT PRIMARY KEY,
	round_id BIGINT NOT NULL,                               -- the year
	model BIGINT NOT NULL CHECK (model BETWEEN 1 AND 4),      -- 1 household, 2 clan, 3 hamlet, 4 organisation
	unit_id BIGINT NOT NULL,                                -- household: its hamlet; clan: its commune; hamlet, organisation: itself
	name TEXT NOT NULL,                                     -- of the household's head or the clan; '' for 3 and 4
	folded TEXT NOT NULL,
	decision TEXT NOT NULL,                                 -- number and date, as written
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	UNIQUE (round_id, model, unit_id, folded)
) /* strict */;
