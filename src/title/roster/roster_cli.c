#include "title/roster/roster_cli.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "json/json.h"
#include "registry/tree/tree.h"
#include "sandbox/client.h"
#include "sandbox/sandbox_messages.h"
#include "text/text.h"
#include "title/roster/roster.h"
#include "title/roster/roster_messages.h"

/* ---- JSON, written as it is made: the list may have a million rows ---- */

struct printing {
	struct json_out json;
	struct buf out;
	const struct roster_reading *reading;
	struct roster_judge *judge;
	struct arena *row;
};

enum { FLUSH = 64 * 1024, ROW_ARENA = 16 << 20 };

static OUTCOME flush(struct printing *p, size_t from)
{
	if (p->out.failed)
		return FAILED;
	if (p->out.len < from)
		return OK;
	if (fwrite(p->out.ptr, 1, p->out.len, stdout) != p->out.len)
		return FAILED;
	p->out.len = 0;
	return OK;
}

static void put(struct json_out *j, const char *key, const char *value)
{
	json_put_key(j, key);
	if (*value)
		json_put_text(j, value);
	else
		json_put_null(j);
}

static void put_int(struct json_out *j, const char *key, size_t value)
{
	json_put_key(j, key);
	json_put_int(j, (int64_t)value);
}

static void begin_array(struct json_out *j, const char *key)
{
	json_put_key(j, key);
	json_begin_array(j);
}

/* {"sheet":"csv","row":7 … the caller adds and ends. */
static void begin_place(struct printing *p, size_t sheet, uint32_t row)
{
	json_begin_object(&p->json);
	json_put_key(&p->json, "sheet");
	json_put_text(&p->json, p->reading->sheets[sheet].name);
	put_int(&p->json, "row", row);
}

static const char *letters(struct arena *a, uint32_t column)
{
	return column < 26 ? arena_format(a, "%c", (char)('A' + column))
		: arena_format(a, "%c%c", (char)('A' + column / 26 - 1), (char)('A' + column % 26));
}

static void put_sheet(struct printing *p, const struct roster_sheet *s)
{
	struct json_out *j = &p->json;

	json_begin_object(j);
	json_put_key(j, "name");
	json_put_text(j, s->name);
	if (s->skipped != ROSTER_USED) {
		put(j, "skipped", s->skipped == ROSTER_SHEET_HIDDEN ? "hidden" : "no_table");
		json_end(j);
		return;
	}
	begin_array(j, "header_rows");
	for (size_t i = 0; i < s->n_header_rows; i++)
		json_put_int(j, s->header_rows[i]);
	json_end(j);
	json_put_key(j, "columns");
	json_begin_object(j);
	for (size_t i = 0; i < s->n_columns; i++)
		put(j, letters(p->row, s->columns[i].column), roster_field_name(s->columns[i].field));
	json_end(j);
	put_int(j, "rows", s->rows);
	begin_array(j, "warnings");
	for (int w = 0; w < ROSTER_SHEET_WARNINGS; w++)
		if (s->warnings >> w & 1)
			json_put_text(j, roster_sheet_code((enum roster_sheet_warning)w));
	json_end(j);
	json_end(j);
}

static int by_code(const void *x, const void *y)
{
	const char *const *a = x, *const *b = y;

	return strcmp(*a, *b);
}

static void put_warnings(struct json_out *j, uint64_t warnings)
{
	const char *codes[ROSTER_WARNINGS];
	size_t n = 0;

	for (int w = 0; w < ROSTER_WARNINGS; w++)
		if (warnings >> w & 1)
			codes[n++] = roster_warning_code((enum roster_warning)w);
	qsort(codes, n, sizeof *codes, by_code);
	begin_array(j, "warnings");
	for (size_t i = 0; i < n; i++)
		json_put_text(j, codes[i]);
	json_end(j);
}

/* 15 halves are 7.5; 14 are 7. */
static void put_scores(struct json_out *j, const struct roster_person *p)
{
	json_put_key(j, "scores");
	if (!p->has_scores) {
		json_put_null(j);
		return;
	}
	json_begin_array(j);
	for (int i = 0; i < ROSTER_SCORES; i++)
		if (!p->score_given[i])
			json_put_null(j);
		else if (p->halves[i] % 2)
			json_put_tenths(j, SOME(p->halves[i] * 5));
		else
			json_put_int(j, p->halves[i] / 2);
	json_end(j);
}

