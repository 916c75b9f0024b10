-- name: account_get one
SELECT id, login, name, person_id, phone, passphrase, locked, failures, closed_until, made_at, version FROM account WHERE id = :id

-- name: account_of_person one
SELECT id FROM account WHERE person_id = :person_id LIMIT 1

-- name: account_names many
SELECT id, name FROM account WHERE id IN (SELECT cast(value AS BIGINT) FROM json_each(:ids[]))

-- name: account_insert exec
-- :name_key blob
INSERT INTO account (id, login, name, folded, name_key, person_id, phone, passphrase, locked, failures, closed_until, made_at, version)
VALUES (:id, :login, :name, :folded, :name_key, :person_id, '', :passphrase, 0, 0, 0, :made_at, 1)

-- name: account_lock touch
UPDATE account SET locked = :locked, version = version + 1 WHERE id = :id AND version = :version

-- name: account_touch touch
UPDATE account SET version = version + 1 WHERE id = :id AND version = :version

-- name: role_insert exec
INSERT INTO role_grant (id, account_id, role, unit_id, until_day, ended_at, granted_by, granted_at, from_grant)
VALUES (:id, :account_id, :role, :unit_id, :until_day, 0, :granted_by, :granted_at, :from_grant)

-- name: role_end touch
UPDATE role_grant SET ended_at = :ended_at WHERE id = :id AND account_id = :account_id AND ended_at = 0

-- name: roles_on many
-- :day text
-- unit text
-- Roles on just these units, whether or not the units still hold: a unit is named as it was last.
SELECT g.id, g.account_id, g.unit_id, g.role, g.until_day, a.name, v.name AS unit
  FROM role_grant g
  JOIN account a ON a.id = g.account_id
  JOIN unit_version v ON v.unit_id = g.unit_id AND v.from_day = (SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = g.unit_id)
 WHERE g.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i) AND g.ended_at = 0 AND g.until_day > :day
   AND g.role <> 'citizen'
 ORDER BY g.unit_id, a.name_key, g.id
 LIMIT 500

-- name: roles_gone many
-- :day text
-- unit text
-- ways int64
-- to_id int64?
-- to_holds int64
-- Roles on units that do not hold on a day, and where those units' ends lead. Roles are some thousands.
SELECT g.id, g.account_id, g.unit_id, g.role, g.until_day, a.name, v.name AS unit,
       (SELECT count(*) FROM unit_edge e WHERE e.from_id = g.unit_id) AS ways,
       (SELECT min(f.to_id) FROM unit_edge f WHERE f.from_id = g.unit_id) AS to_id,
       (SELECT count(*) FROM unit_edge h JOIN unit_version t ON t.unit_id = h.to_id AND t.from_day <= :day AND t.until_day > :day
         WHERE h.from_id = g.unit_id) AS to_holds
  FROM role_grant g
  JOIN account a ON a.id = g.account_id
  JOIN unit_version v ON v.unit_id = g.unit_id AND v.from_day = (SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = g.unit_id)
 WHERE g.ended_at = 0 AND g.until_day > :day AND g.role <> 'citizen'
   AND NOT EXISTS (SELECT 1 FROM unit_version n WHERE n.unit_id = g.unit_id AND n.until_day > :day)
 ORDER BY g.unit_id, a.name_key, g.id

-- name: role_get one
-- unit text
SELECT g.account_id, g.unit_id, g.role, g.until_day, g.ended_at, v.name AS unit
  FROM role_grant g
  JOIN unit_version v ON v.unit_id = g.unit_id AND v.from_day = (SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = g.unit_id)
 WHERE g.id = :id

-- name: role_resume touch
UPDATE role_grant SET ended_at = 0 WHERE id = :id AND ended_at <> 0

-- name: roles_of many
-- :day text
-- from_name text
SELECT g.id, g.role, g.unit_id, g.until_day, v.name,
       coalesce((SELECT o.name FROM role_grant r JOIN unit_version o ON o.unit_id = r.unit_id
                  WHERE r.id = g.from_grant ORDER BY o.from_day DESC LIMIT 1), '') AS from_name
  FROM role_grant g
  JOIN unit_version v ON v.unit_id = g.unit_id AND v.from_day <= :day AND v.until_day > :day
 WHERE g.account_id = :account_id AND g.ended_at = 0 AND g.until_day > :day
 ORDER BY g.id
 LIMIT 200

-- name: code_insert exec
-- :code_hash blob
INSERT INTO activation (code_hash, account_id, made_at, made_by, expires_at, used_at)
VALUES (:code_hash, :account_id, :made_at, :made_by, :expires_at, 0)

-- name: code_get one
-- :code_hash blob
SELECT account_id, made_at, made_by, expires_at, used_at FROM activation WHERE code_hash = :code_hash

-- name: code_end_all exec
-- :now int64
-- A new code ends the older ones of its account.
UPDATE activation SET expires_at = :now WHERE account_id = :account_id AND used_at = 0 AND expires_at > :now

-- name: officers many
-- :day text
-- :pattern text
-- :after_key blob
-- :after_id int64
-- is_active int64
-- Whoever holds a role on one of the units or below it. Roles are a few thousand a province.
WITH RECURSIVE below (id) AS (
	SELECT cast(u.value AS BIGINT) FROM json_each(:units[]) AS u
	 UNION
	SELECT v.unit_id FROM below JOIN unit_version v ON v.parent_id = below.id AND v.from_day <= :day AND v.until_day > :day)
SELECT a.id AS account_id, g.id AS grant_id, g.unit_id, a.name_key, a.name, a.login, v.name AS unit, g.until_day, g.role, a.locked,
       CASE WHEN a.passphrase = '' THEN 0 ELSE 1 END AS is_active
  FROM below
  JOIN role_grant g ON g.unit_id = below.id AND g.ended_at = 0 AND g.until_day > :day AND g.role <> 'citizen'
  JOIN account a ON a.id = g.account_id
  JOIN unit_version v ON v.unit_id = g.unit_id AND v.from_day <= :day AND v.until_day > :day
 WHERE (' ' || a.folded) LIKE :pattern AND (a.name_key, g.id) > (:after_key, :after_id)
 ORDER BY a.name_key, g.id
 LIMIT 100

-- name: officer_key one
SELECT a.name_key FROM role_grant g JOIN account a ON a.id = g.account_id WHERE g.id = :id
