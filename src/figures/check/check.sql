-- ---- standing against person and sheet ----

-- name: check_standing_rows each
-- scan: the whole register is compared; person and sheet are found by key, in the same order
-- held int64
-- locked int64?
-- criteria_id int64?
-- sheet_state int64?
-- sheet_group text?
-- sheet_leaf int64?
-- assisted int64?
-- self text?
-- reviewed text?
-- final text?
-- condition int64?
-- birth text?
-- person_sex int64?
-- member int64?
-- trained_on text?
-- person_key blob?
-- person_leaf int64?
-- person_commune int64?
-- person_province int64?
-- person_group text?
-- household text?
-- clan text?
-- hamlet_id int64?
-- organisation_id int64?
SELECT s.person_id, s.round_id, s.leaf_id, s.commune_id, s.province_id, s.group_code, s.sex, s.age_band, s.state, s.total, s.scores,
       s.flags, s.name_key, r.locked, a.criteria_id, a.state AS sheet_state, a.group_code AS sheet_group, a.leaf_id AS sheet_leaf,
       a.assisted, a.self, a.reviewed, a.final, p.condition, p.birth, p.sex AS person_sex, p.member, p.trained_on,
       p.name_key AS person_key, p.leaf_id AS person_leaf, p.commune_id AS person_commune, p.province_id AS person_province,
       p.group_code AS person_group, p.household, p.clan, p.hamlet_id, p.organisation_id,
       coalesce((SELECT e.flags FROM standing e JOIN round x ON x.id = e.round_id
                  WHERE e.person_id = s.person_id AND e.state = 9 AND e.round_id < s.round_id AND e.round_id + x.title_years > s.round_id
                  ORDER BY e.round_id DESC LIMIT 1), 0) AS held
  FROM standing s
  LEFT JOIN round r ON r.id = s.round_id
  LEFT JOIN person p ON p.id = s.person_id
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 ORDER BY s.person_id, s.round_id

-- name: check_sheets_without_standing each
-- scan: every sheet must have its row
SELECT a.person_id, a.round_id
  FROM assessment a
 WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.person_id = a.person_id AND s.round_id = a.round_id)

-- name: check_people_without_standing each
-- scan: every active person must have a row in each open round
SELECT p.id AS person_id, r.id AS round_id
  FROM person p
 CROSS JOIN round r
 WHERE p.condition = 1 AND r.locked = 0
   AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.person_id = p.id AND s.round_id = r.id)

-- name: check_rounds_filling one
-- n int64
SELECT count(*) AS n FROM job WHERE kind IN ('round_open', 'models_apply') AND condition < 2

-- name: check_models each
SELECT id, round_id, model, unit_id, folded FROM learning_model

-- name: check_model_count one
-- n int64
SELECT count(*) AS n FROM learning_model

-- ---- counters ----

-- name: check_counter_units each
-- scan: every unit that was ever counted
SELECT DISTINCT round_id, unit_id FROM counter ORDER BY round_id, unit_id

-- name: check_unit_rows each
-- sheet_state int64?
-- self text?
-- reviewed text?
-- final text?
-- Who counts in a leaf, or in a commune without being counted there as its leaf.
SELECT s.person_id, s.group_code, s.sex, s.age_band, s.state, s.scores, s.flags, a.state AS sheet_state, a.self, a.reviewed, a.final
  FROM standing s
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 WHERE s.round_id = :round_id AND s.leaf_id = :unit_id
 UNION ALL
SELECT s.person_id, s.group_code, s.sex, s.age_band, s.state, s.scores, s.flags, a.state AS sheet_state, a.self, a.reviewed, a.final
  FROM standing s
  LEFT JOIN assessment a ON a.person_id = s.person_id AND a.round_id = s.round_id
 WHERE s.round_id = :round_id AND s.commune_id = :unit_id AND s.leaf_id <> :unit_id

-- name: check_unit_counters many
SELECT group_code, sex, age_band, state, n, total, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20
  FROM counter
 WHERE round_id = :round_id AND unit_id = :unit_id

-- name: check_unit_targets many
SELECT target, part, n FROM target_counter WHERE round_id = :round_id AND unit_id = :unit_id

-- name: check_standing_count one
-- scan: how many rows there are in all
-- n int64
-- twice int64
SELECT count(*) AS n, cast(coalesce(sum(CASE WHEN leaf_id <> commune_id THEN 1 ELSE 0 END), 0) AS BIGINT) AS twice FROM standing

