-- name: demo_counter exec
INSERT INTO counter (round_id, unit_id, group_code, sex, age_band, state, n, total, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10,
                     s11, s12, s13, s14, s15, s16, s17, s18, s19, s20)
VALUES (:round_id, :unit_id, :group_code, :sex, :age_band, :state, :n, :total, :s1, :s2, :s3, :s4, :s5, :s6, :s7, :s8, :s9, :s10,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

-- name: demo_counter_day exec
INSERT INTO counter_day (round_id, unit_id, group_code, sex, age_band, state, day, n, total)
VALUES (:round_id, :unit_id, :group_code, :sex, :age_band, :state, :day, :n, :total)

-- name: demo_target exec
INSERT INTO target_counter (round_id, unit_id, target, part, n) VALUES (:round_id, :unit_id, :target, :part, :n)

-- name: demo_target_day exec
INSERT INTO target_day (round_id, unit_id, target, part, day, n) VALUES (:round_id, :unit_id, :target, :part, :day, :n)

-- name: demo_sum exec
INSERT INTO counter_sum (round_id, unit_id, state, n, total) VALUES (:round_id, :unit_id, :state, :n, :total)

-- name: demo_sum_day exec
INSERT INTO counter_sum_day (round_id, unit_id, state, day, n, total) VALUES (:round_id, :unit_id, :state, :day, :n, :total)

-- name: demo_stamp exec
INSERT INTO counter_stamp (round_id, unit_id, day, stamp) VALUES (:round_id, :unit_id, :day, 1)