static OUTCOME put_accepted(struct printing *p, const struct roster_person *person)
{
	static const char *const sexes[] = { "", "nam", "nu" };
	struct json_out *j = &p->json;
	struct roster_row row;

	TRY(roster_judge_row(p->judge, person, p->row, &row));
	begin_place(p, person->sheet, person->row);
	put(j, "full_name", person->full_name);
	put(j, "fold", text_unmark(p->row, person->full_name));
	put(j, "birth", person->birth);
	put(j, "sex", sexes[person->sex]);
	put(j, "national_id", person->national_id);
	if (*person->old_id)
		put(j, "old_id", person->old_id);
	put(j, "phone", person->phone);
	put(j, "hamlet", person->hamlet);
	put(j, "group", person->group);
	put_scores(j, person);
	put_warnings(j, person->warnings);
	put(j, "match", roster_match_name(row.verdict));
	json_end(j);
	return OK;
}

static void put_rejected(struct printing *p, const struct roster_person *person)
{
	begin_place(p, person->sheet, person->row);
	begin_array(&p->json, "codes");
	json_put_text(&p->json, "no_name");
	json_end(&p->json);
	json_end(&p->json);
}

static void put_skipped(struct printing *p, const struct roster_person *person)
{
	begin_place(p, person->sheet, person->row);
	put(&p->json, "kind", roster_kind_name(person->kind));
	json_end(&p->json);
}

enum part { PART_ACCEPTED, PART_REJECTED, PART_SKIPPED };

/* One walk over the list for each part: they stand one after the other in the answer. */
static OUTCOME put_part(struct printing *p, const char *key, enum part part)
{
	struct roster_cursor cursor = { 0 };
	struct roster_person person;

	begin_array(&p->json, key);
	while (arena_reset(p->row), roster_next(p->reading, &cursor, p->row, &person)) {
		if (part == PART_ACCEPTED && person.kind == ROSTER_PERSON)
			TRY(put_accepted(p, &person));
		else if (part == PART_REJECTED && person.kind == ROSTER_REJECTED)
			put_rejected(p, &person);
		else if (part == PART_SKIPPED && person.kind > ROSTER_REJECTED)
			put_skipped(p, &person);
		TRY(flush(p, FLUSH));
	}
	json_end(&p->json);
	return OK;
}

static OUTCOME put_twins(struct printing *p)
{
	begin_array(&p->json, "duplicates");
	for (size_t i = 0; i < p->reading->n_twins; i++) {
		json_begin_array(&p->json);
		for (size_t k = 0; k < p->reading->twins[i].n; k++) {
			begin_place(p, p->reading->twins[i].at[k].sheet, p->reading->twins[i].at[k].row);
			json_end(&p->json);
		}
		json_end(&p->json);
		TRY(flush(p, FLUSH));
	}
	json_end(&p->json);
	return OK;
}

static void free_arena(void *arena) { arena_free(arena); }

static OUTCOME print_json(struct ask *ask, const char *file, const struct roster_reading *reading, struct roster_judge *judge)
{
	struct printing p = { .out = BUF(ask->arena, .max = 16 * MiB), .reading = reading, .judge = judge,
		.row = arena_new(ROW_ARENA) };
	struct json_out *j = &p.json;

	arena_on_release(ask->arena, free_arena, p.row);
	j->out = &p.out;
	json_begin_object(j);
	put(j, "file", strrchr(file, '/') ? strrchr(file, '/') + 1 : file);
	begin_array(j, "sheets");
	for (size_t i = 0; i < reading->n_sheets; i++)
		put_sheet(&p, &reading->sheets[i]);
	json_end(j);
	put_int(j, "rows", reading->rows);
	TRY(put_part(&p, "accepted", PART_ACCEPTED));
	TRY(put_part(&p, "rejected", PART_REJECTED));
	TRY(put_twins(&p));
	TRY(put_part(&p, "skipped", PART_SKIPPED));
	json_end(j);
	buf_char(&p.out, '\n');
	TRY(flush(&p, 0));
	return fflush(stdout) ? FAILED : OK;
}

