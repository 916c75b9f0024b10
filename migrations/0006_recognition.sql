-- feature: title/recognition
-- Who recognises the people of a unit and all below it, from a day on.
CREATE TABLE authority (
	unit_id BIGINT NOT NULL,
	from_day TEXT NOT NULL,
	name TEXT NOT NULL,                                     -- "Ủy ban nhân dân xã Đức Hoà"
	place TEXT NOT NULL,
	signer_role TEXT NOT NULL,                              -- "CHỦ TỊCH"
	version BIGINT NOT NULL,
	PRIMARY KEY (unit_id, from_day)
) /* keyed */;

CREATE TABLE meeting (
	id BIGINT PRIMARY KEY,
	round_id BIGINT NOT NULL,
	commune_id BIGINT NOT NULL,
	held_on TEXT NOT NULL,
	place TEXT NOT NULL,
	number TEXT NOT NULL,
	chair TEXT NOT NULL,
	secretary TEXT NOT NULL,
	attendees TEXT NOT NULL,                                -- a line each: name, whom they stand for
	absent TEXT NOT NULL,
	discussion TEXT NOT NULL,
	minutes TEXT NOT NULL,                                  -- figures as they were: JSON, never edited
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX meeting_commune ON meeting (commune_id, round_id, id);

CREATE TABLE posting (
	id BIGINT PRIMARY KEY,
	round_id BIGINT NOT NULL,
	commune_id BIGINT NOT NULL,
	meeting_id BIGINT NOT NULL,
	from_day TEXT NOT NULL,
	until_day TEXT NOT NULL,                                -- the last day
	place TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX posting_commune ON posting (commune_id, round_id, id);

CREATE TABLE objection (
	id BIGINT PRIMARY KEY,
	round_id BIGINT NOT NULL,
	commune_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	by_name TEXT NOT NULL,
	by_contact TEXT NOT NULL,
	words TEXT NOT NULL,
	received_on TEXT NOT NULL,
	due_day TEXT NOT NULL,
	answer BIGINT NOT NULL CHECK (answer BETWEEN 0 AND 2),  -- 0 open, 1 upheld, 2 refused
	answer_words TEXT NOT NULL,
	answered_on TEXT NOT NULL,
	answered_by BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX objection_commune ON objection (commune_id, round_id, answer, id);
CREATE INDEX objection_person ON objection (person_id, round_id);

CREATE TABLE proposal (
	id BIGINT PRIMARY KEY,
	round_id BIGINT NOT NULL,
	commune_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	day TEXT NOT NULL,
	signer TEXT NOT NULL,
	people BIGINT NOT NULL,
	decided BIGINT NOT NULL CHECK (decided IN (0, 1)),
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX proposal_commune ON proposal (commune_id, round_id, id);

CREATE TABLE proposal_person ( -- big
	proposal_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	PRIMARY KEY (proposal_id, person_id)
) /* keyed */;

CREATE TABLE decision (
	id BIGINT PRIMARY KEY,
	round_id BIGINT NOT NULL,
	commune_id BIGINT NOT NULL,
	proposal_id BIGINT NOT NULL,                            -- 0: a revocation
	effect BIGINT NOT NULL CHECK (effect BETWEEN 1 AND 2),  -- 1 recognises, 2 revokes
	authority TEXT NOT NULL,
	authority_unit_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	day TEXT NOT NULL,
	signer TEXT NOT NULL,
	signer_role TEXT NOT NULL,
	file_hash BLOB,                                         -- the signed file; NULL: not yet uploaded
	people BIGINT NOT NULL,
	not_met BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;
CREATE INDEX decision_commune ON decision (commune_id, round_id, id);

CREATE TABLE decision_person ( -- big
	decision_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	result BIGINT NOT NULL,                                 -- 1 recognised, 2 not met, 3 sent back, 4 revoked
	reason TEXT NOT NULL,
	PRIMARY KEY (decision_id, person_id)
) /* keyed */;

-- feature: title/certificates
CREATE TABLE certificate ( -- big
	person_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	decision_id BIGINT NOT NULL,
	decision_number TEXT NOT NULL,                          -- as on the paper: certificates stand below recognition
	decision_day TEXT NOT NULL,
	authority TEXT NOT NULL,
	authority_unit_id BIGINT NOT NULL,
	place TEXT NOT NULL,
	signer TEXT NOT NULL,
	signer_role TEXT NOT NULL,
	book_number BIGINT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	birth TEXT NOT NULL,
	home TEXT NOT NULL,
	valid_until TEXT NOT NULL,
	condition BIGINT NOT NULL CHECK (condition BETWEEN 1 AND 3),   -- 1 valid, 2 replaced, 3 revoked
	replaced_by BIGINT NOT NULL,
	revoked_reason TEXT NOT NULL,
	ended_on TEXT NOT NULL,                                 -- day it was replaced or revoked, or ''
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (person_id, id)
) /* keyed */ /* partition person_id */;
CREATE INDEX certificate_decision ON certificate (decision_id, book_number);

-- The book of certificates: numbers without gaps per authority and year.
CREATE TABLE certificate_book (
	authority_unit_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	next BIGINT NOT NULL,
	PRIMARY KEY (authority_unit_id, round_id)
) /* keyed */;

-- feature: figures/targets
CREATE TABLE target_set (
	id BIGINT PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL,
	document TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	version BIGINT NOT NULL
) /* strict */;

-- The official adult population of a unit and year, with its source (form CDHT-10, column a).
CREATE TABLE population (
	round_id BIGINT NOT NULL,
	unit_id BIGINT NOT NULL,
	adults BIGINT NOT NULL,
	source TEXT NOT NULL,
	as_of TEXT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (round_id, unit_id)
) /* keyed */;
