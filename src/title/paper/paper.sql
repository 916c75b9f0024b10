-- name: paper_sheets_of_leaf many
-- :after_key blob
-- :after_id int64
-- Sheets that are still their owner's to fill in (registered, draft, returned) of a leaf, by name: a few hundred, sorted here.
SELECT s.person_id, s.name_key, p.name, p.birth, a.code, a.group_code, a.criteria_id, s.state
  FROM standing s
  JOIN person p ON p.id = s.person_id
  JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND s.state BETWEEN 1 AND 3
   AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT 200
