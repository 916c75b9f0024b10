#!/usr/bin/env bash
# 1 July 2025 replayed from the shipped lists on a made-up Long An and Tây Ninh of the day before: everybody ends in a unit of today or on
# the list to be placed, `check` agrees, past years do not move, and the years compare in both boundary views.
. "$(dirname "$0")/common.bash"
share=$(cd "$(dirname "$0")/../../share/units" && pwd)
data=$tmp/replay
successors=$share/successors-2025-07-01-long-an-tay-ninh.csv

# figure FIELD ROUND UNITS CODE [AS_OF…]: a number of `figures --json`; "child:CODE:FIELD" of a child
figure()
{
	local field=$1 round=$2 units=$3 code=$4

	shift 4
	"$HOCTAP" figures --data "$data" --round "$round" --units "$units" --unit "$code" --json "$@" > "$tmp/json" 2> "$tmp/err" || { cat "$tmp/err"; return; }
	node -e '
		const f = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")), path = process.argv[2].split(":");
		const at = path[0] === "child" ? f.children.find(c => c.code === path[1]) : path[0] === "sum"
			? { [path[1]]: f.children.reduce((n, c) => n + c[path[1]], 0) } : f;
		const all = Object.entries(f.states).filter(([s]) => s !== "none" && s !== "withdrawn").reduce((n, [, v]) => n + v, 0);
		const name = path[path.length - 1];
		console.log(path.length > 1 ? (at ? at[name] : "none") : name === "registered" ? all : name === "people"
			? Object.values(f.states).reduce((n, v) => n + v, 0) : f.states[name]);' "$tmp/json" "$field"
}

ended 'a demo on the units of 30 June 2025' 0 'trước 01/7/2025' demo --data "$data" --units 2025-06-30 --people 4000
agrees 'it agrees with itself' "$data"
people=$(sql "$data" 'SELECT count(*) FROM person WHERE condition = 1')
before=$(sql "$data" "SELECT count(*), sum(total), sum(commune_id % 1000003), sum(leaf_id % 1000003) FROM standing WHERE round_id < 2025")
old_80=$(figure recognised 2024 own 80) old_72=$(figure recognised 2024 own 72)

ended 'a dry run of the new list counts' 0 'thêm 3[.]?355|thêm 3355' import units "$share/units-2025.csv" --from 2025-07-01 --dry-run --data "$data"
is 'and writes nothing' "$(sql "$data" "SELECT count(*) FROM unit_version WHERE from_day = '2025-07-01'")" 0
ended 'the new list of the state' 0 'thêm 3[.]?355|thêm 3355' import units "$share/units-2025.csv" --from 2025-07-01 --data "$data"
has 'which tells the way back before it writes' "$tmp/err" 'hoctap backup'
sql "$data" "INSERT INTO authority (unit_id, from_day, name, place, signer_role, version) SELECT v.unit_id, '2024-01-01', 'Ủy ban nhân dân xã cũ', 'Xã cũ',
	'CHỦ TỊCH', 1 FROM unit_version v JOIN unit u ON u.id = v.unit_id AND u.level = 3 WHERE v.until_day = '2025-07-01' ORDER BY v.unit_id LIMIT 1"
ended 'a dry run tells what goes where' 0 'Mới xem trước' import successors "$successors" --on 2025-07-01 --dry-run --data "$data"
cp "$tmp/out" "$tmp/dry"
is 'and writes nothing' "$(sql "$data" "SELECT count(*) FROM unit_edge")" 0
ended 'the successors' 0 '0 người ở đơn vị không còn; 0 người chưa theo kịp' import successors "$successors" --on 2025-07-01 --data "$data"
has 'who recognises in a unit that ended is named as to be set' "$tmp/out" '1 đơn vị đã hết có ghi riêng cơ quan công nhận'
is 'it did what the dry run told' "$(grep -E '^[0-9]{5} |^Chờ' "$tmp/out" | cksum)" "$(grep -E '^[0-9]{5} |^Chờ' "$tmp/dry" | cksum)"
sed -n '/^Vai trò cán bộ/,$p' "$tmp/out" | grep '^  ' > "$tmp/dry_roles" || true
placed=$(sed -n 's/^\([0-9.]*\) người ở đơn vị có hôm nay; .*/\1/p' "$tmp/out" | tr -d .)
waiting=$(sed -n 's/.*; \([0-9.]*\) người ở ấp, đơn vị chờ xếp; .*/\1/p' "$tmp/out" | tr -d .)
is 'everybody is in a unit of today or waits' "$((placed + waiting))" "$people"
if [ "${placed:-0}" -gt 0 ] && [ "${waiting:-0}" -gt 0 ]; then ok 'and there are people of both kinds'; else not_ok 'and there are people of both kinds' "$(cat "$tmp/out")"; fi
agrees 'check agrees' "$data"
is 'rows of past years did not move' "$(sql "$data" "SELECT count(*), sum(total), sum(commune_id % 1000003), sum(leaf_id % 1000003) FROM standing WHERE round_id < 2025")" "$before"
ended 'the same successors again change nothing' 0 '0 ấp, đơn vị đổi nơi trực thuộc' import successors "$successors" --on 2025-07-01 --data "$data"
agrees 'check still agrees' "$data"

