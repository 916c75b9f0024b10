-- name: target_set_newest one
SELECT id, version, document FROM target_set ORDER BY made_at DESC, id DESC LIMIT 1

-- name: target_set_by_code one
SELECT id, version, document FROM target_set WHERE code = :code

-- name: target_set_insert exec
INSERT INTO target_set (id, code, title, document, made_at, version) VALUES (:id, :code, :title, :document, :made_at, 1)

-- name: target_set_replace touch
UPDATE target_set SET title = :title, document = :document, made_at = :made_at, version = version + 1
 WHERE id = :id AND version = :version

-- name: population_row one
SELECT adults, source, as_of, version FROM population WHERE round_id = :round_id AND unit_id = :unit_id

-- name: population_rows many
SELECT p.unit_id, p.adults, p.source, p.as_of, p.version
  FROM population p
 WHERE p.round_id = :round_id AND p.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 ORDER BY p.unit_id

-- name: population_insert exec
INSERT INTO population (round_id, unit_id, adults, source, as_of, version) VALUES (:round_id, :unit_id, :adults, :source, :as_of, 1)

-- name: population_update touch
UPDATE population SET adults = :adults, source = :source, as_of = :as_of, version = version + 1
 WHERE round_id = :round_id AND unit_id = :unit_id AND version = :version
