-- feature: title/recognition
-- Who the next meeting does not propose, or a decision leaves out: noted beforehand, gone when the meeting or the decision has taken it over.
CREATE TABLE left_out ( -- big
	person_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	step BIGINT NOT NULL,                                   -- 1 the meeting, 2 the decision
	result BIGINT NOT NULL,                                 -- as decision_person.result: 2 not met, 3 sent back
	reason TEXT NOT NULL,
	PRIMARY KEY (person_id, round_id, step)
) /* keyed */ /* partition person_id */;

-- feature: registry/audit
-- Which lists of people somebody has opened, a line a day; the first of a day also stands in the trail.
CREATE TABLE list_seen ( -- big
	unit_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	day TEXT NOT NULL,
	list TEXT NOT NULL,                                     -- "Danh sách người"
	times BIGINT NOT NULL,
	PRIMARY KEY (unit_id, account_id, day, list)
) /* keyed */;