-- name: check_counter_days each
-- scan: each cell against its last day
-- day_n int64?
-- day_total int64?
SELECT c.round_id, c.unit_id, c.group_code, c.sex, c.age_band, c.state, c.n, c.total, d.n AS day_n, d.total AS day_total
  FROM counter c
  LEFT JOIN counter_day d ON d.round_id = c.round_id AND d.unit_id = c.unit_id AND d.group_code = c.group_code AND d.sex = c.sex
   AND d.age_band = c.age_band AND d.state = c.state
   AND d.day = (SELECT max(x.day) FROM counter_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id
                   AND x.group_code = c.group_code AND x.sex = c.sex AND x.age_band = c.age_band AND x.state = c.state)

-- name: check_sums each
-- scan: the sums by state against the cells they are of, and their last day
-- n int64
-- total int64
-- sum_n int64
-- sum_total int64
-- day_n int64
SELECT x.round_id, x.unit_id, x.state, cast(sum(x.n) AS BIGINT) AS n, cast(sum(x.total) AS BIGINT) AS total,
       cast(sum(x.sum_n) AS BIGINT) AS sum_n, cast(sum(x.sum_total) AS BIGINT) AS sum_total, cast(sum(x.day_n) AS BIGINT) AS day_n
  FROM (SELECT c.round_id, c.unit_id, c.state, c.n, c.total, 0 AS sum_n, 0 AS sum_total, 0 AS day_n FROM counter c
         UNION ALL
        SELECT s.round_id, s.unit_id, s.state, 0, 0, s.n, s.total,
               coalesce((SELECT d.n FROM counter_sum_day d WHERE d.round_id = s.round_id AND d.unit_id = s.unit_id AND d.state = s.state
                          ORDER BY d.day DESC LIMIT 1), -1)
          FROM counter_sum s) x
 GROUP BY x.round_id, x.unit_id, x.state

-- name: check_target_days each
-- scan: each count against its last day
-- day_n int64?
SELECT c.round_id, c.unit_id, c.target, c.part, c.n, d.n AS day_n
  FROM target_counter c
  LEFT JOIN target_day d ON d.round_id = c.round_id AND d.unit_id = c.unit_id AND d.target = c.target AND d.part = c.part
   AND d.day = (SELECT max(x.day) FROM target_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id AND x.target = c.target
                   AND x.part = c.part)

-- name: check_stamps each
-- scan: the last day of each unit's counters against its stamp
-- day text
-- stamped text?
SELECT d.round_id, d.unit_id, max(d.day) AS day,
       (SELECT s.day FROM counter_stamp s WHERE s.round_id = d.round_id AND s.unit_id = d.unit_id) AS stamped
  FROM counter_day d
 GROUP BY d.round_id, d.unit_id

-- ---- units ----

-- name: check_unit_versions each
SELECT v.unit_id, v.from_day, v.until_day, v.code FROM unit_version v ORDER BY v.unit_id, v.from_day

-- name: check_unit_codes each
-- other_id int64
-- Two units of one code on one day.
SELECT v.unit_id, o.unit_id AS other_id, v.code, v.from_day
  FROM unit_version v
  JOIN unit_version o ON o.code = v.code AND o.unit_id > v.unit_id AND o.from_day < v.until_day AND o.until_day > v.from_day
 ORDER BY v.unit_id, o.unit_id

-- name: check_unit_parents each
-- Open units below one that is not there on their first day.
SELECT v.unit_id, v.parent_id, v.from_day, v.code
  FROM unit_version v
 WHERE v.parent_id <> 0
   AND NOT EXISTS (SELECT 1 FROM unit_version p WHERE p.unit_id = v.parent_id AND p.from_day <= v.from_day AND p.until_day > v.from_day)

-- ---- the trail: a row a version ----

-- name: check_trail_unit each
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM unit u
  LEFT JOIN audit a ON a.subject = 'unit' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_branch each
-- traces int64
-- versions int64
-- top int64
SELECT u.unit_id AS id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM branch u
  LEFT JOIN audit a ON a.subject = 'branch' AND a.subject_id = u.unit_id AND a.version > 0
 GROUP BY u.unit_id

-- name: check_trail_person each
-- scan: every person's versions against the trail
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM person u
  LEFT JOIN audit a ON a.subject = 'person' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_account each
