# Words of the whole-program tests, on SQLite or, with HOCTAP_CLUSTER, on PostgreSQL (tests/postgresql/hoctap is the program then); `. "$(dirname "$0")/common.bash"` first, `finish` last. $HOCTAP is the program; $tmp is a
# folder that goes at the end, with all servers that were started. Nothing here knows a port, a date or an id beforehand.
set -uo pipefail
export LC_ALL=C.UTF-8
: "${HOCTAP:?HOCTAP must name the program}"
tmp=$(mktemp -d)
passed=0 failed=0 server= url=

cleanup()
{
	stop_server KILL
	! mountpoint -q "$tmp/small" || umount "$tmp/small"
	rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# ---- verdicts ----------------------------------------------------------------------------------------------------------

ok() { passed=$((passed + 1)); echo "ok $1"; }
# not_ok NAME WHY…: the reason is indented below
not_ok() { failed=$((failed + 1)); echo "not ok $1"; shift; [ $# = 0 ] || printf '%s\n' "$@" | sed 's/^/    /'; }
finish() { echo "$passed passed, $failed failed"; [ "$failed" = 0 ]; exit; }

# is NAME GOT EXPECTED
is() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got: $2" "expected: $3"; fi; }
# has NAME FILE PATTERN (extended regular expression)
has() { if grep -Eq -- "$3" "$2"; then ok "$1"; else not_ok "$1" "no /$3/ in:" "$(words "$2" | head -c 1500)"; fi; }
# like NAME GOT PATTERN
like() { if [[ $2 =~ $3 ]]; then ok "$1"; else not_ok "$1" "got: $2" "expected: /$3/"; fi; }
hasnt() { if grep -Eq -- "$3" "$2"; then not_ok "$1" "has $(grep -Eo -m1 -- "$3" "$2")"; else ok "$1"; fi; }
# all_of NAME FILE PATTERN…: every one of them
all_of()
{
	local name=$1 file=$2 pattern missing=()

	shift 2
	for pattern; do grep -Eq -- "$pattern" "$file" || missing+=("$pattern"); done
	if [ ${#missing[@]} = 0 ]; then ok "$name"; else not_ok "$name" "missing: ${missing[*]}" "$(words "$file" | head -c 3000)"; fi
}
# the words of a page, for reports
words() { sed -n '/<main/,/<\/main>/p' "$1" | sed 's/<[^>]*>//g' | grep -v '^[[:space:]]*$' | grep . || head -c 1500 "$1"; }

# ---- the program -------------------------------------------------------------------------------------------------------

# run ARGUMENT…: stdout in $tmp/out, stderr in $tmp/err, the exit code in $rc
run() { rc=0; "$HOCTAP" "$@" > "$tmp/out" 2> "$tmp/err" < /dev/null || rc=$?; }

# ended NAME CODES PATTERN ARGUMENT…: it exits so (a pattern: '[12]') and says so; a refusal is said on stderr
ended()
{
	local name=$1 code=$2 pattern=$3 where

	shift 3
	run "$@"
	where=$tmp/out
	[ "$code" = 0 ] || where=$tmp/err
	if ! [[ $rc =~ ^$code$ ]] || ! { [ -z "$pattern" ] || grep -Eq -- "$pattern" "$where"; }; then
		not_ok "$name" "hoctap $*" "exit $rc, expected $code and /$pattern/" "$(head -c 800 "$tmp/out")" "$(head -c 800 "$tmp/err")"
	else
		ok "$name"
	fi
}

# agrees NAME DATA: `hoctap check` finds nothing
agrees()
{
	run check --data "$2"
	if [ "$rc" = 0 ]; then ok "$1"; else not_ok "$1" "exit $rc" "$(grep -A3 SAI "$tmp/out")" "$(head -c 400 "$tmp/err")"; fi
}

# demo DATA [PEOPLE]: a made-up province, made once and copied
demo()
{
	local people=${2:-400}

	if [ ! -d "$tmp/demo-$people" ]; then
		"$HOCTAP" demo --data "$tmp/demo-$people" --people "$people" > /dev/null || { not_ok "demo for $people people"; finish; }
	fi
	copy_store "$tmp/demo-$people" "$1"
}

# copy_store FROM TO: a folder and its store; what was at TO is gone. No server may run on it.
copy_store()
{
	rm -rf "$2"
	cp -a "$1" "$2"
	[ -n "${HOCTAP_CLUSTER:-}" ] || return 0
	psql_on template1 -c "DROP DATABASE IF EXISTS $("$HOCTAP" --database "$2")" \
		-c "CREATE DATABASE $("$HOCTAP" --database "$2") TEMPLATE $("$HOCTAP" --database "$1")"
}

# psql_on DATABASE ARGUMENT…
psql_on() { PGOPTIONS=-cclient_min_messages=warning psql -q -A -t -h "$HOCTAP_CLUSTER" -p 54321 -U hoctap -d "$@" 2>&1; }

# open_windows DATA: all windows of the newest round are open, whatever day the test runs on; not while a server runs
open_windows()
{
	sql "$1" "UPDATE round SET register_from = id || '-01-01', score_from = id || '-01-01', review_from = id || '-01-01', recognise_from = id || '-01-01',
		register_until = id || '-12-31', score_until = id || '-12-31', review_until = id || '-12-31', recognise_until = id || '-12-31'
		WHERE id = (SELECT max(id) FROM round)"
}

# start_server DATA [COMMAND…]: sets $server and $url; COMMAND runs before it in the same process (ulimit)
start_server()
{
	local data=$1 i

	shift
	rm -f "$tmp/serve.out"
	( [ $# = 0 ] || eval "$*"; exec "$HOCTAP" serve --data "$data" --listen 127.0.0.1:0 ) > "$tmp/serve.out" 2> "$tmp/serve.err" &
	server=$!
	for ((i = 0; i < 100; i++)); do
		url=$(sed -n '1s|.*\(http://[^ /]*\).*|\1|p' "$tmp/serve.out" 2> /dev/null)
		[ -z "$url" ] || return 0
		kill -0 "$server" 2> /dev/null || break
		sleep 0.1
	done
	not_ok 'the server starts' "$(cat "$tmp/serve.err")"
	finish
}

# stop_server [SIGNAL]
stop_server()
{
	[ -n "$server" ] || return 0
	kill -"${1:-TERM}" "$server" 2> /dev/null
	wait "$server" 2> /dev/null
	server=
}

# letters N: a number as a name may hold it
letters() { local word; word=$(tr 0-9 a-j <<< "$1"); echo "${word^}"; }

# sql DATA STATEMENT
sql()
{
	if [ -n "${HOCTAP_CLUSTER:-}" ]; then
		psql_on "$("$HOCTAP" --database "$1")" -c "$2"
	else
		sqlite3 -batch -cmd '.timeout 5000' "$1/hoctap.db" "$2" 2>&1
	fi
}

# ---- a visitor: each name has cookies of its own -----------------------------------------------------------------------

visitor=nobody
as() { visitor=$1; }
fetch()
{
	status=$(curl -s -S --max-time 120 -b "$tmp/jar-$visitor" -c "$tmp/jar-$visitor" -D "$tmp/head" -o "$tmp/body" -w '%{http_code}' "$@" 2> "$tmp/curl.err") ||
		status=${status:-000}
	location=$(tr -d '\r' < "$tmp/head" | sed -n 's/^[Ll]ocation: //p')
	location=${location#"$url"}
}
get() { fetch "$url$1"; }

# hidden NAME: the value of that hidden field in the last page, its first form unless $form names the action of another
hidden()
{
	if [ -n "${form:-}" ]; then
		sed -n "\\|action=\"$form\"|,\\|</form>|p" "$tmp/body"
	else
		cat "$tmp/body"
	fi | grep -o "<input type=\"hidden\" name=\"$1\" value=\"[^\"]*\"" | head -1 | sed 's/.*value="//; s/"$//'
}

# post PATH NAME=VALUE…: with the token (and version, where there is one) of the last page
post()
{
	local path=$1 pair args=()

	shift
	args=(--data-urlencode "token=$(hidden token)")
	for pair; do args+=(--data-urlencode "$pair"); done
	fetch "${args[@]}" "$url$path"
}

# post_files PATH NAME=VALUE|NAME=@FILE…: the same as multipart
post_files()
{
	local path=$1 pair args=()

	shift
	args=(-F "token=$(hidden token)")
	for pair; do args+=(-F "$pair"); done
	fetch "${args[@]}" "$url$path"
}

# account DATA ROLE KEY: of demo-accounts.json
account()
{
	node -e 'const [file, role, key] = process.argv.slice(1); console.log(JSON.parse(require("fs").readFileSync(file)).find(a => a.role === role)[key])' \
		"$1/demo-accounts.json" "$2" "$3"
}

# sign_in DATA ROLE
sign_in()
{
	as "$2"
	rm -f "$tmp/jar-$2"
	get /dang-nhap
	post /dang-nhap ve= "login=$(account "$1" "$2" login)" "passphrase=$(account "$1" "$2" passphrase)"
	[ "$status" = 303 ] || not_ok "signing in as $2" "$status" "$(words "$tmp/body")"
}
