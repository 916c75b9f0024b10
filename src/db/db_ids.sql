-- name: id_block_take one
-- :reg int64
-- :block int64
INSERT INTO id_block (register, table_name, next)
VALUES (:reg, :table_name, 1 + :block)
    ON CONFLICT (register, table_name) DO UPDATE SET next = id_block.next + :block
RETURNING next
