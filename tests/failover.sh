#!/usr/bin/env bash
# failover.sh [KILLS]: packaging/patroni on this machine: three nodes on loopback addresses of their own (127.77.0.11 to .13), two hoctap behind
# nginx, eight officers who add people without rest. Postgres and Patroni of the primary's node are killed (kill -9) KILLS times in a row (10), the
# node is started again each time. Said at the end: how long no write was acknowledged, each time; acknowledged people who are not there;
# people who are there twice. Needs the packages of section [soak]; part of `make soak`. As root: PostgreSQL runs as nobody.
set -uo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
kills=${1:-10} writers=${WRITERS:-8} net=127.77.0
: "${HOCTAP:=$PWD/build/hoctap}"
for program in patroni etcd nginx openssl node; do
	command -v $program > /dev/null || { echo "$program is missing: apt-get install patroni etcd-server etcd-client nginx-light"; exit 1; }
done
base=$(mktemp -d /tmp/hfXXXXXX)
chmod 755 "$base"
# by exec: the process is the one we know
as() { if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else exec "$@"; fi; }
own() { if [ "$(id -u)" = 0 ]; then chown -R nobody "$@"; fi; }
declare -A patroni
etcds=() others=() client=

postmaster() { head -1 "$base/$1/store/postmaster.pid" 2> /dev/null; }
# end_node NODE: Patroni and its PostgreSQL at once, without a word
end_node()
{
	local p=${patroni[$1]:-} post

	post=$(postmaster "$1")
	[ -z "$p" ] || kill -9 "$p" 2> /dev/null
	[ -z "$post" ] || kill -9 "$post" $(ps -o pid= --ppid "$post") 2> /dev/null
	[ -z "$p" ] || wait "$p" 2> /dev/null
	patroni[$1]=
}
cleanup()
{
	[ -z "$client" ] || kill -9 "$client" 2> /dev/null
	for pid in "${others[@]}"; do kill "$pid" 2> /dev/null; done
	for node in n1 n2 n3; do end_node $node; done
	for pid in "${etcds[@]}"; do kill "$pid" 2> /dev/null; done
	wait 2> /dev/null
	[ -n "${KEEP:-}" ] || rm -rf "$base"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

address_of() { echo "$net.1${1#n}"; }
# ours FILE NODE: the sample as it is used here
ours()
{
	sed -e "s/@NAME@/$2/; s/@ADDRESS@/$(address_of "$2")/g; s|10\.0\.0\.0/24|127.0.0.0/8|; s/10\.0\.0\./$net./g" -e "s|/var/lib/etcd/hoctap|$base/$2/etcd|" \
		-e "s|/var/lib/postgresql/15/hoctap|$base/$2/store|; s|/var/lib/postgresql/patroni.pgpass|$base/$2/pgpass|" \
		-e "s|/var/run/postgresql|$base/$2|; s|/usr/lib/postgresql/15/bin|$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)|" \
		-e "s|/etc/ssl/hoctap|$base/tls|; s|listen 443|listen $net.20:8443|" -e 's/local all postgres peer/local all postgres trust/' "packaging/patroni/$1"
}
start_node()
{
	( as patroni "$base/$1/patroni.yml" >> "$base/$1/patroni.log" 2>&1 ) &
	patroni[$1]=$!
}
cluster() { for n in n1 n2 n3; do curl -s -m 2 "http://$(address_of $n):8008/cluster" && return; done; }
members() { cluster | node -e 'let t = ""; process.stdin.on("data", d => t += d).on("end", () => { try { for (const m of JSON.parse(t).members) console.log(m.name, m.role, m.state) } catch {} })'; }
primary() { members | sed -n 's/^\(n.\) leader running$/\1/p'; }
whole() { [ "$(members | grep -Ec ' (running|streaming)$')" = 3 ] && members | grep -q sync_standby; }
# within SECONDS COMMAND…
within() { local until=$((SECONDS + $1)); shift; until "$@"; do [ $SECONDS -lt $until ] || { echo "not within its time: $*"; members; exit 1; }; sleep 0.3; done; }
on_primary() { psql -q -A -t "postgresql://postgres:doi-mat-khau-1@$net.11,$net.12,$net.13/$1?target_session_attrs=read-write" -c "$2"; }

# ---- three nodes ----
for node in n1 n2 n3; do
	mkdir -p "$base/$node/etcd"
	chmod 700 "$base/$node/etcd"
	ours patroni.yml $node > "$base/$node/patroni.yml"
	ours etcd.env $node > "$base/$node/etcd.env"
	own "$base/$node"
	( set -a; . "$base/$node/etcd.env"; cd "$base/$node" && as etcd > "$base/$node/etcd.log" 2>&1 ) &
	etcds+=($!)
done
for node in n1 n2 n3; do start_node $node; done
within 90 whole
echo "three nodes: $(members | tr '\n' ';')"
on_primary postgres "CREATE ROLE hoctap LOGIN PASSWORD 'doi-mat-khau-4'"
on_primary postgres 'CREATE DATABASE hoctap OWNER hoctap ENCODING UTF8 TEMPLATE template0'
echo "*:*:*:hoctap:doi-mat-khau-4" > "$base/pgpass"
chmod 600 "$base/pgpass"
export PGPASSFILE=$base/pgpass
everywhere() { for n in n1 n2 n3; do psql -q -h "$(address_of $n)" -U hoctap -d hoctap -c '' 2> /dev/null || return; done; }
within 20 everywhere
store="postgresql://hoctap@$net.11,$net.12,$net.13/hoctap"
"$HOCTAP" demo --data "$base/h1" --people "${PEOPLE:-2000}" --db "$store" > "$base/demo.log" 2>&1 || { cat "$base/demo.log"; exit 1; }

# ---- two that serve, nginx before them ----
mkdir -p "$base/h2" "$base/files" "$base/tls" "$base/nginx"
cp -a "$base/h1/keys" "$base/h2/"
cp -a "$base/h1/files/." "$base/files/" 2> /dev/null
for i in 1 2; do
	"$HOCTAP" serve --data "$base/h$i" --files "$base/files" --behind-proxy --listen $net.2$i:8080 --db "$store" --db-read "$store" > "$base/h$i.out" 2> "$base/h$i.log" &
	others+=($!)
done
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hoctap -keyout "$base/tls/privkey.pem" -out "$base/tls/fullchain.pem" 2> /dev/null
{
	echo "daemon off; pid $base/nginx/pid; error_log $base/nginx/error.log; events {} http { access_log off; client_body_temp_path $base/nginx/body;"
	echo "proxy_temp_path $base/nginx/proxy; fastcgi_temp_path $base/nginx/f; uwsgi_temp_path $base/nginx/u; scgi_temp_path $base/nginx/s;"
	ours nginx.conf n1
	echo '}'
} > "$base/nginx/nginx.conf"
nginx -e "$base/nginx/error.log" -p "$base/nginx" -c "$base/nginx/nginx.conf" &
others+=($!)
url=https://$net.20:8443
serving() { [ "$(curl -sk -m 5 -o /dev/null -w '%{http_code}' "$url/ket-qua")" = 200 ]; }
within 20 serving
unit=$(on_primary hoctap "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
NODE_NO_WARNINGS=1 node tests/failover_client.mjs $url "$base/h1/demo-accounts.json" "$unit" "$base/told" "$writers" &
client=$!

# ---- the kills ----
acks() { cat "$base/told" 2> /dev/null | grep -c '"ack"'; }
more_than() { [ "$(acks)" -gt "$1" ]; }
another() { local now; now=$(primary); [ -n "$now" ] && [ "$now" != "$1" ]; }
within 30 more_than $((writers * 3))
for i in $(seq "$kills"); do
	within 90 whole
	sleep 3
	node=$(primary)
	echo "$(date +%s%3N) $node" >> "$base/kills"
	end_node "$node"
	within 60 another "$node"
	within 60 more_than "$(acks)"
	start_node "$node"
	printf 'kill %d: %s, now %s, %d acknowledged so far\n' "$i" "$node" "$(primary)" "$(acks)"
done
within 90 whole
sleep 3
kill "$client"
wait "$client"
client=

# ---- what is there ----
on_primary hoctap "SELECT name FROM person WHERE name LIKE 'Người X%'" > "$base/there"
node -e '
	const fs = require("fs"), lines = f => fs.readFileSync(f, "utf8").split("\n").filter(Boolean), dir = process.argv[1];
	const told = lines(dir + "/told").map(l => JSON.parse(l)), acks = told.filter(t => t.what === "ack"), there = new Map();
	for (const n of lines(dir + "/there")) there.set(n, (there.get(n) ?? 0) + 1);
	const lost = acks.filter(a => !there.has(a.name)), twice = [...there].filter(([, n]) => n > 1), names = new Set(acks.map(a => a.name));
	const gap = (what, at) => { const ms = told.filter(t => t.what === what).map(t => t.ms), i = ms.findIndex((m, j) => m > at && (j === 0 || m - ms[j - 1] > 1000 && ms[j - 1] <= at + 60000 && m > at + 1000));
		return i <= 0 ? 0 : (ms[i] - ms[i - 1]) / 1000; };
	const gaps = lines(dir + "/kills").map(l => { const at = +l.split(" ")[0]; return [gap("ack", at), gap("read", at)]; });
	const sorted = gaps.map(g => g[0]).sort((a, b) => a - b), say = g => g.map(x => x.toFixed(1)).join(" ");
	console.log(`kills ${gaps.length}`);
	console.log(`seconds without an acknowledged write, each: ${say(gaps.map(g => g[0]))}; median ${sorted[sorted.length >> 1].toFixed(1)}, longest ${sorted.at(-1).toFixed(1)}`);
	console.log(`seconds without a page for who only looks, each: ${say(gaps.map(g => g[1]))}`);
	console.log(`acknowledged ${acks.length} (${acks.filter(a => a.tries > 1).length} after being sent more than once), posts and pages asked again ${told.filter(t => t.what === "again").length}`);
	console.log(`acknowledged and not there: ${lost.length}; there twice: ${twice.length}; there and never acknowledged: ${[...there.keys()].filter(n => !names.has(n)).length}`);
	console.log(`written and not seen by who wrote it: ${told.filter(t => t.what === "missing").length}; other answers: ${told.filter(t => t.what === "wrong").length}`);
	for (const w of told.filter(t => t.what === "wrong").slice(0, 5)) console.log(JSON.stringify(w));
	process.exit(lost.length || twice.length || told.some(t => t.what === "missing" || t.what === "wrong") || !acks.length ? 1 : 0);' "$base"
held=$?
"$HOCTAP" check --data "$base/h1" --files "$base/files" --db "$store" > "$base/check" 2>&1 || { held=1; grep -A3 SAI "$base/check" || cat "$base/check"; }
echo "check: $(tail -1 "$base/check")"
exit $held
