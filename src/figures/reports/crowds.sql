-- name: crowd_cells many
-- female int64
-- age int64
-- n int64
-- total int64
-- Age: 0 under 18, 1 adult, 2 of 60 and over. A few hundred rows at most, however many people and units.
SELECT c.group_code, CASE WHEN c.sex = 2 THEN 1 ELSE 0 END AS female,
       CASE WHEN c.age_band = 0 THEN 0 WHEN c.age_band = 5 THEN 2 ELSE 1 END AS age,
       c.state, cast(sum(c.n) AS BIGINT) AS n, cast(sum(c.total) AS BIGINT) AS total
  FROM counter c
 WHERE c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 GROUP BY c.group_code, 2, 3, c.state
 ORDER BY c.group_code, 2, 3, c.state

-- name: crowd_days many
-- female int64
-- age int64
-- n int64
-- total int64
-- :day text
-- The same as of a day: of each cell the last value not after it.
SELECT c.group_code, CASE WHEN c.sex = 2 THEN 1 ELSE 0 END AS female,
       CASE WHEN c.age_band = 0 THEN 0 WHEN c.age_band = 5 THEN 2 ELSE 1 END AS age,
       c.state, cast(sum(d.n) AS BIGINT) AS n, cast(sum(d.total) AS BIGINT) AS total
  FROM counter c
 CROSS JOIN counter_day d
 WHERE d.round_id = c.round_id AND d.unit_id = c.unit_id AND d.group_code = c.group_code AND d.sex = c.sex
   AND d.age_band = c.age_band AND d.state = c.state
   AND d.day = (SELECT max(x.day) FROM counter_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id
                   AND x.group_code = c.group_code AND x.sex = c.sex AND x.age_band = c.age_band AND x.state = c.state AND x.day <= :day)
   AND c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 GROUP BY c.group_code, 2, 3, c.state
 ORDER BY c.group_code, 2, 3, c.state

-- name: crowd_stamps many
SELECT s.unit_id, s.stamp
  FROM counter_stamp s
 WHERE s.round_id = :round_id AND s.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 ORDER BY s.unit_id

-- name: crowd_unit_cells many
-- female int64
-- age int64
-- n int64
-- total int64
-- As crowd_cells, of each unit alone.
SELECT c.unit_id, c.group_code, CASE WHEN c.sex = 2 THEN 1 ELSE 0 END AS female,
       CASE WHEN c.age_band = 0 THEN 0 WHEN c.age_band = 5 THEN 2 ELSE 1 END AS age,
       c.state, cast(sum(c.n) AS BIGINT) AS n, cast(sum(c.total) AS BIGINT) AS total
  FROM counter c
 WHERE c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 GROUP BY c.unit_id, c.group_code, 3, 4, c.state
 ORDER BY c.unit_id, c.group_code, 3, 4, c.state
