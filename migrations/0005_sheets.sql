-- feature: title/evidence
-- A file is named by the hash of its stored bytes and kept once.
CREATE TABLE stored_file ( -- big
	content_hash BLOB PRIMARY KEY,
	size BIGINT NOT NULL,
	type TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	refs BIGINT NOT NULL,                                   -- rows that refer to it
	free_since BIGINT NOT NULL                              -- 0: something refers to it; else since when nothing does
) /* keyed */;
CREATE INDEX stored_file_free ON stored_file (free_since) WHERE free_since > 0;

CREATE TABLE evidence ( -- big
	person_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	medium BIGINT NOT NULL CHECK (medium BETWEEN 1 AND 3),  -- 1 photo, 2 PDF, 3 written statement
	file_hash BLOB,                                         -- NULL for a statement
	thumb_hash BLOB,                                        -- NULL but for a photo
	received_hash BLOB,                                     -- keyed hash of what was sent: finds the same file of two people
	name TEXT NOT NULL,
	words TEXT NOT NULL,
	width BIGINT NOT NULL,
	height BIGINT NOT NULL,
	added_at BIGINT NOT NULL,
	added_by BIGINT NOT NULL,
	removed_at BIGINT NOT NULL,                             -- 0: there
	version BIGINT NOT NULL,
	PRIMARY KEY (person_id, id)
) /* keyed */ /* partition person_id */;
CREATE INDEX evidence_received ON evidence (received_hash);
CREATE INDEX evidence_file ON evidence (file_hash);

-- Which indicator of which year it stands for: reusable across both.
CREATE TABLE evidence_use ( -- big
	person_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	indicator BIGINT NOT NULL,                              -- 1 … 20
	evidence_id BIGINT NOT NULL,
	PRIMARY KEY (person_id, round_id, indicator, evidence_id)
) /* keyed */ /* partition person_id */;

-- feature: title/assessments
CREATE TABLE assessment ( -- big
	person_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	code TEXT NOT NULL,                                     -- 9 characters, also on paper
	state BIGINT NOT NULL,
	state_before BIGINT NOT NULL,                           -- what a lapsed or withdrawn sheet goes back to
	criteria_id BIGINT NOT NULL,
	group_code TEXT NOT NULL,
	leaf_id BIGINT NOT NULL,                                -- where it is judged
	self TEXT NOT NULL,                                     -- scores: [8,9,null,…]
	reviewed TEXT NOT NULL,
	final TEXT NOT NULL,
	remark TEXT NOT NULL,
	wishes TEXT NOT NULL,                                   -- what the person wants to learn this year
	assisted BIGINT NOT NULL CHECK (assisted IN (0, 1)),    -- scores entered by an officer
	helper TEXT NOT NULL,                                   -- who helped, on what paper
	consent TEXT NOT NULL,                                  -- how and when it was given
	no_posting BIGINT NOT NULL CHECK (no_posting IN (0, 1)),       -- the person refused to be posted
	guardian TEXT NOT NULL,                                 -- of 16 and 17 year olds, or ''
	state_reason TEXT NOT NULL,                             -- of a return, withdrawal, not met, revocation
	told_on TEXT NOT NULL,                                  -- day the person was told of a return
	due_day TEXT NOT NULL,                                  -- until when a returned sheet comes back
	registered_at BIGINT NOT NULL,
	submitted_at BIGINT NOT NULL,
	reviewed_at BIGINT NOT NULL,
	reviewed_by BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (person_id, round_id)
) /* keyed */ /* partition person_id */;
-- The queue of a branch (title/review), oldest first; state 4: submitted.
CREATE INDEX assessment_queue ON assessment (leaf_id, round_id, submitted_at, person_id) WHERE state = 4;

-- Rows only where a score differs from the one before.
CREATE TABLE sheet_reason ( -- big
	person_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	indicator BIGINT NOT NULL,
	was BIGINT NOT NULL,
	became BIGINT NOT NULL,
	reason TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	actor TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (person_id, round_id, id)
) /* keyed */ /* partition person_id */;

-- feature: title/roster
-- A list sent in and looked at, not applied yet: sealed, for it has identity numbers; an account's newest five.
CREATE TABLE roster_file (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	content BLOB NOT NULL,
	at BIGINT NOT NULL
) /* strict */;
CREATE INDEX roster_file_account ON roster_file (account_id, at);
