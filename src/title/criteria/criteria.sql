-- name: criteria_head one
SELECT id, version, published_at FROM criteria WHERE id = :id

-- name: criteria_document one
SELECT document FROM criteria WHERE id = :id

-- name: criteria_list many
SELECT id, code, release, title, published_at, version
  FROM criteria
 ORDER BY published_at = 0, made_at DESC, code, release
 LIMIT 200

-- name: criteria_current one
SELECT id, code, release, title, published_at, version
  FROM criteria
 WHERE published_at > 0
 ORDER BY published_at DESC, id DESC
 LIMIT 1

-- name: criteria_insert exec
INSERT INTO criteria (id, code, release, title, document, published_at, made_at, version)
VALUES (:id, :code, :release, :title, :document, 0, :made_at, 1)

-- name: criteria_replace touch
UPDATE criteria
   SET title = :title, document = :document, version = version + 1
 WHERE id = :id AND version = :version AND published_at = 0

-- name: criteria_publish touch
UPDATE criteria
   SET published_at = :published_at, version = version + 1
 WHERE id = :id AND version = :version AND published_at = 0
