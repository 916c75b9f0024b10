#!/usr/bin/env bash
# bench_crosstab: any two sides counted against each other, from our packed columns and by DuckDB on the same rows in the same run.
# Bar: no slower than DuckDB.
#
#	PEOPLE=240000 bench/bench_crosstab.sh BUILD [DATA]      DATA: a demo that stands already; needs sqlite3, and npm ci in bench/
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "${1:?the build folder}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
data=${2:-$folder/data}
[ -e "$data/hoctap.db" ] || "$build/hoctap" demo --people "${PEOPLE:-240000}" --data "$data" > /dev/null
round=$(sqlite3 "$data/hoctap.db" 'SELECT max(id) FROM round')
sqlite3 -csv -header "$data/hoctap.db" "SELECT leaf_id, commune_id, group_code, sex, age_band, state, total, flags FROM standing
	WHERE round_id = $round" > "$folder/rows.csv"
"$build/bench/crosstab-times" "$data"
node "$here/duckdb.mjs" "$folder/rows.csv"