is 'Long An of 2024 in its own units is as it was' "$(figure recognised 2024 own 80)" "$old_80"
is '2024 in units of today is both old provinces' "$(figure recognised 2024 now 80)" "$((old_80 + old_72))"
is 'and its communes and who waits add up to it' "$(figure sum:recognised 2024 now 80)" "$((old_80 + old_72))"
is 'the open round counts everybody' "$(figure people 2025 own 80)" "$people"
is 'in units of today too' "$(figure people 2025 now 80)" "$people"
is 'those that wait stand in a row of their own' "$(figure child::registered 2025 own 80)" "$(sql "$data" "SELECT count(*) FROM standing s WHERE s.round_id = 2025
	AND s.state NOT IN (0, 12) AND s.leaf_id IN (SELECT v.unit_id FROM unit_version v WHERE v.until_day > '2025-12-31' AND v.from_day <= '2025-12-31'
	AND NOT EXISTS (SELECT 1 FROM unit_version p WHERE p.unit_id = v.parent_id AND p.from_day <= '2025-12-31' AND p.until_day > '2025-12-31'))")"

# the same counted row by row, in a cross-table: "CODE N" of a year's recognised by unit, in order of code; '' is who waits
table()
{
	"$HOCTAP" figures --data "$data" --round "$1" --units "$2" --unit "$3" --by unit --where state=recognised --json > "$tmp/json" 2> "$tmp/err" || cat "$tmp/err"
	node -e 'const t = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
		console.log(t.units, t.people, t.rows.map(r => r.unit + " " + r.n).sort().join(","))' "$tmp/json"
}
# and what `figures --json` says of its children
children()
{
	"$HOCTAP" figures --data "$data" --round "$1" --units "$2" --unit "$3" --json > "$tmp/json" 2> "$tmp/err" || cat "$tmp/err"
	node -e 'const f = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
		console.log(f.units, f.states.recognised, f.children.filter(c => c.recognised).map(c => c.code + " " + c.recognised).sort().join(","))' "$tmp/json"
}
is 'a cross-table of 2024 in units of today says the same, unit by unit' "$(table 2024 now 80)" "$(children 2024 now 80)"
is 'of a commune too' "$(table 2024 now 27937)" "$(children 2024 now 27937)"
is 'all years together, as counted one by one' "$("$HOCTAP" figures --data "$data" --units now --unit 80 --by year --where state=recognised --json |
	node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8")).rows.map(r => r.year + " " + r.n).sort().join(","))')" \
	"2022 $(figure recognised 2022 now 80),2023 $(figure recognised 2023 now 80),2024 $(figure recognised 2024 now 80)"
is 'nobody is missing from the table of the open year' "$("$HOCTAP" figures --data "$data" --unit 80 --round 2025 --by unit --json |
	node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8")).people)')" "$people"

# the year before, told in the report of 2025 in both views, is 2024 in those units
for units in own now; do
	ended "the report of 2025, --units $units" 0 '' report result --unit 80 --round 2025 --units "$units" --format csv -o "$tmp/$units.csv" --data "$data"
	is "its year before is 2024 restated ($units)" "$(awk -F, '$2 == "Cộng" && NF > 8 { print $9; exit }' "$tmp/$units.csv")" "$((old_80 + old_72))"
done
is 'both views of 2025 are the same table' "$(sed -n '/STT/,/Cộng/p' "$tmp/own.csv" | cksum)" "$(sed -n '/STT/,/Cộng/p' "$tmp/now.csv" | cksum)"

# one hamlet that waits is placed with one click
is 'the officers of the province came along with it' "$(sql "$data" "SELECT count(*) FROM role_grant g JOIN unit_version v ON v.unit_id = g.unit_id
	WHERE g.role = 'province' AND g.ended_at = 0 AND g.from_grant <> 0 AND v.code = '80' AND v.until_day = '9999-12-31'")" 1
is 'and no role is left behind untold' "$(grep -c ' ở ' "$tmp/dry_roles")" "$(sql "$data" "SELECT count(*) FROM role_grant g WHERE g.ended_at = 0
	AND g.role <> 'citizen' AND NOT EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = g.unit_id AND v.until_day = '9999-12-31')")"
start_server "$data"
sign_in "$data" province
province=$(sql "$data" "SELECT unit_id FROM unit_version WHERE code = '80' AND until_day = '9999-12-31'")
get "/so-lieu/$province?dot=2024&units=now"
has 'the dashboard tells 2024 in units of today' "$tmp/body" 'Đợt năm 2024, đơn vị hôm nay'
has 'with who waits in a row of their own' "$tmp/body" 'chưa xếp'
has 'and leads to its own units' "$tmp/body" 'theo đơn vị của năm ấy'
get "/bao-cao?unit=$province&dot=2024&units=now"
has 'so does the report' "$tmp/body" 'theo đơn vị hôm nay'
get /cho-xep
has 'the list has its buttons' "$tmp/body" 'action="/cho-xep"'
leaf=$(hidden leaf) to=$(sed -n 's/.*name="to" value="\([0-9]*\)".*/\1/p' "$tmp/body" | head -1)
get /cho-xep
post /cho-xep leaf="$leaf" version="$(hidden version)" to="$to"
is 'a hamlet is placed' "$status" 303
stop_server
is 'it lies there from that day on' "$(sql "$data" "SELECT parent_id || ' ' || from_day FROM unit_version WHERE unit_id = $leaf ORDER BY from_day DESC LIMIT 1")" "$to 2025-07-01"
ended 'its job is worked' 0 '0 người ở đơn vị không còn; 0 người chưa theo kịp' import successors "$successors" --on 2025-07-01 --data "$data"
agrees 'check agrees after placing' "$data"
is 'and 2024 in units of today is still both' "$(figure recognised 2024 now 80)" "$((old_80 + old_72))"
finish
