#!/usr/bin/env bash
# The link to the server is cut while hoctap serves: the next page and the next post find it again. While the server refuses everybody
# the answer is an error page and nothing is half done; afterwards the same post has its effect, once.
. "$(dirname "$0")/../program/common.bash"
: "${HOCTAP_CLUSTER:?}"

demo "$tmp/d"
data=$tmp/d name=$("$HOCTAP" --database "$tmp/d")
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
cut_links() { psql_on template1 -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$name' AND application_name = 'hoctap'" | grep -c t; }
add() { post /nguoi/them "unit=$branch" "name=$1" birth=1990 sex=1 group=nong_dan leaf=noi-o "hamlet=$branch"; }
people() { sql "$data" "SELECT count(*) FROM person WHERE name = '$1'"; }

start_server "$data"
sign_in "$data" branch
get "/nguoi/them?unit=$branch"
add 'Người Trước Đó'
is 'a person is added' "$status $(people 'Người Trước Đó')" '303 1'

get "/nguoi/them?unit=$branch"
like 'links are cut' "$(cut_links)" '^[1-9]'
get "/nguoi/them?unit=$branch"
is 'the next page is there' "$status" 200
cut_links > /dev/null
add 'Người Sau Đó'
is 'and so is the next post' "$status $(people 'Người Sau Đó')" '303 1'
has 'the log says so' "$tmp/serve.err" 'the link was lost and is there again'

get "/nguoi/them?unit=$branch"
cp "$tmp/body" "$tmp/form"
psql_on template1 -c "ALTER DATABASE $name ALLOW_CONNECTIONS false"
cut_links > /dev/null
get "/nguoi/them?unit=$branch"
like 'a server that refuses makes an error page' "$status" '^50[03]$'
cp "$tmp/form" "$tmp/body"
add 'Người Giữa Chừng'
like 'and a post is not acknowledged' "$status" '^50[03]$'
psql_on template1 -c "ALTER DATABASE $name ALLOW_CONNECTIONS true"
is 'nor done' "$(people 'Người Giữa Chừng')" 0
for again in 1 2; do
	cp "$tmp/form" "$tmp/body"
	add 'Người Giữa Chừng'
	is "sent again ($again) it has its effect once" "$status $(people 'Người Giữa Chừng')" '303 1'
done
stop_server
hasnt 'nothing was left undone by the writer' "$tmp/serve.err" 'savepoint was not rolled back'
agrees 'and everything agrees' "$data"
finish
