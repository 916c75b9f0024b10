-- name: branch_get one
SELECT name, officer_name, officer_phone, version FROM branch WHERE unit_id = :unit_id

-- name: branch_insert exec
INSERT INTO branch (unit_id, name, officer_name, officer_phone, version) VALUES (:unit_id, :name, :officer_name, :officer_phone, 1)

-- name: branch_update touch
UPDATE branch
   SET name = :name, officer_name = :officer_name, officer_phone = :officer_phone, version = version + 1
 WHERE unit_id = :unit_id AND version = :version
