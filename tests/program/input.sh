#!/usr/bin/env bash
# Bad input: each kind gets a clear Vietnamese answer beside what is wrong, and nothing is half done.
. "$(dirname "$0")/common.bash"
here=$(cd "$(dirname "$0")" && pwd)

demo "$tmp/d" 2000
data=$tmp/d
open_windows "$data"
start_server "$data"
citizen=$(sql "$data" "SELECT person_id FROM account WHERE login = 'nguoidan'")
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
year=$(sql "$data" 'SELECT max(id) FROM round')
sheet=/phieu/$citizen/$year

# ---- every field wrong at once ----
# each_field NAME=VALUE…: every one of these fields has a message of its own and, where one types, what was typed
each_field()
{
	local label=$1 pair

	shift
	for pair; do
		node -e '
			const [file, name, value] = process.argv.slice(1), html = require("fs").readFileSync(file, "utf8")
			const decode = s => s.replace(/&quot;/g, "\"").replace(/&#39;/g, "\x27").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")
			const fail = why => { console.error(why); process.exit(1) }
			const notes = new RegExp(`id="${name}-ghi-chu">([^]*?)</div>\\s*<(?:input|select|textarea|div class="govuk-(?:radios|checkboxes))`).exec(html)
			if (!notes || !notes[1].includes("govuk-error-message")) fail(`${name}: no message beside it`)
			if (!html.includes(`href="#${name}"`)) fail(`${name}: not in the summary`)
			if (!/<select|radios|checkboxes/.test(notes[0]) && !decode(html).includes(value.trim())) fail(`${name}: the typed value is gone`)' "$tmp/body" "${pair%%=*}" "${pair#*=}" 2> "$tmp/why" &&
			ok "$label: ${pair%%=*} has its message and its value" || not_ok "$label: ${pair%%=*} has its message and its value" "$(cat "$tmp/why")"
	done
}

sign_in "$data" branch
people=$(sql "$data" 'SELECT count(*) FROM person')
get "/nguoi/them?unit=$branch"
wrong=(name= birth=31/2/1990 group=khong-co leaf=khong-co national_id=12345 phone=abc "address=$(printf 'Đường %.0s' {1..60})"
	"household=$(printf 'Chủ hộ %.0s' {1..30})" "clan=$(printf 'Họ Nguyễn %.0s' {1..30})" trained_on=99/99/2026 sex=7)
post /nguoi/them "unit=$branch" "${wrong[@]}"
is 'a person with every field wrong is refused' "$status" 422
each_field 'a person' "${wrong[@]}"
has 'the summary leads to the fields' "$tmp/body" 'href="#birth"'
is 'and nobody was added' "$(sql "$data" 'SELECT count(*) FROM person')" "$people"
get "/nguoi/them?unit=$branch"
script='<script>alert("x")</script>"><b>'
post /nguoi/them "unit=$branch" "name=$script" birth=1990 'address=<img src=x onerror=alert(1)>' group= leaf=
hasnt 'what was typed is never markup' "$tmp/body" '<script>alert|<img src=x'

# ---- unknown unit codes ----
sign_in "$data" admin
get /tai-khoan/them
post /tai-khoan/them 'name=Bà Nguyễn Thị Thử' login=thu.nghiem role=branch unit=99999 until_day=
is 'an unknown unit code on a page is refused' "$status" 422
each_field 'an account' unit=99999
has 'and says which' "$tmp/body" 'mã 99999'
get /don-vi/999999999
is 'a unit that is not there is 404' "$status" 404
get /don-vi/abc
is 'a unit that is no number is 404 or 400' "${status/400/404}" 404
has 'in Vietnamese, with a code to report' "$tmp/body" 'Mã để báo lỗi'

# ---- a citizen registers and sends files ----
sign_in "$data" citizen
get "$sheet/dang-ky"
post "$sheet/dang-ky" version="$(hidden version)" group=khong-co "wish_1=$(printf 'học %.0s' {1..60})" agree=
is 'registering without consent, with an unknown group is refused' "$status" 422
each_field 'registering' group=khong-co agree=
get "$sheet/dang-ky"
post "$sheet/dang-ky" version="$(hidden version)" group=nong_dan 'wish_1=học dùng điện thoại' agree=1
is 'registering well is done' "$status" 303
get "$sheet/cham/1"
post "$sheet/cham/1" version="$(hidden version)" score=11 then=tiep
is 'a score of 11 is refused' "$status" 422
get "$sheet/cham/1"
post "$sheet/cham/1" version="$(hidden version)" score=tám then=tiep
is 'a score in words is refused' "$status" 422
get "$sheet/cham/21"
is 'an indicator that is not there is 404 or 400' "${status/400/404}" 404

files() { sql "$data" "SELECT count(*) FROM evidence WHERE person_id = $citizen"; }
stored() { find "$data/files" -type f | wc -l; }
evidence()      # evidence NAME=@FILE…: on a page of its own
{
	get "$sheet/minh-chung?indicator=1"
	post_files "$sheet/minh-chung" indicator=1 words= "$@"
}
photo=$here/photo.jpg
printf 'MZ\220\0\3\0\0\0\4\0\0\0\377\377' > "$tmp/virus.jpg"; head -c 20000 /dev/urandom >> "$tmp/virus.jpg"
head -c $(($(stat -c %s "$photo") / 2)) "$photo" > "$tmp/nua.jpg"
head -c 52428800 /dev/zero > "$tmp/to.jpg"
: > "$tmp/rong.jpg"
printf '%%PDF-1.7\n1 0 obj <</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>> endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n' > "$tmp/js.pdf"
node -e '
	const zlib = require("zlib"), fs = require("fs"), side = 30000
	const table = [...Array(256)].map((_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0 })
	const crc = b => { let c = ~0; for (const x of b) c = table[(c ^ x) & 255] ^ (c >>> 8); return ~c >>> 0 }
	const chunk = (type, data) => { const head = Buffer.alloc(4), body = Buffer.concat([Buffer.from(type), data]), tail = Buffer.alloc(4); head.writeUInt32BE(data.length); tail.writeUInt32BE(crc(body)); return Buffer.concat([head, body, tail]) }
	const size = Buffer.alloc(13); size.writeUInt32BE(side, 0); size.writeUInt32BE(side, 4); size[8] = 1
	fs.writeFileSync(process.argv[1], Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", size), chunk("IDAT", zlib.deflateSync(Buffer.alloc(side * (side / 8 + 1)))), chunk("IEND", Buffer.alloc(0))]))' "$tmp/bom.png"

mkdir -p "$data/files"
before=$(stored)
evidence "files=@$tmp/to.jpg;type=image/jpeg;filename=anh-to.jpg"
like 'a photo of 50 MiB is refused' "$status" '413|422'
has 'in words that say what to do' "$tmp/body" 'anh-to.jpg.*nặng 50 MB|lớn quá mức'
evidence "files=@$tmp/virus.jpg;type=image/jpeg;filename=anh.jpg"
is 'a renamed .exe is refused' "$status" 422
has 'and said to be no picture' "$tmp/body" '“anh.jpg” không phải ảnh'
evidence "files=@$tmp/nua.jpg;type=image/jpeg;filename=nua.jpg"
is 'half a JPEG is refused' "$status" 422
has 'and said to be cut off' "$tmp/body" '“nua.jpg” thiếu phần cuối'
evidence "files=@$tmp/bom.png;type=image/png;filename=bom.png"
is 'a decompression bomb is refused' "$status" 422
has 'for its points' "$tmp/body" '“bom.png” quá lớn'
evidence "files=@$tmp/rong.jpg;type=image/jpeg;filename=rong.jpg"
is 'an empty file is refused' "$status" 422
evidence "files=@$tmp/js.pdf;type=application/pdf;filename=js.pdf"
is 'a PDF that runs a program is refused' "$status" 422
is 'nothing of these was kept' "$(files) $(stored)" "0 $before"
evidence "files=@$photo;type=image/jpeg;filename=tot.jpg" "files=@$tmp/virus.jpg;type=image/jpeg;filename=gia.jpg" "files=@$tmp/bom.png;type=image/png;filename=bom.png"
is 'of three files the good one is kept' "$(files)" 1
all_of 'and both others are named' "$tmp/body" '“gia.jpg” không phải ảnh' '“bom.png” quá lớn'
grep -q 'Cannot\|SIGSEGV\|AddressSanitizer' "$tmp/serve.err" && not_ok 'the server stayed well' "$(tail -5 "$tmp/serve.err")" || ok 'the server stayed well'

# ---- a second submit ----
for n in 1 2 3 4 5 6 7 8 9 10; do
	get "$sheet/cham/$n"
	post "$sheet/cham/$n" version="$(hidden version)" score=8 then=tiep
	[ "$status" = 303 ] || not_ok "indicator $n is scored" "$status" "$(words "$tmp/body")"
done
get "$sheet/gui"
cp "$tmp/body" "$tmp/submit"
version=$(hidden version)
post "$sheet/gui" version="$version" remark=
first="$status $location"
cp "$tmp/submit" "$tmp/body"
post "$sheet/gui" version="$version" remark=
is 'the same submission twice has the same answer' "$status $location" "$first"
is 'and one effect' "$(sql "$data" "SELECT count(*) FROM audit WHERE person_id = $citizen AND action = 'sheet_submitted'")" 1
cp "$tmp/submit" "$tmp/body"
post "$sheet/gui" version="$version" 'remark=Chữ khác'
like 'the token of another body is refused' "$status" '403|409|422'
get "$sheet/cham/1"
cp "$tmp/submit" "$tmp/body"
fetch --data-urlencode "token=0000" --data-urlencode "version=$version" "$url$sheet/gui"
like 'a made-up token is refused' "$status" '400|403'
has 'in words' "$tmp/body" 'mã xác nhận|lần đăng nhập khác'
fetch --data-urlencode "version=$version" "$url$sheet/gui"
like 'no token is refused' "$status" '400|403'
is 'the sheet is submitted once' "$(sql "$data" "SELECT count(*) FROM audit WHERE person_id = $citizen AND action = 'sheet_submitted'")" 1

# ---- a closed round ----
closed=$(sql "$data" 'SELECT min(id) FROM round')
get "/phieu/$citizen/$closed/dang-ky"
hasnt 'the page of a closed round has no form to register' "$tmp/body" "action=\"/phieu/$citizen/$closed/dang-ky\""
get /toi
post "/phieu/$citizen/$closed/dang-ky" version=0 group=nong_dan agree=1
like 'registering in a closed round is refused' "$status" '403|409|422'
has 'and says why' "$tmp/body" 'khoá|hết hạn|đến hết ngày|đã hết'
is 'and nothing is written' "$(sql "$data" "SELECT count(*) FROM assessment WHERE person_id = $citizen AND round_id = $closed")" 0

# ---- a stale page ----
sign_in "$data" branch
one=$(sql "$data" "SELECT min(id) FROM person WHERE leaf_id = $branch AND condition = 1")
get "/nguoi/$one/sua"
cp "$tmp/body" "$tmp/stale"
# the form as it stands, with a field changed
again()
{
	node -e '
		const html = require("fs").readFileSync(process.argv[1], "utf8"), form = /<form method="post" action="[^"]*\/sua"[^]*?<\/form>/.exec(html)[0]
		const decode = s => s.replace(/&quot;/g, "\"").replace(/&#39;/g, "\x27").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")
		const attribute = (tag, name) => { const m = new RegExp(` ${name}="([^"]*)"`).exec(tag); return m ? decode(m[1]) : null }
		for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
			const type = attribute(tag, "type"), name = attribute(tag, "name")
			if (name && name !== "token" && (!["radio", "checkbox"].includes(type) || / checked/.test(tag))) console.log(`${name}=${attribute(tag, "value") ?? ""}`)
		}
		for (const [, name, options] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([^]*?)<\/select>/g)) {
			const chosen = /<option value="([^"]*)" selected/.exec(options)
			console.log(`${name}=${chosen ? decode(chosen[1]) : ""}`)
		}' "$1" | grep -v '^\(address\|reason\)='
}
mapfile -t fields < <(again "$tmp/stale")
post "/nguoi/$one/sua" "${fields[@]}" 'address=Số 1' 'reason=Theo giấy tờ mới'
is 'an edit on a fresh page is done' "$status" 303
cp "$tmp/stale" "$tmp/body"
post "/nguoi/$one/sua" "${fields[@]}" 'address=Số 2, đường Trần Phú' 'reason=Theo giấy tờ khác'
is 'an edit on a stale page is a conflict' "$status" 409
has 'that says so' "$tmp/body" 'vừa sửa trước|vừa sửa'
has 'and what was typed is still there' "$tmp/body" 'Số 2, đường Trần Phú'
is 'and the first edit stands' "$(sql "$data" "SELECT address FROM person WHERE id = $one")" 'Số 1'

