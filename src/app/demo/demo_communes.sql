-- name: demo_meeting exec
INSERT INTO meeting (id, round_id, commune_id, held_on, place, number, chair, secretary, attendees, absent, discussion, minutes, made_at, version)
VALUES (:id, :round_id, :commune_id, :held_on, :place, :number, :chair, :secretary, :attendees, '', 'Không có ý kiến khác.', '{}', :made_at, 1)

-- name: demo_posting exec
INSERT INTO posting (id, round_id, commune_id, meeting_id, from_day, until_day, place, made_at, version)
VALUES (:id, :round_id, :commune_id, :meeting_id, :from_day, :until_day, :place, :made_at, 1)

-- name: demo_proposal exec
INSERT INTO proposal (id, round_id, commune_id, number, day, signer, people, decided, made_at, version)
VALUES (:id, :round_id, :commune_id, :number, :day, :signer, 0, :decided, :made_at, 1)

-- name: demo_proposal_people exec
UPDATE proposal SET people = (SELECT count(*) FROM proposal_person x WHERE x.proposal_id = proposal.id) WHERE id = :id

-- name: demo_decision exec
INSERT INTO decision (id, round_id, commune_id, proposal_id, effect, authority, authority_unit_id, number, day, signer, signer_role, file_hash,
                      people, not_met, made_at, version)
VALUES (:id, :round_id, :commune_id, :proposal_id, 1, :authority, :authority_unit_id, :number, :day, :signer, 'CHỦ TỊCH', NULL,
        0, 0, :made_at, 1)

-- name: demo_decision_people exec
UPDATE decision
   SET people = (SELECT count(*) FROM decision_person x WHERE x.decision_id = decision.id AND x.result = 1),
       not_met = (SELECT count(*) FROM decision_person y WHERE y.decision_id = decision.id AND y.result = 2)
 WHERE id = :id

-- name: demo_book exec
INSERT INTO certificate_book (authority_unit_id, round_id, next) VALUES (:authority_unit_id, :round_id, :next)

-- name: demo_certificate exec
INSERT INTO certificate (person_id, id, round_id, decision_id, decision_number, decision_day, authority, authority_unit_id, place, signer,
                         signer_role, book_number, code, name, birth, home, valid_until, condition, replaced_by, revoked_reason,
                         ended_on, made_at, version)
VALUES (:person_id, :id, :round_id, :decision_id, :decision_number, :decision_day, :authority, :authority_unit_id, :place, :signer,
        'CHỦ TỊCH', :book_number, :code, :name, :birth, :home, :valid_until, :condition, 0, :revoked_reason, :ended_on,
        :made_at, :version)
