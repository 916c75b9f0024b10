-- name: round_get one
SELECT id, criteria_id, register_from, register_until, score_from, score_until, review_from, review_until, recognise_from,
       recognise_until, posting_days, title_years, locked, version
  FROM round
 WHERE id = :id

-- name: round_list many
SELECT id, criteria_id, register_from, register_until, score_from, score_until, review_from, review_until, recognise_from,
       recognise_until, posting_days, title_years, locked, version
  FROM round
 ORDER BY id DESC
 LIMIT 100

-- name: round_insert exec
INSERT INTO round (id, criteria_id, register_from, register_until, score_from, score_until, review_from, review_until,
                   recognise_from, recognise_until, posting_days, title_years, locked, version)
VALUES (:id, :criteria_id, :register_from, :register_until, :score_from, :score_until, :review_from, :review_until,
        :recognise_from, :recognise_until, :posting_days, :title_years, 0, 1)

-- name: round_update touch
UPDATE round
   SET criteria_id = :criteria_id, register_from = :register_from, register_until = :register_until, score_from = :score_from,
       score_until = :score_until, review_from = :review_from, review_until = :review_until, recognise_from = :recognise_from,
       recognise_until = :recognise_until, posting_days = :posting_days, title_years = :title_years, version = version + 1
 WHERE id = :id AND version = :version

-- name: round_set_locked touch
UPDATE round SET locked = :locked, version = version + 1 WHERE id = :id AND version = :version

-- name: round_touch touch
UPDATE round SET version = version + 1 WHERE id = :id AND version = :version

-- name: round_windows_of many
-- :unit int64
-- :above int64
-- :above_2 int64
-- :above_3 int64
-- Extensions of a unit and of those above it (0: no more of them).
SELECT stage, until_day
  FROM round_window
 WHERE round_id = :round_id AND unit_id IN (:unit, :above, :above_2, :above_3)

-- name: round_window_list many
SELECT unit_id, stage, until_day, reason FROM round_window WHERE round_id = :round_id ORDER BY unit_id, stage LIMIT 2000

-- name: round_window_set exec
INSERT INTO round_window (round_id, unit_id, stage, until_day, reason) VALUES (:round_id, :unit_id, :stage, :until_day, :reason)
    ON CONFLICT (round_id, unit_id, stage) DO UPDATE SET until_day = excluded.until_day, reason = excluded.reason

-- name: round_window_closed many
-- Of stage 2, scoring.
-- :after_day text
-- :last_day text
-- Extensions of a stage that ended in a span of days.
SELECT round_id, unit_id, until_day
  FROM round_window
 WHERE stage = 2 AND until_day > :after_day AND until_day <= :last_day
 ORDER BY round_id, unit_id

-- name: round_score_closed many
-- :after_day text
-- :last_day text
SELECT id FROM round WHERE score_until > :after_day AND score_until <= :last_day AND locked = 0 ORDER BY id

-- name: round_unit_list many
SELECT unit_id FROM round_unit WHERE round_id = :round_id ORDER BY unit_id

-- name: round_units_clear exec
DELETE FROM round_unit WHERE round_id = :round_id

-- name: round_units_add exec
INSERT INTO round_unit (round_id, unit_id) SELECT :round_id, cast(value AS BIGINT) FROM json_each(:ids[])
