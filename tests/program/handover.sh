#!/usr/bin/env bash
# One hoctap stops and the next starts, three times, on a socket that somebody else holds (as systemd does): nobody is turned away.
# perl holds it, on descriptor 3, and runs the rest of this file.
if [ -z "${HELD_PORT:-}" ]; then
	# shellcheck disable=SC2016
	exec perl -MSocket -MPOSIX -e '$^F = 9; socket(my $s, PF_INET, SOCK_STREAM, 0) or die; bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die;
		listen($s, 128) or die; POSIX::dup2(fileno($s), 3); ($ENV{HELD_PORT}) = sockaddr_in(getsockname($s)); exec "bash", @ARGV' "$0"
fi
. "$(dirname "$0")/common.bash"

demo "$tmp/d"
serve()
{
	rm -f "$tmp/serve.out"
	( LISTEN_PID=$BASHPID LISTEN_FDS=1 exec "$HOCTAP" serve --data "$tmp/d" ) > "$tmp/serve.out" 2> "$tmp/serve.err" &
	server=$!
	until [ -s "$tmp/serve.out" ]; do
		kill -0 "$server" 2> /dev/null || { not_ok 'it serves on the socket it was handed' "$(cat "$tmp/serve.err")"; finish; }
		sleep 0.02
	done
}
client() { while [ -e "$tmp/asking" ]; do curl -s --max-time 20 -o /dev/null -w '%{http_code}\n' "http://127.0.0.1:$HELD_PORT/tiep-can" >> "$tmp/codes-$1" 3<&-; done; }

serve
is 'it serves on the socket it was handed' "$(cat "$tmp/serve.out")" "http://127.0.0.1:$HELD_PORT"
touch "$tmp/asking"
client 1 & clients=$!
client 2 & clients+=" $!"
for i in 1 2 3; do
	sleep 0.3
	stop_server
	serve
done
sleep 0.3
rm "$tmp/asking"
# shellcheck disable=SC2086
wait $clients
is "each of $(cat "$tmp"/codes-* | wc -l) requests meanwhile was answered" "$(sort -u "$tmp"/codes-*)" 200
[ "$(cat "$tmp"/codes-* | wc -l)" -gt 20 ] && ok 'there were many' || not_ok 'there were many'
finish
