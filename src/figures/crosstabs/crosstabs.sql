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
