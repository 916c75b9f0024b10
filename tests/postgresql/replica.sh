#!/usr/bin/env bash
# Pages are read from a replica (--db-read), and whoever wrote something sees it at once: while the replica lags, stands still, is gone,
# or is another store. The roles of the program are ordinary ones.
. "$(dirname "$0")/two.bash"

begin 'CREATE ROLE plain LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO plain; GRANT pg_signal_backend TO plain'
first="postgresql://plain@/$name?host=$base/1&port=54321" second="postgresql://plain@/$name?host=$base/2&port=54321"
lagging() { curl -s "$url/metrics" | sed -n 's/^hoctap_http_replica_reads_total //p'; }
on_second() { psql -q -A -t -h "$base/2" -p 54321 -U hoctap -d "$name" -c "$1"; }
# from_replica NAME YES PATH: 10 times that page; how often it came from the replica
pages() { local from; from=$(lagging); for _ in 1 2 3 4 5 6 7 8 9 10; do get "$1"; [ "$status" = 200 ] || break; done; echo "$status $(($(lagging) - from))"; }
reads() { [ "$(pages "$1")" = "200 10" ]; }
reads_not() { [ "$(pages "$1")" = "200 0" ]; }
used() { if within 10 reads "$2"; then ok "$1"; else not_ok "$1" "$(pages "$2") $(tail -3 "$tmp/serve.err")"; fi; }
list="/nguoi?unit=$branch"

start_on "$data" "$first" --db-read "$second"
as nobody
used 'pages of everybody come from the replica' /ket-qua
sign_in "$data" branch
used 'and of who is signed in' "$list"
missed=0
for i in $(seq 30); do
	form
	again "Người Thứ $(letters $((100 + i)))"
	get "$location"
	[ "$status" = 200 ] && grep -q "Người Thứ $(letters $((100 + i)))" "$tmp/body" || missed=$((missed + 1))
done
is 'thirty times what was written is there at once' "$missed" 0
used 'and the replica is read again when it has it' "$list"

# ---- it stands still ----
on_second 'SELECT pg_wal_replay_pause()'
stood=$(date +%s)
sign_in "$data" commune
as branch
form
again 'Người Khi Đứng Yên'
get "$location"
has 'while it stands still who wrote sees it' "$tmp/body" 'Người Khi Đứng Yên'
is 'which the replica does not have' "$(on_second "SELECT count(*) FROM person WHERE name = 'Người Khi Đứng Yên'")" 0
if within 5 reads_not "$list"; then ok 'and reads nothing else from it'; else not_ok 'and reads nothing else from it' "$(pages "$list")"; fi
as nobody
is 'who is not signed in still may' "$(pages /ket-qua)" '200 10'
as commune
sleep 2
is 'who is signed in and did not write sees it too after two seconds' "$(get "$list"; grep -c 'Người Khi Đứng Yên' "$tmp/body")" 1
is 'from where it was written' "$(pages "$list")" '200 0'
sleep $((stood + 32 - $(date +%s)))
as nobody
is 'and after half a minute nobody reads from it' "$(pages /ket-qua)" '200 0'
on_second 'SELECT pg_wal_replay_resume()'
used 'going on, it is read from again' /ket-qua
as branch
used 'by who wrote as well' "$list"

# ---- it is gone, it comes back ----
"$here/cluster" crash "$base/2"
psql_on template1 -c "ALTER SYSTEM SET synchronous_standby_names = ''" -c 'SELECT pg_reload_conf()' > /dev/null
is 'without it pages come from the primary, none is lost' "$(pages "$list")" '200 0'
form
again 'Người Khi Không Có Bản Sao'
added=$location
get "$added"
has 'and what is written is there' "$tmp/body" 'Người Khi Không Có Bản Sao'
"$here/cluster" again "$base/2" || not_ok 'it starts again' "$(tail -3 "$base/2/log")"
used 'back again, it is read from' "$list"
get "$added"
has 'and has what it missed' "$tmp/body" 'Người Khi Không Có Bản Sao'

# ---- the primary is gone: who only looks is answered for half a minute ----
"$here/cluster" crash "$base/1"
as nobody
is 'without a primary everybody still sees pages' "$(pages /ket-qua)" '200 10'
as branch
again 'Người Khi Mất Máy Chính'
is 'and nothing is taken' "$status" 503
"$here/cluster" promote "$base/2"
export HOCTAP_CLUSTER=$base/2
ends_well

# ---- wrong addresses ----
psql_on template1 -c "CREATE DATABASE other TEMPLATE $name" -c 'CREATE DATABASE empty' > /dev/null
start_on "$data" "$second" --db-read "postgresql://plain@/other?host=$base/2&port=54321"
within 5 grep -q 'holds another store' "$tmp/serve.err"
has 'another store is not read' "$tmp/serve.err" 'holds another store'
as nobody
is 'but the right one' "$(pages /ket-qua)" '200 0'
stop_server
start_on "$data" "$second" --db-read "postgresql://plain@/empty?host=$base/2&port=54321"
within 5 grep -q 'holds no store' "$tmp/serve.err"
has 'nor none' "$tmp/serve.err" 'holds no store'
stop_server
start_on "$data" "$second" --db-read "$second"
used 'the primary itself may stand there' /ket-qua
stop_server
HOCTAP=$HOCTAP_PROGRAM
ended 'a file follows nobody' 2 'db-read' serve --data "$data" --db "$second" --db-read sqlite:x
ended 'and is followed by nobody' '[12]' '' serve --data "$tmp/none" --db-read "$second"
finish
