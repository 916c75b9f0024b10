-- name: setting_get one
-- :name text
-- value text
SELECT value FROM setting WHERE name = :name

-- name: setting_set exec
-- :name text
-- :value text
INSERT INTO setting (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- name: unique_claim touch
-- CONFLICT, without an error that would end the transaction, when somebody has it.
-- :value blob
INSERT INTO unique_key (use, value, owner_id) VALUES (:use, :value, :owner_id) ON CONFLICT (use, value) DO NOTHING

-- name: unique_add exec
-- :value blob
INSERT INTO unique_key (use, value, owner_id) VALUES (:use, :value, :owner_id)

-- name: unique_find one
-- :value blob
SELECT owner_id FROM unique_key WHERE use = :use AND value = :value

-- name: unique_release exec
-- :value blob
DELETE FROM unique_key WHERE use = :use AND value = :value AND owner_id = :owner_id

-- name: unit_on_day one
-- :day text
-- The version of a unit that holds on a day.
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit u
  JOIN unit_version v ON v.unit_id = u.id
 WHERE u.id = :id AND v.from_day <= :day AND v.until_day > :day

-- name: unit_last one
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit u
  JOIN unit_version v ON v.unit_id = u.id
 WHERE u.id = :id
 ORDER BY v.from_day DESC
 LIMIT 1

-- name: unit_by_code one
-- :day text
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit_version v
  JOIN unit u ON u.id = v.unit_id
 WHERE v.code = :code AND v.from_day <= :day AND v.until_day > :day

-- name: unit_children many
-- :day text
-- :after_key blob
-- :after_id int64
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit_version v
  JOIN unit u ON u.id = v.unit_id
 WHERE v.parent_id = :parent_id AND v.from_day <= :day AND v.until_day > :day
   AND (v.name_key, v.unit_id) > (:after_key, :after_id)
 ORDER BY v.name_key, v.unit_id
 LIMIT 500

-- name: unit_name_key one
-- :day text
SELECT name_key FROM unit_version WHERE unit_id = :unit_id AND from_day <= :day AND until_day > :day

-- name: unit_count_children one
-- :day text
-- total int64
SELECT count(*) AS total FROM unit_version WHERE parent_id = :parent_id AND from_day <= :day AND until_day > :day

-- name: unit_path many
-- :day text
-- From the province down to the unit itself. Levels rise along the way, so they order it; the set comes first and is looked up
-- by key (joined, it would be the inner loop of a scan of all versions).
WITH RECURSIVE up (id) AS (
	SELECT cast(:unit_id AS BIGINT)
	 UNION ALL
	SELECT p.parent_id
	  FROM up
	  JOIN unit_version p ON p.unit_id = up.id AND p.from_day <= :day AND p.until_day > :day
	 WHERE p.parent_id <> 0)
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit u
  JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= :day AND v.until_day > :day
 WHERE u.id IN (SELECT x.id FROM up x)
 ORDER BY u.level

-- name: unit_ids one
-- :day text
-- above int64
-- above_2 int64
-- above_3 int64
-- The ids of unit_path alone, from the unit itself upwards, 0 beyond the province: four look-ups by key, no recursion.
SELECT u.level, v.parent_id, coalesce(a.unit_id, 0) AS above, coalesce(b.unit_id, 0) AS above_2, coalesce(c.unit_id, 0) AS above_3
  FROM unit u
  JOIN unit_version v ON v.unit_id = u.id AND v.from_day <= :day AND v.until_day > :day
  LEFT JOIN unit_version a ON a.unit_id = v.parent_id AND a.from_day <= :day AND a.until_day > :day
  LEFT JOIN unit_version b ON b.unit_id = a.parent_id AND b.from_day <= :day AND b.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = b.parent_id AND c.from_day <= :day AND c.until_day > :day
 WHERE u.id = :unit_id

-- name: unit_history many
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit u
  JOIN unit_version v ON v.unit_id = u.id
 WHERE u.id = :id
 ORDER BY v.from_day

-- name: unit_edges_from many
-- What a unit became. A name is the last it had.
SELECT e.from_id, e.to_id, e.on_day, f.name AS from_name, f.code AS from_code, t.name AS to_name, t.code AS to_code
  FROM unit_edge e
  JOIN unit_version f ON f.unit_id = e.from_id AND f.from_day = (SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = e.from_id)
  JOIN unit_version t ON t.unit_id = e.to_id AND t.from_day = (SELECT min(y.from_day) FROM unit_version y WHERE y.unit_id = e.to_id)
 WHERE e.from_id = :from_id
 ORDER BY e.on_day, t.name_key, e.to_id
 LIMIT 500

-- name: unit_edges_into many
-- What a unit was made of.
SELECT e.from_id, e.to_id, e.on_day, f.name AS from_name, f.code AS from_code, t.name AS to_name, t.code AS to_code
  FROM unit_edge e
  JOIN unit_version f ON f.unit_id = e.from_id AND f.from_day = (SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = e.from_id)
  JOIN unit_version t ON t.unit_id = e.to_id AND t.from_day = (SELECT min(y.from_day) FROM unit_version y WHERE y.unit_id = e.to_id)
 WHERE e.to_id = :to_id
 ORDER BY e.on_day, f.name_key, e.from_id
 LIMIT 500

-- name: unit_search each
-- :prefix text
-- :prefix_end text
-- :day text
-- Candidates by the prefix of one word; the caller checks the other words.
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day, v.folded
  FROM unit u
  JOIN unit_version v ON v.unit_id = u.id
 WHERE u.id IN (SELECT w.unit_id FROM unit_word w WHERE w.word >= :prefix AND w.word < :prefix_end)
   AND v.from_day <= :day AND v.until_day > :day
 ORDER BY u.level, v.name_key, u.id

-- name: unit_insert exec
INSERT INTO unit (id, level, version) VALUES (:id, :level, 1)

-- name: unit_version_insert exec
-- :kind text
INSERT INTO unit_version (unit_id, from_day, until_day, code, name, kind, parent_id, folded, name_key)
VALUES (:unit_id, :from_day, :until_day, :code, :name, :kind, :parent_id, :folded, :name_key)

-- name: unit_word_insert exec
INSERT INTO unit_word (word, unit_id) VALUES (:word, :unit_id) ON CONFLICT (word, unit_id) DO NOTHING

-- name: unit_touch touch
-- The one place where a unit's version moves.
UPDATE unit SET version = version + 1 WHERE id = :id AND version = :version

-- name: unit_version_end touch
-- :day text
-- Ends the version that holds on a day.
UPDATE unit_version SET until_day = :day WHERE unit_id = :unit_id AND from_day < :day AND until_day > :day

-- name: unit_version_replace touch
-- :kind text
-- A change from the very day on which a version began puts it right.
UPDATE unit_version
   SET code = :code, name = :name, kind = :kind, parent_id = :parent_id, folded = :folded, name_key = :name_key
 WHERE unit_id = :unit_id AND from_day = :from_day

-- name: unit_edge_insert exec
INSERT INTO unit_edge (from_id, to_id, on_day) VALUES (:from_id, :to_id, :on_day)
    ON CONFLICT (from_id, to_id, on_day) DO NOTHING

-- name: unit_all many
-- :day text
-- :max_level int64
-- Every unit of a day down to a level: a few thousand rows for the state's own.
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit u
  JOIN unit_version v ON v.unit_id = u.id
 WHERE u.level <= :max_level AND v.from_day <= :day AND v.until_day > :day
 ORDER BY u.level, v.code, u.id

-- name: unit_unplaced many
-- :day text
-- Hamlets and organisations of a day whose parent had ended by then: by parent, then name. Begins from what has successors.
SELECT u.id, u.level, u.version, v.code, v.name, v.kind, v.parent_id, v.from_day, v.until_day
  FROM unit_version v
  JOIN unit u ON u.id = v.unit_id AND u.level = 4
 WHERE v.parent_id IN (SELECT e.from_id FROM unit_edge e) AND v.from_day <= :day AND v.until_day > :day
   AND NOT EXISTS (SELECT 1 FROM unit_version p WHERE p.unit_id = v.parent_id AND p.from_day <= :day AND p.until_day > :day)
 ORDER BY v.parent_id, v.name_key, u.id

-- name: unit_successors many
-- Where a unit's ends lead.
SELECT to_id, on_day FROM unit_edge WHERE from_id = :from_id ORDER BY on_day, to_id

-- name: unit_edge_delete touch
-- :on_day text
DELETE FROM unit_edge WHERE from_id = :from_id AND to_id = :to_id AND on_day = :on_day

-- name: unit_version_delete touch
-- :from_day text
DELETE FROM unit_version WHERE unit_id = :unit_id AND from_day = :from_day

-- name: unit_version_extend touch
-- :day text
-- :until_day text
-- The version that ended on a day goes on until another.
UPDATE unit_version SET until_day = :until_day WHERE unit_id = :unit_id AND until_day = :day
