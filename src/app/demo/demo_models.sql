-- name: demo_model touch
INSERT INTO learning_model (id, round_id, model, unit_id, name, folded, decision, made_at, version)
VALUES (:id, :round_id, :model, :unit_id, :name, :folded, :decision, :made_at, 1)
    ON CONFLICT (round_id, model, unit_id, folded) DO NOTHING
