#!/usr/bin/env bash
# Two processes serve one store, with one evidence store between them: a person goes from one to the other and notices nothing; one of them
# works the jobs, and when it is killed the other goes on with them.
. "$(dirname "$0")/two.bash"
: "${HOCTAP_CLUSTER:?}"

"$here/cluster" start "$base/1" > "$tmp/log" 2>&1 || { not_ok 'a server' "$(cat "$tmp/log")"; finish; }
demo "$tmp/d" 2000
data=$tmp/d
open_windows "$data"
store="postgresql://hoctap@/$("$HOCTAP" --database "$data")?host=$base/1&port=54321"
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
citizen=$(sql "$data" "SELECT person_id FROM account WHERE login = 'nguoidan'")
mkdir -p "$tmp/second" "$tmp/files"
cp -a "$data/keys" "$tmp/second/"
first= second=
trap '[ -z "$first$second" ] || kill -9 $first $second 2> /dev/null; stop_both; rm -rf "$base"; cleanup' EXIT

start_on "$data" "$store" --files "$tmp/files"
first=$server first_url=$url
start_on "$tmp/second" "$store" --files "$tmp/files"
second=$server second_url=$url server=
on() { local at=${1}_url; url=${!at}; }

# ---- who may serve ----
mkdir -p "$tmp/third"
HOCTAP=$HOCTAP_PROGRAM ended 'a third with files of its own is refused' 1 'chung một kho tệp' serve --data "$tmp/third" --keys "$data/keys" --db "$store" --listen 127.0.0.1:0

# ---- one person, two processes ----
on first
sign_in "$data" branch
on second
get "/nguoi?unit=$branch"
is 'signed in on one is signed in on the other' "$status" 200
form
on first
again 'Người Hai Nơi'
is 'a form of one is taken by the other' "$status" 303
to=$location
on second
again 'Người Hai Nơi'
is 'sent again there it has its effect once' "$status $location $(people 'Người Hai Nơi')" "303 $to 1"
on first
get "$to"
cp "$tmp/body" "$tmp/form"
on second
get "$to"
has 'and is shown there' "$tmp/body" 'Người Hai Nơi'
on first
sign_in "$data" citizen
sheet=/phieu/$citizen/$(sql "$data" 'SELECT max(id) FROM round')
get "$sheet/dang-ky"
post "$sheet/dang-ky" version="$(hidden version)" group=nong_dan agree=1
get "$sheet/minh-chung?indicator=1"
post_files "$sheet/minh-chung" indicator=1 words= "files=@$here/../program/photo.jpg;type=image/jpeg"
is 'a photo given to one' "$status" 303
on second
get "$sheet/minh-chung?indicator=1"
picture=$(grep -o '"/minh-chung/[^"]*"' "$tmp/body" | head -1 | tr -d '"')
get "${picture:-/none}"
is 'is shown by the other' "$status" 200
as stranger
wrong() { get /dang-nhap; post /dang-nhap ve= "login=$(account "$data" commune login)" passphrase=sai; }
for i in 1 2 3 4 5 6 7 8 9 10; do on $([ $((i % 2)) = 0 ] && echo first || echo second); wrong; done
is 'guesses at both are counted together' "$(sql "$data" "SELECT failures FROM account WHERE login = '$(account "$data" commune login)'")" \
	"$(sql "$data" "SELECT greatest(5, failures) FROM account WHERE login = '$(account "$data" commune login)'")"
crosstab() { on $1; as branch; get "/bang-cheo/$branch"; sed -n '/<main/,/<\/main>/p' "$tmp/body" | sed 's/<[^>]*>//g' | md5sum; }
is 'cross-tables of both are alike' "$(crosstab first)" "$(crosstab second)"

# ---- jobs ----
holder() { psql_on template1 -c "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1752130424 AND granted"; }
one_holds() { [ "$(holder)" = 1 ]; }
if within 5 one_holds; then ok 'one works the jobs'; else not_ok 'one works the jobs' "$(holder)"; fi
jobs() { sql "$data" "SELECT count(*) FROM job WHERE kind = 'sweep' AND condition = $1 AND title = 'Dọn'"; }
put_jobs()
{
	sql "$data" "INSERT INTO job (id, kind, title, account_id, unit_id, input, position, done, total, condition, message, made_at, ended_at, version)
		SELECT 9000000 + $1 + n, 'sweep', 'Dọn', 0, 0, '{}', '', 0, 0, 0, '', 0, 0, 1 FROM generate_series(1, 150) n"
}
all_done() { [ "$(jobs 2)" = "$1" ]; }
put_jobs 0
kill -9 "$first"
wait "$first" 2> /dev/null
first=
left=$(jobs 0)
like 'killed in the middle of them' "$left" '^[1-9]'
if within 20 all_done 150; then ok 'the other goes on with them'; else not_ok 'the other goes on with them' "$(jobs 2) of 150"; fi
is 'each was worked once' "$(sql "$data" "SELECT min(version), max(version) FROM job WHERE title = 'Dọn'")" '2|2'
if within 5 one_holds; then ok 'and is the one'; else not_ok 'and is the one' "$(holder)"; fi

# ---- two at the same jobs are no harm ----
start_on "$data" "$store" --files "$tmp/files"
first=$server first_url=$url server=
put_jobs 1000
sleep 0.3
psql_on template1 -c "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1752130424 AND granted" > /dev/null
if within 30 all_done 300; then ok 'a cut link hands them on'; else not_ok 'a cut link hands them on' "$(jobs 2) of 300"; fi
is 'and each was worked once' "$(sql "$data" "SELECT min(version), max(version) FROM job WHERE title = 'Dọn'")" '2|2'
kill -TERM $first $second
wait $first && wait $second
is 'both end in order' $? 0
first= second=
ended 'and everything agrees' 0 '' check --data "$data" --files "$tmp/files"
finish
