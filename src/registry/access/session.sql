-- name: session_insert exec
INSERT INTO session (secret_hash, account_id, officer, made_at, used_at, ended_at)
VALUES (:secret_hash, :account_id, :officer, :used_at, :used_at, 0)

-- name: session_get one
SELECT s.account_id, s.officer, s.used_at, s.ended_at, a.name, a.person_id, a.locked
  FROM session s
  JOIN account a ON a.id = s.account_id
 WHERE s.secret_hash = :secret_hash

-- name: session_touch exec
UPDATE session SET used_at = :used_at WHERE secret_hash = :secret_hash AND used_at < :used_at AND ended_at = 0

-- name: session_end exec
UPDATE session SET ended_at = :ended_at WHERE secret_hash = :secret_hash AND ended_at = 0

-- name: session_end_all exec
UPDATE session SET ended_at = :ended_at WHERE account_id = :account_id AND ended_at = 0

-- name: session_end_others exec
UPDATE session SET ended_at = :ended_at WHERE account_id = :account_id AND secret_hash <> :secret_hash AND ended_at = 0

-- name: session_count one
-- :officer_since int64
-- :citizen_since int64
-- n int64
SELECT count(*) AS n
  FROM session
 WHERE account_id = :account_id AND ended_at = 0
   AND ((officer = 1 AND used_at > :officer_since) OR (officer = 0 AND used_at > :citizen_since))

-- name: session_account one
SELECT name, person_id FROM account WHERE id = :id

-- name: grants_of many
-- :day text
-- The roles that hold on a day.
SELECT role, unit_id
  FROM role_grant
 WHERE account_id = :account_id AND ended_at = 0 AND until_day > :day
 ORDER BY id
 LIMIT 200

-- name: answer_get one
SELECT status, location FROM form_answer WHERE token_hash = :token_hash AND body_hash = :body_hash

-- name: answer_insert exec
INSERT INTO form_answer (token_hash, body_hash, status, location, at)
VALUES (:token_hash, :body_hash, :status, :location, :at)
    ON CONFLICT (token_hash, body_hash) DO NOTHING

-- name: kept_insert exec
-- :fields blob
INSERT INTO kept_post (id, account_id, path, fields, at) VALUES (:id, :account_id, :path, :fields, :at)

-- name: kept_trim exec
-- Only the newest five stay.
DELETE FROM kept_post
 WHERE account_id = :account_id
   AND id NOT IN (SELECT k.id FROM kept_post k WHERE k.account_id = :account_id ORDER BY k.at DESC, k.id DESC LIMIT 5)

-- name: kept_list many
-- :since int64
SELECT id, at, path, fields
  FROM kept_post
 WHERE account_id = :account_id AND at > :since
 ORDER BY at DESC, id DESC
 LIMIT 5

-- name: kept_get one
SELECT id, at, path, fields FROM kept_post WHERE account_id = :account_id AND id = :id

-- name: kept_remove exec
DELETE FROM kept_post WHERE account_id = :account_id AND id = :id

-- name: sweep_sessions exec
-- :before int64
DELETE FROM session WHERE secret_hash IN (SELECT s.secret_hash FROM session s WHERE s.used_at < :before LIMIT 1000)

-- name: sweep_answers exec
-- :before int64
DELETE FROM form_answer
 WHERE (token_hash, body_hash) IN (SELECT f.token_hash, f.body_hash FROM form_answer f WHERE f.at < :before LIMIT 1000)

-- name: sweep_left one
-- :before int64
-- n int64
SELECT count(*) AS n FROM (SELECT f.at FROM form_answer f WHERE f.at < :before LIMIT 1) AS x

-- name: sweep_kept exec
-- :before int64
-- scan: rows of a few days, five an account at most
DELETE FROM kept_post WHERE at < :before

-- name: sweep_failures exec
-- :before int64
DELETE FROM sign_in_failure WHERE key_hash IN (SELECT f.key_hash FROM sign_in_failure f WHERE f.at < :before LIMIT 1000)

-- name: sweep_codes exec
-- :before int64
DELETE FROM activation WHERE code_hash IN (SELECT c.code_hash FROM activation c WHERE c.expires_at < :before LIMIT 1000)
