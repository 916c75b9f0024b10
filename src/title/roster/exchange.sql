-- name: exchange_people many
-- :unit_id int64
-- :day text
-- leaf_name text
-- leaf_code text
-- commune_name text
-- province_name text
-- Who registered, of a commune or of a leaf (or organisation of the province): some thousands at most.
SELECT p.name, p.birth, p.sex, p.national_id, p.phone, s.group_code, s.state, s.scores, s.total, coalesce(l.name, '') AS leaf_name,
       coalesce(l.code, '') AS leaf_code, coalesce(c.name, '') AS commune_name, coalesce(v.name, '') AS province_name, p.name_key, p.id
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN unit_version l ON l.unit_id = s.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = s.commune_id AND c.from_day <= :day AND c.until_day > :day
  LEFT JOIN unit_version v ON v.unit_id = s.province_id AND v.from_day <= :day AND v.until_day > :day
 WHERE s.round_id = :round_id AND s.commune_id = :unit_id AND s.state NOT IN (0, 12)
 UNION
SELECT p.name, p.birth, p.sex, p.national_id, p.phone, s.group_code, s.state, s.scores, s.total, coalesce(l.name, '') AS leaf_name,
       coalesce(l.code, '') AS leaf_code, coalesce(c.name, '') AS commune_name, coalesce(v.name, '') AS province_name, p.name_key, p.id
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN unit_version l ON l.unit_id = s.leaf_id AND l.from_day <= :day AND l.until_day > :day
  LEFT JOIN unit_version c ON c.unit_id = s.commune_id AND c.from_day <= :day AND c.until_day > :day
  LEFT JOIN unit_version v ON v.unit_id = s.province_id AND v.from_day <= :day AND v.until_day > :day
 WHERE s.round_id = :round_id AND s.leaf_id = :unit_id AND s.state NOT IN (0, 12)
 ORDER BY 14, 15
