-- name: review_queue many
-- :after_at int64
-- :after_id int64
SELECT a.person_id, a.submitted_at, p.name, p.birth, a.group_code, a.self, a.assisted
  FROM assessment a
  JOIN person p ON p.id = a.person_id
 WHERE a.leaf_id = :leaf_id AND a.round_id = :round_id AND a.state = 4 AND (a.submitted_at, a.person_id) > (:after_at, :after_id)
 ORDER BY a.submitted_at, a.person_id
 LIMIT 50

-- name: review_queue_of_officers many
-- :day text
SELECT DISTINCT a.person_id, a.submitted_at, p.name, p.birth, a.group_code, a.self, a.assisted, v.name AS leaf
  FROM unit_version v
  JOIN role_grant g ON g.unit_id = v.unit_id
  JOIN account c ON c.id = g.account_id
  JOIN assessment a ON a.person_id = c.person_id AND a.round_id = :round_id
  JOIN person p ON p.id = a.person_id
 WHERE v.parent_id = :unit_id AND v.from_day <= :day AND v.until_day > :day
   AND g.ended_at = 0 AND g.until_day >= :day AND g.role IN ('branch', 'deputy', 'commune') AND a.state = 4
 ORDER BY a.submitted_at, a.person_id
 LIMIT 100

-- name: review_sample many
-- :seed int64
-- :limit int64
-- A square modulo a prime of the person and the day gives the order: nobody chooses, and the page is the same all day.
SELECT s.person_id, s.total, p.name, p.birth, s.group_code, s.leaf_id
  FROM standing s
  JOIN person p ON p.id = s.person_id
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state = 5
 ORDER BY ((s.person_id + :seed) % 999983) * ((s.person_id + :seed) % 999983) % 999983, s.person_id
 LIMIT :limit

-- name: review_missing_of_leaf many
-- due_day text
-- :after_state int64
-- :after_key blob
-- :after_id int64
SELECT s.person_id, s.state, s.name_key, s.leaf_id, p.name, p.birth, p.phone, coalesce(a.due_day, '') AS due_day
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 WHERE s.round_id = :round_id AND s.leaf_id = :unit_id AND s.state BETWEEN 1 AND 3
   AND (s.state, s.name_key, s.person_id) > (:after_state, :after_key, :after_id)
 ORDER BY s.state, s.name_key, s.person_id
 LIMIT 500

-- name: review_missing_of_commune many
-- due_day text
-- :after_state int64
-- :after_key blob
-- :after_id int64
SELECT s.person_id, s.state, s.name_key, s.leaf_id, p.name, p.birth, p.phone, coalesce(a.due_day, '') AS due_day
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 WHERE s.round_id = :round_id AND s.commune_id = :unit_id AND s.state BETWEEN 1 AND 3
   AND (s.state, s.name_key, s.person_id) > (:after_state, :after_key, :after_id)
 ORDER BY s.state, s.name_key, s.person_id
 LIMIT 500
