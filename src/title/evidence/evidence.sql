-- name: stored_file_hold exec
-- A row more refers to the file.
INSERT INTO stored_file (content_hash, size, type, made_at, refs, free_since)
VALUES (:content_hash, :size, :type, :made_at, 1, 0)
    ON CONFLICT (content_hash) DO UPDATE SET refs = stored_file.refs + 1, free_since = 0

-- name: stored_file_release exec
-- :now int64
-- A row less; the last one begins the days it is kept.
UPDATE stored_file
   SET refs = refs - 1, free_since = CASE WHEN refs = 1 THEN :now ELSE free_since END
 WHERE content_hash = :content_hash

-- name: stored_file_free many
-- :before int64
-- :limit int64
SELECT content_hash FROM stored_file WHERE free_since > 0 AND free_since < :before ORDER BY free_since LIMIT :limit

-- name: stored_file_delete exec
DELETE FROM stored_file WHERE content_hash = :content_hash AND refs = 0

-- name: stored_file_all each
-- scan: every file, for a backup
SELECT content_hash, size, refs FROM stored_file ORDER BY content_hash

-- name: evidence_get one
SELECT person_id, id, medium, file_hash, thumb_hash, received_hash, name, words, width, height, added_at, version
  FROM evidence
 WHERE person_id = :person_id AND id = :id AND removed_at = 0

-- name: evidence_of_person many
-- A person's rows are few: they are sorted, not indexed, by time.
SELECT person_id, id, medium, file_hash, thumb_hash, received_hash, name, words, width, height, added_at, version
  FROM evidence
 WHERE person_id = :person_id AND removed_at = 0
 ORDER BY added_at DESC, id DESC
 LIMIT 500

-- name: evidence_count one
-- n int64
SELECT count(*) AS n FROM evidence WHERE person_id = :person_id AND removed_at = 0

-- name: evidence_same one
-- :received_hash blob
-- The same received file of the same person, perhaps removed.
SELECT id, version, removed_at FROM evidence WHERE received_hash = :received_hash AND person_id = :person_id ORDER BY id LIMIT 1

-- name: evidence_same_words one
-- A person's rows are few: they are read, not found by an index.
SELECT id, version FROM evidence WHERE person_id = :person_id AND medium = 3 AND words = :words AND removed_at = 0 ORDER BY id LIMIT 1

-- name: evidence_insert exec
-- :file_hash blob?
-- :thumb_hash blob?
-- :received_hash blob?
INSERT INTO evidence (person_id, id, medium, file_hash, thumb_hash, received_hash, name, words, width, height, added_at, added_by,
       removed_at, version)
VALUES (:person_id, :id, :medium, :file_hash, :thumb_hash, :received_hash, :name, :words, :width, :height, :added_at, :added_by, 0, 1)

-- name: evidence_set_removed touch
UPDATE evidence SET removed_at = :removed_at, version = version + 1
 WHERE person_id = :person_id AND id = :id AND version = :version

-- name: evidence_bring_back touch
-- :file_hash blob
-- :thumb_hash blob?
-- Under the name and from the clean copy that came now: the copy made before may be gone.
UPDATE evidence
   SET removed_at = 0, name = :name, file_hash = :file_hash, thumb_hash = :thumb_hash, width = :width, height = :height,
       version = version + 1
 WHERE person_id = :person_id AND id = :id AND version = :version

-- name: evidence_bump touch
UPDATE evidence SET version = version + 1 WHERE person_id = :person_id AND id = :id AND version = :version

-- name: evidence_use_insert exec
INSERT INTO evidence_use (person_id, round_id, indicator, evidence_id) VALUES (:person_id, :round_id, :indicator, :evidence_id)

-- name: evidence_use_delete exec
DELETE FROM evidence_use
 WHERE person_id = :person_id AND round_id = :round_id AND indicator = :indicator AND evidence_id = :evidence_id

-- name: evidence_use_clear exec
DELETE FROM evidence_use WHERE person_id = :person_id AND round_id = :round_id AND evidence_id = :evidence_id

-- name: evidence_uses many
SELECT evidence_id, round_id, indicator
  FROM evidence_use
 WHERE person_id = :person_id
 ORDER BY round_id DESC, indicator, evidence_id
 LIMIT 5000

-- name: evidence_of_round many
SELECT evidence_id, round_id, indicator
  FROM evidence_use
 WHERE person_id = :person_id AND round_id = :round_id
 ORDER BY indicator, evidence_id
 LIMIT 5000

-- name: evidence_is_used one
-- n int64
SELECT count(*) AS n
  FROM evidence_use
 WHERE person_id = :person_id AND round_id = :round_id AND indicator = :indicator AND evidence_id = :evidence_id

-- name: evidence_other_round one
-- The newest other round that uses it.
SELECT round_id
  FROM evidence_use
 WHERE person_id = :person_id AND round_id <> :round_id AND evidence_id = :evidence_id
 ORDER BY round_id DESC
 LIMIT 1

-- name: evidence_twins many
SELECT mine.id AS evidence_id, other.person_id AS other_person_id, other.id AS other_evidence_id
  FROM evidence mine
  JOIN evidence other ON other.received_hash = mine.received_hash AND other.person_id <> mine.person_id
 WHERE mine.person_id = :person_id AND mine.removed_at = 0 AND other.removed_at = 0
 ORDER BY mine.id, other.person_id
 LIMIT 20
