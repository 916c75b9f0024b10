#!/usr/bin/env bash
# A province moves from its file to PostgreSQL and back, is killed on the way and goes on, and nothing of it differs; a backup of the
# large store is brought back as a file.
. "$(dirname "$0")/../program/common.bash"
: "${HOCTAP_PROGRAM:?}" "${HOCTAP_CLUSTER:?}"
program=$HOCTAP_PROGRAM
address() { echo "postgresql://hoctap@/$1?host=$HOCTAP_CLUSTER&port=54321"; }
made() { createdb -h "$HOCTAP_CLUSTER" -p 54321 -U hoctap "$1"; address "$1"; }
dump() { sqlite3 "$1" .dump | sort | md5sum; }

"$program" demo --data "$tmp/d" --people 3000 --today 2026-11-24 > /dev/null || { not_ok 'a demo'; finish; }
file=sqlite:$tmp/d/hoctap.db large=$(made "copy$$") HOCTAP=$program
ended 'a file becomes a database' 0 'mọi giá trị ở hai nơi bằng nhau' copy --from "$file" --to "$large"
ended 'its figures agree with its rows' 0 'Tất cả đều khớp' check --deep --data "$tmp/d" --db "$large"
is 'and are those of the file' "$("$program" figures --json --data "$tmp/d" --db "$large" | md5sum)" "$("$program" figures --json --data "$tmp/d" | md5sum)"
is 'people lie in the partition of their register' "$(psql_on "copy$$" -c 'SELECT count(*) FROM person_r29')" "$(sqlite3 "$tmp/d/hoctap.db" 'SELECT count(*) FROM person')"
ended 'and back' 0 'mọi giá trị ở hai nơi bằng nhau' copy --from "$large" --to "sqlite:$tmp/back.db"
is 'the file is as it was' "$(dump "$tmp/back.db")" "$(dump "$tmp/d/hoctap.db")"
ended 'what is there is not written over' 1 'Đã có dữ liệu' copy --from "$file" --to "$large"
ended 'nor a file' 1 'Đã có dữ liệu' copy --from "$large" --to "$file"
ended 'a place is not its own copy' 2 'hai địa chỉ khác nhau' copy --from "$file" --to "$file"
ended 'a source that is not there' 1 'Không có dữ liệu' copy --from "sqlite:$tmp/khong-co.db" --to "$(made "none$$")"

# killed when the first people have arrived
other=$(made "half$$")
"$program" copy --from "$file" --to "$other" > /dev/null 2>&1 & copying=$!
for ((i = 0; i < 400; i++)); do
	[ "$(psql_on "half$$" -c 'SELECT count(*) FROM person')" -gt 0 ] 2> /dev/null && break
	sleep 0.02
done
{ kill -KILL $copying; wait $copying; } 2> /dev/null
ended 'a copy that was killed is not used' 1 'đang được chép dở' check --data "$tmp/d" --db "$other"
ended 'nor served' 1 'đang được chép dở' serve --data "$tmp/d" --db "$other" --listen 127.0.0.1:0
there=$(psql_on "half$$" -c 'SELECT count(*) FROM person')
ended 'it goes on where it was' 0 'mọi giá trị' copy --from "$file" --to "$other"
like "after $there people" "$(grep -o '([0-9.]* dòng đã có' "$tmp/out" | tr -dc 0-9)" '^[1-9]'
ended 'and is whole' 0 'Tất cả đều khớp' check --data "$tmp/d" --db "$other"

psql_on "half$$" -c "INSERT INTO migration VALUES (1000000, 'copying'); UPDATE person SET address = 'x' WHERE id = (SELECT min(id) FROM person)"
ended 'what differs is named' 1 'khác nhau ở bảng person, dòng 1' copy --from "$file" --to "$other"
ended 'and is still not used' 1 'đang được chép dở' check --data "$tmp/d" --db "$other"

ended 'a backup of the database' 0 'Đã sao lưu' backup "$tmp/backup" --data "$tmp/d" --db "$large"
ended 'is brought back as a file' 0 'Đã dựng lại' restore "$tmp/backup" --data "$tmp/restored"
is 'the same' "$(dump "$tmp/restored/hoctap.db")" "$(dump "$tmp/d/hoctap.db")"
finish
