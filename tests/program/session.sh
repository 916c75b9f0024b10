#!/usr/bin/env bash
# A session that ends while somebody types loses nothing.
. "$(dirname "$0")/common.bash"

demo "$tmp/d" 2000
data=$tmp/d
open_windows "$data"
start_server "$data"
branch=$(sql "$data" "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
# everybody was last here fourteen hours ago
age() { sql "$data" 'UPDATE session SET used_at = used_at - 50000'; }
sign_back_in()
{
	post /dang-nhap ve="$(hidden ve)" "login=$(account "$data" "$1" login)" "passphrase=$(account "$data" "$1" passphrase)"
}

# ---- an officer adds a person ----
sign_in "$data" branch
get "/nguoi/them?unit=$branch"
age
post /nguoi/them "unit=$branch" 'name=Trần Thị Gõ Dở' birth=20/5/1961 sex=2 group=nong_dan leaf=noi-o "hamlet=$branch" 'address=Số 5, đường “Cây Me” & <chợ>'
is 'a post of an ended session is not done' "$(sql "$data" "SELECT count(*) FROM person WHERE name = 'Trần Thị Gõ Dở'")" 0
like 'and leads to signing in' "$status $location" '^303 /dang-nhap'
get "$location"
has 'which says that what was typed is kept' "$tmp/body" 'vẫn còn'
sign_back_in branch
like 'signing in leads to what was typed' "$status $location" '^303 /toi/con-lai'
get "$location"
all_of 'it is all there' "$tmp/body" 'value="Trần Thị Gõ Dở"' '20/0?5/1961' 'Số 5, đường “Cây Me” &amp; &lt;chợ&gt;' 'action="/nguoi/them"'
# as the browser would send it: every field of the form that leads on
node -e '
	const html = require("fs").readFileSync(process.argv[1], "utf8"), form = /<form method="post" action="\/nguoi\/them"[^]*?<\/form>/.exec(html)[0]
	const decode = s => s.replace(/&quot;/g, "\"").replace(/&#39;/g, "\x27").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")
	const attribute = (tag, name) => { const m = new RegExp(` ${name}="([^"]*)"`).exec(tag); return m ? decode(m[1]) : "" }
	for (const [tag] of form.matchAll(/<input[^>]*>/g))
		if (attribute(tag, "name") !== "token" && (!["radio", "checkbox"].includes(attribute(tag, "type")) || / checked/.test(tag))) console.log(`${attribute(tag, "name")}=${attribute(tag, "value")}`)
	for (const [, name, value] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)/g)) console.log(`${name}=${decode(value)}`)
	for (const [, name, options] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>([^]*?)<\/select>/g)) console.log(`${name}=${decode((/<option value="([^"]*)" selected/.exec(options) ?? ["", ""])[1])}`)' "$tmp/body" > "$tmp/fields"
mapfile -t kept < "$tmp/fields"
form=/nguoi/them post /nguoi/them "${kept[@]}"
like 'sending it is done' "$status $location" '^303 /nguoi/'
is 'once, with every letter' "$(sql "$data" "SELECT count(*) || ' ' || min(address) FROM person WHERE name = 'Trần Thị Gõ Dở'")" '1 Số 5, đường “Cây Me” & <chợ>'
get /toi/con-lai
hasnt 'and what was kept is gone' "$tmp/body" 'href="/toi/con-lai/[0-9]'

# ---- a citizen registers ----
citizen=$(sql "$data" "SELECT person_id FROM account WHERE login = 'nguoidan'")
sheet=/phieu/$citizen/$(sql "$data" 'SELECT max(id) FROM round')
sign_in "$data" citizen
get "$sheet/dang-ky"
age
post "$sheet/dang-ky" version="$(hidden version)" group=nong_dan 'wish_1=học bán hàng qua mạng' agree=1
like "a citizen's post of an ended session leads to signing in" "$status $location" '^303 /dang-nhap'
get "$location"
sign_back_in citizen
get "$location"
has 'the wish is there' "$tmp/body" 'học bán hàng qua mạng'

# ---- it is nobody else's ----
kept_at=$(sql "$data" 'SELECT max(id) FROM kept_post')
sign_in "$data" commune
get "/toi/con-lai/$kept_at"
is "another's typed form is not shown" "$status" 404
is 'and it lies sealed in the store' "$(sql "$data" "SELECT count(*) FROM kept_post WHERE instr(fields, CAST('nong_dan' AS BLOB)) > 0")" 0

# ---- a page opened while signed out, a token of another session ----
sign_in "$data" branch
get "/nguoi/them?unit=$branch"
cp "$tmp/body" "$tmp/page-of-branch"
sign_in "$data" commune
cp "$tmp/page-of-branch" "$tmp/body"
post /nguoi/them "unit=$branch" 'name=Người Khác Phiên' birth=1990 group=nong_dan leaf=noi-o "hamlet=$branch"
is "another session's token is refused" "$status" 403
is 'and nothing is written' "$(sql "$data" "SELECT count(*) FROM person WHERE name = 'Người Khác Phiên'")" 0
stop_server
agrees 'after all this everything still agrees' "$data"
finish
