-- feature: title/criteria
-- A framework is kept whole as it was imported; published ones never change.
CREATE TABLE criteria (
	id BIGINT PRIMARY KEY,
	code TEXT NOT NULL,
	release TEXT NOT NULL,                                  -- the file's "version"
	title TEXT NOT NULL,
	document TEXT NOT NULL,                                 -- JSON
	published_at BIGINT NOT NULL,                           -- 0: a draft
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	UNIQUE (code, release)
) /* strict */;

-- feature: title/rounds
-- The yearly round; its id is its year.
CREATE TABLE round (
	id BIGINT PRIMARY KEY,
	criteria_id BIGINT NOT NULL REFERENCES criteria (id),
	register_from TEXT NOT NULL,
	register_until TEXT NOT NULL,                           -- the last day, as with all windows here
	score_from TEXT NOT NULL,
	score_until TEXT NOT NULL,
	review_from TEXT NOT NULL,
	review_until TEXT NOT NULL,
	recognise_from TEXT NOT NULL,
	recognise_until TEXT NOT NULL,
	posting_days BIGINT NOT NULL,                           -- 0: no public posting
	title_years BIGINT NOT NULL,
	locked BIGINT NOT NULL CHECK (locked IN (0, 1)),
	version BIGINT NOT NULL
) /* strict */;

-- A window extended for one commune.
CREATE TABLE round_window (
	round_id BIGINT NOT NULL REFERENCES round (id),
	unit_id BIGINT NOT NULL,
	stage BIGINT NOT NULL CHECK (stage BETWEEN 1 AND 4),    -- 1 register, 2 score, 3 review, 4 recognise
	until_day TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (round_id, unit_id, stage)
) /* keyed */;

-- Units taking part; none named: all.
CREATE TABLE round_unit (
	round_id BIGINT NOT NULL REFERENCES round (id),
	unit_id BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id)
) /* keyed */;

-- feature: registry/jobs
CREATE TABLE job (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,                                    -- what it does, for who waits for it
	account_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	input TEXT NOT NULL,                                    -- JSON
	position TEXT NOT NULL,                                 -- where the next slice begins, the kind's own words
	done BIGINT NOT NULL,
	total BIGINT NOT NULL,
	condition BIGINT NOT NULL CHECK (condition BETWEEN 0 AND 3),   -- 0 waiting, 1 under way, 2 done, 3 stopped by a fault
	message TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX job_condition ON job (condition, account_id, id);
CREATE INDEX job_account ON job (account_id, id);
