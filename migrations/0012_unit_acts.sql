-- feature: registry/access
-- A role that came along with its unit: the grant it goes on from; 0: it was given.
ALTER TABLE role_grant ADD COLUMN from_grant BIGINT NOT NULL DEFAULT 0;

-- feature: title/transfers
-- Three acts more, and the same rows: 6 unit renamed, 7 unit moved, 8 unit closed.
CREATE TABLE transfer_wider (
	id BIGINT PRIMARY KEY,
	act BIGINT NOT NULL CHECK (act BETWEEN 1 AND 8),
	unit_id BIGINT NOT NULL,
	to_id BIGINT NOT NULL,
	from_day TEXT NOT NULL,
	people BIGINT NOT NULL,
	reason TEXT NOT NULL,
	plan TEXT NOT NULL,
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),
	account_id BIGINT NOT NULL,
	actor TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
INSERT INTO transfer_wider (id, act, unit_id, to_id, from_day, people, reason, plan, state, account_id, actor, made_at, version)
SELECT id, act, unit_id, to_id, from_day, people, reason, plan, state, account_id, actor, made_at, version FROM transfer;
DROP TABLE transfer;
ALTER TABLE transfer_wider RENAME TO transfer;
CREATE INDEX transfer_unit ON transfer (unit_id, made_at, id);
CREATE INDEX transfer_to ON transfer (to_id, made_at, id);
CREATE INDEX transfer_state ON transfer (state, from_day, id);
