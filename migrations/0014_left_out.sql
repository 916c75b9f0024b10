-- feature: title/recognition
-- Who the next meeting does not propose, or a decision leaves out: noted beforehand, gone when the meeting or the decision has taken it over.
CREATE TABLE left_out ( -- big
	person_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	step BIGINT NOT NULL,                                   -- 1 the meeting, 2 the decision
	kind BIGINT NOT NULL,                                   -- as decision_person.result: 2 not met, 3 sent back
	reason TEXT NOT NULL,
	PRIMARY KEY (person_id, round_id, step)
) /* keyed */ /* partition person_id */;
