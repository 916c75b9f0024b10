/* From the file of a list to what was read of it: in the sandbox, by the columns that the officer or the unit's habit says. */
#include <string.h>

#include "base/buf.h"

#include "crypto/crypto.h"
#include "roster_list_sql.h"
#include "sandbox/client.h"
#include "sandbox/sandbox_messages.h"
#include "text/parse.h"
#include "text/text.h"
#include "title/roster/roster_judge.h"
#include "title/roster/roster_messages.h"

bool list_columns_parse(struct arena *a, const char *columns, const struct roster_choice **out, size_t *n)
{
	struct words words = text_words(a, columns);
	struct roster_choice *choices = ARENA_ARRAY(a, struct roster_choice, words.n);

	*n = 0;
	*out = choices;
	for (size_t i = 0; i < words.n; i++) {
		const char *colon = strchr(words.at[i], ':'), *equals = strchr(words.at[i], '=');
		struct roster_choice c;
		int64_t sheet, column;

		if (!colon || !equals || equals < colon || !roster_field_of(equals + 1, &c.field) ||
		    !text_to_int(arena_textn(a, words.at[i], (size_t)(colon - words.at[i])), 0, 1000, &sheet) ||
		    !text_to_int(arena_textn(a, colon + 1, (size_t)(equals - colon - 1)), 0, SHEET_COLUMNS, &column))
			return false;
		c.sheet = (size_t)sheet;
		c.column = (uint32_t)column;
		choices[(*n)++] = c;
	}
	return true;
}

struct bytes list_headings(struct arena *a, const struct roster_sheet *sheet)
{
	struct buf out = BUF(a, .max = 1 * MiB);
	struct hash hash;
	unsigned char *kept = arena_alloc(a, HASH_LEN);

	for (size_t i = 0; i < sheet->n_columns; i++)
		buf_text(&out, arena_format(a, "%u %s|", sheet->columns[i].column, text_fold(a, sheet->columns[i].heading)));
	hash = hash_of((struct bytes){ buf_cstr(&out), out.len });
	memcpy(kept, hash.at, HASH_LEN);
	return (struct bytes){ kept, HASH_LEN };
}

/* What the unit said of sheets with these headings, as choices of this file; "" nothing. */
static OUTCOME remembered(struct ask *ask, const struct list *list, const struct roster_reading *reading, const char **out)
{
	*out = "";
	for (size_t i = 0; i < reading->n_sheets; i++) {
		const char *columns;
		enum outcome found;

		if (reading->sheets[i].skipped != ROSTER_USED)
			continue;
		found = sql_columns_of(ask, list->unit_id, list_headings(ask->arena, &reading->sheets[i]), &columns);
		if (found == NOT_FOUND)
			continue;
		TRY(found);
		for (struct words words = text_words(ask->arena, columns); words.n; words.n--, words.at++)
			*out = arena_format(ask->arena, "%s%s%zu:%s", *out, **out ? " " : "", i, words.at[0]);
	}
	return OK;
}

static OUTCOME read_by(struct ask *ask, const struct list *list, struct bytes file, const char *columns,
		       struct roster_reading *out)
{
	struct roster_options options = { .year = roster_year(ask), .rows_max = ROSTER_ROWS };
	struct sheet_source source = { .input = file };
	struct roster_reader *reader;
	enum sheet_kind kind;
	enum outcome read;

	if (!list_columns_parse(ask->arena, columns, &options.choices, &options.n_choices))
		options.n_choices = 0;
	reader = roster_reader_new(ask->arena, &options);
	read = sandbox_sheet(ask->sandbox, ask->arena, &source, roster_reader_taker(reader), &kind);
	if (read == INVALID)
		problem(ask->problems, "file", ROSTER_LONG);
	TRY(read);
	if (kind != SHEET_READ) {
		problem(ask->problems, "file", sandbox_sheet_message(ask->arena, kind, list->name));
		return INVALID;
	}
	return roster_reader_done(reader, out);
}

static bool has_people(struct ask *ask, const struct roster_reading *reading)
{
	bool table = false;

	for (size_t i = 0; i < reading->n_sheets; i++)
		table |= reading->sheets[i].skipped == ROSTER_USED;
	if (!table)
		problem(ask->problems, "file", ROSTER_NO_NAME_COLUMN);
	else if (!reading->rows)
		problem(ask->problems, "file", ROSTER_EMPTY);
	return table && reading->rows;
}

OUTCOME list_read_file(struct ask *owner, const struct list *list, struct roster_reading *out)
{
	const char *columns = list->columns;
	struct bytes file;

	*out = (struct roster_reading){ 0 };
	if (list->from_round)
		return OK;
	TRY(list_file(owner, list->id, &file));
	TRY(read_by(owner, list, file, columns, out));
	if (!*columns)
		TRY(remembered(owner, list, out, &columns));
	if (columns != list->columns && *columns)
		TRY(read_by(owner, list, file, columns, out));
	return has_people(owner, out) ? OK : INVALID;
}
