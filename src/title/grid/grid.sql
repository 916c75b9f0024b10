-- name: grid_lines many
-- :last_round int64
-- :first_state int64
-- :last_state int64
-- :after_key blob
-- :after_id int64
-- :limit int64
-- version int64
-- self text
-- reviewed text
-- final text
-- helper text
-- consent text
-- last text
-- People of a branch in a range of states, by name: the sheet of the round, and the scores that counted in the round before.
SELECT s.person_id, s.leaf_id, s.state, s.name_key, s.group_code, p.name, p.birth, p.sex, cast(coalesce(a.version, 0) as bigint) AS version,
       coalesce(a.self, '') AS self, coalesce(a.reviewed, '') AS reviewed, coalesce(a.final, '') AS final,
       coalesce(a.helper, '') AS helper, coalesce(a.consent, '') AS consent, coalesce(l.scores, '') AS last
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
  LEFT JOIN standing l ON l.person_id = s.person_id AND l.round_id = :last_round
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND s.state BETWEEN :first_state AND :last_state
   AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT :limit

-- name: grid_line one
-- :last_round int64
-- version int64
-- self text
-- reviewed text
-- final text
-- helper text
-- consent text
-- last text
SELECT s.person_id, s.leaf_id, s.state, s.name_key, s.group_code, p.name, p.birth, p.sex, cast(coalesce(a.version, 0) as bigint) AS version,
       coalesce(a.self, '') AS self, coalesce(a.reviewed, '') AS reviewed, coalesce(a.final, '') AS final,
       coalesce(a.helper, '') AS helper, coalesce(a.consent, '') AS consent, coalesce(l.scores, '') AS last
  FROM standing s
  JOIN person p ON p.id = s.person_id
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
  LEFT JOIN standing l ON l.person_id = s.person_id AND l.round_id = :last_round
 WHERE s.person_id = :person_id AND s.round_id = :round_id
