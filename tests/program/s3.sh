#!/usr/bin/env bash
# The evidence store in S3: a real S3 server (s3rver), each signature checked on the way; an outage is told, and loses nothing.
. "$(dirname "$0")/common.bash"
here=$(cd "$(dirname "$0")" && pwd)

front=
trap '[ -z "$front" ] || kill "$front" 2> /dev/null; cleanup' EXIT
node "$here/s3_front.mjs" "$tmp/s3" TINH80 bi-mat+/= > "$tmp/front" 2> "$tmp/front.err" &
front=$!
for ((i = 0; i < 100; i++)); do [ ! -s "$tmp/front" ] || break; sleep 0.1; done
read -r port control < "$tmp/front" || { not_ok 's3rver starts' "$(cat "$tmp/front.err")"; finish; }
export HOCTAP_S3_ID=TINH80 HOCTAP_S3_SECRET=bi-mat+/=
store="s3://kho/tinh/80?endpoint=http://127.0.0.1:$port&region=ap-southeast-1"
state() { curl -s "http://127.0.0.1:$control/$1" > /dev/null; }
seen() { curl -s "http://127.0.0.1:$control/seen" | sed "s/.*\"$1\":\([0-9]*\).*/\1/"; }
objects() { find "$tmp/s3/kho" -type f -name '*_object' | wc -l; }

# a small picture of one colour, another for each
picture()
{
	node -e 'const z = require("zlib"), crc = b => { let c = ~0; for (const x of b) { c ^= x; for (let i = 0; i < 8; i++) c = c >>> 1 ^ (c & 1 && 0xedb88320) } return ~c >>> 0 }
		const part = (t, d) => { const n = Buffer.alloc(4), e = Buffer.alloc(4), b = Buffer.concat([Buffer.from(t), d]); n.writeUInt32BE(d.length); e.writeUInt32BE(crc(b)); return Buffer.concat([n, b, e]) }
		const head = Buffer.from([0, 0, 0, 64, 0, 0, 0, 64, 8, 2, 0, 0, 0]), row = Buffer.concat([Buffer.from([0]), Buffer.alloc(192, Number(process.argv[1]))])
		process.stdout.write(Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), part("IHDR", head), part("IDAT", z.deflateSync(Buffer.concat(Array(64).fill(row)))), part("IEND", Buffer.alloc(0))]))' "$1" > "$tmp/$1.png"
}
# send FILE TYPE, for the first indicator; evidence: how many rows the store has of that person
send() { get "$sheet/minh-chung?indicator=1"; post_files "$sheet/minh-chung" indicator=1 words= "files=@$1;type=$2"; }
evidence() { sql "$data" "SELECT count(*) FROM evidence WHERE person_id = $citizen"; }
photo="$here/photo.jpg image/jpeg"

demo "$tmp/d" 2000
data=$tmp/d
open_windows "$data"
citizen=$(sql "$data" "SELECT person_id FROM account WHERE login = 'nguoidan'")
year=$(sql "$data" 'SELECT max(id) FROM round')
sheet=/phieu/$citizen/$year
start_server "$data"
sign_in "$data" citizen
get "$sheet/dang-ky"
post "$sheet/dang-ky" version="$(hidden version)" group=nong_dan agree=1
picture 90
send "$tmp/90.png" image/png
is 'a picture in the folder' "$status" 303
stop_server

# it moves by backup and restore
ended 'a backup of the folder' 0 '^Đã sao lưu' backup "$tmp/b0" --data "$data"
ended 'comes back into S3' 0 '^Đã dựng lại' restore "$tmp/b0" --data "$tmp/r" --files "$store"
cp -a "$data/keys" "$data/demo-accounts.json" "$tmp/r/"
data=$tmp/r
is 'nothing is in a folder' "$([ -e "$data/files" ] && echo there)" ''
is 'every file of the store is there' "$(objects) $(sql "$data" 'SELECT count(*) FROM stored_file')" '1 1'
url=
"$HOCTAP" serve --data "$data" --files "$store" --listen 127.0.0.1:0 > "$tmp/serve.out" 2> "$tmp/serve.err" &
server=$!
for ((i = 0; i < 100; i++)); do url=$(sed -n '1s|.*\(http://[^ /]*\).*|\1|p' "$tmp/serve.out"); [ -z "$url" ] || break; sleep 0.1; done
sign_in "$data" citizen
had=$(evidence) before=$(objects)

