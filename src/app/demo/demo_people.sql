-- name: demo_person exec
-- :national_id blob?
INSERT INTO person (id, name, folded, name_key, birth, sex, national_id, national_id_end, phone, address, leaf_id, hamlet_id,
                    organisation_id, commune_id, province_id, household, clan, group_code, member, trained_on, guardian, condition,
                    merged_into, made_at, version)
VALUES (:id, :name, :folded, :name_key, :birth, :sex, :national_id, :national_id_end, :phone, '', :leaf_id, :hamlet_id,
        :organisation_id, :commune_id, :province_id, :household, :clan, :group_code, :member, :trained_on, :guardian, 1, 0, :made_at, 1)

-- name: demo_word exec
INSERT INTO person_word (commune_id, word, person_id) VALUES (:commune_id, :word, :person_id)
    ON CONFLICT (commune_id, word, person_id) DO NOTHING
