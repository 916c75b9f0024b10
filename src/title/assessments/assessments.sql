-- name: assessment_get one
-- leaf_id int64
-- The leaf is that of the standing row: a sheet moves with its person up to reviewed, and standing/ keeps it still from listed on.
SELECT a.person_id, a.round_id, a.code, a.state, a.state_before, a.criteria_id, a.group_code,
       cast(coalesce(s.leaf_id, a.leaf_id) as bigint) AS leaf_id,
       a.self, a.reviewed, a.final, a.remark, a.wishes, a.assisted, a.helper, a.consent, a.no_posting, a.guardian, a.state_reason,
       a.told_on, a.due_day, a.registered_at, a.submitted_at, a.reviewed_at, a.reviewed_by, a.version
  FROM assessment a
  LEFT JOIN standing s ON s.person_id = a.person_id AND s.round_id = a.round_id
 WHERE a.person_id = :person_id AND a.round_id = :round_id

-- name: assessment_of_person many
-- leaf_id int64
SELECT a.person_id, a.round_id, a.code, a.state, a.state_before, a.criteria_id, a.group_code,
       cast(coalesce(s.leaf_id, a.leaf_id) as bigint) AS leaf_id,
       a.self, a.reviewed, a.final, a.remark, a.wishes, a.assisted, a.helper, a.consent, a.no_posting, a.guardian, a.state_reason,
       a.told_on, a.due_day, a.registered_at, a.submitted_at, a.reviewed_at, a.reviewed_by, a.version
  FROM assessment a
  LEFT JOIN standing s ON s.person_id = a.person_id AND s.round_id = a.round_id
 WHERE a.person_id = :person_id
 ORDER BY a.round_id DESC
 LIMIT 100

-- name: assessment_late many
-- :state int64
-- :today text
-- :limit int64
-- Sheets of one state of a commune, for the jobs that close and reopen its window; a returned one waits for its own day.
SELECT a.person_id, a.round_id, a.code, a.state, a.state_before, a.criteria_id, a.group_code, s.leaf_id,
       a.self, a.reviewed, a.final, a.remark, a.wishes, a.assisted, a.helper, a.consent, a.no_posting, a.guardian, a.state_reason,
       a.told_on, a.due_day, a.registered_at, a.submitted_at, a.reviewed_at, a.reviewed_by, a.version
  FROM standing s
  JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state = :state AND a.due_day < :today
 ORDER BY s.name_key, s.person_id
 LIMIT :limit

-- name: assessment_of_code one
SELECT round_id FROM assessment WHERE person_id = :person_id AND code = :code

-- name: assessment_insert exec
INSERT INTO assessment (person_id, round_id, code, state, state_before, criteria_id, group_code, leaf_id, self, reviewed, final, remark,
       wishes, assisted, helper, consent, no_posting, guardian, state_reason, told_on, due_day, registered_at, submitted_at, reviewed_at,
       reviewed_by, version)
VALUES (:person_id, :round_id, :code, :state, :state_before, :criteria_id, :group_code, :leaf_id, :self, :reviewed, :final, :remark,
       :wishes, :assisted, :helper, :consent, :no_posting, :guardian, :state_reason, :told_on, :due_day, :registered_at, :submitted_at,
       :reviewed_at, :reviewed_by, :version)

-- name: assessment_last_version one
-- last int64
-- Of a sheet that was undone and is registered again: a version is never used twice. The person's rows are few.
SELECT coalesce(max(a.version), 0) AS last
  FROM audit a
 WHERE a.person_id = :person_id AND a.subject || '' = 'assessment' AND a.subject_id + 0 = :round_id

-- name: assessment_delete touch
DELETE FROM assessment WHERE person_id = :person_id AND round_id = :round_id AND version = :version

-- name: assessment_update touch
UPDATE assessment
   SET state = :state, state_before = :state_before, group_code = :group_code, leaf_id = :leaf_id, self = :self, reviewed = :reviewed,
       final = :final, remark = :remark, wishes = :wishes, assisted = :assisted, helper = :helper, consent = :consent,
       no_posting = :no_posting, guardian = :guardian, state_reason = :state_reason, told_on = :told_on, due_day = :due_day,
       registered_at = :registered_at, submitted_at = :submitted_at, reviewed_at = :reviewed_at, reviewed_by = :reviewed_by,
       version = version + 1
 WHERE person_id = :person_id AND round_id = :round_id AND version = :version

-- name: sheet_reason_insert exec
INSERT INTO sheet_reason (person_id, round_id, id, indicator, was, became, reason, account_id, actor, at)
VALUES (:person_id, :round_id, :id, :indicator, :was, :became, :reason, :account_id, :actor, :at)

-- name: sheet_reasons many
SELECT indicator, was, became, reason, actor, at
  FROM sheet_reason
 WHERE person_id = :person_id AND round_id = :round_id
 ORDER BY at DESC, id DESC
 LIMIT 200
