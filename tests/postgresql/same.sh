#!/usr/bin/env bash
# The same demo on SQLite and on PostgreSQL: the same ids, the same figures to the last digit, the same lists; and PostgreSQL says what
# is wrong with an address.
. "$(dirname "$0")/../program/common.bash"
: "${HOCTAP_PROGRAM:?}" "${HOCTAP_CLUSTER:?}"

on_both()
{
	"$HOCTAP_PROGRAM" "$@" --data "$tmp/sqlite" > "$tmp/sqlite.out" 2> "$tmp/sqlite.err" || { echo "$*"; cat "$tmp/sqlite.err"; } > "$tmp/fault"
	"$HOCTAP" "$@" --data "$tmp/large" > "$tmp/large.out" 2> "$tmp/large.err" || { echo "$*"; cat "$tmp/large.err"; } > "$tmp/fault"
}
# same NAME COMMAND…: both answer, and alike
same()
{
	local name=$1

	shift
	rm -f "$tmp/fault"
	on_both "$@"
	if [ -e "$tmp/fault" ]; then
		not_ok "$name" "$(cat "$tmp/fault")"
	elif [ ! -s "$tmp/sqlite.out" ]; then
		not_ok "$name" 'nothing was said'
	elif cmp -s "$tmp/sqlite.out" "$tmp/large.out"; then
		ok "$name"
	else
		not_ok "$name" "$(diff "$tmp/sqlite.out" "$tmp/large.out" | head -20)"
	fi
}

for store in sqlite large; do
	program=$HOCTAP
	[ $store = large ] || program=$HOCTAP_PROGRAM
	if "$program" demo --data "$tmp/$store" --people 1500 --seed 7 --today 2026-11-24 > /dev/null; then ok "a demo on $store"; else not_ok "a demo on $store"; fi
done
for unit in 80 27937; do
	for round in 2024 2025 2026; do
		same "figures of $unit in $round" figures --json --unit "$unit" --round "$round"
	done
	same "figures of $unit as of a day" figures --json --unit "$unit" --round 2026 --as-of 2026-06-30
	same "figures of $unit recounted from the rows" figures --json --unit "$unit" --round 2025 --recount
done
same 'every check counts the same rows' check --json --deep

tables=$(psql_on "$("$HOCTAP" --database "$tmp/large")" -c "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace =
	'public'::regnamespace ORDER BY relname")
ids='SELECT'
for table in $tables; do ids="$ids (SELECT count(*) FROM $table),"; done
in_sqlite() { sqlite3 -batch "$tmp/sqlite/hoctap.db" "$1"; }
in_large() { psql_on "$("$HOCTAP" --database "$tmp/large")" -c "$1"; }
is "rows of all $(wc -w <<< "$tables") tables" "$(in_large "${ids%,}")" "$(in_sqlite "${ids%,}")"
for key in person.id assessment.person_id standing.total audit.id certificate.code counter.n role_grant.id unit_version.folded; do
	rows="SELECT ${key#*.} FROM ${key%.*} ORDER BY ${key#*.}"
	is "${key%.*} by ${key#*.}" "$(in_large "$rows" | md5sum)" "$(in_sqlite "$rows" | md5sum)"
done
is 'people lie in the partition of their register' "$(in_large 'SELECT count(*) FROM person_r29')" "$(in_sqlite 'SELECT count(*) FROM person')"
is 'and names sort by bytes' "$(in_large "SELECT string_agg(folded, ',') FROM (SELECT folded FROM person ORDER BY folded LIMIT 500) p" | md5sum)" \
	"$(in_sqlite "SELECT group_concat(folded, ',') FROM (SELECT folded FROM person ORDER BY folded LIMIT 500)" | md5sum)"

ended 'a store that is there is not made again' 1 'Đã có dữ liệu' setup --province 80 --data "$tmp/large"
HOCTAP=$HOCTAP_PROGRAM
ended 'a server that is not there is said so' 1 'Xem máy chủ PostgreSQL' check --data "$tmp/large" --db "postgresql://hoctap:bi-mat@/x?host=$tmp&port=5"
hasnt 'and the password is nowhere' "$tmp/err" 'bi-mat'
createdb -h "$HOCTAP_CLUSTER" -p 54321 -U hoctap -E LATIN1 --locale=C -T template0 "latin$$"
ended 'a database of another encoding is refused' 1 'UTF8' setup --province 80 --data "$tmp/none" --db "postgresql://hoctap@/latin$$?host=$HOCTAP_CLUSTER&port=54321"
createdb -h "$HOCTAP_CLUSTER" -p 54321 -U hoctap "empty$$"
ended 'an empty database has no store' 1 'Không có dữ liệu' check --data "$tmp/large" --db "postgresql://hoctap@/empty$$?host=$HOCTAP_CLUSTER&port=54321"
finish
