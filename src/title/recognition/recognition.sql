-- name: authority_on one
-- :day text
SELECT unit_id, from_day, name, place, signer_role, version
  FROM authority
 WHERE unit_id = :unit_id AND from_day <= :day
 ORDER BY from_day DESC
 LIMIT 1

-- name: authority_of_unit many
SELECT unit_id, from_day, name, place, signer_role, version
  FROM authority
 WHERE unit_id = :unit_id
 ORDER BY from_day DESC
 LIMIT 20

-- name: authority_insert exec
INSERT INTO authority (unit_id, from_day, name, place, signer_role, version) VALUES (:unit_id, :from_day, :name, :place, :signer_role, 1)

-- name: authority_update touch
UPDATE authority SET name = :name, place = :place, signer_role = :signer_role, version = version + 1
 WHERE unit_id = :unit_id AND from_day = :from_day AND version = :version

-- name: people_in_state many
-- A commune's people, by name: as many ids as it has adults.
SELECT person_id
  FROM standing
 WHERE round_id = :round_id AND commune_id = :commune_id AND state = :state
 ORDER BY name_key, person_id

-- name: assisted_count one
-- n int64
SELECT cast(count(*) as bigint) AS n
  FROM standing
 WHERE round_id = :round_id AND commune_id = :commune_id AND state BETWEEN 4 AND 11 AND flags & 256 <> 0

-- name: meeting_insert exec
INSERT INTO meeting (id, round_id, commune_id, held_on, place, number, chair, secretary, attendees, absent, discussion, minutes, made_at, version)
VALUES (:id, :round_id, :commune_id, :held_on, :place, :number, :chair, :secretary, :attendees, :absent, :discussion, :minutes, :made_at, 1)

-- name: meetings_of many
SELECT id, round_id, commune_id, held_on, place, number, chair, secretary, attendees, absent, discussion, minutes, began, ended, relatives,
       copies, version
  FROM meeting
 WHERE commune_id = :commune_id AND round_id = :round_id
 ORDER BY id DESC
 LIMIT 50

-- name: meeting_get one
SELECT id, round_id, commune_id, held_on, place, number, chair, secretary, attendees, absent, discussion, minutes, began, ended, relatives,
       copies, version
  FROM meeting
 WHERE id = :id

-- name: meeting_update touch
UPDATE meeting
   SET place = :place, number = :number, chair = :chair, secretary = :secretary, attendees = :attendees, absent = :absent,
       discussion = :discussion, began = :began, ended = :ended, relatives = :relatives, copies = :copies, version = version + 1
 WHERE id = :id AND version = :version

-- name: meeting_left many
-- Noted for a commune's meeting, of those it may still speak of.
SELECT s.person_id, l.result, l.reason, p.name
  FROM standing s
  JOIN left_out l ON l.person_id = s.person_id AND l.round_id = s.round_id AND l.step = 1
  JOIN person p ON p.id = s.person_id
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state = :state
 ORDER BY s.person_id

-- name: proposal_left many
-- Noted for a decision, of those it may still speak of.
SELECT q.person_id, l.result, l.reason, p.name
  FROM proposal_person q
  JOIN left_out l ON l.person_id = q.person_id AND l.round_id = :round_id AND l.step = 2
  JOIN standing s ON s.person_id = q.person_id AND s.round_id = :round_id AND s.state = :state
  JOIN person p ON p.id = q.person_id
 WHERE q.proposal_id = :proposal_id
 ORDER BY q.person_id

-- name: meeting_may_leave many
SELECT s.person_id
  FROM standing s
 WHERE s.person_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:people[]) i) AND s.round_id = :round_id
   AND s.commune_id = :commune_id AND s.state = :state
 ORDER BY s.person_id

-- name: proposal_may_leave many
SELECT q.person_id
  FROM proposal_person q
  JOIN standing s ON s.person_id = q.person_id AND s.round_id = :round_id AND s.state = :state
 WHERE q.proposal_id = :proposal_id AND q.person_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:people[]) i)
 ORDER BY q.person_id

-- name: left_out_set touch
INSERT INTO left_out (person_id, round_id, step, result, reason)
SELECT cast(i.value AS BIGINT), :round_id, :step, :result, :reason FROM json_each(:people[]) i WHERE 1 = 1
    ON CONFLICT (person_id, round_id, step) DO UPDATE SET result = excluded.result, reason = excluded.reason

-- name: left_out_remove touch
DELETE FROM left_out
 WHERE person_id IN (SELECT cast(i.value AS BIGINT) FROM json_each(:people[]) i) AND round_id = :round_id AND step = :step

-- name: proposal_touch touch
UPDATE proposal SET version = version + 1 WHERE id = :id AND version = :version AND decided = 0

-- name: posting_insert exec
INSERT INTO posting (id, round_id, commune_id, meeting_id, from_day, until_day, place, made_at, version)
VALUES (:id, :round_id, :commune_id, :meeting_id, :from_day, :until_day, :place, :made_at, 1)

