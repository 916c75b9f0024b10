#!/usr/bin/env bash
# bench_scale.sh [BUILD]: what a person costs on PostgreSQL, in a cluster of our own: rows and bytes of each table with its indexes, by the person;
# then of an evening at year end (`hoctap bench load`) the bytes of log and the processor time by the request and by the write. SIZES="20000 60000",
# RATE=100, LOAD=30 seconds. docs/scale.md stands on it.
set -euo pipefail
cd "$(dirname "$0")/.."
hoctap=$PWD/${1:-build}/hoctap
dir=$(mktemp -d /tmp/hbXXXXXX) server=
chmod 755 "$dir"
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true; tests/postgresql/cluster stop "$dir" 2> /dev/null || true; rm -rf "$dir"' EXIT
tests/postgresql/cluster start "$dir"
on() { psql -q -A -t -h "$dir" -p 54321 -U hoctap -d "$1" -c "$2"; }
# seconds of processor of a process and, of PostgreSQL, of all of its children
ticks() { cat "$@" 2> /dev/null | awk '{ t += $14 + $15 } END { print t / 100 }'; }
of_postgres() { local p; p=$(head -1 "$dir/store/postmaster.pid"); ticks $(for c in "$p" $(ps -o pid= --ppid "$p"); do echo "/proc/$c/stat"; done); }

echo "$(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), PostgreSQL $(on template1 'SHOW server_version'), 4 rounds, seed 1"
for size in ${SIZES:-20000 60000}; do
	store="postgresql://hoctap@/s$size?host=$dir&port=54321"
	createdb -h "$dir" -p 54321 -U hoctap "s$size"
	"$hoctap" demo --data "$dir/$size" --db "$store" --people "$size" --today 2026-11-24 > /dev/null
	on "s$size" 'VACUUM ANALYZE'
	echo "$size people: $(on "s$size" "SELECT pg_database_size(current_database()) / $size") bytes a person in all, of them"
	on "s$size" "SELECT format('%-22s %8s rows %9s bytes  (%s of them indexes)', t, round(CAST(sum(n) / $size.0 AS numeric), 2), CAST(sum(bytes) / $size AS bigint), CAST(sum(idx) / $size AS bigint)) FROM (
		SELECT coalesce((SELECT p.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent WHERE i.inhrelid = c.oid), c.relname) AS t,
			c.reltuples AS n, pg_total_relation_size(c.oid) AS bytes, pg_indexes_size(c.oid) AS idx
		  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace) x
		GROUP BY t HAVING sum(bytes) / $size > 20 ORDER BY sum(bytes) DESC"
done

"$hoctap" serve --data "$dir/$size" --db "$store" --listen 127.0.0.1:0 > "$dir/out" 2> "$dir/err" &
server=$!
for _ in $(seq 100); do [ ! -s "$dir/out" ] || break; sleep 0.1; done
url=$(head -1 "$dir/out")
count() { curl -s "$url/metrics" | sed -n "s/^hoctap_http_$1_total //p"; }
sleep 15             # packed columns are made once
on "s$size" CHECKPOINT
w0=$(count writes) r0=$(count requests) b0=$(count batches) l0=$(on "s$size" 'SELECT wal_bytes FROM pg_stat_wal') p0=$(of_postgres) h0=$(ticks /proc/$server/stat)
"$hoctap" bench load --data "$dir/$size" --db "$store" --url "$url" --rate "${RATE:-100}" --seconds "${LOAD:-30}"
sleep 2
w=$(($(count writes) - w0)) r=$(($(count requests) - r0)) b=$(($(count batches) - b0)) l=$(($(on "s$size" 'SELECT wal_bytes FROM pg_stat_wal') - l0))
awk -v w=$w -v r=$r -v b=$b -v l=$l -v p="$(of_postgres)" -v p0="$p0" -v h="$(ticks /proc/$server/stat)" -v h0="$h0" 'BEGIN {
	printf "%d requests, %d of them writes in %d commits; %d bytes of log a write\n", r, w, b, l / w
	printf "processor time a request: %.2f ms of hoctap, %.2f ms of PostgreSQL\n", (h - h0) * 1000 / r, (p - p0) * 1000 / r }'
