-- name: crosstab_stamps many
-- Communes that have figures in a round, and how often those changed.
SELECT s.unit_id, s.stamp
  FROM counter_stamp s
 WHERE s.round_id = :round_id AND s.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 ORDER BY s.unit_id

-- name: crosstab_rows each
-- scan: every row of a commune, to pack it
SELECT leaf_id, group_code, sex, age_band, state, total, flags
  FROM standing
 WHERE round_id = :round_id AND commune_id = :commune_id

-- name: crosstab_part_rows each
-- :to_leaf int64
-- Rows of a divided leaf whose people were placed in one part (0: nobody placed them).
SELECT s.leaf_id, s.group_code, s.sex, s.age_band, s.state, s.total, s.flags
  FROM standing s
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id
   AND coalesce((SELECT p.to_leaf FROM placement p WHERE p.person_id = s.person_id AND p.from_leaf = s.leaf_id), 0) = :to_leaf

-- name: crosstab_homes many
-- :ended_by text
-- Communes that some leaves ever belonged to, and those of the leaves that ever stood directly below a province. ended_by a day: only
-- communes that had ended by then ('' all).
SELECT v.parent_id AS unit_id
  FROM unit_version v
  JOIN unit c ON c.id = v.parent_id AND c.level = 3
 WHERE v.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:leaves[]) i)
   AND (:ended_by = '' OR NOT EXISTS (SELECT 1 FROM unit_version h WHERE h.unit_id = v.parent_id AND h.until_day > :ended_by))
 UNION
SELECT w.unit_id
  FROM unit_version w
  JOIN unit p ON p.id = w.parent_id AND p.level = 1
 WHERE w.unit_id IN (SELECT cast(j.value AS BIGINT) FROM json_each(:leaves[]) j) AND :ended_by = ''

-- name: crosstab_commune_of one
-- The commune a leaf is counted in.
SELECT commune_id FROM standing WHERE round_id = :round_id AND leaf_id = :leaf_id ORDER BY state, name_key, person_id LIMIT 1

-- name: crosstab_units many
-- :day text
-- Units by the version that held on a day, else the last before it, else their first.
SELECT v.unit_id, v.code, v.name
  FROM unit_version v
 WHERE v.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
   AND v.from_day = coalesce((SELECT max(x.from_day) FROM unit_version x WHERE x.unit_id = v.unit_id AND x.from_day <= :day),
                             (SELECT min(x.from_day) FROM unit_version x WHERE x.unit_id = v.unit_id))
 ORDER BY v.unit_id
