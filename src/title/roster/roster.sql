-- name: roster_file_insert exec
INSERT INTO roster_file (id, account_id, unit_id, name, content, at) VALUES (:id, :account_id, :unit_id, :name, :content, :at)

-- name: roster_file_trim exec
-- Only the newest five of an account stay.
DELETE FROM roster_file
 WHERE account_id = :account_id
   AND id NOT IN (SELECT k.id FROM roster_file k WHERE k.account_id = :account_id ORDER BY k.at DESC, k.id DESC LIMIT 5)

-- name: roster_file_get one
SELECT id, unit_id, name, content, at FROM roster_file WHERE id = :id AND account_id = :account_id
