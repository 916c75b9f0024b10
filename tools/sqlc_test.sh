#!/usr/bin/env bash
# What sqlc must refuse, with file and line, and what it must make. Usage: sqlc_test.sh PATH/TO/sqlc
set -u
sqlc=$(realpath "$1"); here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
passed=0; failed=0
mkdir "$dir/m"
cat > "$dir/m/0001.sql" <<'S'
CREATE TABLE person ( -- big
	id BIGINT PRIMARY KEY, name TEXT NOT NULL, note TEXT, unit_id BIGINT NOT NULL) /* strict */;
CREATE INDEX person_unit ON person (unit_id, name, id);
CREATE TABLE unit (id BIGINT PRIMARY KEY, title TEXT NOT NULL) /* strict */;
S
ok() { passed=$((passed + 1)); echo "ok sqlc: $1"; }
no() { failed=$((failed + 1)); echo "not ok sqlc: $1: $2"; }
# refuse NAME LINE MESSAGE: standard input is the .sql
refuse() {
	cat > "$dir/x.sql"; rm -f "$dir"/x_sql.*
	if out=$("$sqlc" --migrations "$dir/m" --out "$dir" "$dir/x.sql" 2>&1); then no "$1" "accepted"; return; fi
	[ -e "$dir/x_sql.c" ] && { no "$1" "wrote a file"; return; }
	case "$out" in *"x.sql:$2: error: "*"$3"*) ok "$1";; *) no "$1" "$out";; esac
}
refuse "a wrong column stops the build" 4 "no such column: nmae" <<'S'
-- name: people many
-- All of a unit.
SELECT id,
       nmae
  FROM person WHERE unit_id = :unit_id
S
refuse "a wrong table" 2 "no such table: persons" <<'S'
-- name: people one
SELECT name FROM persons WHERE id = :id
S
refuse "select star" 2 "name the columns" <<'S'
-- name: people one
SELECT * FROM person WHERE id = :id
S
refuse "a cast of one engine" 2 "cast(x as" <<'S'
-- name: people one
SELECT name::text AS name FROM person WHERE id = :id
S
refuse "double quotes" 2 "double quotes" <<'S'
-- name: people one
SELECT "name" FROM person WHERE id = :id
S
refuse "a parameter of unknown type" 1 "say the type of :limit" <<'S'
-- name: people many
SELECT name FROM person WHERE unit_id = :unit_id LIMIT :limit
S
refuse "an expression of unknown type" 1 "say the type of the column total" <<'S'
-- name: total one
SELECT count(*) AS total FROM person WHERE unit_id = :unit_id
S
refuse "an expression without a name" 1 "give column 1 a name" <<'S'
-- name: total one
SELECT count(*) FROM person WHERE unit_id = :unit_id
S
refuse "a column of a LEFT JOIN without its nullability" 1 "comes from a LEFT JOIN" <<'S'
-- name: people one
SELECT p.name, u.title FROM person p LEFT JOIN unit u ON u.id = p.unit_id WHERE p.id = :id
S
refuse "a scan of a big table" 1 "reads the whole of person" <<'S'
-- name: people many
SELECT p.id FROM person AS p WHERE p.note = 'x'
S
refuse "rows from an exec" 1 "it returns rows" <<'S'
-- name: people exec
SELECT name FROM person WHERE id = :id
S
refuse "no rows from a one" 1 "it returns no rows" <<'S'
-- name: remove one
DELETE FROM person WHERE id = :id
S
refuse "two statements under one name" 2 "one statement under one name" <<'S'
-- name: remove exec
DELETE FROM person WHERE id = :id; DELETE FROM unit
S
refuse "a name twice" 3 "a second statement" <<'S'
-- name: remove exec
DELETE FROM person WHERE id = :id
-- name: remove exec
DELETE FROM person WHERE id = :id
S
refuse "a name C keeps for itself" 1 "cannot be a name in C" <<'S'
-- name: people one
-- :register int64
SELECT name FROM person WHERE id = :register
S
refuse "text before a name" 1 "text before" <<'S'
SELECT 1
S
refuse "an unknown kind" 1 "name: NAME" <<'S'
-- name: people some
SELECT name FROM person WHERE id = :id
S
refuse "an order without its tie-breaker" 2 "order needs" <<'S'
-- name: people many
-- order: name
SELECT id, name FROM person WHERE unit_id = :unit_id AND {after} ORDER BY {order} LIMIT 5
S
cat > "$dir/good.sql" <<'S'
-- name: page many
-- order: p.name by p.id
-- :limit int64
-- A page of a unit's people.
SELECT p.id, p.name, p.note FROM person p WHERE p.unit_id = :unit_id AND {after} ORDER BY {order} LIMIT :limit
-- name: some each
SELECT id, name FROM person WHERE id IN (SELECT cast(value AS BIGINT) FROM json_each(:ids[]))
-- name: put touch
-- :note text?
UPDATE person SET note = :note WHERE id = :id
-- name: total one
-- total int64
-- scan: a count of all is asked for once a night
SELECT count(*) AS total FROM person
-- name: total one [postgresql]
SELECT count(*) AS total FROM ONLY person
S
if (cd "$dir" && "$sqlc" --migrations m --out . good.sql) 2> "$dir/said"; then ok "good statements pass"; else no "good statements pass" "$(cat "$dir/said")"; fi
has() { grep -qF -- "$2" "$dir/$1" && ok "$3" || no "$3" "no «$2»"; }
has good_sql.h 'OUTCOME sql_page_by_name(struct ask *ask, int64_t unit_id, int64_t limit, const struct sql_page_after_name *after, bool descending, struct sql_page_row **rows, size_t *n_rows);' "an order makes a keyset function"
has good_sql.c '(p.name, p.id) < (?3, ?4)' "the page after a row, downwards"
has good_sql.h 'struct db_cursor *sql_some_open(struct ask *ask, struct id_list ids);' "a list of ids"
has good_sql.h 'OUTCOME sql_put(struct ask *ask, const char *note, int64_t id);' "a touch"
has good_sql.h 'OUTCOME sql_total(struct ask *ask, int64_t *out);' "one column is that value"
has good_sql.c 'FROM ONLY person' "PostgreSQL's own text"
has good_sql.tables 'write person' "the tables it writes"
has said '1 statement(s)' "the twins are counted"
if gcc -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Werror -I"$here/../src" -I"$dir" -c "$dir/good_sql.c" -o "$dir/good.o" 2> "$dir/said"; then ok "what it makes compiles without a warning"; else no "compiles" "$(cat "$dir/said")"; fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
