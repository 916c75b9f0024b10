-- name: demo_model exec
INSERT INTO learning_model (id, round_id, model, unit_id, name, folded, decision, made_at, version)
VALUES (:id, :round_id, :model, :unit_id, :name, :folded, :decision, :made_at, 1)
