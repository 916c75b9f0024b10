-- name: certificate_holder one
-- :day text
-- leaf text
-- commune text
-- What is printed of a person, as of a day.
SELECT p.name, p.birth,
       coalesce((SELECT v.name FROM unit_version v WHERE v.unit_id = p.leaf_id AND v.from_day <= :day
                  ORDER BY v.from_day DESC LIMIT 1), '') AS leaf,
       coalesce((SELECT v.name FROM unit_version v WHERE v.unit_id = p.commune_id AND v.from_day <= :day
                  ORDER BY v.from_day DESC LIMIT 1), '') AS commune
  FROM person p
 WHERE p.id = :person_id

-- name: certificate_book_take one
-- What follows the number taken.
INSERT INTO certificate_book (authority_unit_id, round_id, next)
VALUES (:authority_unit_id, :round_id, 2)
    ON CONFLICT (authority_unit_id, round_id) DO UPDATE SET next = certificate_book.next + 1
RETURNING next

-- name: certificate_insert exec
INSERT INTO certificate (person_id, id, round_id, decision_id, decision_number, decision_day, authority, authority_unit_id, place,
                         signer, signer_role, book_number, code, name, birth, home, valid_until, condition, replaced_by,
                         revoked_reason, ended_on, made_at, version)
VALUES (:person_id, :id, :round_id, :decision_id, :decision_number, :decision_day, :authority, :authority_unit_id, :place,
        :signer, :signer_role, :book_number, :code, :name, :birth, :home, :valid_until, 1, 0, '', '', :made_at, 1)

-- name: certificate_end touch
UPDATE certificate
   SET condition = :condition, replaced_by = :replaced_by, revoked_reason = :revoked_reason, ended_on = :ended_on,
       version = version + 1
 WHERE person_id = :person_id AND id = :id AND version = :version

-- name: certificate_correct touch
UPDATE certificate
   SET decision_number = :decision_number, decision_day = :decision_day, signer = :signer, signer_role = :signer_role,
       version = version + 1
 WHERE person_id = :person_id AND id = :id AND version = :version

-- name: certificate_get one
SELECT person_id, id, round_id, decision_id, decision_number, decision_day, authority, authority_unit_id, place, signer, signer_role,
       book_number, code, name, birth, home, valid_until, condition, replaced_by, revoked_reason, ended_on, version
  FROM certificate
 WHERE person_id = :person_id AND id = :id

-- name: certificate_newest one
SELECT person_id, id, round_id, decision_id, decision_number, decision_day, authority, authority_unit_id, place, signer, signer_role,
       book_number, code, name, birth, home, valid_until, condition, replaced_by, revoked_reason, ended_on, version
  FROM certificate
 WHERE person_id = :person_id AND round_id = :round_id
 ORDER BY id DESC
 LIMIT 1

-- name: certificate_with_code one
-- :value blob
-- :value is the code too: whose it is stands in unique_key (UNIQUE_CERTIFICATE).
SELECT c.person_id, c.id, c.round_id, c.decision_id, c.decision_number, c.decision_day, c.authority, c.authority_unit_id, c.place,
       c.signer, c.signer_role, c.book_number, c.code, c.name, c.birth, c.home, c.valid_until, c.condition, c.replaced_by,
       c.revoked_reason, c.ended_on, c.version
  FROM unique_key k
  JOIN certificate c ON c.person_id = k.owner_id AND c.code = :code
 WHERE k.use = 5 AND k.value = :value

-- name: certificates_of_decision many
-- :after_number int64
SELECT person_id, id, round_id, decision_id, decision_number, decision_day, authority, authority_unit_id, place, signer, signer_role,
       book_number, code, name, birth, home, valid_until, condition, replaced_by, revoked_reason, ended_on, version
  FROM certificate
 WHERE decision_id = :decision_id AND book_number > :after_number AND condition = 1
 ORDER BY book_number
 LIMIT 500
