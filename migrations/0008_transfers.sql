-- feature: title/transfers
-- One act: people moved, a duplicate merged, units merged, split, placed. What is needed to look at it again and to undo it.
CREATE TABLE transfer (
	id BIGINT PRIMARY KEY,
	act BIGINT NOT NULL CHECK (act BETWEEN 1 AND 5),        -- 1 people moved, 2 duplicate, 3 units merged, 4 hamlet divided, 5 hamlet placed
	unit_id BIGINT NOT NULL,                                -- where it comes from: the leaf or unit; of the one who stays, in a merge of people
	to_id BIGINT NOT NULL,                                  -- where it goes: a unit; the person who stays; 0: several
	from_day TEXT NOT NULL,                                 -- takes effect
	people BIGINT NOT NULL,
	reason TEXT NOT NULL,
	plan TEXT NOT NULL,                                     -- JSON, the kind's own: what undoing needs
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),    -- 1 waits for its day, 2 done, 3 undone
	account_id BIGINT NOT NULL,
	actor TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX transfer_unit ON transfer (unit_id, made_at, id);
CREATE INDEX transfer_to ON transfer (to_id, made_at, id);
CREATE INDEX transfer_state ON transfer (state, from_day, id);

-- Whom it moved, and where they were counted before.
CREATE TABLE transfer_person ( -- big
	person_id BIGINT NOT NULL,
	transfer_id BIGINT NOT NULL,
	from_leaf BIGINT NOT NULL,
	from_hamlet BIGINT NOT NULL,
	from_organisation BIGINT NOT NULL,
	to_leaf BIGINT NOT NULL,
	PRIMARY KEY (person_id, transfer_id)
) /* keyed */;
CREATE INDEX transfer_person_of ON transfer_person (transfer_id, person_id);

-- When a hamlet was divided: who came where, then. Figures of years before are restated by this, never by later moves.
CREATE TABLE placement ( -- big
	person_id BIGINT NOT NULL,
	from_leaf BIGINT NOT NULL,
	to_leaf BIGINT NOT NULL,
	transfer_id BIGINT NOT NULL,
	PRIMARY KEY (person_id, from_leaf)
) /* keyed */;
CREATE INDEX placement_leaf ON placement (from_leaf, to_leaf, person_id);
