#!/usr/bin/env bash
# `hoctap check` finds what was changed behind the program's back, and says which.
. "$(dirname "$0")/common.bash"
here=$(cd "$(dirname "$0")" && pwd)

demo "$tmp/base" 2000
data=$tmp/base
open_windows "$data"
start_server "$data"
citizen=$(sql "$data" "SELECT person_id FROM account WHERE login = 'nguoidan'")
year=$(sql "$data" 'SELECT max(id) FROM round')
sign_in "$data" citizen
get "/phieu/$citizen/$year/dang-ky"
post "/phieu/$citizen/$year/dang-ky" version="$(hidden version)" group=nong_dan agree=1
get "/phieu/$citizen/$year/minh-chung?indicator=1"
post_files "/phieu/$citizen/$year/minh-chung" indicator=1 words= "files=@$here/photo.jpg;type=image/jpeg"
is 'a photo is kept' "$status" 303
stop_server
agrees 'an untouched store agrees' "$data"

# found NAME CHECK PATTERN STATEMENT: after the statement on a copy that check alone is wrong, and names what
found()
{
	local name=$1 check=$2 pattern=$3 wrong

	copy_store "$data" "$tmp/copy"
	[ -z "$4" ] || sql "$tmp/copy" "$4" > "$tmp/sql"
	[ ! -s "$tmp/sql" ] || { not_ok "$name" "$(cat "$tmp/sql")"; return; }
	shift 4
	[ $# = 0 ] || "$@"
	run check --json --deep --data "$tmp/copy"
	wrong=$(node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).checks.filter(c => c.wrong).map(c => c.name).join(" "))' "$tmp/out")
	if [ "$rc" = 1 ] && [[ $wrong =~ ^$check$ ]]; then ok "$name"; else not_ok "$name" "exit $rc, wrong are: $wrong" "expected: $check"; fi
	run check --deep --data "$tmp/copy"
	grep -A25 SAI "$tmp/out" > "$tmp/said"
	has "$name, and says which" "$tmp/said" "$pattern"
}

commune=$(sql "$data" "SELECT unit_id FROM unit_version WHERE code = '27937' ORDER BY from_day DESC LIMIT 1")
someone=$(sql "$data" "SELECT person_id FROM assessment WHERE round_id = $year AND state = (SELECT max(state) FROM assessment WHERE round_id = $year AND state < 8) LIMIT 1")
one="(round_id, unit_id, group_code, sex, age_band, state) = (SELECT round_id, unit_id, group_code, sex, age_band, state FROM counter WHERE unit_id = $commune AND round_id = $year AND n > 0 LIMIT 1)"
found 'a counter changed by hand is found' 'counters( counter_days)?( counter_sums)?' "đơn vị $commune|$commune" "UPDATE counter SET n = n + 1 WHERE $one"
found 'a sum changed by hand is found' 'counters( counter_days)?( counter_sums)?' "$commune" "UPDATE counter SET total = total + 1 WHERE $one"
found 'a sum over groups changed by hand is found' 'counter_?sums?( .*)?|counters( .*)?' "$commune" "UPDATE counter_sum SET n = n + 1 WHERE (round_id, unit_id, state) = (SELECT round_id, unit_id, state FROM counter_sum WHERE unit_id = $commune AND round_id = $year AND n > 0 LIMIT 1)"
found 'a counter removed is found' 'counters( counter_days)?( counter_sums)?' "$commune" "DELETE FROM counter WHERE $one"
found 'a standing changed by hand is found' 'standing( .*)?' "$someone" "UPDATE standing SET total = total + 1 WHERE person_id = $someone AND round_id = $year"
found 'a score changed by hand is found' '.*' "$someone" "UPDATE assessment SET state = 1 WHERE person_id = $someone AND round_id = $year"
found 'a missing audit row of a sheet is found' 'audit_assessment' "người $someone" \
	"DELETE FROM audit WHERE person_id = $someone AND subject = 'assessment' AND id = (SELECT max(id) FROM audit WHERE person_id = $someone AND subject = 'assessment')"
found 'a missing audit row of a unit is found' 'audit_unit' "đơn vị $commune" "DELETE FROM audit WHERE subject = 'unit' AND subject_id = $commune"
found 'a certificate taken out of the book is found' 'certificate_books certificates.*' 'sổ của cơ quan' \
	"DELETE FROM certificate WHERE (person_id, id) = (SELECT person_id, id FROM certificate WHERE book_number = 1 LIMIT 1)"
holder=$(sql "$data" 'SELECT person_id FROM certificate WHERE condition = 1 LIMIT 1')
found 'a certificate revoked by hand is found' '.*certificates.*' "$holder" "UPDATE certificate SET condition = 3 WHERE person_id = $holder"

file=$(find "$data/files" -type f | sort | head -1)
remove() { rm "$tmp/copy/${file#"$data"/}"; }
spoil() { chmod u+w "$tmp/copy/${file#"$data"/}"; printf x | dd of="$tmp/copy/${file#"$data"/}" bs=1 seek=9 conv=notrunc status=none; }
name=$(basename "$(dirname "$file")")$(basename "$file")
found 'a missing file is found' 'files' "${name:0:16}|$citizen" '' remove
found 'a spoilt file is found with --deep' 'files' "${name:0:16}|$citizen" '' spoil
finish