-- name: posting_newest one
SELECT id, round_id, commune_id, from_day, until_day, place, version
  FROM posting
 WHERE commune_id = :commune_id AND round_id = :round_id
 ORDER BY id DESC
 LIMIT 1

-- name: objection_insert exec
INSERT INTO objection (id, round_id, commune_id, person_id, by_name, by_contact, words, received_on, due_day, answer, answer_words,
                       answered_on, answered_by, version)
VALUES (:id, :round_id, :commune_id, :person_id, :by_name, :by_contact, :words, :received_on, :due_day, 0, '', '', 0, 1)

-- name: objection_answer touch
UPDATE objection
   SET answer = :answer, answer_words = :answer_words, answered_on = :answered_on, answered_by = :answered_by, version = version + 1
 WHERE id = :id AND version = :version

-- name: objection_get one
SELECT o.id, o.round_id, o.commune_id, o.person_id, o.by_name, o.by_contact, o.words, o.received_on, o.due_day, o.answer,
       o.answer_words, o.answered_on, o.version, p.name
  FROM objection o
  JOIN person p ON p.id = o.person_id
 WHERE o.id = :id

-- name: objections_of many
SELECT o.id, o.round_id, o.commune_id, o.person_id, o.by_name, o.by_contact, o.words, o.received_on, o.due_day, o.answer,
       o.answer_words, o.answered_on, o.version, p.name
  FROM objection o
  JOIN person p ON p.id = o.person_id
 WHERE o.commune_id = :commune_id AND o.round_id = :round_id
 ORDER BY o.answer, o.id
 LIMIT 200

-- name: objection_counts one
-- n int64
-- open int64
-- upheld int64
SELECT cast(count(*) as bigint) AS n, cast(count(*) filter (where answer = 0) as bigint) AS open,
       cast(count(*) filter (where answer = 1) as bigint) AS upheld
  FROM objection
 WHERE commune_id = :commune_id AND round_id = :round_id

-- name: objection_people many
SELECT person_id FROM objection WHERE commune_id = :commune_id AND round_id = :round_id AND answer = 0 ORDER BY person_id LIMIT 1000

-- name: proposal_insert exec
INSERT INTO proposal (id, round_id, commune_id, number, day, signer, people, decided, made_at, version)
VALUES (:id, :round_id, :commune_id, :number, :day, :signer, :people, 0, :made_at, 1)

-- name: proposal_person_insert exec
INSERT INTO proposal_person (proposal_id, person_id) VALUES (:proposal_id, :person_id)

-- name: proposal_get one
SELECT id, round_id, commune_id, number, day, signer, people, decided, made_at, version FROM proposal WHERE id = :id

-- name: proposals_of many
SELECT id, round_id, commune_id, number, day, signer, people, decided, made_at, version
  FROM proposal
 WHERE commune_id = :commune_id AND round_id = :round_id
 ORDER BY id DESC
 LIMIT 50

-- name: proposal_decided touch
UPDATE proposal SET decided = 1, version = version + 1 WHERE id = :id AND version = :version AND decided = 0

-- name: proposal_ids many
-- Everybody in a tờ trình, in the order of the book.
SELECT q.person_id
  FROM proposal_person q
  JOIN standing s ON s.person_id = q.person_id AND s.round_id = :round_id
 WHERE q.proposal_id = :proposal_id
 ORDER BY s.name_key, s.person_id

-- name: proposal_people many
-- :after_key blob
-- :after_id int64
-- :limit int64
SELECT q.person_id, p.name, p.birth, p.sex, p.national_id_end, s.group_code, s.leaf_id, s.total, s.scores, s.state, s.name_key, a.code,
       a.no_posting
  FROM proposal_person q
  JOIN standing s ON s.person_id = q.person_id AND s.round_id = :round_id
  JOIN person p ON p.id = q.person_id
  JOIN assessment a ON a.person_id = q.person_id AND a.round_id = :round_id
 WHERE q.proposal_id = :proposal_id AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT :limit

-- name: listed_people many
-- :after_key blob
-- :after_id int64
-- :limit int64
SELECT s.person_id, p.name, p.birth, p.sex, p.national_id_end, s.group_code, s.leaf_id, s.total, s.scores, s.state, s.name_key, a.code,
       a.no_posting
  FROM standing s
  JOIN person p ON p.id = s.person_id
  JOIN assessment a ON a.person_id = s.person_id AND a.round_id = :round_id
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state = :state AND (s.name_key, s.person_id) > (:after_key, :after_id)
 ORDER BY s.name_key, s.person_id
 LIMIT :limit

-- name: decision_insert exec
INSERT INTO decision (id, round_id, commune_id, proposal_id, effect, authority, authority_unit_id, number, day, signer, signer_role,
                      file_hash, people, not_met, made_at, version)
