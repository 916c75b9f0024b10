#!/usr/bin/env bash
# A thousand clients that hang up at random bytes, a thousand that send one byte a second: others are answered meanwhile, and afterwards
# nothing is held.
. "$(dirname "$0")/common.bash"
here=$(cd "$(dirname "$0")" && pwd)

demo "$tmp/d" 2000
data=$tmp/d
start_server "$data" 'ulimit -n 8192'
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
sign_in "$data" branch
# add NAME: a write, as everybody does it
add() { get "/nguoi/them?unit=$branch"; post /nguoi/them "unit=$branch" "name=$1" birth=1990 sex=1 group=nong_dan leaf=noi-o "hamlet=$branch"; }
add 'Người Đầu Tiên'
is 'a write before' "$status" 303
in_flight() { curl -s "$url/metrics" | sed -n 's/^hoctap_http_in_flight //p'; }
# sockets alone: connections to the store that a busy moment opened are kept for the next
descriptors() { find "/proc/$server/fd" -mindepth 1 -lname 'socket:*' | wc -l; }
files() { find "/proc/$server/fd" -mindepth 1 ! -lname 'socket:*' | wc -l; }
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status"; }
threads() { sed -n 's/^Threads:[^0-9]*//p' "/proc/$server/status"; }
# settled: descriptors are as before, within SECONDS
settled() { local i; for ((i = 0; i < $1 * 5; i++)); do [ "$(descriptors)" -gt "$fds" ] || return 0; sleep 0.2; done; return 1; }
# the slowest of twenty pages, in milliseconds
slowest() { local i; for ((i = 0; i < 20; i++)); do curl -s --max-time 20 -o /dev/null -w '%{http_code} %{time_total}\n' "$url/don-vi"; done |
	awk '$1 != 200 { bad = 1 } $2 > most { most = $2 } END { print bad ? 99999 : int(most * 1000) }'; }
for ((i = 0; i < 40; i++)); do slowest > /dev/null; [ $i -lt 3 ] || break; done
sleep 1
fds=$(descriptors) kept=$(files) rss=$(resident) tasks=$(threads)

node "$here/hangup.mjs" "$url" cut 1000 > "$tmp/cut" &
cutter=$!
most=$(slowest)
is "while a thousand hang up others are answered (slowest of 20: $most ms)" "$((most < 2000))" 1
wait "$cutter"
is 'they all came' "$(cat "$tmp/cut")" done
settled 70 && ok 'their descriptors are given back' || not_ok 'their descriptors are given back' "$fds before, $(descriptors) after"

mkfifo "$tmp/go"
node "$here/hangup.mjs" "$url" slow 1000 < "$tmp/go" > "$tmp/slow" &
slow=$!
exec 9> "$tmp/go"
for ((i = 0; i < 100; i++)); do [ ! -s "$tmp/slow" ] || break; sleep 0.1; done
is 'a thousand slow ones are there' "$(cat "$tmp/slow")" there
sleep 3
is 'and hold a descriptor each' "$(($(descriptors) > fds + 500))" 1
most=$(slowest)
is "others are answered meanwhile (slowest of 20: $most ms)" "$((most < 2000))" 1
as branch
add 'Người Giữa Chừng'
is 'and write' "$status" 303
settled 45 && ok 'the slow are cut off by themselves' || not_ok 'the slow are cut off by themselves' "$fds before, $(descriptors) after"
echo go >&9
exec 9>&-
wait "$slow"

is 'nothing is in flight but the question' "$(in_flight)" 1
is "and no other files but a few of the store (from $kept to $(files))" "$(($(files) <= kept + 8))" 1
is 'as many threads as before' "$(threads)" "$tasks"
is "memory is bounded (from $rss to $(resident) KiB)" "$(($(resident) < rss + 65536))" 1
add 'Người Sau Cùng'
is 'a write afterwards' "$status" 303
stop_server
agrees 'and everything agrees' "$data"
finish