# ---- outages ----
for kind in 503 cut; do
	state $kind
	sleep 5.2
	send $photo
	is "$kind: a photo is not taken" "$status $(evidence)" "422 $had"
	has "$kind: the person is told what is wrong, what is kept, what to do" "$tmp/body" 'Kho tệp đang không trả lời.*chưa được lưu.*gửi lại'
done
from=$SECONDS
send $photo
is 'right after that nobody waits for it' "$((SECONDS - from < 3)) $status" '1 422'
has 'the outage is in the log' "$tmp/serve.err" '"files".*s3 .*tries'
hasnt 'without the keys' "$tmp/serve.err" 'bi-mat'
get "$sheet"
is 'pages without files are shown meanwhile' "$status" 200
is 'nothing is half there' "$(objects)" "$before"

# ---- back again ----
state ok
sleep 5.2
send $photo
is 'when it is back the same photo is taken' "$status $(($(evidence) > had))" '303 1'
is 'and its file is there' "$(objects)" $((before + 1))
put=$(seen PUT)
as citizen
send $photo
is 'the same bytes are put once' "$(seen PUT) $(objects)" "$put $((before + 1))"
state 503:2
shown=$(sql "$data" "SELECT max(id) FROM evidence WHERE person_id = $citizen")
get "/minh-chung/$citizen/$shown"
is 'a short refusal is tried again, nobody sees it' "$status" 200
is 'and what is shown is a picture' "$(head -c 3 "$tmp/body" | od -An -tx1 | tr -d ' ')" ffd8ff
stop_server

# ---- check, backup, restore ----
run check --deep --data "$data" --files "$store"
is 'check agrees, file contents too' "$rc" 0
ended 'a backup from S3' 0 '^Đã sao lưu' backup "$tmp/b1" --data "$data" --files "$store"
is 'has every file' "$(find "$tmp/b1/files" -type f | wc -l)" "$(objects)"
ended 'comes back into a folder' 0 '^Đã dựng lại' restore "$tmp/b1" --data "$tmp/back"
cp -a "$data/keys" "$tmp/back/"
run check --deep --data "$tmp/back"
is 'where everything agrees' "$rc" 0
victim=$(find "$tmp/s3/kho" -type f -name '*_object' | sort | head -1)
printf x | dd of="$victim" bs=1 seek=5 conv=notrunc status=none
run check --deep --data "$data" --files "$store"
is 'check --deep finds a changed file' "$rc" 1
has 'and says so' "$tmp/out" 'nội dung không còn như lúc cất'
state 503
ended 'a backup during an outage says so' 1 'kho tệp có trả lời' backup "$tmp/b2" --data "$data" --files "$store"
state ok
is 'every request was signed right' "$(seen bad)" 0

# ---- how it is refused ----
HOCTAP_S3_SECRET=other ended 'a wrong key is refused' 1 '' backup "$tmp/b3" --data "$data" --files "$store"
is 'by the signature' "$(($(seen bad) > 0)) $(tail -1 "$tmp/front.err" | cut -d' ' -f1)" '1 signature'
ended 'a wrong address is named' 1 '--files: cần dạng s3://' backup "$tmp/b4" --data "$data" --files 's3://kho/a b'
unset HOCTAP_S3_ID HOCTAP_S3_SECRET
ended 'without keys it says where they go' 1 'keys/s3, quyền 0600' backup "$tmp/b5" --data "$data" --files "$store"
printf 'TINH80\nbi-mat+/=\n' > "$data/keys/s3"; chmod 644 "$data/keys/s3"
ended 'keys that others read are refused' 1 'chmod 600' backup "$tmp/b6" --data "$data" --files "$store"
chmod 600 "$data/keys/s3"
ended 'keys from the folder of keys' '[01]' '' backup "$tmp/b7" --data "$data" --files "$store"
is 'are taken' "$([ -e "$tmp/b7/backup.json" ] && echo whole)" whole
finish
