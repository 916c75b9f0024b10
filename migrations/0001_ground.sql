-- feature: db
CREATE TABLE id_block (
	register BIGINT NOT NULL,
	table_name TEXT NOT NULL,
	next BIGINT NOT NULL,
	PRIMARY KEY (register, table_name)
) /* keyed */;

-- feature: registry/tree
-- What the installation is: register, province, …
CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) /* keyed */;

-- What must be unique in the nation (model.md 1): small, never partitioned.
CREATE TABLE unique_key ( -- big
	use BIGINT NOT NULL,
	value BLOB NOT NULL,
	owner_id BIGINT NOT NULL,
	PRIMARY KEY (use, value)
) /* keyed */;

-- A unit keeps its id through a change of name, code, kind or parent (model.md 2).
CREATE TABLE unit (
	id BIGINT PRIMARY KEY,
	level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 4),   -- 1 province, 2 district (until 2025), 3 commune, 4 hamlet or organisation
	version BIGINT NOT NULL
) /* strict */;

CREATE TABLE unit_version (
	unit_id BIGINT NOT NULL REFERENCES unit (id),
	from_day TEXT NOT NULL,
	until_day TEXT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	parent_id BIGINT NOT NULL,                              -- 0 for a province
	folded TEXT NOT NULL,
	name_key BLOB NOT NULL,
	PRIMARY KEY (unit_id, from_day),
	CHECK (from_day < until_day)
) /* keyed */;
CREATE INDEX unit_version_code ON unit_version (code, until_day);
CREATE INDEX unit_version_parent ON unit_version (parent_id, name_key, unit_id);

-- Each word of each name a unit has had: "hoa thanh" finds Hoà Thành by the prefix of its words.
CREATE TABLE unit_word (
	word TEXT NOT NULL,
	unit_id BIGINT NOT NULL,
	PRIMARY KEY (word, unit_id)
) /* keyed */;

-- What became of a unit that ended by merger or split.
CREATE TABLE unit_edge (
	from_id BIGINT NOT NULL REFERENCES unit (id),
	to_id BIGINT NOT NULL REFERENCES unit (id),
	on_day TEXT NOT NULL,
	PRIMARY KEY (from_id, to_id, on_day)
) /* keyed */;
CREATE INDEX unit_edge_to ON unit_edge (to_id);

-- feature: registry/audit
-- Every change: who, when, what, old and new, why; written in the change's own transaction.
CREATE TABLE audit ( -- big
	person_id BIGINT NOT NULL,                              -- 0 when it is about no one person
	id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	account_id BIGINT NOT NULL,                             -- 0: the program itself (a job, a command)
	actor TEXT NOT NULL,
	action TEXT NOT NULL,
	subject TEXT NOT NULL,                                  -- the table the row belongs to
	subject_id BIGINT NOT NULL,
	version BIGINT NOT NULL,                                -- of the subject after the change; 0 when it has none
	unit_id BIGINT NOT NULL,
	old TEXT NOT NULL,
	new TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (person_id, id)
) /* keyed */ /* partition person_id */;
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_unit ON audit (unit_id, at, id);
CREATE INDEX audit_account ON audit (account_id, at, id);
CREATE INDEX audit_subject ON audit (subject, subject_id, version);

-- Who looked at a person's sheet, a line a day.
CREATE TABLE seen ( -- big
	person_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	day TEXT NOT NULL,
	path TEXT NOT NULL,
	times BIGINT NOT NULL,
	last_at BIGINT NOT NULL,
	PRIMARY KEY (person_id, account_id, day, path)
) /* keyed */ /* partition person_id */;

-- feature: registry/access
CREATE TABLE account ( -- big
	id BIGINT PRIMARY KEY,
	login TEXT NOT NULL,                                    -- user name, or '' for who signs in by CCCD or phone
	name TEXT NOT NULL,
	folded TEXT NOT NULL,                                   -- of the name, for search
	name_key BLOB NOT NULL,                                 -- of the name, for order
	person_id BIGINT NOT NULL,                              -- 0: none
	phone TEXT NOT NULL,                                    -- confirmed, or ''
	passphrase TEXT NOT NULL,                               -- Argon2id, '' until activated
	locked BIGINT NOT NULL CHECK (locked IN (0, 1)),        -- by an administrator
	failures BIGINT NOT NULL,
	closed_until BIGINT NOT NULL,                           -- throttled until; the last failure while it is open
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX account_person ON account (person_id);

CREATE TABLE role_grant (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	role TEXT NOT NULL,
	unit_id BIGINT NOT NULL,
	until_day TEXT NOT NULL,
	ended_at BIGINT NOT NULL,                               -- 0 while it holds
	granted_by BIGINT NOT NULL,
	granted_at BIGINT NOT NULL
) /* strict */;
CREATE INDEX role_grant_account ON role_grant (account_id);
CREATE INDEX role_grant_unit ON role_grant (unit_id, account_id);

CREATE TABLE activation ( -- big
	code_hash BLOB PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	made_at BIGINT NOT NULL,
	made_by BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL                                 -- 0: not yet
) /* keyed */;
CREATE INDEX activation_account ON activation (account_id);
CREATE INDEX activation_expires ON activation (expires_at);

CREATE TABLE session ( -- big
	secret_hash BLOB PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	officer BIGINT NOT NULL CHECK (officer IN (0, 1)),      -- 12 hours idle instead of 30 minutes
	made_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL                                -- 0 while open; signed out or everywhere
) /* keyed */;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_used ON session (used_at);

-- Failed sign-ins by what was typed and by whence: for names that nobody has as well.
CREATE TABLE sign_in_failure ( -- big
	key_hash BLOB PRIMARY KEY,
	failures BIGINT NOT NULL,
	at BIGINT NOT NULL                                      -- closed until; the last failure while it is open
) /* keyed */;
CREATE INDEX sign_in_failure_at ON sign_in_failure (at);

-- The answer of each form sent, for 7 days (model.md 6).
CREATE TABLE form_answer ( -- big
	token_hash BLOB NOT NULL,
	body_hash BLOB NOT NULL,
	status BIGINT NOT NULL,
	location TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (token_hash, body_hash)
) /* keyed */;
CREATE INDEX form_answer_at ON form_answer (at);

-- What was typed when a session had ended, sealed, offered to the same account.
CREATE TABLE kept_post ( -- big
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	path TEXT NOT NULL,
	fields BLOB NOT NULL,
	at BIGINT NOT NULL
) /* strict */;
CREATE INDEX kept_post_account ON kept_post (account_id, at);

-- feature: registry/units
-- The branch (chi hội) of a hamlet or organisation: who its members call.
CREATE TABLE branch (
	unit_id BIGINT PRIMARY KEY REFERENCES unit (id),
	name TEXT NOT NULL,
	officer_name TEXT NOT NULL,
	officer_phone TEXT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
