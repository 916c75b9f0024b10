-- feature: title/grid
-- What was done today for many sheets in one go, and what they were before: it goes back as one step. Kept for its day: a branch's
-- older ones go when it acts again; the audit keeps what was done.
CREATE TABLE grid_act (
	id BIGINT PRIMARY KEY,
	round_id BIGINT NOT NULL,
	leaf_id BIGINT NOT NULL,
	act_code TEXT NOT NULL,                                 -- 'nop', 'rut', … (enum grid_act)
	people BIGINT NOT NULL,                                 -- whose sheets it changed
	account_id BIGINT NOT NULL,
	actor TEXT NOT NULL,
	at BIGINT NOT NULL,
	undone_at BIGINT NOT NULL,                              -- 0: it stands
	undone BIGINT NOT NULL                                  -- sheets that went back
) /* strict */;
CREATE INDEX grid_act_leaf ON grid_act (leaf_id, round_id, at, id);

-- A sheet before the act: what acts change of it. As long as it has the version that the act left it with, the rest is as it was.
CREATE TABLE grid_act_row ( -- big
	act_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	version_before BIGINT NOT NULL,                         -- 0: not registered
	version BIGINT NOT NULL,                                -- as the act left it
	undone BIGINT NOT NULL CHECK (undone IN (0, 1)),
	state BIGINT NOT NULL,
	state_before BIGINT NOT NULL,
	self TEXT NOT NULL,
	reviewed TEXT NOT NULL,
	assisted BIGINT NOT NULL CHECK (assisted IN (0, 1)),
	helper TEXT NOT NULL,
	consent TEXT NOT NULL,
	state_reason TEXT NOT NULL,
	told_on TEXT NOT NULL,
	due_day TEXT NOT NULL,
	submitted_at BIGINT NOT NULL,
	reviewed_at BIGINT NOT NULL,
	reviewed_by BIGINT NOT NULL,
	PRIMARY KEY (act_id, person_id)
) /* keyed */;
