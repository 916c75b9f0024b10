#!/usr/bin/env bash
# The server is killed (-9) under a load of POSTs, five times (or ROUNDS): nothing acknowledged is lost, nothing is there twice, and an answer
# that was lost is given to who asks again with the same page.
. "$(dirname "$0")/common.bash"

demo "$tmp/d" 2000
data=$tmp/d clients=4
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")

# client N ROUND: adds people until the server is gone; who was acknowledged stands in acked-N, the last page is kept
client()
{
	local n=$1 round=$2 i name

	as "client-$n"
	cp "$tmp/jar-branch" "$tmp/jar-client-$n"
	for ((i = 0; i < 400; i++)); do
		fetch_into "$n" "$url/nguoi/them?unit=$branch" || return
		token=$(grep -o 'name="token" value="[^"]*"' "$tmp/body-$n" | head -1 | sed 's/.*value="//; s/"//')
		name="Người $(letters $round) $(letters $n) $(letters $i)"
		printf '%s\t%s\n' "$token" "$name" > "$tmp/last-$n"
		fetch_into "$n" --data-urlencode "token=$token" "${fields[@]}" --data-urlencode "name=$name" "$url/nguoi/them" || return
		[ "$code" = 303 ] || { echo "$code" >> "$tmp/refused"; cp "$tmp/body-$n" "$tmp/refused-body"; return; }
		echo "$name" >> "$tmp/acked-$n"
	done
}
fetch_into()
{
	local n=$1

	shift
	code=$(curl -s --max-time 20 -b "$tmp/jar-client-$n" -o "$tmp/body-$n" -w '%{http_code}' "$@") && [ "$code" != 000 ]
}
fields=()
for pair in "unit=$branch" birth=1990 sex=1 group=nong_dan leaf=noi-o "hamlet=$branch"; do fields+=(--data-urlencode "$pair"); done

: > "$tmp/refused"
for ((round = 1; round <= ${ROUNDS:-5}; round++)); do
	start_server "$data"
	[ "$round" != 1 ] || sign_in "$data" branch
	# the answer that the kill ate, asked for again
	for ((n = 1; round > 1 && n <= clients; n++)); do
		IFS=$'\t' read -r token name < "$tmp/last-$n"
		fetch_into "$n" --data-urlencode "token=$token" "${fields[@]}" --data-urlencode "name=$name" "$url/nguoi/them"
		[ "$code" = 303 ] || not_ok "round $round: a post without its answer is answered when sent again" "$code" "$(words "$tmp/body-$n")"
		grep -qx "$name" "$tmp/acked-$n" || echo "$name" >> "$tmp/acked-$n"
	done
	for ((n = 1; n <= clients; n++)); do client "$n" "$round" & done
	sleep 2
	{ kill -KILL "$server"; wait; } 2> /dev/null
	server=
	sort "$tmp"/acked-* > "$tmp/acked"
	sql "$data" "SELECT name FROM person WHERE name LIKE 'Người _ _ %' ORDER BY name" | sort > "$tmp/there"
	is "round $round: all of $(wc -l < "$tmp/acked") acknowledged are there" "$(comm -23 "$tmp/acked" "$tmp/there" | wc -l)" 0
	is "round $round: at most one a client more" "$(($(comm -13 "$tmp/acked" "$tmp/there" | wc -l) <= clients))" 1
	is "round $round: nobody is there twice" "$(uniq -d "$tmp/there" | wc -l)" 0
done
[ -s "$tmp/acked" ] && ok 'there was a load' || not_ok 'there was a load'
is 'nothing was refused meanwhile' "$(sort "$tmp/refused" | uniq -c | tr -s ' \n' ' ')" ''
[ -n "${HOCTAP_CLUSTER:-}" ] || is 'the store is whole' "$(sql "$data" 'PRAGMA integrity_check')" ok
agrees 'and everything agrees' "$data"
finish
