-- name: demo_senders many
-- :limit int64
-- People of a leaf who handed in.
SELECT person_id
  FROM standing
 WHERE round_id = :round_id AND leaf_id = :leaf_id AND state IN (4, 5)
 ORDER BY state, name_key, person_id
 LIMIT :limit
