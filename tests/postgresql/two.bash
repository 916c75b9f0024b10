# Words of the tests with two servers, the second of which follows the first; `. "$(dirname "$0")/two.bash"` first. $base/1 and $base/2
# are the servers' folders, $data a made-up province in the first, $name its database.
. "$(dirname "${BASH_SOURCE[0]}")/../program/common.bash"
: "${HOCTAP_PROGRAM:?}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base=$(mktemp -d /tmp/pgXXXXXX)
chmod 755 "$base"
export HOCTAP_CLUSTER=$base/1
stop_both() { for i in 1 2; do "$here/cluster" stop "$base/$i" 2> /dev/null; done; }
trap 'stop_both; rm -rf "$base"; cleanup' EXIT

# within SECONDS COMMAND…: until it succeeds
within() { local until=$((SECONDS + $1)); shift; until "$@"; do [ $SECONDS -lt $until ] || return 1; sleep 0.2; done; }
# begin [SQL]: both servers, after that SQL in the store
begin()
{
	"$here/cluster" start "$base/1" > "$tmp/log" 2>&1 || { not_ok 'a server' "$(cat "$tmp/log")"; finish; }
	demo "$tmp/d"
	data=$tmp/d name=$("$HOCTAP" --database "$tmp/d")
	[ $# = 0 ] || sql "$data" "$1"
	"$here/cluster" standby "$base/2" "$base/1" > "$tmp/log" 2>&1 || { not_ok 'a standby' "$(cat "$tmp/log")"; finish; }
	branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
}
# start_on DATA URL OPTION…: as start_server
start_on()
{
	rm -f "$tmp/serve.out"
	"$HOCTAP_PROGRAM" serve --data "$1" --db "$2" --listen 127.0.0.1:0 "${@:3}" > "$tmp/serve.out" 2>> "$tmp/serve.err" &
	server=$!
	within 10 grep -q http "$tmp/serve.out" || { not_ok 'the server starts' "$(tail -5 "$tmp/serve.err")"; finish; }
	url=$(sed -n '1s|.*\(http://[^ /]*\).*|\1|p' "$tmp/serve.out")
}

# a person of the branch: the form, the form sent (again), how many there are
form() { get "/nguoi/them?unit=$branch"; cp "$tmp/body" "$tmp/form"; }
again()
{
	cp "$tmp/form" "$tmp/body"
	post /nguoi/them "unit=$branch" "name=$1" birth=1990 sex=1 group=nong_dan leaf=noi-o "hamlet=$branch"
}
people() { sql "$data" "SELECT count(*) FROM person WHERE name = '$1'"; }

# The server ends when told to, in order.
ends_well()
{
	kill -TERM "$server"
	wait "$server"
	is 'it ends in order' $? 0
	server=
}
