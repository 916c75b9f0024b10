#!/usr/bin/env bash
# bench_recount: every sheet of the newest round counted by leaf and sex from the stored rows, as a process does that has no packed
# columns yet (and as `hoctap check` reads them to compare), and by PostgreSQL's parallel GROUP BY over the same rows, both answering
# with people, people with scores and the sum of points. Bar: faster than PostgreSQL. Both must find the same sums.
#
#	PEOPLE=240000 bench/bench_recount.sh BUILD [DATA]      DATA: a demo that stands already; needs sqlite3 and postgresql
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "${1:?the build folder}")
folder=$(mktemp -d /tmp/recount.XXXXXX)
cluster=$here/../tests/postgresql/cluster
trap '"$cluster" stop "$folder/pg" > /dev/null 2>&1 || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
data=${2:-$folder/data}
[ -e "$data/hoctap.db" ] || "$build/hoctap" demo --people "${PEOPLE:-240000}" --data "$data" --today 2026-11-24 > /dev/null
round=$(sqlite3 "$data/hoctap.db" 'SELECT max(id) FROM round')

"$cluster" start "$folder/pg"
pg() { psql -q -A -t -h "$folder/pg" -p 54321 -U hoctap -d template1 "$@"; }
pg -c 'CREATE UNLOGGED TABLE standing (person_id BIGINT, round_id BIGINT, leaf_id BIGINT, commune_id BIGINT, province_id BIGINT,
	group_code TEXT, sex BIGINT, age_band BIGINT, state BIGINT, total BIGINT, scores TEXT, flags BIGINT, name_key BYTEA,
	PRIMARY KEY (person_id, round_id))'
sqlite3 -csv "$data/hoctap.db" "SELECT person_id, round_id, leaf_id, commune_id, province_id, group_code, sex, age_band, state, total, scores,
	flags, '\\x' || hex(name_key) FROM standing WHERE round_id = $round" | pg -c 'COPY standing FROM STDIN (FORMAT csv)'
pg -c 'VACUUM ANALYZE standing'

printf 'recount: %s cores, load %s\n' "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)"
"$build/bench/crosstab-times" "$data" rows | tee "$folder/ours"
question="SELECT leaf_id, sex, count(*) AS n, count(*) FILTER (WHERE total > 0), sum(total) AS t FROM standing WHERE round_id = $round GROUP BY leaf_id, sex"
workers=$(pg -c "EXPLAIN $question" | grep -o 'Workers Planned: .*' || echo 'not in parallel')
# Backends and their workers are the postmaster's children: what those that ended took, in hundredths of a second.
ended() { awk '{ print $16 + $17 }' "/proc/$(head -1 "$folder/pg/store/postmaster.pid")/stat"; }
before=$(ended)
for _ in 1 2 3 4; do
	pg -c '\timing on' -c '\o /dev/null' -c "$question" | grep -o '[0-9.]* ms' | tail -1
done > "$folder/times"
spent=$(($(ended) - before))
sums=$(pg -F '  points ' -c "SELECT sum(n) || ' people', sum(t) FROM ($question) x")
theirs=$(tail -3 "$folder/times" | sort -n | sed -n 2p)
printf 'PostgreSQL, %s: %s, middle of 3 after the first; %s; processor %d ms each\n' "$workers" "$theirs" "$sums" $((spent * 10 / 4))
awk -v theirs="${theirs% ms}" '{ for (i = 1; i < NF; i++) if ($i == "middle") ours = $(i + 1) }
	END { printf "ratio %.2f of PostgreSQL (bar 1.00: faster)\n", theirs / ours }' "$folder/ours"
[ "$(grep -o '[0-9]* people' "$folder/ours") $(grep -o 'points [0-9]*' "$folder/ours")" = "$(tr -s ' ' <<< "$sums")" ] || {
	echo 'the sums differ'
	exit 1
}
