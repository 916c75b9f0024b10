#!/usr/bin/env bash
# Officers' lists through the command: the samples' JSON, what the store knows of them, and files that are refused.
. "$(dirname "$0")/common.bash"

rosters=$(dirname "$0")/../rosters
demo "$tmp/data" 500

dry() { "$HOCTAP" import roster "$rosters/$1" --unit "${2:-80}" --dry-run --json --data "$tmp/data"; }

# same NAME FILE: `accepted`, `rejected`, `duplicates`, `sheets` are what is expected; `match` is the only addition.
same()
{
	if dry "$2" > "$tmp/got.json" && node -e '
		const fs = require("fs"), got = JSON.parse(fs.readFileSync(process.argv[1])), want = JSON.parse(fs.readFileSync(process.argv[2]));
		const matches = new Set(["new", "same", "changed", "doubtful"]);
		for (const row of got.accepted) {
			if (!matches.has(row.match)) throw new Error(`row ${row.row}: match ${row.match}`);
			delete row.match;
		}
		const order = rows => rows.map(r => JSON.stringify([r.sheet, r.row])).sort();
		const sorted = o => JSON.stringify(o, (k, v) => v && typeof v === "object" && !Array.isArray(v)
			? Object.fromEntries(Object.entries(v).sort()) : v);
		for (const key of ["file", "sheets", "rows", "rejected"].concat(want.accepted ? ["accepted", "duplicates"] : []))
			if (sorted(got[key]) !== sorted(want[key])) throw new Error(key);
		if (sorted(order(got.skipped)) !== sorted(order(want.skipped))) throw new Error("skipped");
		if (!want.accepted && (got.accepted.length !== want.accepted_count || got.duplicates.length !== want.duplicate_groups))
			throw new Error("counts");
	' "$tmp/got.json" "$rosters/$2.expected.json"; then
		ok "$1"
	else
		not_ok "$1"
	fi
}

for list in "$rosters"/*.expected.json; do
	list=$(basename "$list" .expected.json)
	case $list in
	cross-file*) ;;
	*) same "$list gives its expected result" "$list" ;;
	esac
done

printf 'MZ\220\000\003\000\000\000' > "$tmp/danh-sach.xlsx"
ended 'a renamed program is refused with what to do' 1 'không phải bảng tính' import roster "$tmp/danh-sach.xlsx" --unit 80 --dry-run --data "$tmp/data"
head -c 3000 "$rosters/01-ap-binh-hoa-dang-ky.xlsx" > "$tmp/nua.xlsx"
ended 'half a workbook is refused with what to do' 1 'thiếu phần cuối' import roster "$tmp/nua.xlsx" --unit 80 --dry-run --data "$tmp/data"
printf 'a,b\n1,2\n' > "$tmp/khong.csv"
ended 'a table without names is refused with what to do' 1 'họ tên' import roster "$tmp/khong.csv" --unit 80 --dry-run --json --data "$tmp/data"
ended 'a list is not applied to a province' 1 'Chọn lại đơn vị' import roster "$rosters/01-ap-binh-hoa-dang-ky.xlsx" --unit 80 --data "$tmp/data"
ended 'a file that is not there is refused' 1 'Không mở được' import roster "$tmp/khong-co.xlsx" --unit 80 --dry-run --data "$tmp/data"
finish
