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

-- name: list_seen_first touch
INSERT INTO list_seen (unit_id, account_id, day, list, times) VALUES (:unit_id, :account_id, :day, :list, 1)
    ON CONFLICT (unit_id, account_id, day, list) DO NOTHING

-- name: list_seen_again exec
UPDATE list_seen SET times = times + 1 WHERE unit_id = :unit_id AND account_id = :account_id AND day = :day AND list = :list

-- name: seen_of_person many
SELECT day, path, account_id, times, last_at
  FROM seen
 WHERE person_id = :person_id
 ORDER BY last_at DESC, account_id, path
 LIMIT 200

-- name: audit_by_time many
-- :action text
-- :from_at int64
-- :before_at int64
-- :before_id int64
-- unit text
-- A province: nearly every row is its own, so rows are read by time and the units only looked at.
WITH RECURSIVE below (id) AS (
	SELECT cast(u.value AS BIGINT) FROM json_each(:units[]) AS u
	 UNION
	SELECT v.unit_id FROM below JOIN unit_version v ON v.parent_id = below.id WHERE below.id <> 0)
SELECT a.id, a.person_id, a.at, a.account_id, a.actor, a.action, a.subject, a.subject_id, a.version, a.unit_id, a.old, a.new, a.reason,
       coalesce((SELECT v.name FROM unit_version v WHERE v.unit_id = a.unit_id ORDER BY v.from_day DESC LIMIT 1), '') AS unit
  FROM audit a
 WHERE a.at >= :from_at AND (a.at, a.id) < (:before_at, :before_id) AND +a.unit_id IN (SELECT id FROM below)
   AND (:action = '' OR a.action = :action)
 ORDER BY a.at DESC, a.id DESC
 LIMIT 100

-- name: audit_by_unit many
-- :action text
-- :from_at int64
-- :before_at int64
-- :before_id int64
-- unit text
-- A commune or a leaf: by its units, between two days.
WITH RECURSIVE below (id) AS (
	SELECT cast(u.value AS BIGINT) FROM json_each(:units[]) AS u
	 UNION
	SELECT v.unit_id FROM below JOIN unit_version v ON v.parent_id = below.id WHERE below.id <> 0)
SELECT a.id, a.person_id, a.at, a.account_id, a.actor, a.action, a.subject, a.subject_id, a.version, a.unit_id, a.old, a.new, a.reason,
       coalesce((SELECT v.name FROM unit_version v WHERE v.unit_id = a.unit_id ORDER BY v.from_day DESC LIMIT 1), '') AS unit
  FROM audit a
 WHERE a.unit_id IN (SELECT id FROM below) AND a.at >= :from_at AND (a.at, a.id) < (:before_at, :before_id)
   AND (:action = '' OR a.action = :action)
 ORDER BY a.at DESC, a.id DESC
 LIMIT 100

-- name: audit_by_account many
-- :action text
-- :from_at int64
-- :before_at int64
-- :before_id int64
-- unit text
-- What one account did.
WITH RECURSIVE below (id) AS (
	SELECT cast(u.value AS BIGINT) FROM json_each(:units[]) AS u
	 UNION
	SELECT v.unit_id FROM below JOIN unit_version v ON v.parent_id = below.id WHERE below.id <> 0)
SELECT a.id, a.person_id, a.at, a.account_id, a.actor, a.action, a.subject, a.subject_id, a.version, a.unit_id, a.old, a.new, a.reason,
       coalesce((SELECT v.name FROM unit_version v WHERE v.unit_id = a.unit_id ORDER BY v.from_day DESC LIMIT 1), '') AS unit
  FROM audit a
 WHERE a.account_id = :account_id AND a.at >= :from_at AND (a.at, a.id) < (:before_at, :before_id) AND +a.unit_id IN (SELECT id FROM below)
   AND (:action = '' OR a.action = :action)
 ORDER BY a.at DESC, a.id DESC
 LIMIT 100

-- name: audit_by_person many
-- :action text
-- :from_at int64
-- :before_at int64
-- :before_id int64
-- unit text
-- What concerns one person.
WITH RECURSIVE below (id) AS (
	SELECT cast(u.value AS BIGINT) FROM json_each(:units[]) AS u
	 UNION
	SELECT v.unit_id FROM below JOIN unit_version v ON v.parent_id = below.id WHERE below.id <> 0)
SELECT a.id, a.person_id, a.at, a.account_id, a.actor, a.action, a.subject, a.subject_id, a.version, a.unit_id, a.old, a.new, a.reason,
       coalesce((SELECT v.name FROM unit_version v WHERE v.unit_id = a.unit_id ORDER BY v.from_day DESC LIMIT 1), '') AS unit
  FROM audit a
 WHERE a.person_id = :person_id AND (:account_id = 0 OR a.account_id = :account_id) AND a.at >= :from_at
   AND (a.at, a.id) < (:before_at, :before_id) AND +a.unit_id IN (SELECT id FROM below)
   AND (:action = '' OR a.action = :action)
 ORDER BY a.at DESC, a.id DESC
 LIMIT 100
