#!/usr/bin/env bash
# A full disk: writing is refused in clear words, reading goes on, and nothing is half there afterwards.
. "$(dirname "$0")/common.bash"
here=$(cd "$(dirname "$0")" && pwd)

demo "$tmp/demo" 2000
size=$(($(du -sk "$tmp/demo" | cut -f1) + 24576))
mkdir "$tmp/small"
# A disk of its own where we may mount one; else no file of the server may grow beyond a limit.
if mount -t tmpfs -o size="${size}k" tmpfs "$tmp/small" 2> /dev/null; then
	data=$tmp/small/d
	fill() { dd if=/dev/zero of="$tmp/small/fill" bs=64k 2> /dev/null; dd if=/dev/zero of="$tmp/small/fill2" bs=1k 2> /dev/null; }
	free() { rm -f "$tmp/small/fill" "$tmp/small/fill2"; }
	limit=:
else
	data=$tmp/small
	fill() { :; }
	free() { :; }
	limit="trap '' XFSZ; ulimit -f 64"
fi
mkdir -p "$data"
cp -a "$tmp/demo/." "$data/"
open_windows "$data"
start_server "$data"
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
citizen=$(sql "$data" "SELECT person_id FROM account WHERE login = 'nguoidan'")
year=$(sql "$data" 'SELECT max(id) FROM round')
sign_in "$data" citizen
get "/phieu/$citizen/$year/dang-ky"
post "/phieu/$citizen/$year/dang-ky" version="$(hidden version)" group=nong_dan agree=1
sign_in "$data" branch
if [ "$limit" != : ]; then
	stop_server
	start_server "$data" "$limit"
fi
fill

# add NAME: a few may still be written, in the room that the log has already
add() { get "/nguoi/them?unit=$branch"; post /nguoi/them "unit=$branch" "name=$1" birth=1990 sex=1 group=nong_dan leaf=noi-o "hamlet=$branch" "address=$(printf 'đường dài %.0s' {1..18})"; }
written=0
as branch
for ((i = 0; i < 3000; i++)); do
	add "Người Thứ $(letters $i)"
	[ "$status" = 303 ] || break
	written=$((written + 1))
done
like "a write on a full disk is refused (after $written that still had room)" "$status" '^(500|503|507)$'
has 'in Vietnamese, saying that nothing was stored' "$tmp/body" 'chưa được lưu|chưa lưu'
has 'and what to do' "$tmp/body" 'Thử lại|gửi lại'
has 'with a code to report' "$tmp/body" 'Mã để báo lỗi'
kill -0 "$server" 2> /dev/null && ok 'the server is still there' || not_ok 'the server is still there' "$(tail -5 "$tmp/serve.err")"
get "/nguoi?unit=$branch"
is 'reading goes on for who is signed in' "$status" 200
get /don-vi
is 'and on public pages' "$status" 200
get /healthz
is 'and the check of health says what it finds' "${status/503/200}" 200
as citizen
get "/phieu/$citizen/$year/minh-chung?indicator=1"
post_files "/phieu/$citizen/$year/minh-chung" indicator=1 words= "files=@$here/photo.jpg;type=image/jpeg"
like 'a photo on a full disk is refused' "$status" '^(500|503|507)$'

free
if [ "$limit" = : ]; then
	as branch
	add 'Người Sau Đó'
	is 'with room again the same server writes again' "$status" 303
	written=$((written + 1))
fi
stop_server
start_server "$data"
is 'after a start all that was acknowledged is there, and nothing else' \
	"$(sql "$data" "SELECT count(*) FROM person WHERE name LIKE 'Người Thứ %' OR name = 'Người Sau Đó'")" "$written"
is 'the store is whole' "$(sql "$data" 'PRAGMA integrity_check')" ok
sign_in "$data" branch
add 'Người Cuối Cùng'
is 'and it takes more' "$status" 303
stop_server
agrees 'and everything agrees' "$data"
is 'no half file is left' "$(find "$data" -name '*.tmp' -o -path '*/spool/*' -type f | wc -l)" 0
finish
