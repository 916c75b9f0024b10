-- name: person_get one
-- :day text
-- leaf_name text
-- commune_name text
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name
  FROM person p
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 WHERE p.id = :id

-- name: people_of_leaf many
-- :day text
-- :after_key blob
-- :after_id int64
-- leaf_name text
-- commune_name text
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name
  FROM person p
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 WHERE p.leaf_id = :leaf_id AND p.condition = 1 AND (p.name_key, p.id) > (:after_key, :after_id)
 ORDER BY p.name_key, p.id
 LIMIT 100

-- name: people_of_commune many
-- :day text
-- :after_key blob
-- :after_id int64
-- leaf_name text
-- commune_name text
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name
  FROM person p
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 WHERE p.commune_id = :commune_id AND p.condition = 1 AND (p.name_key, p.id) > (:after_key, :after_id)
 ORDER BY p.name_key, p.id
 LIMIT 100

-- name: names_of_leaf many
-- :after_key blob
-- :after_id int64
-- A page as it is shown: six columns and no other table.
SELECT p.id, p.name, p.birth, p.sex, p.group_code, p.leaf_id
  FROM person p
 WHERE p.leaf_id = :leaf_id AND p.condition = 1 AND (p.name_key, p.id) > (:after_key, :after_id)
 ORDER BY p.name_key, p.id
 LIMIT 100

-- name: names_of_commune many
-- :after_key blob
-- :after_id int64
SELECT p.id, p.name, p.birth, p.sex, p.group_code, p.leaf_id
  FROM person p
 WHERE p.commune_id = :commune_id AND p.condition = 1 AND (p.name_key, p.id) > (:after_key, :after_id)
 ORDER BY p.name_key, p.id
 LIMIT 100

-- name: people_of_household many
-- :day text
-- leaf_name text
-- commune_name text
-- A leaf's people are some hundreds.
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name
  FROM person p
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 WHERE p.leaf_id = :leaf_id AND p.condition = 1 AND p.household = :household AND p.id <> :id
 ORDER BY p.birth, p.id
 LIMIT 30

-- name: people_same many
-- :day text
-- :year text
-- :year_end text
-- leaf_name text
-- commune_name text
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name
  FROM person p
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 WHERE p.commune_id = :commune_id AND p.folded = :folded AND p.birth >= :year AND p.birth < :year_end AND p.condition = 1
 ORDER BY p.birth, p.id
 LIMIT 20

-- name: people_doubles each
-- :groups int64
-- :day text
-- :after_folded text
-- :after_year text
-- leaf_name text
-- commune_name text
-- Groups come from the index alone.
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name
  FROM (SELECT s.folded, substr(s.birth, 1, 4) AS year
          FROM person s
         WHERE s.commune_id = :commune_id AND s.condition = 1 AND (s.folded, substr(s.birth, 1, 4)) > (:after_folded, :after_year)
         GROUP BY s.folded, substr(s.birth, 1, 4)
        HAVING count(*) > 1
         ORDER BY s.folded, substr(s.birth, 1, 4)
         LIMIT :groups) g
  JOIN person p ON p.commune_id = :commune_id AND p.folded = g.folded AND substr(p.birth, 1, 4) = g.year AND p.condition = 1
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 ORDER BY g.folded, g.year, p.birth, p.id

-- name: people_by_word each
-- :candidates int64
-- :prefix text
-- :prefix_end text
-- :day text
-- leaf_name text
-- commune_name text
-- Candidates of one word within a scope; the caller checks the other words.
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name, p.folded
  FROM person_word w
  JOIN person p ON p.id = w.person_id
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 WHERE w.commune_id = :commune_id AND w.word >= :prefix AND w.word < :prefix_end AND p.condition = 1
 LIMIT :candidates

