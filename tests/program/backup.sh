#!/usr/bin/env bash
# A backup made under load, brought back elsewhere: everything is there, nothing differs, and a spoilt backup is refused.
. "$(dirname "$0")/common.bash"

demo "$tmp/d" 2000
data=$tmp/d
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
here=$(cd "$(dirname "$0")" && pwd)
open_windows "$data"
start_server "$data"
citizen=$(sql "$data" "SELECT person_id FROM account WHERE login = 'nguoidan'")
year=$(sql "$data" 'SELECT max(id) FROM round')
sign_in "$data" citizen
get "/phieu/$citizen/$year/dang-ky"
post "/phieu/$citizen/$year/dang-ky" version="$(hidden version)" group=nong_dan agree=1
get "/phieu/$citizen/$year/minh-chung?indicator=1"
post_files "/phieu/$citizen/$year/minh-chung" indicator=1 words= "files=@$here/photo.jpg;type=image/jpeg"
is 'there is a photo' "$(sql "$data" 'SELECT count(*) > 0 FROM stored_file')" 1
sign_in "$data" branch

# add N FILE: people one after the other until FILE goes; who was acknowledged is written to $tmp/added
add()
{
	local n=0

	while [ -e "$1" ] && ((n < 2000)); do
		n=$((n + 1))
		get "/nguoi/them?unit=$branch"
		post /nguoi/them "unit=$branch" "name=Người Đang Thêm $(letters $n)" birth=1990 sex=1 group=nong_dan leaf=noi-o "hamlet=$branch"
		[ "$status" = 303 ] || { echo "$status" >> "$tmp/refused"; return; }
		echo "Người Đang Thêm $(letters $n)" >> "$tmp/added"
	done
}

: > "$tmp/added"; : > "$tmp/refused"; touch "$tmp/loading"
add "$tmp/loading" &
adder=$!
until [ "$(wc -l < "$tmp/added")" -ge 5 ]; do sleep 0.05; done
sort "$tmp/added" > "$tmp/before"
ended 'a backup beside a serving program' 0 '^Đã sao lưu vào .* tệp' backup "$tmp/b" --data "$data"
has 'says that the keys are not in it' "$tmp/err" 'KHOÁ KHÔNG NẰM'
until [ "$(wc -l < "$tmp/added")" -gt "$(wc -l < "$tmp/before")" ]; do sleep 0.05; done
rm "$tmp/loading"
wait "$adder"
is 'nobody was refused meanwhile' "$(cat "$tmp/refused")" ''
is 'no key is in it' "$(find "$tmp/b" -path '*key*' | wc -l)" 0
ended 'a second backup does not mix with it' 1 'đã có một bản sao lưu' backup "$tmp/b" --data "$data"

# ---- brought back ----
ended 'it is brought back where nothing was' 0 '^Đã dựng lại' restore "$tmp/b" --data "$tmp/r"
has 'and asks for the keys' "$tmp/err" 'CHƯA CÓ KHOÁ'
cp -a "$data/keys" "$data/demo-accounts.json" "$tmp/r/"
for store in b r; do sqlite3 "$tmp/$store/hoctap.db" .dump | sha256sum > "$tmp/dump-$store"; done
is 'every row is as it was' "$(cat "$tmp/dump-r")" "$(cat "$tmp/dump-b")"
is 'every file is as it was' "$(cd "$tmp/r/files" && find . -type f | sort)" "$(cd "$tmp/b/files" && find . -type f | sort)"
is 'every file the store names is there' "$(find "$tmp/r/files" -type f | wc -l)" "$(sql "$tmp/r" 'SELECT count(*) FROM stored_file')"
sql "$tmp/r" "SELECT name FROM person WHERE name LIKE 'Người Đang Thêm %'" | sort > "$tmp/there"
is 'what was acknowledged before it began is there' "$(comm -23 "$tmp/before" "$tmp/there" | wc -l)" 0
run check --deep --data "$tmp/r"
is 'everything agrees, file contents too' "$rc" 0
is 'it is a living store again' "$(sql "$tmp/r" 'PRAGMA journal_mode')" wal
ended 'it is not written over' 1 'không ghi đè' restore "$tmp/b" --data "$tmp/r"
stop_server
start_server "$tmp/r"
sign_in "$tmp/r" branch
get "/nguoi?unit=$branch"
is 'and is served' "$status" 200
stop_server

# ---- spoilt ----
cp -a "$tmp/b" "$tmp/cut"; truncate -s -8192 "$tmp/cut/hoctap.db"
ended 'a shorter store is refused' 1 'không còn như lúc sao lưu' restore "$tmp/cut" --data "$tmp/r2"
cp -a "$tmp/b" "$tmp/half"; rm "$tmp/half/backup.json"
ended 'a backup that never ended is refused' 1 'chưa xong' restore "$tmp/half" --data "$tmp/r2"
is 'and nothing is made' "$(ls "$tmp/r2" 2> /dev/null)" ''
cp -a "$tmp/b" "$tmp/bad"
victim=$(find "$tmp/bad/files" -type f -size +100c | sort | head -1)
printf 'x' | dd of="$victim" bs=1 seek=50 conv=notrunc status=none
ended 'a changed file is named, the rest comes back' 1 'không còn như lúc cất' restore "$tmp/bad" --data "$tmp/r3"
is 'but is not taken for itself' "$([ -e "$tmp/r3/files/${victim#"$tmp/bad/files/"}" ] && echo there)" ''
finish
