-- name: audit_insert exec
INSERT INTO audit (person_id, id, at, account_id, actor, action, subject, subject_id, version, unit_id, old, new, reason)
VALUES (:person_id, :id, :at, :account_id, :actor, :action, :subject, :subject_id, :version, :unit_id, :old, :new, :reason)

-- name: audit_of_subject many
SELECT id, person_id, at, account_id, actor, action, subject, subject_id, version, unit_id, old, new, reason
  FROM audit
 WHERE subject = :subject AND subject_id = :subject_id
 ORDER BY version DESC, at DESC, id DESC
 LIMIT 100

-- name: audit_of_person many
-- :before_at int64
-- :before_id int64
-- A person's rows are few: they are sorted, not indexed, by time.
SELECT id, person_id, at, account_id, actor, action, subject, subject_id, version, unit_id, old, new, reason
  FROM audit
 WHERE person_id = :person_id AND (at, id) < (:before_at, :before_id)
 ORDER BY at DESC, id DESC
 LIMIT 100

-- name: seen_note exec
INSERT INTO seen (person_id, account_id, day, path, times, last_at)
VALUES (:person_id, :account_id, :day, :path, 1, :last_at)
    ON CONFLICT (person_id, account_id, day, path) DO UPDATE SET times = seen.times + 1, last_at = excluded.last_at

-- name: seen_of_person many
SELECT day, path, account_id, times, last_at
  FROM seen
 WHERE person_id = :person_id
 ORDER BY last_at DESC, account_id, path
 LIMIT 200
