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

-- name: paper_without_account many
-- n int64
-- total int64
-- Everybody of a leaf who cannot sign in yet, cut into batches of 200: the last of each, and of all.
SELECT id, n, total
  FROM (SELECT p.id, row_number() OVER (ORDER BY p.name_key, p.id) AS n, count(*) OVER () AS total
          FROM person p
         WHERE p.leaf_id = :leaf_id AND p.condition = 1
           AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id AND a.passphrase <> '')) q
 WHERE n % 200 = 0 OR n = total
 ORDER BY n
 LIMIT 100

-- name: paper_batch_without_account many
-- :after_id int64
-- One batch, by name, after a person (0: from the first).
SELECT p.id, p.name, p.birth
  FROM person p
 WHERE p.leaf_id = :leaf_id AND p.condition = 1
   AND (:after_id = 0 OR (p.name_key, p.id) > (SELECT x.name_key, x.id FROM person x WHERE x.id = :after_id))
   AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id AND a.passphrase <> '')
 ORDER BY p.name_key, p.id
 LIMIT 200

-- name: paper_household many
-- code text
-- state int64
-- self text
-- due_day text
-- state_reason text
-- has_account int64
-- People who live under one head, by name, with the sheet of a round.
SELECT p.id, p.name, p.birth, p.sex, p.group_code, coalesce(a.code, '') AS code, coalesce(s.state, 0) AS state, coalesce(a.self, '[]') AS self,
       coalesce(a.due_day, '') AS due_day, coalesce(a.state_reason, '') AS state_reason,
       CASE WHEN EXISTS (SELECT 1 FROM account c WHERE c.person_id = p.id AND c.passphrase <> '') THEN 1 ELSE 0 END AS has_account
  FROM person p
  LEFT JOIN standing s ON s.person_id = p.id AND s.round_id = :round_id
  LEFT JOIN assessment a ON a.person_id = p.id AND a.round_id = :round_id
 WHERE p.hamlet_id = :hamlet_id AND p.household = :household AND p.condition = 1
 ORDER BY p.name_key, p.id
 LIMIT 50

-- name: paper_forms many
SELECT paper, name, made_at, version FROM paper_form WHERE unit_id = :unit_id ORDER BY paper LIMIT 20

-- name: paper_form_content one
SELECT content FROM paper_form WHERE unit_id = :unit_id AND paper = :paper

-- name: paper_form_insert exec
INSERT INTO paper_form (unit_id, paper, name, content, made_at, version) VALUES (:unit_id, :paper, :name, :content, :made_at, 1)

-- name: paper_form_update touch
UPDATE paper_form SET name = :name, content = :content, made_at = :made_at, version = version + 1
 WHERE unit_id = :unit_id AND paper = :paper AND version = :version

-- name: paper_form_delete touch
DELETE FROM paper_form WHERE unit_id = :unit_id AND paper = :paper AND version = :version
