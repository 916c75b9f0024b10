#include "title/roster/roster_write.h"

#include <string.h>

#include "db/transaction.h"
#include "registry/access/access.h"
#include "text/format.h"
#include "title/review/review.h"
#include "title/standing/standing.h"

enum { ROW_ARENA = 4 << 20 };

static void free_arena(void *arena) { arena_free(arena); }

void roster_writer_begin(struct roster_writer *w, struct ask *ask, int64_t round_id, const struct list_settings *s)
{
	const char *by = ask->actor ? ask->actor->name : "", *today = arena_text(ask->arena, day_of(ask->now).text);
	const char *day = format_date(ask->arena, *s->consent_day ? s->consent_day : today);

	*w = (struct roster_writer){
		.held = *ask,
		.round_id = round_id,
		.settings = *s,
		.reason = arena_format(ask->arena, "Theo danh sách nạp ngày %s", format_date(ask->arena, today)),
		.help = {.helper = by,
			 .consent = *s->consent_holder
					    ? arena_format(ask->arena, "Danh sách giấy ngày %s, %s giữ", day, s->consent_holder)
					    : arena_format(ask->arena, "Danh sách giấy, %s, %s", day, by)}};
	standing_batch_hold(&w->held);
	w->ask = w->held;
	w->ask.arena = arena_new(ROW_ARENA);
	arena_on_release(ask->arena, free_arena, w->ask.arena);
}

OUTCOME roster_writer_end(struct roster_writer *w)
{
	return standing_batch_let_go(&w->held);
}

/* ---- the person ---- */

static OUTCOME write_person(struct roster_writer *w, const struct roster_row *row, struct roster_written *out)
{
	struct person_new new = row->person;

	out->person_id = row->person_id;
	if (!row->person_id) {
		new.national_id = new.national_id ? new.national_id : "";
		out->added = true;
		out->person_version = 1;
		return person_add(&w->ask, &new, &out->person_id);
	}
	if (!row->person_differs)
		return OK;
	TRY(person_get(&w->ask, row->person_id, &out->person));
	out->person_version = row->version + 1;
	return person_change(&w->ask, row->person_id, row->version, &new, w->reason);
}

/* ---- the sheet ---- */

static bool is_complete(const struct sheet *s)
{
	for (int i = 0; i < s->self.n; i++)
		if (!s->self.at[i].is)
			return false;
	return s->self.n > 0;
}

/* Nobody agrees their own scores: the officer's own sheet is handed in and waits for the level above. */
static OUTCOME hand_in(struct roster_writer *w, struct sheet_key key, struct sheet *sheet)
{
	static const char *const none[SCORES_MAX] = {"", "", "", "", "", "", "", "", "", "",
						     "", "", "", "", "", "", "", "", "", ""};
	bool agreed = w->settings.scores_of == LIST_SCORES_AGREED;

	if (!is_complete(sheet) || !(agreed || w->settings.submits))
		return OK;
	TRY(sheet_submit(&w->ask, key, sheet->version, &w->help));
	TRY(sheet_get(&w->ask, key, sheet));
	if (!agreed || (w->ask.actor && w->ask.actor->person_id == key.person_id))
		return OK;
	TRY(review_save(&w->ask, key, sheet->version, &sheet->self, none));
	return sheet_get(&w->ask, key, sheet);
}

static OUTCOME write_sheet(struct roster_writer *w, const struct roster_row *row, struct roster_written *out)
{
	struct sheet_key key = { out->person_id, w->round_id };
	bool scores = row->has_scores && row->scores_differ;
	struct sheet sheet;
	enum outcome found = sheet_get(&w->ask, key, &out->sheet);

	if (found == FAILED)
		return FAILED;
	out->had_sheet = found == OK;
	sheet = out->sheet;
	if (!out->had_sheet) {
		TRY(sheet_register(&w->ask, key, row->person.group, "", false, &w->help));
		TRY(sheet_get(&w->ask, key, &sheet));
	}
	if (scores) {
		TRY(sheet_save_scores(&w->ask, key, sheet.version, &row->scores, NULL, &w->help));
		TRY(sheet_get(&w->ask, key, &sheet));
		TRY(hand_in(w, key, &sheet));
	}
	out->sheet_version = out->had_sheet && sheet.version == out->sheet.version ? 0 : sheet.version;
	return OK;
}

OUTCOME roster_write_row(struct roster_writer *w, const struct roster_row *row, struct roster_written *out)
{
	DB_TRANSACTION(tx, w->ask.db);
	bool enters = w->round_id && (row->scores_differ || w->settings.registers);

	arena_reset(w->ask.arena);
	w->problems = PROBLEMS(w->ask.arena);
	w->ask.problems = &w->problems;
	*out = (struct roster_written){ 0 };
	TRY(write_person(w, row, out));
	if (enters)
		TRY(write_sheet(w, row, out));
	return db_commit(&tx);
}
