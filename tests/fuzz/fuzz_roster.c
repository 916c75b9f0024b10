/* The rules of import over any stream of cells: each line a row, cells parted by a tab; a first character of # makes a number, @ a
 * date, ! an error, ^ a merged cell down to the end of the list, ~ a hidden row. Whatever the cells say, what comes out is a person
 * with a name, values of their kinds and codes that agree with them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/day.h"
#include "text/text.h"
#include "title/roster/roster_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CELLS = 40 };

static size_t split(struct arena *a, char *line, struct sheet_cell cells[CELLS], const struct sheet_taker *t, uint32_t row)
{
	uint32_t column = 0;
	size_t n = 0;

	for (char *at = line; at && n < CELLS; column++) {
		char *next = strchr(at, '\t');
		const char *text;

		if (next)
			*next++ = '\0';
		if (text_is_utf8((struct bytes){ at, strlen(at) }) && *at) {
			text = arena_textn(a, at, strlen(at) < SHEET_TEXT ? strlen(at) : SHEET_TEXT);
			cells[n] = (struct sheet_cell){ .column = column, .text = text };
			if (*text == '^')
				BUG_ON(t->merge(t->state, &(struct sheet_range){ row, column, row + 5, column + 1 }) != OK);
			if (*text == '#')
				cells[n] = (struct sheet_cell){ .column = column, .kind = CELL_NUMBER, .text = "",
					.number = strtod(text + 1, NULL) };
			if (*text == '#' && !(cells[n].number > -1e300 && cells[n].number < 1e300))
				cells[n].number = 0;
			if (*text == '@')
				cells[n] = (struct sheet_cell){ .column = column, .kind = CELL_DATE,
					.text = day_is_whole(text + 1) ? text + 1 : "" };
			if (*text == '!')
				cells[n] = (struct sheet_cell){ .column = column, .kind = CELL_ERROR, .text = "" };
			n++;
		}
		at = next;
	}
	return n;
}

static void check(const struct roster_person *p)
{
	BUG_ON(p->kind >= ROSTER_KINDS || p->sex > SEX_FEMALE || p->warnings >> ROSTER_WARNINGS);
	if (p->kind != ROSTER_PERSON)
		return;
	BUG_ON(!*p->full_name || (*p->national_id && strspn(p->national_id, "0123456789") != 12));
	BUG_ON(*p->old_id && (strlen(p->old_id) != 9 || *p->national_id));
	BUG_ON(*p->birth && !day_is_valid(p->birth));
	BUG_ON(*p->phone && strspn(p->phone, "0123456789") != strlen(p->phone));
	for (int i = 0; i < ROSTER_SCORES; i++)
		BUG_ON(p->score_given[i] && (p->halves[i] > 20 || !p->has_scores));
	BUG_ON((p->warnings & ROSTER_BIT(cccd_missing)) && *p->national_id);
	BUG_ON((p->warnings & ROSTER_BIT(birth_missing)) && *p->birth);
	BUG_ON((p->warnings & ROSTER_BIT(sex_missing)) && p->sex);
	BUG_ON(!text_is_utf8((struct bytes){ p->full_name, strlen(p->full_name) }));
	BUG_ON(!text_is_utf8((struct bytes){ p->hamlet, strlen(p->hamlet) }));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(512 * MiB);
	struct roster_reader *reader = roster_reader_new(a, &(struct roster_options){ .year = 2026 });
	const struct sheet_taker *t = roster_reader_taker(reader);
	char *text = (char *)(uintptr_t)arena_textn(a, size ? (const char *)data : "", size), *line = text;
	struct roster_cursor cursor = { 0 };
	struct roster_reading reading;
	struct sheet_cell cells[CELLS];
	struct roster_person p;
	size_t rows = 0;

	BUG_ON(t->sheet(t->state, &(struct sheet_head){ .name = "Ấp 3" }) != OK);
	for (uint32_t row = 1; line && row < 2000; row++) {
		char *next = strchr(line, '\n');
		bool hidden = *line == '~';
		size_t n;

		if (next)
			*next++ = '\0';
		n = split(a, line + hidden, cells, t, row);
		if (n)
			BUG_ON(t->row(t->state, &(struct sheet_row){ row, hidden, n, cells }) != OK);
		line = next;
	}
	BUG_ON(t->end(t->state) != OK || roster_reader_done(reader, &reading) != OK);
	while (roster_next(&reading, &cursor, a, &p)) {
		check(&p);
		rows += p.kind <= ROSTER_REJECTED;
	}
	BUG_ON(rows != reading.rows || reading.accepted + reading.rejected != rows);
	for (size_t i = 0; i < reading.n_twins; i++)
		BUG_ON(reading.twins[i].n < 2);
	arena_free(a);
	return 0;
}
