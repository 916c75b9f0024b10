-- name: standing_row one
SELECT person_id, round_id, leaf_id, commune_id, province_id, group_code, sex, age_band, state, scores, flags, name_key
  FROM standing
 WHERE person_id = :person_id AND round_id = :round_id

-- name: standing_insert exec
INSERT INTO standing (person_id, round_id, leaf_id, commune_id, province_id, group_code, sex, age_band, state, total, scores, flags, name_key)
VALUES (:person_id, :round_id, :leaf_id, :commune_id, :province_id, :group_code, :sex, :age_band, :state, :total, :scores, :flags, :name_key)

-- name: standing_update touch
-- :was_state int64
-- :was_leaf int64
-- :was_total int64
-- :was_flags int64
-- A row that is no longer what the caller read is CONFLICT: the counters would go wrong.
UPDATE standing
   SET leaf_id = :leaf_id, commune_id = :commune_id, province_id = :province_id, group_code = :group_code, sex = :sex,
       age_band = :age_band, state = :state, total = :total, scores = :scores, flags = :flags, name_key = :name_key
 WHERE person_id = :person_id AND round_id = :round_id
   AND state = :was_state AND leaf_id = :was_leaf AND total = :was_total AND flags = :was_flags

-- name: standing_delete touch
DELETE FROM standing WHERE person_id = :person_id AND round_id = :round_id AND state = :state

-- name: counter_add exec
INSERT INTO counter (round_id, unit_id, group_code, sex, age_band, state, n, total,
                     s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20)
VALUES (:round_id, :unit_id, :group_code, :sex, :age_band, :state, :n, :total,
        :s1, :s2, :s3, :s4, :s5, :s6, :s7, :s8, :s9, :s10, :s11, :s12, :s13, :s14, :s15, :s16, :s17, :s18, :s19, :s20)
    ON CONFLICT (round_id, unit_id, group_code, sex, age_band, state) DO UPDATE
   SET n = counter.n + excluded.n, total = counter.total + excluded.total,
       s1 = counter.s1 + excluded.s1, s2 = counter.s2 + excluded.s2, s3 = counter.s3 + excluded.s3, s4 = counter.s4 + excluded.s4,
       s5 = counter.s5 + excluded.s5, s6 = counter.s6 + excluded.s6, s7 = counter.s7 + excluded.s7, s8 = counter.s8 + excluded.s8,
       s9 = counter.s9 + excluded.s9, s10 = counter.s10 + excluded.s10, s11 = counter.s11 + excluded.s11,
       s12 = counter.s12 + excluded.s12, s13 = counter.s13 + excluded.s13, s14 = counter.s14 + excluded.s14,
       s15 = counter.s15 + excluded.s15, s16 = counter.s16 + excluded.s16, s17 = counter.s17 + excluded.s17,
       s18 = counter.s18 + excluded.s18, s19 = counter.s19 + excluded.s19, s20 = counter.s20 + excluded.s20

-- name: counter_day_add touch
-- :n int64
-- :total int64
-- A day that has its row grows by what its counter grew: half the work of counter_day_set.
UPDATE counter_day SET n = n + :n, total = total + :total
 WHERE round_id = :round_id AND unit_id = :unit_id AND group_code = :group_code AND sex = :sex AND age_band = :age_band
   AND state = :state AND day = :day

-- name: counter_day_set exec
-- The day's value is the counter's own: it grows with every change and stays when the day is over.
INSERT INTO counter_day (round_id, unit_id, group_code, sex, age_band, state, day, n, total)
SELECT c.round_id, c.unit_id, c.group_code, c.sex, c.age_band, c.state, :day, c.n, c.total
  FROM counter c
 WHERE c.round_id = :round_id AND c.unit_id = :unit_id AND c.group_code = :group_code AND c.sex = :sex
   AND c.age_band = :age_band AND c.state = :state
    ON CONFLICT (round_id, unit_id, group_code, sex, age_band, state, day) DO UPDATE SET n = excluded.n, total = excluded.total

