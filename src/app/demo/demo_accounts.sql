-- name: demo_citizen one
-- :born_before int64
-- Somebody grown up of a commune: of the leaf if there is any, who has not registered yet this round if there is any, with an
-- identity number and a full day of birth if there is any; a demo of few people has its citizen too.
SELECT p.id, p.name, s.leaf_id
  FROM standing s
  JOIN person p ON p.id = s.person_id
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND cast(substr(p.birth, 1, 4) AS BIGINT) < :born_before
 ORDER BY CASE WHEN s.leaf_id = :leaf_id THEN 0 ELSE 1 END, CASE WHEN s.state = 0 THEN 0 ELSE 1 END,
       CASE WHEN p.national_id_end <> '' AND length(p.birth) = 10 THEN 0 ELSE 1 END,
       s.name_key, s.person_id
 LIMIT 1
