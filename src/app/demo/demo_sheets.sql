-- name: demo_standing exec
INSERT INTO standing (person_id, round_id, leaf_id, commune_id, province_id, group_code, sex, age_band, state, total, scores, flags, name_key)
VALUES (:person_id, :round_id, :leaf_id, :commune_id, :province_id, :group_code, :sex, :age_band, :state, :total, :scores, :flags, :name_key)

-- name: demo_assessment exec
-- :final text
INSERT INTO assessment (person_id, round_id, code, state, state_before, criteria_id, group_code, leaf_id, self, reviewed, final, remark,
                        wishes, guardian, assisted, helper, consent, no_posting, state_reason, told_on, due_day, registered_at, submitted_at,
                        reviewed_at, reviewed_by, version)
VALUES (:person_id, :round_id, :code, :state, :state_before, :criteria_id, :group_code, :leaf_id, :self, :reviewed, :final, '',
        '', '', 0, '', 'Phiếu giấy', 0, :state_reason, :told_on, :due_day, :registered_at, :submitted_at, :reviewed_at, 0, :version)

-- name: demo_reason exec
INSERT INTO sheet_reason (person_id, round_id, id, indicator, was, became, reason, account_id, actor, at)
VALUES (:person_id, :round_id, :id, :indicator, :was, :became, :reason, 0, :actor, :at)

-- name: demo_proposal_person exec
INSERT INTO proposal_person (proposal_id, person_id) VALUES (:proposal_id, :person_id)

-- name: demo_decision_person exec
INSERT INTO decision_person (decision_id, person_id, result, reason) VALUES (:decision_id, :person_id, :result, :reason)