-- name: counter_sum_add exec
INSERT INTO counter_sum (round_id, unit_id, state, n, total) VALUES (:round_id, :unit_id, :state, :n, :total)
    ON CONFLICT (round_id, unit_id, state) DO UPDATE SET n = counter_sum.n + excluded.n, total = counter_sum.total + excluded.total

-- name: counter_sum_day_add touch
-- :n int64
-- :total int64
UPDATE counter_sum_day SET n = n + :n, total = total + :total
 WHERE round_id = :round_id AND unit_id = :unit_id AND state = :state AND day = :day

-- name: counter_sum_day_set exec
INSERT INTO counter_sum_day (round_id, unit_id, state, day, n, total)
SELECT c.round_id, c.unit_id, c.state, :day, c.n, c.total
  FROM counter_sum c
 WHERE c.round_id = :round_id AND c.unit_id = :unit_id AND c.state = :state
    ON CONFLICT (round_id, unit_id, state, day) DO UPDATE SET n = excluded.n, total = excluded.total

-- name: target_add exec
INSERT INTO target_counter (round_id, unit_id, target, part, n) VALUES (:round_id, :unit_id, :target, :part, :n)
    ON CONFLICT (round_id, unit_id, target, part) DO UPDATE SET n = target_counter.n + excluded.n

-- name: target_day_set exec
INSERT INTO target_day (round_id, unit_id, target, part, day, n)
SELECT c.round_id, c.unit_id, c.target, c.part, :day, c.n
  FROM target_counter c
 WHERE c.round_id = :round_id AND c.unit_id = :unit_id AND c.target = :target AND c.part = :part
    ON CONFLICT (round_id, unit_id, target, part, day) DO UPDATE SET n = excluded.n

-- name: counter_stamp_bump exec
INSERT INTO counter_stamp (round_id, unit_id, day, stamp) VALUES (:round_id, :unit_id, :day, 1)
    ON CONFLICT (round_id, unit_id) DO UPDATE SET day = excluded.day, stamp = counter_stamp.stamp + 1

-- name: standing_source one
-- :round_id int64
-- held int64
-- A person as a row of a round sees them. held: flags of an earlier round's title that is still valid in this one.
SELECT p.id, p.leaf_id, p.commune_id, p.province_id, p.group_code, p.sex, p.birth, p.member, p.trained_on, p.name_key, p.condition,
       coalesce((SELECT e.flags FROM standing e JOIN round r ON r.id = e.round_id
                  WHERE e.person_id = p.id AND e.state = 9 AND e.round_id < :round_id AND e.round_id + r.title_years > :round_id
                  ORDER BY e.round_id DESC LIMIT 1), 0) AS held
  FROM person p
 WHERE p.id = :person_id

-- name: standing_missing many
-- :round_id int64
-- :after_id int64
-- :until_id int64
-- held int64
-- Active people of a slice who have no row yet.
SELECT p.id, p.leaf_id, p.commune_id, p.province_id, p.group_code, p.sex, p.birth, p.member, p.trained_on, p.name_key, p.condition,
       coalesce((SELECT e.flags FROM standing e JOIN round r ON r.id = e.round_id
                  WHERE e.person_id = p.id AND e.state = 9 AND e.round_id < :round_id AND e.round_id + r.title_years > :round_id
                  ORDER BY e.round_id DESC LIMIT 1), 0) AS held
  FROM person p
 WHERE p.id > :after_id AND p.id <= :until_id AND p.condition = 1
   AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.person_id = p.id AND s.round_id = :round_id)
 ORDER BY p.id

-- name: standing_slice_end one
-- :after_id int64
-- :room int64
-- last_id int64
-- n int64
-- Where a slice of `room` people ends.
SELECT coalesce(max(x.id), 0) AS last_id, count(x.id) AS n
  FROM (SELECT p.id FROM person p WHERE p.id > :after_id ORDER BY p.id LIMIT :room) x

-- name: standing_open_rounds many
SELECT id FROM round WHERE locked = 0 ORDER BY id

