#!/usr/bin/env bash
# The command line is a contract: exit codes, refusals with reasons, and the keys of its JSON.
. "$(dirname "$0")/common.bash"

# ---- usage ----
ended 'no command: usage, 2' 2 'hoctap'
ended 'an unknown command: usage, 2' 2 'khong-co' khong-co
ended 'an unknown option: usage, 2' 2 'khong-co' check --khong-co
ended 'a missing argument: usage, 2' 2 'import' import units
ended 'a value that is no number: usage, 2' 2 'people' demo --people nhieu --data "$tmp/x"
ended '--help: 0' 0 'serve' --help
ended 'a store that is not there is refused' 1 "$tmp/khong-co|chưa có|setup" check --data "$tmp/khong-co"
[ ! -e "$tmp/khong-co" ] && ok 'and nothing is made for it' || not_ok 'and nothing is made for it'

# ---- setup ----
ended 'setup makes an installation and prints one code' 0 '[0-9A-Z]{4}' setup --province 80 --data "$tmp/real"
ended 'setup twice is refused' 1 '[Đđ]ã có' setup --province 80 --data "$tmp/real"
ended 'setup of an unknown province is refused' '[12]' 'province' setup --province 99 --data "$tmp/real99"
agrees 'a new installation checks' "$tmp/real"
ended 'demo on a store that holds data is refused' 1 '[Đđ]ã có' demo --people 10 --data "$tmp/real"
ended 'a load, which makes accounts, is refused on a real installation' 1 'không phải bản trình diễn' bench load --url http://127.0.0.1:9 --data "$tmp/real"

# ---- users ----
ended 'user add' 0 '' user add tranthib --name 'Trần Thị B' --data "$tmp/real"
ended 'user add: the same login is refused' 1 '[Đđ]ã có' user add tranthib --name 'Trần Thị C' --data "$tmp/real"
ended 'user role' 0 '' user role tranthib commune --unit 27937 --data "$tmp/real"
ended 'user role: an unknown unit code is refused, and named' 1 '99999' user role tranthib commune --unit 99999 --data "$tmp/real"
ended 'user role: an unknown role is refused, and named' '[12]' 'vua' user role tranthib vua --unit 27937 --data "$tmp/real" 2> /dev/null
ended 'user code prints a code' 0 '[0-9A-Z]{4}' user code tranthib --data "$tmp/real"
ended 'user lock' 0 '' user lock tranthib --data "$tmp/real"

# ---- imports ----
printf 'code,name,kind,parent_code\n80,Tỉnh Tây Ninh,Tỉnh,\n8,Xã Hỏng,Xã,80\n27937,Xã Không Cha,Xã,97\n' > "$tmp/units.csv"
before=$("$HOCTAP" figures --unit 80 --json --data "$tmp/real" 2>&1 | cksum)
ended 'import units: a broken file is refused with its line' 1 'Dòng 3|Dòng 4' import units "$tmp/units.csv" --from 2026-01-01 --data "$tmp/real"
all_of 'and every bad line is named at once' "$tmp/err" 'Dòng 3' 'Dòng 4'
is 'and nothing was changed' "$("$HOCTAP" figures --unit 80 --json --data "$tmp/real" 2>&1 | cksum)" "$before"
printf 'code,name,kind,parent_code\n"80,Tỉnh' > "$tmp/quote.csv"
ended 'import units: an open quote is refused' 1 'Dòng|dòng' import units "$tmp/quote.csv" --from 2026-01-01 --data "$tmp/real"
head -c 4096 /dev/urandom > "$tmp/noise.csv"
ended 'import units: bytes that are no text are refused' 1 '.' import units "$tmp/noise.csv" --from 2026-01-01 --data "$tmp/real"
ended 'import units: a file that is not there is refused' 1 'khong-co.csv' import units "$tmp/khong-co.csv" --from 2026-01-01 --data "$tmp/real"
printf 'ten,loai\nẤp Một,ấp\n' > "$tmp/hamlets.csv"
ended 'import hamlets: an unknown unit code is refused, and named' 1 '99999' import hamlets "$tmp/hamlets.csv" --unit 99999 --data "$tmp/real"
printf '{"code": "x", ' > "$tmp/broken.json"
ended 'import criteria: broken JSON is refused' 1 '.' import criteria "$tmp/broken.json" --data "$tmp/real"
ended 'import targets: broken JSON is refused' 1 '.' import targets "$tmp/broken.json" --data "$tmp/real"
agrees 'the store still checks' "$tmp/real"

