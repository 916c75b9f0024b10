#!/usr/bin/env bash
# make soak: what takes hours. FUZZ_RUNS, ROUNDS, RATE, SECONDS_LOAD, PEOPLE, KILLS, VALGRIND_GROUPS (of tests; all) make it shorter or
# longer. The first that fails ends it. The failover needs the packages of section [soak] of packaging/debian-packages.txt besides.
set -euo pipefail
cd "$(dirname "$0")/.."
export HOCTAP=$PWD/build/hoctap
demo=$(mktemp -d) server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true; rm -rf "$demo"' EXIT

# timed NAME COMMAND…
timed()
{
	local name=$1 from=$SECONDS rc=0

	shift
	printf '%s  %s: %s\n' "$(date +%T)" "$name" "$*"
	"$@" || rc=$?
	printf '%s  %s: %s after %d s\n' "$(date +%T)" "$name" "$([ "$rc" = 0 ] && echo holds || echo "fails ($rc)")" $((SECONDS - from))
	return "$rc"
}

load()
{
	local url=

	"$HOCTAP" demo --data "$demo/d" --people "${PEOPLE:-20000}" > /dev/null
	"$HOCTAP" serve --data "$demo/d" --listen 127.0.0.1:0 > "$demo/out" 2> "$demo/err" &
	server=$!
	for _ in $(seq 100); do [ ! -s "$demo/out" ] || break; sleep 0.1; done
	url=$(head -1 "$demo/out")
	"$HOCTAP" bench load --data "$demo/d" --url "$url" --rate "${RATE:-300}" --seconds "${SECONDS_LOAD:-1800}" || return
	grep -E 'VmHWM|VmRSS' "/proc/$server/status"
	kill "$server"
	wait "$server" || return
	server=
	"$HOCTAP" check --data "$demo/d"
}

timed kills env ROUNDS="${ROUNDS:-200}" bash tests/program/kill.sh
timed hang-ups bash tests/program/hangup.sh
timed load load
timed failover bash tests/failover.sh "${KILLS:-10}"
timed fuzzing env FUZZ_RUNS="${FUZZ_RUNS:-5000000}" FUZZ_SECONDS="${FUZZ_SECONDS:-3600}" ./test clang fuzz
# shellcheck disable=SC2086
timed valgrind valgrind --quiet --leak-check=full --error-exitcode=1 build/hoctap-tests ${VALGRIND_GROUPS:-}
printf 'all held, in %d s\n' "$SECONDS"