-- name: standing_later_rounds many
-- Rounds after this one in which its title still holds and the person has a row.
SELECT s.round_id
  FROM round r
  JOIN standing s ON s.person_id = :person_id AND s.round_id > r.id AND s.round_id < r.id + r.title_years
 WHERE r.id = :round_id
 ORDER BY s.round_id

-- ---- figures: all by key; :units[] are leaves, or communes and the province's own organisations ----

-- name: figures_sums many
-- n int64
-- total int64
-- By state alone.
SELECT c.state, cast(sum(c.n) AS BIGINT) AS n, cast(sum(c.total) AS BIGINT) AS total
  FROM counter_sum c
 WHERE c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 GROUP BY c.state
 ORDER BY c.state

-- name: figures_sum_days many
-- n int64
-- total int64
-- :day text
SELECT c.state, cast(sum(d.n) AS BIGINT) AS n, cast(sum(d.total) AS BIGINT) AS total
  FROM counter_sum c
 CROSS JOIN counter_sum_day d
 WHERE d.round_id = c.round_id AND d.unit_id = c.unit_id AND d.state = c.state
   AND d.day = (SELECT max(x.day) FROM counter_sum_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id AND x.state = c.state
                   AND x.day <= :day)
   AND c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 GROUP BY c.state
 ORDER BY c.state

-- name: figures_cells many
-- part text
-- n int64
-- total int64
-- :by text
-- By one of: nothing, group, sex, age, unit.
SELECT CASE :by WHEN 'group' THEN c.group_code WHEN 'sex' THEN cast(c.sex AS TEXT) WHEN 'age' THEN cast(c.age_band AS TEXT) ELSE '' END AS part,
       c.state, cast(sum(c.n) AS BIGINT) AS n, cast(sum(c.total) AS BIGINT) AS total
  FROM counter c
 WHERE c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 GROUP BY 1, c.state
 ORDER BY 1, c.state

-- name: figures_cells_by_unit many
SELECT c.unit_id, c.state, c.n, c.total
  FROM counter_sum c
 WHERE c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 ORDER BY c.unit_id, c.state

-- name: figures_days many
-- part text
-- n int64
-- total int64
-- :by text
-- :day text
-- As of a day: of each cell the last value not after it, found by key (two seeks a cell, however many days there are: CROSS JOIN keeps
-- SQLite from walking all the days of a unit first).
SELECT CASE :by WHEN 'group' THEN c.group_code WHEN 'sex' THEN cast(c.sex AS TEXT) WHEN 'age' THEN cast(c.age_band AS TEXT) ELSE '' END AS part,
       c.state, cast(sum(d.n) AS BIGINT) AS n, cast(sum(d.total) AS BIGINT) AS total
  FROM counter c
 CROSS JOIN counter_day d
 WHERE d.round_id = c.round_id AND d.unit_id = c.unit_id AND d.group_code = c.group_code AND d.sex = c.sex
   AND d.age_band = c.age_band AND d.state = c.state
   AND d.day = (SELECT max(x.day) FROM counter_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id
                   AND x.group_code = c.group_code AND x.sex = c.sex AND x.age_band = c.age_band AND x.state = c.state AND x.day <= :day)
   AND c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 GROUP BY 1, c.state
 ORDER BY 1, c.state

-- name: figures_days_by_unit many
-- :day text
SELECT c.unit_id, c.state, d.n, d.total
  FROM counter_sum c
 CROSS JOIN counter_sum_day d
 WHERE d.round_id = c.round_id AND d.unit_id = c.unit_id AND d.state = c.state
   AND d.day = (SELECT max(x.day) FROM counter_sum_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id AND x.state = c.state
                   AND x.day <= :day)
   AND c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 ORDER BY c.unit_id, c.state

-- name: figures_targets_now many
-- n int64
SELECT t.unit_id, t.target, t.part, t.n
  FROM target_counter t
 WHERE t.round_id = :round_id AND t.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 ORDER BY t.unit_id, t.target, t.part