-- name: people_by_word_below each
-- :candidates int64
-- :prefix text
-- :prefix_end text
-- :day text
-- leaf_name text
-- commune_name text
-- The same in every commune and every organisation directly below a province.
SELECT p.id, p.version, p.name, p.birth, p.sex, p.national_id_end, p.phone, p.address, p.leaf_id, p.hamlet_id, p.organisation_id,
       p.commune_id, p.province_id, p.household, p.clan, p.group_code, p.member, p.trained_on, p.guardian, p.condition, p.merged_into,
       p.name_key, coalesce(l.name, '') AS leaf_name, coalesce(c.name, '') AS commune_name, p.folded
  FROM unit_version v
  JOIN person_word w ON w.commune_id = v.unit_id AND w.word >= :prefix AND w.word < :prefix_end
  JOIN person p ON p.id = w.person_id AND p.condition = 1
  LEFT JOIN unit_version l ON l.unit_id = p.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = p.commune_id AND c.from_day <= :day AND c.until_day > :day
 WHERE v.parent_id = :parent_id AND v.from_day <= :day AND v.until_day > :day
 LIMIT :candidates

-- name: word_weight one
-- :most int64
-- :prefix text
-- :prefix_end text
-- :day text
-- total int64
-- How common a word is below a province, up to :most.
SELECT count(*) AS total
  FROM (SELECT 1 AS one
          FROM unit_version v
          JOIN person_word w ON w.commune_id = v.unit_id AND w.word >= :prefix AND w.word < :prefix_end
         WHERE v.parent_id = :parent_id AND v.from_day <= :day AND v.until_day > :day
         LIMIT :most) x

-- name: word_weight_in one
-- :most int64
-- :prefix text
-- :prefix_end text
-- total int64
SELECT count(*) AS total
  FROM (SELECT 1 AS one
          FROM person_word w
         WHERE w.commune_id = :commune_id AND w.word >= :prefix AND w.word < :prefix_end
         LIMIT :most) x

-- name: person_number one
SELECT national_id FROM person WHERE id = :id

-- name: person_insert exec
-- :national_id blob?
INSERT INTO person (id, name, folded, name_key, birth, sex, national_id, national_id_end, phone, address, leaf_id, hamlet_id,
       organisation_id, commune_id, province_id, household, clan, group_code, member, trained_on, guardian, condition, merged_into,
       made_at, version)
VALUES (:id, :name, :folded, :name_key, :birth, :sex, :national_id, :national_id_end, :phone, :address, :leaf_id, :hamlet_id,
       :organisation_id, :commune_id, :province_id, :household, :clan, :group_code, :member, :trained_on, :guardian, 1, 0,
       :made_at, 1)

-- name: person_update touch
UPDATE person
   SET name = :name, folded = :folded, name_key = :name_key, birth = :birth, sex = :sex, phone = :phone, address = :address,
       leaf_id = :leaf_id, hamlet_id = :hamlet_id, organisation_id = :organisation_id, commune_id = :commune_id,
       province_id = :province_id, household = :household, clan = :clan, group_code = :group_code, member = :member,
       trained_on = :trained_on, guardian = :guardian, version = version + 1
 WHERE id = :id AND version = :version

-- name: person_set_number exec
-- :national_id blob?
-- :national_id_end text
-- Within a change of the person: their version moves there.
UPDATE person SET national_id = :national_id, national_id_end = :national_id_end WHERE id = :id

-- name: person_set_condition touch
UPDATE person SET condition = :condition, merged_into = :merged_into, version = version + 1 WHERE id = :id AND version = :version

-- name: person_remove exec
DELETE FROM person WHERE id = :id

-- name: person_hangs one
-- n int64
-- What would lose its person: an account, a correction.
SELECT (SELECT count(*) FROM account a WHERE a.person_id = :id) + (SELECT count(*) FROM correction c WHERE c.person_id = :id) AS n

-- name: person_set_place exec
UPDATE person SET commune_id = :commune_id, province_id = :province_id WHERE id = :id

-- name: people_to_follow many
-- :commune_id int64
-- :province_id int64
-- :after_id int64
-- :most int64
SELECT id, folded, commune_id, condition
  FROM person
 WHERE leaf_id = :leaf_id AND condition IN (1, 2, 3, 4) AND (commune_id <> :commune_id OR province_id <> :province_id) AND id > :after_id
 ORDER BY id
 LIMIT :most

-- name: word_insert exec
INSERT INTO person_word (commune_id, word, person_id) VALUES (:commune_id, :word, :person_id)
    ON CONFLICT (commune_id, word, person_id) DO NOTHING

-- name: word_remove exec
DELETE FROM person_word WHERE commune_id = :commune_id AND word = :word AND person_id = :person_id
