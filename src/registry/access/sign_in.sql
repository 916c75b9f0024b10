-- name: sign_in_account one
SELECT id, login, passphrase, locked, failures, closed_until, version FROM account WHERE id = :id

-- name: sign_in_throttle exec
UPDATE account SET failures = :failures, closed_until = :closed_until WHERE id = :id

-- name: passphrase_set touch
UPDATE account SET passphrase = :passphrase, failures = 0, closed_until = 0, version = version + 1 WHERE id = :id AND version = :version

-- name: phone_set exec
UPDATE account SET phone = :phone WHERE id = :id

-- name: failure_get one
-- :key_hash blob
SELECT failures, at FROM sign_in_failure WHERE key_hash = :key_hash

-- name: failure_set exec
-- :key_hash blob
INSERT INTO sign_in_failure (key_hash, failures, at) VALUES (:key_hash, :failures, :at)
    ON CONFLICT (key_hash) DO UPDATE SET failures = excluded.failures, at = excluded.at

-- name: code_open one
-- :code_hash blob
-- :now int64
SELECT account_id FROM activation WHERE code_hash = :code_hash AND used_at = 0 AND expires_at > :now

-- name: code_use touch
-- :code_hash blob
UPDATE activation SET used_at = :used_at WHERE code_hash = :code_hash AND used_at = 0
