-- name: demo_round exec
INSERT INTO round (id, criteria_id, register_from, register_until, score_from, score_until, review_from, review_until, recognise_from,
                   recognise_until, posting_days, title_years, locked, version)
VALUES (:id, :criteria_id, :register_from, :register_until, :score_from, :score_until, :review_from, :review_until, :recognise_from,
        :recognise_until, 5, 1, :locked, 1)