# ---- the demo ----
demo "$tmp/d"
agrees 'the demo checks' "$tmp/d"
ended 'demo on a full store is refused' 1 '[Đđ]ã có' demo --people 10 --data "$tmp/d"
"$HOCTAP" demo --people 400 --seed 7 --today 2026-11-20 --data "$tmp/d1" > /dev/null
"$HOCTAP" demo --people 400 --seed 7 --today 2026-11-20 --data "$tmp/d2" > /dev/null
"$HOCTAP" demo --people 400 --seed 8 --today 2026-11-20 --data "$tmp/d3" > /dev/null
one=$("$HOCTAP" figures --unit 80 --json --data "$tmp/d1") two=$("$HOCTAP" figures --unit 80 --json --data "$tmp/d2")
is 'the same seed and day give the same figures' "$one" "$two"
is 'and the same ids' "$(sql "$tmp/d1" 'SELECT count(*), sum(id), max(id) FROM person')" "$(sql "$tmp/d2" 'SELECT count(*), sum(id), max(id) FROM person')"
[ "$one" != "$("$HOCTAP" figures --unit 80 --json --data "$tmp/d3")" ] && ok 'another seed gives others' || not_ok 'another seed gives others'

# ---- figures ----
run figures --unit 80 --json --data "$tmp/d"
is 'figures --json: exit 0' "$rc" 0
node -e '
	const f = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")), say = (good, what) => { if (!good) { console.error(what); process.exitCode = 1 } }
	const same = (o, want) => say(JSON.stringify(Object.keys(o)) === JSON.stringify(want), `keys ${Object.keys(o)}, expected ${want}`)
	same(f, ["unit", "round", "units", "as_of", "criteria", "adults", "states", "groups", "children", "targets"])
	same(f.unit, ["code", "name"]); same(f.criteria, ["id", "version"])
	say(f.unit.code === "80" && typeof f.round === "number" && f.units === "own" && /^\d{4}-\d\d-\d\d$/.test(f.as_of), "unit, round, units, as_of")
	say(Object.values(f.states).every(Number.isInteger) && Object.keys(f.states).length >= 10, "every state is a whole number")
	for (const g of f.groups) same(g, ["group", "registered", "submitted", "recognised"])
	for (const c of f.children) same(c, ["code", "name", "adults", "registered", "submitted", "recognised"])
	for (const t of f.targets) same(t, ["code", "numerator", "denominator", "percent", "goal", "missing"])
	const sorted = (list, key) => say(list.length && list.every((x, i) => !i || list[i - 1][key] < x[key]), `${key}s stand in order`)
	sorted(f.groups, "group"); sorted(f.children, "code"); sorted(f.targets, "code")
	say(f.targets.every(t => (t.percent === null) === (t.denominator === 0)), "percent is null exactly when the denominator is 0")
	for (const key of ["registered", "submitted", "recognised"]) {
		const sum = list => list.reduce((n, x) => n + x[key], 0)
		say(sum(f.children) === sum(f.groups), `${key}: children add up to ${sum(f.children)}, groups to ${sum(f.groups)}`)
	}' "$tmp/out" 2> "$tmp/why" && ok 'figures --json has the keys of the contract, in order, and adds up' || not_ok 'figures --json has the keys of the contract, in order, and adds up' "$(cat "$tmp/why")"
cp "$tmp/out" "$tmp/stored"
run figures --unit 80 --json --recount --data "$tmp/d"
is 'figures --recount gives the same' "$(cat "$tmp/out")" "$(cat "$tmp/stored")"
run figures --unit 80 --json --as-of 2020-05-20 --data "$tmp/d"
grep -q '"as_of":"2020-05-20"' "$tmp/out" && ok 'figures of a day before anything was counted say that day' || not_ok 'figures of a day before anything was counted say that day' "$(head -c 200 "$tmp/out")"
ended 'figures as a table' 0 'Tây Ninh' figures --unit 80 --data "$tmp/d"
ended 'figures: an unknown unit code is refused, and named' 1 '99999' figures --unit 99999 --data "$tmp/d"
ended 'figures: a round that is not there is refused' 1 'đợt' figures --unit 80 --round 2222 --data "$tmp/d"
ended 'figures: a day that is not on the calendar' 2 'as-of' figures --unit 80 --as-of 2026-02-30 --data "$tmp/d"

