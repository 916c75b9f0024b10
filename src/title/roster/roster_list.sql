-- name: list_insert exec
INSERT INTO roster (id, account_id, unit_id, round_id, from_round, name, content, shape, columns, choices, group_code, leaf_id, scores_of, consent_day,
       consent_holder, registers, submits, state, note, job_id, at, applied_at, version)
VALUES (:id, :account_id, :unit_id, 0, :from_round, :name, :content, :shape, '', '', '', 0, 0, '', '', :registers, 0, 0, '', :job_id, :at, 0,
       1)

-- name: list_old many
-- :since int64
-- All but an account's newest five and what was applied since.
SELECT k.id
  FROM roster k
 WHERE k.account_id = :account_id AND k.applied_at < :since
   AND k.id NOT IN (SELECT r.id FROM roster r WHERE r.account_id = :account_id ORDER BY r.at DESC, r.id DESC LIMIT 5)

-- name: list_remove exec
DELETE FROM roster WHERE id = :id

-- name: list_remove_rows exec
DELETE FROM roster_row WHERE roster_id = :roster_id

-- name: list_get one
SELECT id, account_id, unit_id, round_id, from_round, name, shape, columns, choices, group_code, leaf_id, scores_of, consent_day, consent_holder,
       registers, submits, state, note, job_id, at, applied_at, version
  FROM roster
 WHERE id = :id

-- name: lists_of_account many
SELECT id, account_id, unit_id, round_id, from_round, name, columns, choices, group_code, leaf_id, scores_of, consent_day, consent_holder,
       registers, submits, state, note, job_id, at, applied_at, version
  FROM roster
 WHERE account_id = :account_id
 ORDER BY at DESC, id DESC
 LIMIT 20

-- name: list_content one
SELECT content FROM roster WHERE id = :id

-- name: list_set touch
UPDATE roster
   SET scores_of = :scores_of, consent_day = :consent_day, consent_holder = :consent_holder, registers = :registers, submits = :submits,
       group_code = :group_code, leaf_id = :leaf_id, version = version + 1
 WHERE id = :id AND version = :version

-- name: list_set_choices touch
UPDATE roster SET choices = :choices, version = version + 1 WHERE id = :id AND version = :version

-- name: list_set_columns touch
UPDATE roster SET columns = :columns, version = version + 1 WHERE id = :id AND version = :version

-- name: list_set_shape exec
UPDATE roster SET shape = :shape WHERE id = :id

-- name: list_go touch
UPDATE roster SET state = :state, note = :note, job_id = :job_id, applied_at = :applied_at, version = version + 1
 WHERE id = :id AND version = :version

-- name: list_remove_row exec
DELETE FROM roster_row WHERE roster_id = :roster_id AND line = :line

-- name: list_remove_rows_after exec
-- :last_line int64
DELETE FROM roster_row WHERE roster_id = :roster_id AND line > :last_line

-- name: list_row_insert exec
INSERT INTO roster_row (roster_id, line, verdict, waits, codes, choices, person_id, added, person_version, sheet_version, content, undo)
VALUES (:roster_id, :line, :verdict, :waits, :codes, :choices, :person_id, 0, 0, 0, :content, :undo)

-- name: list_row_choices many
-- What was decided row by row, kept when the list is read anew.
SELECT line, choices FROM roster_row WHERE roster_id = :roster_id AND choices <> '' ORDER BY line

-- name: list_counts many
-- n int64
-- waiting int64
SELECT verdict, count(*) AS n, cast(sum(waits) as bigint) AS waiting FROM roster_row WHERE roster_id = :roster_id GROUP BY verdict

-- name: list_rows_all many
-- :after_line int64
SELECT line, verdict, waits, codes, choices, person_id, content
  FROM roster_row
 WHERE roster_id = :roster_id AND line > :after_line
 ORDER BY line
 LIMIT 100

-- name: list_rows_of many
-- :after_line int64
SELECT line, verdict, waits, codes, choices, person_id, content
  FROM roster_row
 WHERE roster_id = :roster_id AND verdict = :verdict AND line > :after_line
 ORDER BY line
 LIMIT 100

-- name: list_rows_waiting many
-- :after_line int64
SELECT line, verdict, waits, codes, choices, person_id, content
  FROM roster_row
 WHERE roster_id = :roster_id AND waits = 1 AND line > :after_line
 ORDER BY line
 LIMIT 100

-- name: list_row_get one
SELECT line, verdict, waits, codes, choices, person_id, content FROM roster_row WHERE roster_id = :roster_id AND line = :line

