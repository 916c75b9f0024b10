-- name: leaves_to_follow many
-- :after_id int64
-- :day text
-- :today text
-- :limit int64
-- Leaves of today that came to another parent on a day, and those that wait to be placed: by id. The units of an installation are some
-- thousands.
SELECT v.unit_id
  FROM unit_version v
  JOIN unit u ON u.id = v.unit_id AND u.level = 4
 WHERE v.unit_id > :after_id AND v.from_day <= :today AND v.until_day > :today
   AND (EXISTS (SELECT 1 FROM unit_version x WHERE x.unit_id = v.unit_id AND x.from_day = :day)
     OR NOT EXISTS (SELECT 1 FROM unit_version p WHERE p.unit_id = v.parent_id AND p.from_day <= :today AND p.until_day > :today))
 ORDER BY v.unit_id
 LIMIT :limit

-- name: leaves_of_day one
-- :day text
-- n int64
-- First versions do not count: nobody was there before.
SELECT count(*) AS n
  FROM unit_version v
  JOIN unit u ON u.id = v.unit_id AND u.level = 4
  JOIN unit_version b ON b.unit_id = v.unit_id AND b.until_day = :day AND b.parent_id <> v.parent_id
 WHERE v.from_day = :day

-- ---- boundaries ----

-- name: counted_leaves many
-- :own_day text
-- :day text
-- parent_id int64?
-- own_parent int64?
-- Leaves that were counted in a round, whom they belong to on a day, and whom they belonged to then (or at last).
SELECT s.unit_id, v.parent_id, o.parent_id AS own_parent
  FROM counter_stamp s
  JOIN unit u ON u.id = s.unit_id AND u.level = 4
  LEFT JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= :day AND v.until_day > :day
  LEFT JOIN unit_version o ON o.unit_id = u.id
   AND o.from_day = (SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = u.id AND x.from_day <= :own_day)
 WHERE s.round_id = :round_id
 ORDER BY v.parent_id NULLS FIRST, s.unit_id

-- name: placement_parts many
-- Into what a leaf was divided, by the people placed then.
SELECT DISTINCT to_leaf FROM placement WHERE from_leaf = :from_leaf ORDER BY to_leaf

-- name: placed_rows many
-- :to_leaf int64
-- n int64
-- total int64
-- Rows of a divided leaf whose people were placed in one part (0: nobody placed them), as cells.
SELECT s.group_code, s.sex, s.age_band, s.state, s.flags, count(*) AS n, cast(sum(s.total) AS BIGINT) AS total
  FROM standing s
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id
   AND coalesce((SELECT p.to_leaf FROM placement p WHERE p.person_id = s.person_id AND p.from_leaf = s.leaf_id), 0) = :to_leaf
 GROUP BY s.group_code, s.sex, s.age_band, s.state, s.flags
 ORDER BY s.group_code, s.sex, s.age_band, s.state, s.flags

-- name: unit_changes one
-- :own_day text
-- :day text
-- n int64
-- How many versions began or ended between two days: a few thousand are looked through once, and few have ended.
SELECT count(*) AS n
  FROM unit_version v
 WHERE (v.until_day <= :day AND v.until_day > :own_day) OR (v.from_day > :own_day AND v.from_day <= :day)

-- ---- acts ----

-- name: transfer_insert exec
INSERT INTO transfer (id, act, unit_id, to_id, from_day, people, reason, plan, state, account_id, actor, made_at, version)
VALUES (:id, :act, :unit_id, :to_id, :from_day, :people, :reason, :plan, :state, :account_id, :actor, :made_at, 1)

-- name: transfer_get one
SELECT id, act, unit_id, to_id, from_day, people, reason, plan, state, account_id, actor, made_at, version FROM transfer WHERE id = :id

-- name: transfer_set_state touch
UPDATE transfer SET state = :state, version = version + 1 WHERE id = :id AND version = :version

-- name: transfers_due many
-- :today text
SELECT id FROM transfer WHERE state = 1 AND from_day <= :today ORDER BY from_day, id LIMIT 50

