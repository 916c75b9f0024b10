#!/bin/bash
# bench_pages: requests a second and how long they take, of pages of a served demo, each as a ratio to this server's constant page,
# and the certificate check also to nginx serving a static file of its size; all in one run, each size of the demo in turn.
#
#	A size is a number of people, or the folder of a demo that stands already.
#
#	SIZES="20000 2400000" SECONDS_EACH=4 CONNECTIONS=16 bench/bench_pages.sh BUILD
set -euo pipefail

program=$(realpath "${1:?the build folder}")/hoctap
sizes=${SIZES:-20000}
seconds=${SECONDS_EACH:-4}
connections=${CONNECTIONS:-16}
seed=${SEED:-1}
today=2026-11-24

for tool in wrk nginx curl python3; do
	PATH=$PATH:/usr/sbin command -v $tool > /dev/null || {
		echo "bench_pages: $tool is missing: apt-get install wrk nginx-light curl python3" >&2
		exit 1
	}
done
PATH=$PATH:/usr/sbin

folder=$(mktemp -d)
server='' nginx=''
stop() {
	[ -z "$server" ] || kill "$server" 2> /dev/null || true
	[ -z "$nginx" ] || kill "$nginx" 2> /dev/null || true
	wait 2> /dev/null || true
	rm -rf "$folder"
}
trap stop EXIT

# ---- sign in: SECRET of the cookie on stdout ----

account() {              # role, field
	python3 -c 'import json,sys; print(next(a[sys.argv[3]] for a in json.load(open(sys.argv[1])) if a["role"] == sys.argv[2]))' \
		"$data/demo-accounts.json" "$1" "$2"
}

sign_in() {              # role
	local jar=$folder/jar-$1 token
	token=$(curl -s -c "$jar" -b "$jar" "$base/dang-nhap" | grep -o 'name="token" value="[^"]*"' | head -1 | cut -d'"' -f4)
	curl -s -o /dev/null -c "$jar" -b "$jar" --data-urlencode "token=$token" --data-urlencode "login=$(account "$1" login)" \
		--data-urlencode "passphrase=$(account "$1" passphrase)" "$base/dang-nhap"
	awk '$6 == "phien" { print $7 }' "$jar"
}

# ---- one page: "name|requests/s|p50|p99|ratio" ----

measure() {              # name, address, cookie or ""
	local out status rate
	status=$(curl -s -o "$folder/body" -w '%{http_code}' ${3:+-H "Cookie: phien=$3"} "$2")
	[ "$status" = 200 ] || { printf '  %-34s answers %s: not measured\n' "$1" "$status"; return; }
	out=$(wrk -t 1 -c "$connections" -d "${seconds}s" --latency ${3:+-H "Cookie: phien=$3"} "$2")
	rate=$(awk '/^Requests\/sec/ { print $2 }' <<< "$out")
	if grep -q 'Non-2xx' <<< "$out"; then
		printf '  %-34s %s\n' "$1" "$(grep 'Non-2xx' <<< "$out")"
		return
	fi
	constant=${constant:-$rate}
	[ "$1" != 'nginx, a file of that size' ] || nginx_rate=$rate
	[ "$1" != 'certificate check' ] || check_rate=$rate
	awk -v n="$1" -v r="$rate" -v c="$constant" -v size="$(stat -c %s "$folder/body")" \
		'/50%/ { a = $2 } /99%/ { b = $2 } END { printf "  %-34s %9.0f/s  p50 %-8s p99 %-8s %6.2f of the constant page  %7d bytes\n", n, r, a, b, r / c, size }' <<< "$out"
}

# ---- nginx, on its own configuration; it writes its line for each request, as this server does ----