# ---- a broken CSV ----
people=$(sql "$data" 'SELECT count(*) FROM person')
# sent, then looked at until the job has read it
roster()
{
	local list

	get "/danh-sach?unit=$branch"
	post_files /danh-sach "unit=$branch" "file=@$1;type=text/csv;filename=danh-sach.csv"
	is "$2 is taken in" "$status" 303
	list=$location
	for _ in {1..100}; do
		get "$list"
		grep -q 'Đang đọc danh-sach' "$tmp/body" || return 0
		sleep .1
	done
}
printf 'ten,tuoi\nNguyễn Văn A,40\n' > "$tmp/cot.csv"
roster "$tmp/cot.csv" 'a list without its columns'
all_of 'it cannot be read, and the missing column is named' "$tmp/body" 'Không đọc được danh-sach.csv' 'ho_ten'
printf 'ho_ten,ngay_sinh,gioi_tinh\n"Nguyễn Văn A,1980,nam\nTrần Thị B,1990,nữ\n' > "$tmp/ngoac.csv"
roster "$tmp/ngoac.csv" 'an open quote'
has 'nobody of it could be written' "$tmp/body" 'Không đọc được|Chưa dòng nào ghi được'
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' > "$tmp/anh.csv"
roster "$tmp/anh.csv" 'a picture under the name of a list'
has 'it is no table' "$tmp/body" 'Không đọc được danh-sach.csv'
printf 'ho_ten,ngay_sinh,gioi_tinh,nhom,tc1\nNguyễn Văn Một,31/2/1990,nam,nong_dan,\nTrần Thị Hai,1990,nữ,khong_co,\nLê Thị Ba,1985,nữ,nong_dan,11\nPhạm Văn Bốn,1970,nam,nong_dan,\n' > "$tmp/dong.csv"
roster "$tmp/dong.csv" 'a list with bad rows'
all_of 'it shows each with its line' "$tmp/body" 'Nguyễn Văn Một' 'Trần Thị Hai' 'Lê Thị Ba' 'Phạm Văn Bốn'
is 'and nothing is written by looking' "$(sql "$data" 'SELECT count(*) FROM person')" "$people"

stop_server
agrees 'after all this everything still agrees' "$data"
finish
