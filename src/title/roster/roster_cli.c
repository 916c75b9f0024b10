#include "title/roster/roster_cli.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "json/json.h"
#include "registry/tree/tree.h"
#include "text/parse.h"
#include "text/text.h"
#include "title/roster/roster.h"
#include "title/roster/roster_messages.h"

static const char *const verdicts[ROSTER_VERDICTS] = { "new", "same", "changed", "refused" };

static void put(struct json_out *j, const char *key, const char *value)
{
	json_put_key(j, key);
	if (value && *value)
		json_put_text(j, value);
	else
		json_put_null(j);
}

static void put_int(struct json_out *j, const char *key, int64_t value)
{
	json_put_key(j, key);
	json_put_int(j, value);
}

/* {"sheet":"csv","row":7 … the caller adds and ends. */
static void begin_row(struct json_out *j, int64_t line)
{
	json_begin_object(j);
	put(j, "sheet", "csv");
	put_int(j, "row", line);
}

static void put_sheet(struct arena *a, struct json_out *j, const struct roster *r)
{
	json_put_key(j, "sheets");
	json_begin_array(j);
	json_begin_object(j);
	put(j, "name", "csv");
	json_put_key(j, "header_rows");
	json_begin_array(j);
	json_put_int(j, 1);
	json_end(j);
	json_put_key(j, "columns");
	json_begin_object(j);
	for (size_t i = 0; i < r->n_columns; i++)        /* A … Z, AA … as a spreadsheet shows them; at most 64 */
		put(j, i < 26 ? arena_format(a, "%c", (char)('A' + i)) : arena_format(a, "%c%c", (char)('A' + i / 26 - 1),
			(char)('A' + i % 26)),
			r->columns[i]);
	json_end(j);
	put_int(j, "rows", (int64_t)r->n);
	json_put_key(j, "warnings");
	json_begin_array(j);
	json_end(j);
	json_end(j);
	json_end(j);
}

static void put_accepted(struct arena *a, struct json_out *j, const struct roster_row *row)
{
	static const char *const sexes[] = { "", "nam", "nu" };
	const struct person_new *p = &row->person;
	char phone[PHONE_LEN_MAX + 1] = "";

	if (*p->phone && text_to_phone(p->phone, phone) != PHONE_OK)
		phone[0] = '\0';
	begin_row(j, (int64_t)row->line);
	put(j, "full_name", p->name);
	put(j, "fold", text_fold(a, p->name));
	put(j, "birth", p->birth);
	put(j, "sex", sexes[p->sex]);
	put(j, "national_id", p->national_id);
	put(j, "phone", phone);
	put(j, "hamlet", row->place);
	put(j, "group", p->group);
	json_put_key(j, "scores");
	if (row->has_scores) {
		json_begin_array(j);
		for (int i = 0; i < row->scores.n; i++)
			json_put_maybe(j, row->scores.at[i]);
		json_end(j);
	} else {
		json_put_null(j);
	}
	json_put_key(j, "warnings");
	json_begin_array(j);
	json_end(j);
	put(j, "change", verdicts[row->verdict]);
	json_end(j);
}

static void put_rejected(struct arena *a, struct json_out *j, const struct roster_row *row)
{
	struct words codes = text_words(a, row->codes);

	begin_row(j, (int64_t)row->line);
	json_put_key(j, "codes");
	json_begin_array(j);
	for (size_t i = 0; i < codes.n; i++)
		json_put_text(j, codes.at[i]);
	json_end(j);
	put(j, "why", row->words);
	json_end(j);
}

static void put_duplicates(struct json_out *j, const struct roster *r)
{
	json_put_key(j, "duplicates");
	json_begin_array(j);
	for (size_t i = 0; i < r->n; i++) {
		if (!r->rows[i].twin_line)
			continue;
		json_begin_array(j);
		begin_row(j, r->rows[i].twin_line);
		json_end(j);
		begin_row(j, (int64_t)r->rows[i].line);
		json_end(j);
		json_end(j);
	}
	json_end(j);
}

static OUTCOME print_json(struct arena *a, const char *file, const struct roster *r)
{
	struct buf out = BUF(a, .max = 64 * MiB);
	struct json_out j = { .out = &out };

	json_begin_object(&j);
	put(&j, "file", strrchr(file, '/') ? strrchr(file, '/') + 1 : file);
	put_sheet(a, &j, r);
	put_int(&j, "rows", (int64_t)r->n);
	json_put_key(&j, "accepted");
	json_begin_array(&j);
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].verdict != ROSTER_REFUSED)
			put_accepted(a, &j, &r->rows[i]);
	json_end(&j);
	json_put_key(&j, "rejected");
	json_begin_array(&j);
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].verdict == ROSTER_REFUSED)
			put_rejected(a, &j, &r->rows[i]);
	json_end(&j);
	put_duplicates(&j, r);
	json_put_key(&j, "skipped");
	json_begin_array(&j);
	json_end(&j);
	json_end(&j);
	if (out.failed)
		return FAILED;
	printf("%s\n", buf_cstr(&out));
	return OK;
}

static void print_text(const struct roster *r, bool dry_run)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].verdict == ROSTER_REFUSED)
			printf("Dòng %zu, %s: %s\n", r->rows[i].line, *r->rows[i].name ? r->rows[i].name : "(không tên)",
				r->rows[i].words);
	printf("%s %zu dòng: %zu người mới, %zu có thay đổi, %zu không đổi, %zu không nhận.\n", dry_run ? "Xem trước" : "Đã nạp",
		r->n,
		r->counts[ROSTER_NEW], r->counts[ROSTER_CHANGED], r->counts[ROSTER_SAME], r->counts[ROSTER_REFUSED]);
}

OUTCOME roster_cli_import(struct ask *ask, const struct roster_args *args)
{
	const char *day = arena_text(ask->arena, day_of(ask->now).text);
	struct roster roster;
	struct unit unit;
	enum outcome found = tree_by_code(ask, args->unit_code, day, &unit);

	if (found == NOT_FOUND) {
		problem(ask->problems, "unit", arena_format(ask->arena, "Không có đơn vị mã %s hôm nay. Xem lại mã.",
			args->unit_code));
		return INVALID;
	}
	TRY(found);
	found = args->dry_run ? roster_read(ask, unit.id, args->round_id, args->file, &roster)
		: roster_apply(ask, unit.id, args->round_id, args->file, &roster);
	if (found == NOT_FOUND) {
		problem(ask->problems, "round", "Không có đợt của năm đó. Bỏ --round để dùng đợt mới nhất.");
		return INVALID;
	}
	TRY(found);
	if (args->json)
		return print_json(ask->arena, args->file_name, &roster);
	print_text(&roster, args->dry_run);
	return OK;
}