# ---- report ----
ended 'report list names form CDHT-10' 0 '^result' report list
for format in pdf docx xlsx csv; do
	ended "report result as $format" 0 '' report result --unit 80 --format $format -o "$tmp/r.$format" --data "$tmp/d"
	[ -s "$tmp/r.$format" ] || not_ok "report result as $format wrote a file"
done
pdftotext -layout "$tmp/r.pdf" "$tmp/r.txt" 2> /dev/null
has 'the report can be read' "$tmp/r.txt" 'Tây Ninh|TÂY NINH'
ended 'report: an unknown name is refused' 1 'report list' report khong-co --unit 80 --format pdf -o "$tmp/k.pdf" --data "$tmp/d"
ended 'report: an unknown unit is refused, and named' 1 '99999' report result --unit 99999 --format pdf -o "$tmp/k.pdf" --data "$tmp/d"
[ ! -e "$tmp/k.pdf" ] && ok 'and no file is left' || not_ok 'and no file is left'
ended 'report: a folder that is not there is refused, in Vietnamese' 1 'khong-co/k.pdf: không có thư mục đó' report result --unit 80 --format pdf -o "$tmp/khong-co/k.pdf" --data "$tmp/d"

# ---- permissions ----
run permissions --json
node -e '
	const rows = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")), roles = ["public", "citizen", "branch", "deputy", "commune", "authority", "province", "auditor", "admin"]
	const bad = rows.filter(r => JSON.stringify(Object.keys(r)) !== JSON.stringify(["method", "path", "class", "permission", "roles"]) || !["GET", "POST"].includes(r.method) ||
		!["READ", "WORK", "WRITE"].includes(r.class) || (r.method === "GET") === (r.class === "WRITE") || !r.path.startsWith("/") || !r.roles.length || r.roles.some(x => !roles.includes(x)))
	if (bad.length || rows.length < 100) { console.error(rows.length, JSON.stringify(bad.slice(0, 5))); process.exit(1) }' "$tmp/out" 2> "$tmp/why" &&
	ok 'permissions --json has the keys of the contract; GET never writes; each route has a role' || not_ok 'permissions --json has the keys of the contract; GET never writes; each route has a role' "$(cat "$tmp/why")"

# ---- verify ----
IFS='|' read -r code until <<< "$(sql "$tmp/d" 'SELECT code, valid_until FROM certificate WHERE condition = 1 ORDER BY valid_until DESC LIMIT 1')"
if [[ $until < $(TZ=Asia/Ho_Chi_Minh date +%F) ]]; then      # early in January nobody holds a title yet
	ended 'verify of a code whose title is over' 1 'Hết hiệu lực' verify "$code" --data "$tmp/d"
else
	ended 'verify of a code that is there' 0 'Có giá trị' verify "$code" --data "$tmp/d"
fi
ended 'verify of an unknown code' 1 '.' verify 0000-0000-0000-0000-0 --data "$tmp/d"
ended 'verify of a PDF that is not ours' 1 'r.pdf' verify "$tmp/r.pdf" --data "$tmp/d"

# ---- one server a store ----
start_server "$tmp/d"
ended 'a second server on the same store is refused' 1 'serve' serve --data "$tmp/d" --listen 127.0.0.1:0
agrees 'check runs beside the server' "$tmp/d"

# ---- a certificate as it is handed out, checked as a file ----
code=$(sql "$tmp/d" 'SELECT code FROM certificate WHERE condition = 1 ORDER BY valid_until DESC LIMIT 1')
sign_in "$tmp/d" province
get "/giay/$code/pdf"
cp "$tmp/body" "$tmp/giay.pdf"
is 'an officer of the province takes it' "$status" 200
ended 'verify of a PDF that the program made' 0 'giá trị' verify "$tmp/giay.pdf" --data "$tmp/d"
stop_server
grep -q 'ERROR' "$tmp/serve.err" && not_ok 'the server stops cleanly' "$(cat "$tmp/serve.err")" || ok 'the server stops cleanly'
finish