-- name: figures_targets_on_day many
-- :day text
SELECT c.unit_id, c.target, c.part, d.n
  FROM target_counter c
 CROSS JOIN target_day d
 WHERE d.round_id = c.round_id AND d.unit_id = c.unit_id AND d.target = c.target AND d.part = c.part
   AND d.day = (SELECT max(x.day) FROM target_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id AND x.target = c.target
                   AND x.part = c.part AND x.day <= :day)
   AND c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)
 ORDER BY c.unit_id, c.target, c.part

-- name: figures_stamp one
-- day text
-- The day of the last change of any of the units; '' when nothing changed yet.
SELECT coalesce(max(s.day), '') AS day
  FROM counter_stamp s
 WHERE s.round_id = :round_id AND s.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)

-- name: figures_last_day one
-- :day text
-- last_day text
-- The last day not after another on which any state's number changed: a seek each.
SELECT coalesce(max((SELECT max(x.day) FROM counter_sum_day x WHERE x.round_id = c.round_id AND x.unit_id = c.unit_id
                        AND x.state = c.state AND x.day <= :day)), '') AS last_day
  FROM counter_sum c
 WHERE c.round_id = :round_id AND c.unit_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:units[]) i)

-- ---- the list behind a figure: one state at a time is an index range; the caller merges ----

-- name: standing_of_leaf many
-- :after_key blob
-- :after_id int64
-- From the index alone: a page is chosen of several states, then read (standing_names).
SELECT s.person_id, s.name_key
  FROM standing s
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT 100

-- name: standing_of_commune many
-- :after_key blob
-- :after_id int64
SELECT s.person_id, s.name_key
  FROM standing s
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT 100

-- name: standing_of_province many
-- :after_key blob
-- :after_id int64
SELECT s.person_id, s.name_key
  FROM standing s
 WHERE s.round_id = :round_id AND s.province_id = :province_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT 100

-- name: standing_target_of_leaf many
-- :after_key blob
-- :after_id int64
-- :mask int64
-- :wanted int64
-- Sparse ones read the whole of a leaf's or commune's state: its own bound.
SELECT s.person_id, s.leaf_id, s.state, s.total, s.name_key
  FROM standing s
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
   AND (s.flags & :mask) = :wanted
 ORDER BY s.name_key, s.person_id
 LIMIT 100

-- name: standing_target_of_commune many
-- :after_key blob
-- :after_id int64
-- :mask int64
-- :wanted int64
SELECT s.person_id, s.leaf_id, s.state, s.total, s.name_key
  FROM standing s
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
   AND (s.flags & :mask) = :wanted
 ORDER BY s.name_key, s.person_id
 LIMIT 100

-- name: standing_crowd_of_leaf many
-- :after_key blob
-- :after_id int64
-- :sex int64
-- :age_from int64
-- :group_code text
-- A few of them read the whole of a leaf's or commune's state: its own bound. sex 0 and group '' ask for none.
SELECT s.person_id, s.leaf_id, s.state, s.total, s.name_key
  FROM standing s
 WHERE s.round_id = :round_id AND s.leaf_id = :leaf_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
   AND (:group_code = '' OR s.group_code = :group_code) AND (:sex = 0 OR s.sex = :sex) AND s.age_band >= :age_from
 ORDER BY s.name_key, s.person_id
 LIMIT 100

-- name: standing_crowd_of_commune many
-- :after_key blob
-- :after_id int64
-- :sex int64
-- :age_from int64
-- :group_code text
SELECT s.person_id, s.leaf_id, s.state, s.total, s.name_key
  FROM standing s
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
   AND (:group_code = '' OR s.group_code = :group_code) AND (:sex = 0 OR s.sex = :sex) AND s.age_band >= :age_from
 ORDER BY s.name_key, s.person_id
 LIMIT 100

-- name: standing_names many
-- One page of a list.
SELECT p.id, p.name, p.birth, s.leaf_id, s.total
  FROM standing s
  JOIN person p ON p.id = s.person_id
 WHERE s.round_id = :round_id AND s.person_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:people[]) i)
 ORDER BY s.person_id
