#!/usr/bin/env bash
# What htmlc must make and must refuse. Usage: htmlc_test.sh PATH/TO/htmlc
# htmlc_cases/X.html with X.golden: the page that run.c prints from it, byte for byte (a line break is added at the end).
# htmlc_cases/bad_X.html with bad_X.expect "htmlc|cc LINE MESSAGE": htmlc, or else the C compiler, names that line of the .html.
# All with gcc and, if there is one, with clang; every warning is an error. Ends with "N passed, N failed".
set -u
htmlc=$(realpath "$1")
cd "$(dirname "$0")/.."
cases=tools/htmlc_cases dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
flags="-std=gnu17 -D_GNU_SOURCE -O1 -Isrc -I$cases -I$dir -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
	-Wswitch-enum -Wvla -Wformat=2 -Wwrite-strings -Wundef -Wno-missing-field-initializers -Wno-unused-parameter -fno-common -Werror"
compilers=gcc; command -v clang > /dev/null && compilers="gcc clang"
ok() { passed=$((passed + 1)); echo "ok htmlc: $1"; }
no() { failed=$((failed + 1)); printf 'not ok htmlc: %s: %s\n' "$1" "$2"; }

for f in "$cases"/[!b]*.html "$cases"/blocks.html; do
	"$htmlc" --out "$dir" "$f" --depfile "$dir/d" || no "$f" "refused"
done
for cc in $compilers; do
	sources="$cases/run.c src/html/html.c src/base/arena.c src/base/buf.c src/base/bug.c"
	$cc $flags -include src/base/banned.h "$dir"/*_html.c $sources -o "$dir/run" || { no "$cc" "compiles with a warning"; continue; }
	for f in "$cases"/*.golden; do
		name=$(basename "$f" .golden)
		if diff <("$dir/run" "$name"; echo) "$f" > "$dir/diff"; then ok "$cc $name"; else no "$cc $name" "$(cat "$dir/diff")"; fi
	done
done

for f in "$cases"/bad_*.html; do
	name=$(basename "$f" .html)
	read -r who line message < "${f%.html}.expect"
	out=$("$htmlc" --out "$dir" "$f" 2>&1); code=$?
	if [ "$who" = htmlc ]; then
		if [ $code != 1 ]; then no "$name" "exit $code"
		elif [ -e "$dir/${name}_html.c" ] || [ -e "$dir/${name}_html.h" ]; then no "$name" "wrote a file"
		elif [[ $out == "$f:$line: "*"$message"* ]]; then ok "$name"
		else no "$name" "$out"; fi
		continue
	fi
	[ $code = 0 ] || { no "$name" "$out"; continue; }
	for cc in $compilers; do
		if out=$($cc $flags -fsyntax-only "$dir/${name}_html.c" 2>&1); then no "$cc $name" "compiles"
		elif grep -F "$f:$line:" <<< "$out" | grep -qF "$message"; then ok "$cc $name"
		else no "$cc $name" "$out"; fi
	done
done

# Where there is room for it the column, too, is that of the template.
column=$(sed -n 3p "$cases/bad_wrong_field.html" | awk '{ print index($0, "titel") }')
out=$(gcc $flags -fdiagnostics-column-unit=byte -fsyntax-only "$dir/bad_wrong_field_html.c" 2>&1)
grep -qF "bad_wrong_field.html:3:$column: error" <<< "$out" && ok "column" || no "column" "$column $out"
out=$(awk '/^#line .*_html\.c"$/ && $2 != FNR + 1 { print FILENAME ":" FNR ": " $0 }' "$dir"/*_html.c)
[ -z "$out" ] && ok "#line leads back" || no "#line" "$out"
[ "$(cat "$dir/d")" = "$dir/blocks_html.h $dir/blocks_html.c: $cases/blocks.html" ] && ok "depfile" || no "depfile" "$(cat "$dir/d")"
"$htmlc" --out "$dir" 2> /dev/null; [ $? = 2 ] && ok "usage" || no "usage" "exit"
"$htmlc" --out "$dir/nowhere" "$cases/values.html" 2> /dev/null; [ $? = 1 ] && ok "no place to write" || no "no place to write" "exit"
cp "$cases/values.html" "$dir/2-x.html"; "$htmlc" --out "$dir" "$dir/2-x.html" 2> /dev/null; [ $? = 1 ] && ok "file name" || no "file name" "exit"
ls "$dir"/*.new > /dev/null 2>&1 && no "leftovers" "$(ls "$dir")" || ok "no leftovers"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
