-- name: correction_get one
SELECT person_id, id, leaf_id, asked_at, changes, note, answer, answered_at, answer_note, version
  FROM correction
 WHERE person_id = :person_id AND id = :id

-- name: corrections_of_person many
SELECT person_id, id, leaf_id, asked_at, changes, note, answer, answered_at, answer_note, version
  FROM correction
 WHERE person_id = :person_id
 ORDER BY asked_at DESC, id DESC
 LIMIT 20

-- name: corrections_open many
-- :day text
-- unit_id int64
-- leaf_name text
-- Of a unit and all below it: some thousand leafs at most, few of them with one open. What the person is now stands beside it.
WITH RECURSIVE below (unit_id) AS (
	SELECT cast(:unit_id AS BIGINT)
	 UNION ALL
	SELECT v.unit_id
	  FROM below b
	  JOIN unit_version v ON v.parent_id = b.unit_id AND v.from_day <= :day AND v.until_day > :day)
SELECT c.person_id, c.id, c.leaf_id, c.asked_at, c.changes, c.note, c.version, coalesce(l.name, '') AS leaf_name,
       p.name, p.birth, p.sex, p.phone, p.address, p.household, p.clan, p.group_code
  FROM below b
  JOIN correction c ON c.leaf_id = b.unit_id AND c.answer = 0
  JOIN person p ON p.id = c.person_id
  LEFT JOIN unit_version l ON l.unit_id = c.leaf_id AND l.from_day <= :day AND l.until_day > :day
 ORDER BY c.asked_at, c.id
 LIMIT 100

-- name: correction_insert exec
INSERT INTO correction (person_id, id, leaf_id, asked_at, asked_by, changes, note, answer, answered_at, answered_by, answer_note, version)
VALUES (:person_id, :id, :leaf_id, :asked_at, :asked_by, :changes, :note, 0, 0, 0, '', 1)

-- name: correction_answer touch
UPDATE correction
   SET answer = :answer, answered_at = :answered_at, answered_by = :answered_by, answer_note = :answer_note, version = version + 1
 WHERE person_id = :person_id AND id = :id AND version = :version AND answer = 0

-- name: corrections_follow exec
-- Open ones go with their person to another leaf.
UPDATE correction SET leaf_id = :leaf_id WHERE person_id = :person_id AND answer = 0