/* ---- text ---- */

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

/* ---- the command ---- */

/* A line that is written over: "Đang ghi 1200 trong 20000". */
static void tell_writing(size_t done, size_t total) { fprintf(stderr, "\rĐang ghi %zu trong %zu dòng ", done, total); }

/* Rows on their way to the reader, counted for who looks. */
struct counting { const struct sheet_taker *to; size_t rows; };
enum { READING_ROWS = 2000 };

static OUTCOME count_sheet(void *state, const struct sheet_head *sheet)
{
	struct counting *c = state;

	return c->to->sheet(c->to->state, sheet);
}

static OUTCOME count_merge(void *state, const struct sheet_range *range)
{
	struct counting *c = state;

	return c->to->merge(c->to->state, range);
}

static OUTCOME count_row(void *state, const struct sheet_row *row)
{
	struct counting *c = state;

	if (++c->rows % READING_ROWS == 0)
		fprintf(stderr, "\rĐang đọc, đã %zu dòng ", c->rows);
	return c->to->row(c->to->state, row);
}

static OUTCOME count_end(void *state)
{
	struct counting *c = state;

	return c->to->end(c->to->state);
}

static OUTCOME read_list(struct ask *ask, const struct roster_args *args, struct roster_reading *out)
{
	struct roster_reader *reader = roster_reader_new(ask->arena, &(struct roster_options){ .year = roster_year(ask) });
	const char *slash = strrchr(args->file_name, '/');
	struct counting counting = { .to = roster_reader_taker(reader) };
	const struct sheet_taker counted = { count_sheet, count_merge, count_row, count_end, &counting };
	enum sheet_kind kind;

	TRY(sandbox_sheet(ask->sandbox, ask->arena, &(struct sheet_source){ .fd = args->file },
		args->progress ? &counted : counting.to, &kind));
	if (args->progress)
		fprintf(stderr, "\r\033[K");
	if (kind != SHEET_READ) {
		problem(ask->problems, "file", sandbox_sheet_message(ask->arena, kind, slash ? slash + 1 : args->file_name));
		return INVALID;
	}
	return roster_reader_done(reader, out);
}

static bool has_table(struct ask *ask, const struct roster_reading *reading)
{
	for (size_t i = 0; i < reading->n_sheets; i++)
		if (reading->sheets[i].skipped == ROSTER_USED)
			return true;
	problem(ask->problems, "file", ROSTER_NO_NAME_COLUMN);
	return false;
}

OUTCOME roster_cli_import(struct ask *ask, const struct roster_args *args)
{
	const char *day = arena_text(ask->arena, day_of(ask->now).text);
	struct roster_reading reading;
	struct roster_judge *judge;
	struct roster roster;
	struct unit unit;
	enum outcome found = tree_by_code(ask, args->unit_code, day, &unit);

	if (found == NOT_FOUND) {
		problem(ask->problems, "unit", arena_format(ask->arena, "Không có đơn vị mã %s hôm nay. Xem lại mã.",
			args->unit_code));
		return INVALID;
	}
	TRY(found);
	found = roster_judge_open(ask, unit.id, args->round_id, &judge);
	if (found == NOT_FOUND) {
		problem(ask->problems, "round", "Không có đợt của năm đó. Bỏ --round để dùng đợt mới nhất.");
		return INVALID;
	}
	TRY(found);
	TRY(read_list(ask, args, &reading));
	if (args->dry_run && args->json)
		return has_table(ask, &reading) ? print_json(ask, args->file_name, &reading, judge) : INVALID;
	TRY(args->dry_run ? roster_judge(ask, unit.id, args->round_id, &reading, &roster)
		: roster_apply_telling(ask, unit.id, args->round_id, &reading, args->progress ? tell_writing : NULL, &roster));
	if (args->progress && !args->dry_run)
		fprintf(stderr, "\r\033[K");
	if (args->json)
		return print_json(ask, args->file_name, &reading, judge);
	print_text(&roster, args->dry_run);
	return OK;
}