-- name: list_forget_choices exec
UPDATE roster_row SET choices = '' WHERE roster_id = :roster_id AND choices <> ''

-- name: list_row_choose exec
UPDATE roster_row SET choices = :choices, waits = :waits WHERE roster_id = :roster_id AND line = :line

-- name: list_row_wait exec
UPDATE roster_row SET waits = :waits WHERE roster_id = :roster_id AND line = :line

-- name: list_doubts many
-- :verdict int64
-- n int64
-- waiting int64
-- Rows that share what is in doubt share a line here: some dozens of lines, however many rows.
SELECT codes, count(*) AS n, cast(sum(waits) as bigint) AS waiting
  FROM roster_row
 WHERE roster_id = :roster_id AND verdict = :verdict
 GROUP BY codes

-- name: list_doubtful many
SELECT line, waits, codes, choices FROM roster_row WHERE roster_id = :roster_id AND verdict = 3 ORDER BY line

-- name: columns_of one
SELECT columns FROM roster_columns WHERE unit_id = :unit_id AND headings = :headings

-- name: columns_keep exec
INSERT INTO roster_columns (unit_id, headings, columns, at) VALUES (:unit_id, :headings, :columns, :at)
    ON CONFLICT (unit_id, headings) DO UPDATE SET columns = excluded.columns, at = excluded.at

-- ---- applying and undoing ----

-- name: list_marks many
-- scan: all rows of one list, in order, as applying meets them
SELECT line, verdict, waits, choices, person_id FROM roster_row WHERE roster_id = :roster_id ORDER BY line

-- name: list_row_applied exec
UPDATE roster_row
   SET person_id = :person_id, added = :added, person_version = :person_version, sheet_version = :sheet_version, undo = :undo
 WHERE roster_id = :roster_id AND line = :line

-- name: list_undoable many
-- person_is int64
-- sheet_is int64
-- evidence int64
-- What applying touched, last row first, with what stands there now: 0 where it is gone.
SELECT r.line, r.person_id, r.person_version, r.sheet_version, r.added, r.undo, coalesce(p.version, 0) AS person_is,
       coalesce(a.version, 0) AS sheet_is,
       (SELECT count(*) FROM evidence_use e WHERE e.person_id = r.person_id AND e.round_id = :round_id) AS evidence
  FROM roster_row r
  LEFT JOIN person p ON p.id = r.person_id
  LEFT JOIN assessment a ON a.person_id = r.person_id AND a.round_id = :round_id
 WHERE r.roster_id = :roster_id AND (r.person_version > 0 OR r.sheet_version > 0)
 ORDER BY r.line DESC

-- name: list_traces one
-- :since int64
-- n int64
-- Whether anything around a list has moved while its rows were got ready (roster_stage.h).
SELECT count(*) AS n FROM audit WHERE unit_id IN (SELECT cast(value AS BIGINT) FROM json_each(:unit_ids[])) AND at >= :since

-- name: list_set_round exec
UPDATE roster SET round_id = :round_id WHERE id = :id

-- ---- people of a former round ----

-- name: list_former many
-- :unit_id int64
-- :from_round int64
-- :round_id int64
-- leaf_name text
-- sheet_state int64
-- Registered then, active now, of a leaf or of a commune; with the state of this round.
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.group_code, p.leaf_id, coalesce(l.name, '') AS leaf_name,
       coalesce(n.state, 0) AS sheet_state
  FROM standing s
  JOIN person p ON p.id = s.person_id AND p.condition = 1
  LEFT JOIN standing n ON n.person_id = s.person_id AND n.round_id = :round_id
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.until_day = '9999-12-31'
 WHERE s.round_id = :from_round AND s.commune_id = :unit_id AND s.state NOT IN (0, 12) AND (p.commune_id = :unit_id OR p.leaf_id = :unit_id)
 UNION ALL
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.group_code, p.leaf_id, coalesce(l.name, '') AS leaf_name,
       coalesce(n.state, 0) AS sheet_state
  FROM standing s
  JOIN person p ON p.id = s.person_id AND p.condition = 1 AND p.leaf_id = :unit_id
  LEFT JOIN standing n ON n.person_id = s.person_id AND n.round_id = :round_id
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.until_day = '9999-12-31'
 WHERE s.round_id = :from_round AND s.leaf_id = :unit_id AND s.commune_id <> :unit_id AND s.state NOT IN (0, 12)
 ORDER BY 9, 3, 1
