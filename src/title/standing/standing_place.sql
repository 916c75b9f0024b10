-- name: standing_unlocked many
SELECT id FROM round WHERE locked = 0 ORDER BY id

-- name: standing_to_follow each
-- :commune_id int64
-- :province_id int64
-- :today text
-- States 6 to 11 are on a list or decided: they stay while their commune is there.
SELECT s.person_id, s.round_id, s.leaf_id, s.commune_id, s.group_code, s.sex, s.age_band, s.state, s.scores, s.flags
  FROM standing s
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND (s.commune_id <> :commune_id OR s.province_id <> :province_id)
   AND (s.state NOT BETWEEN 6 AND 11
     OR NOT EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = s.commune_id AND v.from_day <= :today AND v.until_day > :today))

-- name: standing_follow exec
-- :today text
UPDATE standing AS s
   SET commune_id = :commune_id, province_id = :province_id
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND (s.commune_id <> :commune_id OR s.province_id <> :province_id)
   AND (s.state NOT BETWEEN 6 AND 11
     OR NOT EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = s.commune_id AND v.from_day <= :today AND v.until_day > :today))
