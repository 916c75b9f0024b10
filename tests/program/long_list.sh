#!/usr/bin/env bash
# A long list, sent by an officer who then leaves: it goes on by itself, others write meanwhile, nobody sees half of it, and a server
# that is killed (-9) in the middle goes on where it must when it is started again.
. "$(dirname "$0")/common.bash"

rows=${ROWS:-3000}
demo "$tmp/d" 400
data=$tmp/d
open_windows "$data"
commune=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'hoixa'")
hamlets=$(sql "$data" "SELECT v.name FROM unit_version v WHERE v.parent_id = $commune AND v.until_day = '9999-12-31' AND v.name LIKE 'Ấp%' ORDER BY v.name LIMIT 3")

{
	echo ho_ten,ngay_sinh,gioi_tinh,so_dinh_danh,ap,nhom,tc1,tc2,tc3,tc4,tc5,tc6,tc7,tc8,tc9,tc10
	mapfile -t places <<< "$hamlets"
	for ((i = 0; i < rows; i++)); do
		printf 'Dài %s %s %s,%d,nam,080070%06d,%s,nong_dan,8,7,9,6,8,7,9,6,8,7\n' "$(letters $((i / 100)))" "$(letters $((i / 10 % 10)))" \
			"$(letters $((i % 10)))" 1970 "$i" "${places[i % ${#places[@]}]}"
	done
} > "$tmp/dai.csv"

there() { sql "$data" "SELECT count(*) FROM person WHERE name LIKE 'Dài %'"; }
state() { sql "$data" "SELECT state FROM roster ORDER BY id DESC LIMIT 1"; }
# until STATE: how many of the list are there meanwhile, each number once
until_state()
{
	local i

	for ((i = 0; i < 1200; i++)); do
		there >> "$tmp/seen"
		[ "$(state)" != "$1" ] || return 0
		sleep 0.1
	done
	return 1
}
# the job's progress has begun and is not at its end: rows are being got ready
under_way()
{
	local i done

	for ((i = 0; i < 1200; i++)); do
		done=$(sql "$data" "SELECT done FROM job WHERE kind = 'roster_apply' AND condition < 2 ORDER BY id DESC LIMIT 1")
		[ "${done:-0}" = 0 ] || return 0
		[ "$(state)" = 3 ] || return 1
		sleep 0.02
	done
}

start_server "$data"
sign_in "$data" commune
get /danh-sach
post_files /danh-sach "unit=$commune" "file=@$tmp/dai.csv;type=text/csv"
list=$location
is 'the list is taken' "$status" 303
until_state 1 && ok 'it is read while nobody looks at its page' || not_ok 'it is read while nobody looks at its page' "state $(state)"
get "$list"
has 'all of it would be new' "$tmp/body" "Ghi [0-9.]+ dòng"
post "$list" "version=$(form=$list hidden version)" scores_of=thong-nhat consent_day=1/11/2026 'consent_holder=bà Ba' submits=1
[ "$status" = 303 ] && ok 'it is to be applied' || not_ok 'it is to be applied' "$status" "$(words "$tmp/body")"

if [ -z "${HOCTAP_CLUSTER:-}" ]; then
	under_way && ok 'its progress is told' || not_ok 'its progress is told' "state $(state)"
	get "$list"
	has 'and shown' "$tmp/body" '<progress id="tien-do" max="[0-9]+" value="[1-9][0-9]*"'
fi
is 'nobody of it is there meanwhile' "$(there)" 0
is 'and it is not done yet' "$(state)" 3
{ kill -KILL "$server"; wait; } 2> /dev/null
server=
is 'after a kill nobody of it is there' "$(there)" 0
agrees 'and everything agrees' "$data"

start_server "$data"
: > "$tmp/seen"
sign_in "$data" branch
get /nguoi
is 'others work meanwhile' "$status" 200
until_state 4 && ok 'started again, it is applied by itself' || not_ok 'started again, it is applied by itself' "state $(state)"
there >> "$tmp/seen"
is 'nobody ever saw a part of it' "$(sort -un "$tmp/seen" | tr '\n' ' ')" "0 $rows "
is 'every sheet is agreed' "$(sql "$data" "SELECT count(*) FROM person p JOIN assessment a ON a.person_id = p.id WHERE p.name LIKE 'Dài %' AND a.state = 5")" "$rows"
is 'every version has its trace' "$(sql "$data" "SELECT count(*) FROM audit t JOIN person p ON p.id = t.person_id WHERE p.name LIKE 'Dài %'")" "$((rows * 5))"

# by a server that was just started: it has taken no ids yet
stop_server
start_server "$data"
: > "$tmp/seen"
as commune
get "$list/hoan-lai"
post "$list/hoan-lai" "version=$(form=$list/hoan-lai hidden version)"
is 'it may be taken back' "$status" 303
until_state 6 && ok 'and is, as one step' || not_ok 'and is, as one step' "state $(state)"
there >> "$tmp/seen"
is 'nobody saw a part of that' "$(sort -un "$tmp/seen" | tr '\n' ' ' | sed 's/^0 $/all or nothing/; s/^0 '"$rows"' $/all or nothing/')" 'all or nothing'
stop_server
agrees 'and everything agrees afterwards' "$data"
[ -n "${HOCTAP_CLUSTER:-}" ] || is 'the store is whole' "$(sql "$data" 'PRAGMA integrity_check')" ok
finish
