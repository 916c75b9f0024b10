#!/bin/bash
# bench_pages: requests a second, how long they take and what each costs the server in processor time, of pages of a served demo:
# beside this server's constant page, beside a constant page of the same size in bytes (constant_page.c), and the certificate check
# beside nginx serving a static file of its size; all in one run, each size of the demo in turn. Before it, how long `serve` takes
# to start and what it holds in memory at rest. Processor time decides: wall time also measures what else the machine does.
#
#	A size is a number of people, or the folder of a demo that stands already.
#
#	SIZES="20000 2400000" SECONDS_EACH=4 CONNECTIONS=16 bench/bench_pages.sh BUILD
set -euo pipefail

build=$(realpath "${1:?the build folder}")
program=$build/hoctap
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
server='' nginx='' same=''
stop() {
	[ -z "$same" ] || kill "$same" 2> /dev/null || true
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

# ---- one page ----

ticks() {                # of a process and its children: hundredths of a second
	local stats=("/proc/$1/stat") child
	for child in $(pgrep -P "$1"); do stats+=("/proc/$child/stat"); done
	awk '{ n += $14 + $15 } END { print n }' "${stats[@]}"
}

# Microseconds of processor time a request of wrk took; wrk's own words in $folder/wrk.
run_wrk() {              # process, address, cookie or ""
	local before after
	before=$(ticks "$1")
	wrk -t 1 -c "$connections" -d "${seconds}s" --latency ${3:+-H "Cookie: phien=$3"} "$2" > "$folder/wrk"
	after=$(ticks "$1")
	awk -v t=$((after - before)) '/requests in/ { printf "%.1f", t * 10000 / $1 }' "$folder/wrk"
}

measure() {              # name, address, cookie or "", process if it is not the server
	local status each size of_same=''
	status=$(curl -s -o "$folder/body" -w '%{http_code}' ${3:+-H "Cookie: phien=$3"} "$2")
	[ "$status" = 200 ] || { printf '  %-28s answers %s: not measured\n' "$1" "$status"; return; }
	size=$(stat -c %s "$folder/body")
	[ -n "${4:-}" ] || of_same=$(run_wrk "$same" "$same_base/$size" '')
	each=$(run_wrk "${4:-$server}" "$2" "$3")
	if grep -q 'Non-2xx' "$folder/wrk"; then
		printf '  %-28s %s\n' "$1" "$(grep 'Non-2xx' "$folder/wrk")"
		return
	fi
	constant=${constant:-$each}
	last=$each
	awk -v n="$1" -v e="$each" -v c="$constant" -v s="$of_same" -v size="$size" '/50%/ { a = $2 } /99%/ { b = $2 }
		/^Requests\/sec/ { r = $2 }
		END { printf "  %-28s %7.1f us  %5.2f of constant  %s of its size  %6d bytes  %7.0f/s  p50 %s  p99 %s\n",
			n, e, c / e, s == "" ? "    " : sprintf("%.2f", s / e), size, r, a, b }' "$folder/wrk"
}

# ---- at rest ----

start_server() {
	: > "$folder/out"
	"$program" serve --data "$data" --listen 127.0.0.1:0 > "$folder/out" 2> "$folder/err" &
	server=$!
	until [ -s "$folder/out" ]; do sleep 0.001; done
	base=$(head -1 "$folder/out")
}

at_rest() {              # ten starts; then the memory of a server that nobody has asked yet
	local from took=()
	for _ in $(seq 10); do
		[ -z "$server" ] || { kill "$server"; wait "$server" 2> /dev/null || true; }
		from=$(date +%s%N)
		start_server
		took+=($((($(date +%s%N) - from) / 1000000)))
	done
	sleep 1
	awk -v took="$(printf '%s\n' "${took[@]}" | sort -n | sed -n 5p)" '/VmRSS/ { all = $2 } /RssFile/ { files = $2 }
		END { printf "  serve: starts in %d ms (middle of ten; bar 100); holds %.0f MiB at rest, %.0f of them mapped files (bar 64)\n",
			took, all / 1024, files / 1024 }' "/proc/$server/status"
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
	local people=$1 leaf commune province person code branch boss citizen port round ours
	if [ -d "$people" ]; then
		data=$people
	else
		data=$folder/data
		rm -rf "$data"
		make_demo "$people"
	fi
	at_rest
	: > "$folder/same"
	"$build/bench/constant-page" "$data" > "$folder/same" 2> /dev/null &
	same=$!
	until [ -s "$folder/same" ]; do sleep 0.01; done
	same_base=$(head -1 "$folder/same")
	branch=$(sign_in branch) boss=$(sign_in province) citizen=$(sign_in citizen)
	leaf=$(row "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'chihoi'")
	province=$(row "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'hoitinh'")
	commune=$(row "SELECT g.unit_id FROM role_grant g JOIN account a ON a.id = g.account_id WHERE a.login = 'hoixa'")
	person=$(row "SELECT person_id FROM account WHERE login = 'nguoidan'")
	round=$(row 'SELECT max(id) FROM round')
	code=$(row 'SELECT code FROM certificate ORDER BY person_id LIMIT 1')
	check=$base/xac-minh/$code
	constant=''
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
	ours=$last
	port=$(free_port)
	start_nginx "$port"
	measure 'nginx, a file of that size' "http://127.0.0.1:$port/check.html" '' "$nginx"
	awk -v a="$ours" -v b="$last" 'BEGIN { printf "  certificate check: %.2f of nginx by processor time (bar 0.50)\n", b / a }'
	kill "$nginx" "$server" "$same"
	wait "$nginx" "$server" "$same" 2> /dev/null || true
	server='' nginx='' same=''
}

printf 'pages: %s, %s cores, load %s, seed %s, %s connections, %s s each, one wrk thread on the same machine\n' \
	"$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$seed" "$connections" "$seconds"
for size in $sizes; do
	printf '%s people\n' "$size"
	run_size "$size"
done
