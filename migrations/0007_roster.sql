-- feature: title/roster
-- A list sent in: the file sealed (identity numbers are in it), what was read of it, what the officer decided, what came of it. It
-- takes the place of roster_file: an account's newest five, and those applied today.
DROP TABLE roster_file;

CREATE TABLE roster (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,                               -- 0: the newest at each reading
	from_round BIGINT NOT NULL,                             -- people of that round instead of a file; 0: the file
	name TEXT NOT NULL,                                     -- of the file
	content BLOB NOT NULL,                                  -- sealed
	shape BLOB NOT NULL,                                    -- sealed JSON: sheets, columns, headings, sample values; empty before reading
	columns TEXT NOT NULL,                                  -- what the officer says each column is, or ''
	choices TEXT NOT NULL,                                  -- decided for all rows alike: 'code:choice …'
	group_code TEXT NOT NULL,                               -- of people without one, or ''
	leaf_id BIGINT NOT NULL,                                -- of people without a place, 0: none
	scores_of BIGINT NOT NULL CHECK (scores_of BETWEEN 0 AND 2),   -- 0 not said, 1 the person's own, 2 agreed by the branch
	consent_day TEXT NOT NULL,                              -- of the paper list, '' before it is said
	consent_holder TEXT NOT NULL,                           -- who keeps it
	registers BIGINT NOT NULL CHECK (registers IN (0, 1)),  -- the paper list is one of people who registered, with or without scores
	submits BIGINT NOT NULL CHECK (submits IN (0, 1)),      -- hand complete sheets in
	state BIGINT NOT NULL CHECK (state BETWEEN 0 AND 6),    -- enum list_state
	note TEXT NOT NULL,                                     -- how it ended, or why it stopped
	job_id BIGINT NOT NULL,                                 -- the last one for it
	at BIGINT NOT NULL,
	applied_at BIGINT NOT NULL,                             -- 0: not yet
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX roster_account ON roster (account_id, at);

-- A row of a list. What it says of a person is sealed; what it is counted and found by is not.
CREATE TABLE roster_row ( -- big
	roster_id BIGINT NOT NULL,
	line BIGINT NOT NULL,                                   -- place in the file, over all sheets
	verdict BIGINT NOT NULL CHECK (verdict BETWEEN 0 AND 4),       -- enum list_verdict
	waits BIGINT NOT NULL CHECK (waits IN (0, 1)),          -- for the officer
	codes TEXT NOT NULL,                                    -- 'dup_name score_half'
	choices TEXT NOT NULL,                                  -- decided for this row: 'code:choice …'
	person_id BIGINT NOT NULL,                              -- whom it was found to be, or became; 0: nobody yet
	added BIGINT NOT NULL CHECK (added IN (0, 1)),          -- applying made the person
	person_version BIGINT NOT NULL,                         -- as applying left them; 0: not touched
	sheet_version BIGINT NOT NULL,
	content BLOB NOT NULL,                                  -- sealed JSON
	undo BLOB NOT NULL,                                     -- sealed JSON: what applying changed, for undoing it; empty: nothing
	PRIMARY KEY (roster_id, line)
) /* keyed */;
CREATE INDEX roster_row_verdict ON roster_row (roster_id, verdict, line);
CREATE INDEX roster_row_waits ON roster_row (roster_id, waits, line);

-- What a branch said its columns are, by the words of the headings.
CREATE TABLE roster_columns (
	unit_id BIGINT NOT NULL,
	headings BLOB NOT NULL,                                 -- hash of the folded heading words of a sheet
	columns TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (unit_id, headings)
) /* keyed */;