-- name: transfers_from many
-- :before_at int64
-- :before_id int64
-- Out of a unit (or about a person who stays), newest first.
SELECT id, act, unit_id, to_id, from_day, people, reason, plan, state, account_id, actor, made_at, version
  FROM transfer
 WHERE unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i) AND (made_at, id) < (:before_at, :before_id)
 ORDER BY made_at DESC, id DESC
 LIMIT 50

-- name: transfers_into many
-- :before_at int64
-- :before_id int64
SELECT id, act, unit_id, to_id, from_day, people, reason, plan, state, account_id, actor, made_at, version
  FROM transfer
 WHERE to_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i) AND (made_at, id) < (:before_at, :before_id)
 ORDER BY made_at DESC, id DESC
 LIMIT 50

-- name: transfer_person_insert exec
INSERT INTO transfer_person (person_id, transfer_id, from_leaf, from_hamlet, from_organisation, to_leaf)
VALUES (:person_id, :transfer_id, :from_leaf, :from_hamlet, :from_organisation, :to_leaf)

-- name: transfer_people many
SELECT person_id, from_leaf, from_hamlet, from_organisation, to_leaf FROM transfer_person WHERE transfer_id = :transfer_id ORDER BY person_id

-- name: people_places many
-- :year int64
-- leaf_name text
-- stays int64
-- goes int64
-- Whom a move would move: where they are, and how many sheets of this year's and later rounds go along or stay on a list.
SELECT p.id, p.name, p.birth, p.leaf_id, p.hamlet_id, p.organisation_id, p.condition, v.name AS leaf_name,
       (SELECT count(*) FROM standing s JOIN round r ON r.id = s.round_id
         WHERE s.person_id = p.id AND r.locked = 0 AND s.round_id >= :year AND s.state BETWEEN 6 AND 11) AS stays,
       (SELECT count(*) FROM standing t JOIN round q ON q.id = t.round_id
         WHERE t.person_id = p.id AND q.locked = 0 AND t.round_id >= :year AND t.state <> 0 AND t.state NOT BETWEEN 6 AND 11) AS goes
  FROM person p
  JOIN unit_version v ON v.unit_id = p.leaf_id AND v.from_day = (SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = p.leaf_id)
 WHERE p.id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:people[]) i)
 ORDER BY p.name_key, p.id

-- name: people_of_leaf_ids many
SELECT id FROM person WHERE leaf_id = :leaf_id AND condition = 1 ORDER BY name_key, id LIMIT 5000

-- name: leaf_people one
-- n int64
SELECT count(*) AS n FROM person WHERE leaf_id = :leaf_id AND condition = 1

-- name: person_history many
-- Where somebody was moved, newest first.
SELECT t.id, t.act, t.from_day, t.reason, t.state, p.from_leaf, p.to_leaf
  FROM transfer_person p
  JOIN transfer t ON t.id = p.transfer_id
 WHERE p.person_id = :person_id
 ORDER BY t.from_day DESC, t.id DESC
 LIMIT 100

-- name: placed_siblings many
-- :old_id int64
-- :parent_id int64
-- Leaves that once belonged to a unit and belong to another now.
SELECT v.unit_id, v.name
  FROM unit_version v
 WHERE v.parent_id = :parent_id
   AND EXISTS (SELECT 1 FROM unit_version o WHERE o.unit_id = v.unit_id AND o.parent_id = :old_id)
 ORDER BY v.name_key, v.unit_id
 LIMIT 500

-- name: belongings one
-- evidence int64
-- certificates int64
SELECT (SELECT count(*) FROM evidence e WHERE e.person_id = :person_id AND e.removed_at = 0) AS evidence,
       (SELECT count(*) FROM certificate c WHERE c.person_id = :person_id AND c.condition = 1) AS certificates

-- name: transfer_set_plan touch
UPDATE transfer SET plan = :plan, people = :people WHERE id = :id

