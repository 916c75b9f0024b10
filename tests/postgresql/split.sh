#!/usr/bin/env bash
# More than one primary: three provinces in databases of their own on two servers, each with its register, and the nation's sums over them by
# postgres_fdw (packaging/national), beside those of `hoctap figures --json` and beside the rows themselves.
. "$(dirname "$0")/two.bash"
national=$here/../../packaging/national
for i in 1 2; do "$here/cluster" start "$base/$i" > "$tmp/log" 2>&1 || { not_ok 'two servers' "$(cat "$tmp/log")"; finish; }; done

HOCTAP=$HOCTAP_PROGRAM
provinces='80 92 01'
server_of() { case $1 in 80) echo 2 ;; *) echo 1 ;; esac; }
store_of() { echo "postgresql://hoctap@/p$1?host=$base/$(server_of "$1")&port=54321"; }
on() { psql -q -A -t -v ON_ERROR_STOP=1 -h "$base/$1" -p 54321 -U hoctap -d "${@:2}" 2>&1; }
for p in $provinces; do
	on "$(server_of $p)" template1 -c "CREATE DATABASE p$p TEMPLATE template0"
	ended "province $p" 0 'người' demo --data "$tmp/$p" --db "$(store_of $p)" --province $p --people 600 --seed 4 --today 2026-11-24
	is "and its view" "$(on "$(server_of $p)" "p$p" -v password=mot -f "$national/province.sql")" ''
done
is 'each has a register of its own' "$(for p in $provinces; do on "$(server_of $p)" "p$p" -c 'SELECT DISTINCT id >> 43 FROM person'; done | sort -u | wc -l)" 3

on 1 template1 -c 'CREATE DATABASE nation TEMPLATE template0'
is 'a database of the nation' "$(on 1 nation -f "$national/nation.sql")" ''
for p in $provinces; do on 1 nation -c "SELECT province_add('$p', 'host=$base/$(server_of $p) port=54321 dbname=p$p', 'mot')" > /dev/null; done
rows=$(for p in $provinces; do on "$(server_of $p)" "p$p" -c 'SELECT round_id, state, count(*), sum(total) FROM standing GROUP BY 1, 2'; done |
	awk -F'|' '{ n[$1 "|" $2] += $3; t[$1 "|" $2] += $4 } END { for (k in n) print k "|" n[k] "|" t[k] }' | sort)
nation() { on 1 nation -c 'SELECT round_id, state, n, total FROM counts_of_nation WHERE n <> 0' | sort; }
is "its sums are those of the rows ($(wc -l <<< "$rows"))" "$(nation)" "$rows"
like 'over all people' "$(on 1 nation -c 'SELECT sum(n) FROM counts WHERE round_id = 2026')" '^1[78][0-9][0-9]$'
by_program=$(for p in $provinces; do "$HOCTAP" figures --json --unit $p --round 2026 --data "$tmp/$p" --db "$(store_of $p)"; done |
	node -e 'let sum = 0; for (const line of require("fs").readFileSync(0, "utf8").trim().split("\n")) sum += JSON.parse(line).states.recognised; console.log(sum)')
recognised=$(on 1 nation -c "SELECT n FROM counts_of_nation WHERE round_id = 2026 AND state = 9")
is 'and hoctap figures says the same of the recognised' "$recognised" "$by_program"
like 'one province alone asks one server' "$(on 1 nation -c "EXPLAIN SELECT sum(n) FROM counts WHERE province = '92'" | grep -c 'Foreign Scan')" '^1$'
like 'all are asked at the same time' "$(on 1 nation -c 'EXPLAIN SELECT * FROM counts' | grep -c 'Async Foreign Scan')" '^3$'

# ---- what changes shows at once; who does not answer is said, the others go on ----
on 1 nation -c 'REFRESH MATERIALIZED VIEW counts_kept'
start_on "$tmp/80" "$(store_of 80)"
sign_in "$tmp/80" branch
branch=$(on 2 p80 -c "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
all=$(on 1 nation -c 'SELECT sum(n) FROM counts WHERE round_id = 2026')
form
again 'Người Tây Ninh'
is 'a person added in one province' "$status" 303
is 'is in the sum at once' "$(on 1 nation -c 'SELECT sum(n) FROM counts WHERE round_id = 2026')" $((all + 1))
"$here/cluster" crash "$base/2"
like 'a server that is gone is said' "$(on 1 nation -c 'SELECT * FROM counts_of_nation')" 'p80|could not connect'
like 'one province on the other is answered' "$(on 1 nation -c "SELECT sum(n) FROM counts WHERE province = '92' AND round_id = 2026")" '^[1-9]'
is 'and what was kept is there' "$(on 1 nation -c 'SELECT sum(n) FROM counts_kept WHERE round_id = 2026')" "$all"
"$HOCTAP" check --data "$tmp/92" --db "$(store_of 92)" > "$tmp/out" 2>&1
is 'the provinces there go on' $? 0
"$here/cluster" again "$base/2"
is 'and it comes back with what it had' "$(on 1 nation -c 'SELECT sum(n) FROM counts WHERE round_id = 2026')" $((all + 1))

# ---- what the nation's role may not ----
like 'no person is to be seen' "$(PGOPTIONS='' psql -A -t -h "$base/2" -p 54321 -U national -d p80 -c 'SELECT count(*) FROM person' 2>&1)" 'permission denied'
finish
