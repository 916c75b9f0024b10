-- name: load_grant one
-- :login text
SELECT g.unit_id, a.id AS account_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = :login ORDER BY g.unit_id LIMIT 1

-- name: load_leaves many
-- :round int64
-- :first int64
-- :last int64
-- :limit int64
-- sheets int64
-- scan: once, before the load begins
SELECT s.leaf_id, cast(count(*) AS BIGINT) AS sheets FROM standing s
WHERE s.round_id = :round AND s.state BETWEEN :first AND :last
	AND EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = s.leaf_id AND v.kind IN ('ap', 'khu_pho'))
GROUP BY s.leaf_id ORDER BY 2 DESC, 1 LIMIT :limit

-- name: load_sheets many
-- :round int64
-- :first int64
-- :last int64
-- :limit int64
-- scan: once, before the load begins
SELECT s.person_id, s.leaf_id FROM standing s
WHERE s.round_id = :round AND s.state BETWEEN :first AND :last ORDER BY s.person_id LIMIT :limit

-- name: load_certificates many
-- :limit int64
-- scan: the first thousand, once, before the load begins
SELECT code, person_id FROM certificate ORDER BY person_id LIMIT :limit

-- name: load_open_window exec
-- :from text
-- :until text
-- :round int64
UPDATE round SET score_from = :from, score_until = :until WHERE id = :round AND NOT (score_from <= :from AND score_until >= :until)