VALUES (:id, :round_id, :commune_id, :proposal_id, :effect, :authority, :authority_unit_id, :number, :day, :signer, :signer_role,
        NULL, :people, :not_met, :made_at, 1)

-- name: decision_person_insert exec
INSERT INTO decision_person (decision_id, person_id, result, reason) VALUES (:decision_id, :person_id, :result, :reason)

-- name: decision_get one
SELECT id, round_id, commune_id, proposal_id, effect, authority, authority_unit_id, number, day, signer, signer_role, file_hash, people,
       not_met, made_at, list_check, version
  FROM decision
 WHERE id = :id

-- name: decisions_of many
SELECT id, round_id, commune_id, proposal_id, effect, authority, authority_unit_id, number, day, signer, signer_role, file_hash, people,
       not_met, made_at, list_check, version
  FROM decision
 WHERE commune_id = :commune_id AND round_id = :round_id
 ORDER BY id DESC
 LIMIT 50

-- name: decision_correct touch
UPDATE decision SET number = :number, day = :day, signer = :signer, signer_role = :signer_role, version = version + 1
 WHERE id = :id AND version = :version

-- name: decision_set_file touch
-- :file_hash blob
UPDATE decision SET file_hash = :file_hash, list_check = :list_check, version = version + 1 WHERE id = :id AND version = :version

-- name: changed_scores many
-- :after_key blob
-- :after_person int64
-- :after_id int64
-- Scores agreed otherwise than the person gave them, for the minutes.
SELECT s.person_id, s.name_key, r.id, p.name, p.birth, r.indicator, r.was, r.became, r.reason
  FROM standing s
  JOIN sheet_reason r ON r.person_id = s.person_id AND r.round_id = s.round_id
  JOIN person p ON p.id = s.person_id
 WHERE s.round_id = :round_id AND s.commune_id = :commune_id AND s.state BETWEEN 5 AND 11
   AND (s.name_key, s.person_id, r.id) > (:after_key, :after_person, :after_id)
 ORDER BY s.name_key, s.person_id, r.id
 LIMIT 200

-- name: meeting_succeed exec
-- :from_id int64
-- :to_id int64
-- What is under way in rounds that are not locked; what was decided stays with who decided.
UPDATE meeting SET commune_id = :to_id
 WHERE commune_id = :from_id AND round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)

-- name: meeting_unsucceed exec
-- :from_id int64
-- :to_id int64
-- Back to the commune that made it, as its trail tells.
UPDATE meeting AS t SET commune_id = :from_id
 WHERE t.commune_id = :to_id AND t.round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)
   AND EXISTS (SELECT 1 FROM audit a WHERE a.subject = 'meeting' AND a.subject_id = t.id AND a.version = 1 AND a.unit_id = :from_id)

-- name: posting_succeed exec
-- :from_id int64
-- :to_id int64
-- What is under way in rounds that are not locked; what was decided stays with who decided.
UPDATE posting SET commune_id = :to_id
 WHERE commune_id = :from_id AND round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)

-- name: posting_unsucceed exec
-- :from_id int64
-- :to_id int64
-- Back to the commune that made it, as its trail tells.
UPDATE posting AS t SET commune_id = :from_id
 WHERE t.commune_id = :to_id AND t.round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)
   AND EXISTS (SELECT 1 FROM audit a WHERE a.subject = 'posting' AND a.subject_id = t.id AND a.version = 1 AND a.unit_id = :from_id)

-- name: objection_succeed exec
-- :from_id int64
-- :to_id int64
-- What is under way in rounds that are not locked; what was decided stays with who decided.
UPDATE objection SET commune_id = :to_id
 WHERE commune_id = :from_id AND round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)

-- name: objection_unsucceed exec
-- :from_id int64
-- :to_id int64
-- Back to the commune that made it, as its trail tells.
UPDATE objection AS t SET commune_id = :from_id
 WHERE t.commune_id = :to_id AND t.round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)
   AND EXISTS (SELECT 1 FROM audit a WHERE a.subject = 'objection' AND a.subject_id = t.id AND a.version = 1 AND a.unit_id = :from_id)

-- name: proposal_succeed exec
-- :from_id int64
-- :to_id int64
-- What is under way in rounds that are not locked; what was decided stays with who decided.
UPDATE proposal SET commune_id = :to_id
 WHERE commune_id = :from_id AND decided = 0 AND round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)

-- name: proposal_unsucceed exec
-- :from_id int64
-- :to_id int64
-- Back to the commune that made it, as its trail tells.
UPDATE proposal AS t SET commune_id = :from_id
 WHERE t.commune_id = :to_id AND t.round_id IN (SELECT r.id FROM round r WHERE r.locked = 0)
   AND EXISTS (SELECT 1 FROM audit a WHERE a.subject = 'proposal' AND a.subject_id = t.id AND a.version = 1 AND a.unit_id = :from_id)
