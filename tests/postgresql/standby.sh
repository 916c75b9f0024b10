#!/usr/bin/env bash
# Two servers, one of which follows the other: the first is killed while hoctap serves, the second promoted. Meanwhile everybody is told to
# ask again; afterwards the same post has its effect, once, and what was acknowledged is there. And what PostgreSQL ends by itself
# (a serialization failure, a deadlock) no person sees; a commit that no standby has is acknowledged to nobody.
. "$(dirname "$0")/two.bash"

begin
both="postgresql://hoctap@/$name?host=$base/1,$base/2&port=54321,54321"
start_on "$data" "$both"
sign_in "$data" branch
form
again 'Người Trước Đó'
is 'a person is added, and the standby has it' "$status $(people 'Người Trước Đó')" '303 1'
is 'commits wait for it' "$(psql_on template1 -c "SELECT sync_state FROM pg_stat_replication")" sync

# ---- what PostgreSQL ends by itself ----
sql "$data" "CREATE SEQUENCE tried MINVALUE -1000 START 1;
	CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF nextval(''tried'') < 3 THEN RAISE EXCEPTION ''not now'' USING ERRCODE = TG_ARGV[0]; END IF; RETURN NULL; END';
	CREATE TRIGGER fail AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION fail_twice('40001')" > /dev/null
form
again 'Người Bị Xen'
is 'a serialization failure is not seen' "$status $(people 'Người Bị Xen') $(sql "$data" 'SELECT last_value FROM tried')" '303 1 3'
sql "$data" "DROP TRIGGER fail ON person; ALTER SEQUENCE tried RESTART;
	CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_twice('40P01')" > /dev/null
form
again 'Người Bị Khoá'
is 'nor a deadlock that the commit finds' "$status $(people 'Người Bị Khoá') $(sql "$data" 'SELECT last_value FROM tried')" '303 1 3'
sql "$data" "ALTER SEQUENCE tried RESTART WITH -100" > /dev/null
form
again 'Người Không Vào'
is 'one that always comes is a 503' "$status $(people 'Người Không Vào')" '503 0'
sql "$data" "DROP TRIGGER fail ON person" > /dev/null
again 'Người Không Vào'
is 'after which the same post is taken' "$status $(people 'Người Không Vào')" '303 1'

# ---- a link that breaks in the middle of a transaction, the server being there ----
sql "$data" "ALTER SEQUENCE tried RESTART WITH 1;
	CREATE FUNCTION cut_once() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF nextval(''tried'') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END';
	CREATE TRIGGER cut AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION cut_once()" > /dev/null
form
again 'Người Bị Cắt'
is 'a link that breaks before the commit is not seen' "$status $(people 'Người Bị Cắt')" '303 1'
sql "$data" "DROP TRIGGER cut ON person" > /dev/null

# ---- the first server dies ----
form
"$here/cluster" crash "$base/1"
from=$(date +%s)
again 'Người Giữa Chừng'
is 'without a server a post is not taken' "$status" 503
has 'and says what to do' "$tmp/body" 'gửi lại không bị tính hai lần'
has 'and when' "$tmp/head" '^[Rr]etry-[Aa]fter: '
get "/nguoi/them?unit=$branch"
is 'a page too asks to come again' "$status" 503
is 'and nobody waits long for that' "$(($(date +%s) - from < 5))" 1
"$here/cluster" promote "$base/2" > "$tmp/log" 2>&1 || not_ok 'promoted' "$(cat "$tmp/log")"
export HOCTAP_CLUSTER=$base/2
taken() { again 'Người Giữa Chừng'; [ "$status" = 303 ]; }
if within 10 taken; then ok 'the new primary is found'; else not_ok 'the new primary is found' "$status" "$(tail -3 "$tmp/serve.err")"; fi
again 'Người Giữa Chừng'
is 'and the post sent twice has its effect once' "$status $(people 'Người Giữa Chừng')" '303 1'
is 'what was acknowledged is there' "$(people 'Người Trước Đó') $(people 'Người Bị Xen') $(people 'Người Bị Cắt')" '1 1 1'
get "/nguoi/them?unit=$branch"
is 'pages are there' "$status" 200
has 'the log says so' "$tmp/serve.err" 'the link was lost and is there again'

# ---- a commit that no standby has ----
waits() { psql_on template1 -c "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"; }
waiting() { [ "$(waits)" = "$1" ]; }
set_standby() { psql_on template1 -c "ALTER SYSTEM SET synchronous_standby_names = '$1'" -c 'SELECT pg_reload_conf()' > /dev/null; }
form
set_standby nobody
( again 'Người Chờ Bản Sao'; echo "$status" > "$tmp/told" ) &
answer=$!
within 10 waiting 1 || not_ok 'a commit waits for a standby' "$(waits)"
psql_on template1 -c "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'" > /dev/null
wait $answer
is 'given up, it is not acknowledged' "$(cat "$tmp/told")" 503
rm "$tmp/told"
( again 'Người Chờ Bản Sao'; echo "$status" > "$tmp/told" ) &
answer=$!
within 10 waiting 1 || not_ok 'nor when it is sent again' "$(waits)"
sleep 1
is 'before there is one' "$(cat "$tmp/told" 2> /dev/null)" ''
set_standby ''
wait $answer
is 'then it is, once' "$(cat "$tmp/told") $(people 'Người Chờ Bản Sao')" '303 1'
ends_well
hasnt 'nothing was left undone by the writer' "$tmp/serve.err" 'savepoint was not rolled back'
agrees 'and everything agrees' "$data"
finish
