-- name: greeting_get one
SELECT words FROM greeting WHERE unit_id = :unit_id

-- name: greeting_set exec
INSERT INTO greeting (unit_id, words) VALUES (:unit_id, :words)
    ON CONFLICT (unit_id) DO UPDATE SET words = excluded.words
