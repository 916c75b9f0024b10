-- name: job_insert exec
-- :kind text
INSERT INTO job (id, kind, title, account_id, unit_id, input, position, done, total, condition, message, made_at, ended_at, version)
VALUES (:id, :kind, :title, :account_id, :unit_id, :input, '', 0, :total, 0, '', :made_at, 0, 1)

-- name: job_get one
SELECT id, kind, title, account_id, unit_id, input, position, done, total, condition, message, made_at, ended_at, version
  FROM job
 WHERE id = :id

-- name: job_list many
-- :also int64
-- :before_id int64
SELECT id, kind, title, account_id, unit_id, input, position, done, total, condition, message, made_at, ended_at, version
  FROM job
 WHERE account_id IN (:account_id, :also) AND id < :before_id
 ORDER BY id DESC
 LIMIT 50

-- name: job_next one
-- The first job of the next owner: those under way before those that wait.
SELECT id, kind, title, account_id, unit_id, input, position, done, total, condition, message, made_at, ended_at, version
  FROM job
 WHERE condition IN (0, 1) AND account_id > :account_id
 ORDER BY account_id, condition DESC, id
 LIMIT 1

-- name: job_step touch
UPDATE job
   SET position = :position, done = :done, total = :total, condition = :condition, message = :message, ended_at = :ended_at,
       version = version + 1
 WHERE id = :id AND version = :version
