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
