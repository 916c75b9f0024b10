-- name: model_get one
SELECT id, round_id, model, unit_id, name, folded, decision, made_at, version FROM learning_model WHERE id = :id

-- name: model_insert exec
INSERT INTO learning_model (id, round_id, model, unit_id, name, folded, decision, made_at, version)
VALUES (:id, :round_id, :model, :unit_id, :name, :folded, :decision, :made_at, 1)

-- name: model_delete touch
DELETE FROM learning_model WHERE id = :id AND version = :version

-- name: model_find one
SELECT id FROM learning_model WHERE round_id = :round_id AND model = :model AND unit_id = :unit_id AND folded = :folded

-- name: model_list many
-- :after_model int64
-- :after_folded text
-- :after_id int64
SELECT id, round_id, model, unit_id, name, folded, decision, made_at, version
  FROM learning_model
 WHERE round_id = :round_id AND unit_id IN (SELECT cast(value AS BIGINT) FROM json_each(:ids[]))
   AND (model, folded, id) > (:after_model, :after_folded, :after_id)
 ORDER BY model, folded, id
 LIMIT 100

-- name: model_count many
-- n int64
SELECT model, count(*) AS n
  FROM learning_model
 WHERE round_id = :round_id AND unit_id IN (SELECT cast(value AS BIGINT) FROM json_each(:ids[]))
 GROUP BY model

-- name: model_of_round many
-- :after_id int64
SELECT id, round_id, model, unit_id, name, folded, decision, made_at, version
  FROM learning_model
 WHERE round_id = :round_id AND id > :after_id
 ORDER BY id
 LIMIT 200

-- name: model_reaching many
-- :hamlet_id int64
-- :commune_id int64
-- :organisation_id int64
-- :household text
-- :clan text
-- Titles that reach one person: four look-ups by key, each its own statement, for a planner that is given them as one OR walks
-- all titles of the year.
SELECT model FROM learning_model WHERE round_id = :round_id AND model = 1 AND unit_id = :hamlet_id AND folded = :household
 UNION ALL
SELECT model FROM learning_model WHERE round_id = :round_id AND model = 2 AND unit_id = :commune_id AND folded = :clan
 UNION ALL
SELECT model FROM learning_model WHERE round_id = :round_id AND model = 3 AND unit_id = :hamlet_id AND folded = ''
 UNION ALL
SELECT model FROM learning_model WHERE round_id = :round_id AND model = 4 AND unit_id = :organisation_id AND folded = ''

-- name: model_household_names many
-- household text
-- Each spelling once: a step of the index for each, not a row for each person.
WITH RECURSIVE spelling (household) AS (
	SELECT min(household) FROM person WHERE hamlet_id = :hamlet_id AND household > ''
	UNION ALL
	SELECT (SELECT min(p.household) FROM person p WHERE p.hamlet_id = :hamlet_id AND p.household > s.household)
	  FROM spelling s
	 WHERE s.household IS NOT NULL)
SELECT household FROM spelling WHERE household IS NOT NULL

-- name: model_clan_names many
-- clan text
WITH RECURSIVE spelling (clan) AS (
	SELECT min(clan) FROM person WHERE commune_id = :commune_id AND clan <> '' AND clan > ''
	UNION ALL
	SELECT (SELECT min(p.clan) FROM person p WHERE p.commune_id = :commune_id AND p.clan <> '' AND p.clan > s.clan)
	  FROM spelling s
	 WHERE s.clan IS NOT NULL)
SELECT clan FROM spelling WHERE clan IS NOT NULL

-- name: model_people_of_household many
-- :round_id int64
SELECT s.person_id, s.round_id, s.leaf_id, s.commune_id, s.province_id, s.group_code, s.sex, s.age_band, s.state, s.scores, s.flags,
       s.name_key, p.hamlet_id, p.commune_id AS home_commune_id, p.organisation_id, p.household, p.clan
  FROM person p
  JOIN standing s ON s.person_id = p.id AND s.round_id = :round_id
 WHERE p.hamlet_id = :hamlet_id AND p.household = :household AND p.condition = 1

-- name: model_people_of_clan many
-- :round_id int64
SELECT s.person_id, s.round_id, s.leaf_id, s.commune_id, s.province_id, s.group_code, s.sex, s.age_band, s.state, s.scores, s.flags,
       s.name_key, p.hamlet_id, p.commune_id AS home_commune_id, p.organisation_id, p.household, p.clan
  FROM person p
  JOIN standing s ON s.person_id = p.id AND s.round_id = :round_id
 WHERE p.commune_id = :commune_id AND p.clan = :clan AND p.clan <> '' AND p.condition = 1

-- name: model_people_of_hamlet many
-- :round_id int64
SELECT s.person_id, s.round_id, s.leaf_id, s.commune_id, s.province_id, s.group_code, s.sex, s.age_band, s.state, s.scores, s.flags,
       s.name_key, p.hamlet_id, p.commune_id AS home_commune_id, p.organisation_id, p.household, p.clan
  FROM person p
  JOIN standing s ON s.person_id = p.id AND s.round_id = :round_id
 WHERE p.hamlet_id = :hamlet_id AND p.condition = 1

-- name: model_people_of_organisation many
-- :round_id int64
SELECT s.person_id, s.round_id, s.leaf_id, s.commune_id, s.province_id, s.group_code, s.sex, s.age_band, s.state, s.scores, s.flags,
       s.name_key, p.hamlet_id, p.commune_id AS home_commune_id, p.organisation_id, p.household, p.clan
  FROM person p
  JOIN standing s ON s.person_id = p.id AND s.round_id = :round_id
 WHERE p.organisation_id = :organisation_id AND p.organisation_id <> 0 AND p.condition = 1

-- name: model_clans_of many
-- The clans of a commune in rounds that are not locked.
SELECT m.round_id, m.name, m.folded, m.decision
  FROM learning_model m
  JOIN round r ON r.id = m.round_id
 WHERE m.model = 2 AND m.unit_id = :unit_id AND r.locked = 0
 ORDER BY m.id
