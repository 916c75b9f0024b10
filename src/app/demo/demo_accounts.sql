-- name: demo_citizen one
-- :born_before int64
-- Somebody of a leaf who has not registered yet this round, grown up, with an identity number and a full day of birth.
SELECT p.id, p.name
  FROM standing s
  JOIN person p ON p.id = s.person_id
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND s.state = 0 AND p.national_id_end <> '' AND length(p.birth) = 10
   AND cast(substr(p.birth, 1, 4) AS BIGINT) < :born_before
 ORDER BY s.name_key, s.person_id
 LIMIT 1