-- name: leaf_rows one
-- sheets int64
-- listed int64
-- past int64
-- Sheets of a leaf in rounds that are not locked, those of them on a list or decided, and rows of locked rounds: by the index of each.
SELECT (SELECT count(*) FROM round r CROSS JOIN standing s WHERE s.round_id = r.id AND s.leaf_id = :leaf_id AND r.locked = 0 AND s.state <> 0) AS sheets,
       (SELECT count(*) FROM round p CROSS JOIN standing l WHERE l.round_id = p.id AND l.leaf_id = :leaf_id AND p.locked = 0
           AND l.state BETWEEN 6 AND 11) AS listed,
       (SELECT count(*) FROM round q CROSS JOIN standing t WHERE t.round_id = q.id AND t.leaf_id = :leaf_id AND q.locked = 1) AS past

-- name: listed_at one
-- n int64
-- Sheets of a leaf on a list of a commune, or decided there, in rounds that are not locked.
SELECT count(*) AS n
  FROM round r CROSS JOIN standing s
 WHERE s.round_id = r.id AND s.leaf_id = :leaf_id AND r.locked = 0 AND s.commune_id = :commune_id AND s.state BETWEEN 6 AND 11

-- name: placement_insert exec
INSERT INTO placement (person_id, from_leaf, to_leaf, transfer_id) VALUES (:person_id, :from_leaf, :to_leaf, :transfer_id)

-- name: placement_delete exec
-- scan: undoing a division, the rows of one hamlet
DELETE FROM placement WHERE transfer_id = :transfer_id

-- ---- the command ----

-- name: moved_to many
-- :day text
-- scan: once after an import: what came where on a day
-- leaves int64
-- people int64
-- sheets int64
SELECT p.code, p.name, count(*) AS leaves,
       cast(sum((SELECT count(*) FROM person x WHERE x.leaf_id = v.unit_id AND x.condition = 1)) AS BIGINT) AS people,
       cast(sum((SELECT count(*) FROM round r CROSS JOIN standing s WHERE s.round_id = r.id AND s.leaf_id = v.unit_id AND r.locked = 0
                   AND s.state <> 0)) AS BIGINT) AS sheets
  FROM unit_version v
  JOIN unit u ON u.id = v.unit_id AND u.level = 4
  JOIN unit_version b ON b.unit_id = v.unit_id AND b.until_day = :day AND b.parent_id <> v.parent_id
  JOIN unit_version p ON p.unit_id = v.parent_id AND p.from_day <= :day AND p.until_day > :day
 WHERE v.from_day = :day
 GROUP BY p.code, p.name
 ORDER BY p.code, p.name

-- name: people_where one
-- :today text
-- scan: once after an import: where everybody is
-- placed int64
-- waiting int64
-- lost int64
-- behind int64
-- Active people: in a unit of today; in one that waits to be placed; in one that is no more; and whose own place says otherwise.
SELECT cast(coalesce(sum(CASE WHEN l.unit_id IS NOT NULL AND c.unit_id IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS placed,
       cast(coalesce(sum(CASE WHEN l.unit_id IS NOT NULL AND c.unit_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
       cast(coalesce(sum(CASE WHEN l.unit_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS lost,
       cast(coalesce(sum(CASE WHEN l.parent_id <> p.commune_id AND l.parent_id <> p.province_id THEN 1 ELSE 0 END), 0) AS BIGINT) AS behind
  FROM person p
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :today AND l.until_day > :today
  LEFT JOIN unit_version c ON c.unit_id = l.parent_id AND c.from_day <= :today AND c.until_day > :today
 WHERE p.condition = 1

-- name: grants_behind one
-- :today text
-- n int64
-- Roles that hold, on units that are no more: nobody can use them there.
SELECT count(*) AS n
  FROM role_grant g
 WHERE g.ended_at = 0 AND g.until_day > :today
   AND NOT EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = g.unit_id AND v.from_day <= :today AND v.until_day > :today)

-- name: authorities_behind one
-- :today text
-- n int64
-- Units that are no more and had lines of their own about who recognises.
SELECT count(DISTINCT a.unit_id) AS n
  FROM authority a
 WHERE NOT EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = a.unit_id AND v.until_day > :today)