-- scan: every account's versions against the trail
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM account u
  LEFT JOIN audit a ON a.subject = 'account' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_assessment each
-- scan: every sheet's versions against the trail; a sheet is named by person and round
-- (|| '' and + 0: by the person's rows, not by the index of all sheets of a round)
-- traces int64
-- versions int64
-- top int64
SELECT u.person_id AS id, u.round_id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions,
       coalesce(max(a.version), 0) AS top
  FROM assessment u
  LEFT JOIN audit a ON a.person_id = u.person_id AND a.subject || '' = 'assessment' AND a.subject_id + 0 = u.round_id AND a.version > 0
 GROUP BY u.person_id, u.round_id

-- name: check_trail_certificate each
-- scan: every certificate's versions against the trail
-- traces int64
-- versions int64
-- top int64
SELECT u.person_id, u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM certificate u
  LEFT JOIN audit a ON a.subject = 'certificate' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.person_id, u.id

-- name: check_trail_round each
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM round u
  LEFT JOIN audit a ON a.subject = 'round' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_criteria each
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM criteria u
  LEFT JOIN audit a ON a.subject = 'criteria' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_decision each
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM decision u
  LEFT JOIN audit a ON a.subject = 'decision' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_proposal each
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM proposal u
  LEFT JOIN audit a ON a.subject = 'proposal' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_target_set each
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM target_set u
  LEFT JOIN audit a ON a.subject = 'target_set' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_transfer each
-- traces int64
-- versions int64
-- top int64
SELECT u.id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions, coalesce(max(a.version), 0) AS top
  FROM transfer u
  LEFT JOIN audit a ON a.subject = 'transfer' AND a.subject_id = u.id AND a.version > 0
 GROUP BY u.id

-- name: check_trail_population each
-- traces int64
-- versions int64
-- top int64
SELECT u.unit_id AS id, u.round_id, u.version, count(a.id) AS traces, count(DISTINCT a.version) AS versions,
       coalesce(max(a.version), 0) AS top
  FROM population u
  LEFT JOIN audit a ON a.subject = 'population' AND a.subject_id = u.round_id AND a.unit_id = u.unit_id AND a.version > 0
 GROUP BY u.round_id, u.unit_id

-- ---- what must be unique, the book ----

-- name: check_certificate_books each
-- scan: every certificate's number
-- numbers int64
-- lowest int64
-- highest int64
-- next int64?
-- Numbers from 1 without a gap in each book.
SELECT c.authority_unit_id, c.round_id, count(DISTINCT c.book_number) AS numbers, min(c.book_number) AS lowest, max(c.book_number) AS highest,
       (SELECT b.next FROM certificate_book b WHERE b.authority_unit_id = c.authority_unit_id AND b.round_id = c.round_id) AS next
  FROM certificate c
 GROUP BY c.authority_unit_id, c.round_id

-- name: check_certificate_count one
-- scan: how many there are
-- n int64
SELECT count(*) AS n FROM certificate

-- name: check_certificate_sheets each
-- scan: every recognised sheet has one valid certificate of its round, and no other sheet has one
-- valid int64
SELECT a.person_id, a.round_id, a.state, count(c.id) AS valid
  FROM assessment a
  LEFT JOIN certificate c ON c.person_id = a.person_id AND c.round_id = a.round_id AND c.condition = 1
 GROUP BY a.person_id, a.round_id

-- name: check_unique_owners each
-- scan: each key's owner must be there
SELECT k.use, k.owner_id
  FROM unique_key k
 WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = k.owner_id)
   AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = k.owner_id)

-- name: check_unique_count one
-- scan: how many there are
-- n int64
SELECT count(*) AS n FROM unique_key

-- ---- files ----

-- name: check_stored_files each
-- scan: every file that should be there
SELECT content_hash, size, refs, free_since FROM stored_file

-- name: check_evidence_files each
-- scan: every piece of evidence must have its files recorded
SELECT e.person_id, e.id
  FROM evidence e
 WHERE e.removed_at = 0
   AND ((e.file_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stored_file f WHERE f.content_hash = e.file_hash))
     OR (e.thumb_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stored_file t WHERE t.content_hash = e.thumb_hash)))

-- name: check_decision_files each
SELECT d.id
  FROM decision d
 WHERE d.file_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stored_file f WHERE f.content_hash = d.file_hash)