start_nginx() {          # port
	mkdir -p "$folder/nginx/files"
	curl -s -o "$folder/nginx/files/check.html" "$check"
	cat > "$folder/nginx/nginx.conf" <<- END
		worker_processes auto;
		daemon off;
		pid $folder/nginx/pid;
		error_log $folder/nginx/errors;
		events { }
		http {
			access_log $folder/nginx/access;
			sendfile on;
			types { text/html html; }
			client_body_temp_path $folder/nginx/t1; proxy_temp_path $folder/nginx/t2; fastcgi_temp_path $folder/nginx/t3;
			uwsgi_temp_path $folder/nginx/t4; scgi_temp_path $folder/nginx/t5;
			server { listen 127.0.0.1:$1; root $folder/nginx/files; }
		}
	END
	chmod -R a+rX "$folder"
	nginx -p "$folder/nginx" -c "$folder/nginx/nginx.conf" 2> /dev/null &
	nginx=$!
	for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$1/check.html" && break; sleep 0.1; done
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

row() { python3 -c 'import sqlite3,sys; r = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True).execute(sys.argv[2]).fetchone(); print(r[0] if r else "")' \
	"$data/hoctap.db" "$1"; }

# ---- one size ----

make_demo() {            # people
	"$program" demo --data "$data" --people "$1" --seed "$seed" --today "$today" | grep -o 'làm trong.*giây' | sed 's/^/  demo: /' || true
}

run_size() {
	local people=$1 leaf commune province person code branch boss citizen port round
	if [ -d "$people" ]; then
		data=$people
	else
		data=$folder/data
		rm -rf "$data"
		make_demo "$people"
	fi
	"$program" serve --data "$data" --listen 127.0.0.1:0 > "$folder/out" 2> "$folder/err" &
	server=$!
	for _ in $(seq 100); do [ ! -s "$folder/out" ] || break; sleep 0.1; done
	base=$(head -1 "$folder/out")
	branch=$(sign_in branch) boss=$(sign_in province) citizen=$(sign_in citizen)
	leaf=$(row "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
	province=$(row "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'hoitinh'")
	commune=$(row "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'hoixa'")
	person=$(row "SELECT person_id FROM account WHERE login = 'nguoidan'")
	round=$(row 'SELECT max(id) FROM round')
	code=$(row 'SELECT code FROM certificate ORDER BY person_id LIMIT 1')
	check=$base/xac-minh/$code
	constant='' check_rate='' nginx_rate=''
	measure 'constant page (/tiep-can)' "$base/tiep-can" ''
	measure 'people of a leaf' "$base/nguoi?unit=$leaf" "$branch"
	measure 'people of a commune' "$base/nguoi?unit=$commune" "$boss"
	measure 'list behind a figure' "$base/so-lieu/$leaf/danh-sach" "$branch"
	measure "a citizen's sheet" "$base/phieu/$person/$round" "$citizen"
	measure 'form page, a new person' "$base/nguoi/them?unit=$leaf" "$branch"
	measure 'form page, registering' "$base/phieu/$person/$round/dang-ky" "$citizen"
	measure "commune's dashboard" "$base/so-lieu/$commune" "$boss"
	measure "province's dashboard" "$base/so-lieu/$province" "$boss"
	measure 'certificate check' "$check" ''
	port=$(free_port)
	start_nginx "$port"
	measure 'nginx, a file of that size' "http://127.0.0.1:$port/check.html" ''
	[ -z "${check_rate:-}" ] || [ -z "${nginx_rate:-}" ] || awk -v a="$check_rate" -v b="$nginx_rate" \
		'BEGIN { printf "  certificate check: %.2f of nginx (bar 0.50)\n", a / b }'
	kill "$nginx" "$server"
	wait "$nginx" "$server" 2> /dev/null || true
	server='' nginx=''
}

printf 'pages: %s, %s cores, load %s, seed %s, %s connections, %s s each, one wrk thread on the same machine\n' \
	"$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$seed" "$connections" "$seconds"
for size in $sizes; do
	printf '%s people\n' "$size"
	run_size "$size"
done
