#!/usr/bin/env bash
# The example of docs/add-a-page.md, done as the page says in a copy of the tree: it must build, pass its test and the linters.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
step() { # NAME COMMAND…
	local name=$1; shift
	if "$@" > "$dir/said" 2>&1; then passed=$((passed + 1)); echo "ok example: $name"
	else failed=$((failed + 1)); echo "not ok example: $name"; tail -20 "$dir/said"; fi
}
tree=$dir/tree
mkdir "$tree"
(cd "$here" && tar cf - --exclude=./build --exclude='./build-*' --exclude=./.git --exclude=./data --exclude=./web/node_modules .) | tar xf - -C "$tree"
ln -s "$here/web/node_modules" "$tree/web/node_modules"
cd "$tree" || exit 1
mkdir src/registry/greeting
cp docs/example/greeting* src/registry/greeting/
cp docs/example/meson.build.txt src/registry/greeting/meson.build
cp docs/example/0099_greeting.sql migrations/
sed -i 's/^registry .*/& greeting/' tools/house.txt
sed -i "s/'jobs'\]/'jobs', 'greeting']/" src/registry/meson.build
sed -i "s|^migration_files = files(|&'../migrations/0099_greeting.sql', |" tools/meson.build
sed -i 's|#include "registry/units/units_http.h"|#include "registry/greeting/greeting_http.h"\n&|; s|&units_table,|&\n\t\&greeting_table,|' src/app/routes.c
step "it configures" meson setup build --buildtype=debug
step "it builds" ninja -C build hoctap hoctap-tests
step "its test passes" build/hoctap-tests greeting
step "it keeps to the house" tools/check-includes
step "its statements keep to its tables" tools/check-tables build
echo "$passed passed, $failed failed"
[ $failed = 0 ]
