-- name: grid_lines many
-- :last_round int64
-- :first_state int64
-- :last_state int64
-- :after_key blob
-- :after_id int64
-- :limit int64
-- version int64
-- self text
-- reviewed text
-- final text
-- helper text
-- consent text
-- assisted int64
-- last text
-- criteria_id int64
-- last_criteria int64
-- People of a branch in a range of states, by name: the sheet of the round, and the scores that counted in the round before.
SELECT s.person_id, s.leaf_id, s.state, s.name_key, s.group_code, p.name, p.birth, p.sex, cast(coalesce(a.version, 0) as bigint) AS version,
       coalesce(a.self, '') AS self, coalesce(a.reviewed, '') AS reviewed, coalesce(a.final, '') AS final,
       coalesce(a.helper, '') AS helper, coalesce(a.consent, '') AS consent,
       coalesce(a.assisted, 0) AS assisted, coalesce(l.scores, '') AS last,
       coalesce((SELECT r.criteria_id FROM round r WHERE r.id = s.round_id), 0) AS criteria_id,
       coalesce((SELECT r.criteria_id FROM round r WHERE r.id = :last_round), 0) AS last_criteria
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
  LEFT JOIN standing l ON l.person_id = s.person_id AND l.round_id = :last_round
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND s.state BETWEEN :first_state AND :last_state
   AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT :limit

-- name: grid_line one
-- :last_round int64
-- version int64
-- self text
-- reviewed text
-- final text
-- helper text
-- consent text
-- assisted int64
-- last text
-- criteria_id int64
-- last_criteria int64
SELECT s.person_id, s.leaf_id, s.state, s.name_key, s.group_code, p.name, p.birth, p.sex, cast(coalesce(a.version, 0) as bigint) AS version,
       coalesce(a.self, '') AS self, coalesce(a.reviewed, '') AS reviewed, coalesce(a.final, '') AS final,
       coalesce(a.helper, '') AS helper, coalesce(a.consent, '') AS consent,
       coalesce(a.assisted, 0) AS assisted, coalesce(l.scores, '') AS last,
       coalesce((SELECT r.criteria_id FROM round r WHERE r.id = s.round_id), 0) AS criteria_id,
       coalesce((SELECT r.criteria_id FROM round r WHERE r.id = :last_round), 0) AS last_criteria
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
  LEFT JOIN standing l ON l.person_id = s.person_id AND l.round_id = :last_round
 WHERE s.person_id = :person_id AND s.round_id = :round_id

-- ---- what was done today for many, and its undoing ----

-- name: grid_act_insert exec
INSERT INTO grid_act (id, round_id, leaf_id, act_code, people, account_id, actor, at, undone_at, undone)
VALUES (:id, :round_id, :leaf_id, :act_code, :people, :account_id, :actor, :at, 0, 0)

-- name: grid_act_get one
SELECT id, round_id, leaf_id, act_code, people, actor, at, undone_at, undone FROM grid_act WHERE id = :id

-- name: grid_acts_of_leaf many
-- :since int64
-- Newest first.
SELECT id, round_id, leaf_id, act_code, people, actor, at, undone_at, undone
  FROM grid_act
 WHERE leaf_id = :leaf_id AND round_id = :round_id AND at >= :since
 ORDER BY at DESC, id DESC
 LIMIT 50

-- name: grid_rows_sweep exec
-- :before int64
DELETE FROM grid_act_row WHERE act_id IN (SELECT id FROM grid_act WHERE leaf_id = :leaf_id AND at < :before)

-- name: grid_acts_sweep exec
-- :before int64
DELETE FROM grid_act WHERE leaf_id = :leaf_id AND at < :before

-- name: grid_rows_keep exec
-- What the sheets of some people are now.
INSERT INTO grid_act_row (act_id, person_id, version_before, version, undone, state, state_before, self, reviewed, assisted, helper,
       consent, state_reason, told_on, due_day, submitted_at, reviewed_at, reviewed_by)
SELECT :act_id, s.person_id, coalesce(a.version, 0), 0, 0, coalesce(a.state, 0), coalesce(a.state_before, 0), coalesce(a.self, '[]'),
       coalesce(a.reviewed, '[]'), coalesce(a.assisted, 0), coalesce(a.helper, ''), coalesce(a.consent, ''), coalesce(a.state_reason, ''),
       coalesce(a.told_on, ''), coalesce(a.due_day, ''), coalesce(a.submitted_at, 0), coalesce(a.reviewed_at, 0), coalesce(a.reviewed_by, 0)
  FROM standing s
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 WHERE s.round_id = :round_id AND s.person_id IN (SELECT cast(value AS BIGINT) FROM json_each(:ids[]))

-- name: grid_rows_left exec
-- The versions that the act left.
UPDATE grid_act_row
   SET version = (SELECT a.version FROM assessment a WHERE a.person_id = grid_act_row.person_id AND a.round_id = :round_id)
 WHERE act_id = :act_id AND person_id IN (SELECT cast(value AS BIGINT) FROM json_each(:ids[]))

-- name: grid_rows_untouched exec
-- Whom the act was not done for, and whose sheet was that way already.
DELETE FROM grid_act_row WHERE act_id = :act_id AND version <= version_before

-- name: grid_rows_count one
-- n int64
SELECT count(*) AS n FROM grid_act_row WHERE act_id = :act_id

-- name: grid_undo_rows many
-- name text
-- version_is int64
-- leaf_is int64
-- evidence int64
-- What an act changed, by name, with what stands there now (0: gone).
SELECT r.person_id, r.version_before, r.version, r.state, r.state_before, r.self, r.reviewed, r.assisted, r.helper, r.consent,
       r.state_reason, r.told_on, r.due_day, r.submitted_at, r.reviewed_at, r.reviewed_by, coalesce(p.name, '') AS name,
       coalesce(a.version, 0) AS version_is, coalesce(s.leaf_id, 0) AS leaf_is,
       (SELECT count(*) FROM evidence_use e WHERE e.person_id = r.person_id AND e.round_id = :round_id) AS evidence
  FROM grid_act_row r
  LEFT JOIN person p ON p.id = r.person_id
  LEFT JOIN standing s ON s.person_id = r.person_id AND s.round_id = :round_id
  LEFT JOIN assessment a ON a.person_id = r.person_id AND a.round_id = :round_id
 WHERE r.act_id = :act_id
 ORDER BY s.name_key NULLS LAST, r.person_id
 LIMIT 500

-- name: grid_act_undone touch
-- :now int64
-- :undone int64
UPDATE grid_act SET undone_at = :now, undone = :undone WHERE id = :id AND undone_at = 0

-- name: grid_rows_undone exec
UPDATE grid_act_row SET undone = 1 WHERE act_id = :act_id AND person_id IN (SELECT cast(value AS BIGINT) FROM json_each(:ids[]))

-- name: grid_rows_follow exec
-- Sheets that went back stand as an earlier act had left them: it can be undone in its turn.
UPDATE grid_act_row
   SET version = (SELECT b.version + 1 FROM grid_act_row b WHERE b.act_id = :act_id AND b.person_id = grid_act_row.person_id)
 WHERE act_id IN (SELECT g.id FROM grid_act g WHERE g.leaf_id = :leaf_id AND g.round_id = :round_id AND g.id <> :act_id)
   AND EXISTS (SELECT 1 FROM grid_act_row b
                WHERE b.act_id = :act_id AND b.person_id = grid_act_row.person_id AND b.undone = 1
                  AND b.version_before = grid_act_row.version)
