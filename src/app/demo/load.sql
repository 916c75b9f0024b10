-- name: load_grant one
-- :login text
SELECT g.unit_id, a.id AS account_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = :login ORDER BY g.unit_id LIMIT 1

-- name: load_citizen one
-- scan: once, before the load begins
SELECT a.person_id, s.round_id FROM account a JOIN standing s ON s.person_id = a.person_id WHERE a.login = 'nguoidan' ORDER BY s.round_id DESC LIMIT 1

-- name: load_certificates many
-- :limit int64
-- scan: the first thousand, once, before the load begins
SELECT code, person_id FROM certificate ORDER BY person_id LIMIT :limit
