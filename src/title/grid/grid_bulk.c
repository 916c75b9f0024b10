/* One act for many people: a loop over the sheet's own operations in one transaction, with one batch of counters. */
#include <string.h>

#include "base/buf.h"
#include "crypto/crypto.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "title/grid/grid.h"
#include "title/grid/grid_done.h"
#include "title/grid/grid_line.h"
#include "title/grid/grid_messages.h"
#include "title/review/review.h"

#define ACT_CODE(name, code) { code, "" },
static const struct choice acts[] = { GRID_ACTS(ACT_CODE) };
const struct choices grid_acts = { GRID_ACT_N, acts };
const struct choices grid_reasons = CHOICES({ "da-mat", "Đã mất" }, { "chuyen-di", "Đã chuyển đi nơi khác" },
	{ "tu-choi", "Từ chối tham gia" }, { "khong-gap", "Không gặp được người" });

/* ---- for whom ---- */

static const struct { enum sheet_state first, last; } range[GRID_ACT_N] = {
	[GRID_REGISTER] = { SHEET_NONE, SHEET_NONE }, [GRID_SUBMIT] = { SHEET_DRAFT, SHEET_RETURNED },
	[GRID_SUBMIT_OWN] = { SHEET_DRAFT, SHEET_RETURNED }, [GRID_AGREE] = { SHEET_SUBMITTED, SHEET_SUBMITTED },
	[GRID_WITHDRAW] = { SHEET_REGISTERED, SHEET_PROPOSED },
	[GRID_RESTORE] = { SHEET_WITHDRAWN, SHEET_LAPSED },
};

static bool is_candidate(enum grid_act act, const struct grid_line *line)
{
	if (act == GRID_SUBMIT || act == GRID_SUBMIT_OWN)
		return line->is_assisted == (act == GRID_SUBMIT) && line->self.n && !scores_missing(&line->self)
			&& (act == GRID_SUBMIT || !line->is_own);
	return act != GRID_AGREE || !line->is_own;
}

OUTCOME grid_candidates(struct ask *ask, enum grid_act act, int64_t round_id, int64_t leaf_id, int64_t after_person,
	struct grid_lines *out, int64_t *next)
{
	struct grid_lines all;
	struct grid_line *some;

	TRY(grid_lines_between(ask, round_id, leaf_id, range[act].first, range[act].last, after_person, GRID_BULK, &all));
	some = ARENA_ARRAY(ask->arena, struct grid_line, all.n);
	*next = all.n == GRID_BULK ? all.at[all.n - 1].key.person_id : 0;
	*out = (struct grid_lines){ 0, some };
	for (size_t i = 0; i < all.n; i++)
		if (is_candidate(act, &all.at[i]))
			some[out->n++] = all.at[i];
	return OK;
}

const char *grid_stamp(struct arena *a, const struct grid_lines *lines)
{
	struct buf text = BUF(a, .max = MiB);

	for (size_t i = 0; i < lines->n; i++)
		buf_format(&text, "%lld/%lld ", (long long)lines->at[i].key.person_id, (long long)lines->at[i].version);
	BUG_ON(text.failed);
	return arena_textn(a, hash_hex(a, hash_of(buf_bytes(&text))), 16);
}

/* ---- one of them ---- */

static OUTCOME register_one(struct ask *ask, const struct grid_bulk *b, const struct grid_line *line, const struct sheet_bulk *of)
{
	struct person person;

	TRY(person_get(ask, line->key.person_id, &person));
	return sheet_register_in(ask, line->key, &(struct sheet_new){ .group = person.group, .wishes = "", .guardian = "",
		.version = line->version }, b->help, of);
}

static OUTCOME agree_one(struct ask *ask, const struct grid_line *line, const struct sheet_bulk *of)
{
	static const char *const none[SCORES_MAX] = { "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
		"", "" };

	return review_save_in(ask, line->key, line->version, &line->self, none, of);
}

/* Withdrawn and taken back sheets keep one reason: the officer's, then that it was one of many. */
static const char *reason_of(struct arena *a, const struct grid_bulk *b, const struct sheet_bulk *of)
{
	return of->note ? arena_format(a, "%s. %s", b->reason, of->note) : b->reason;
}

static OUTCOME do_one(struct ask *ask, const struct grid_bulk *b, const struct grid_line *line, const struct sheet_bulk *of)
{
	switch (b->act) {
	case GRID_REGISTER:
		return register_one(ask, b, line, of);
	case GRID_SUBMIT:
		return sheet_submit_in(ask, line->key, line->version, NULL, of);
	case GRID_SUBMIT_OWN:
		return sheet_submit_in(ask, line->key, line->version, b->help, of);
	case GRID_AGREE:
		return agree_one(ask, line, of);
	case GRID_WITHDRAW:
		return sheet_withdraw(ask, line->key, line->version, reason_of(ask->arena, b, of));
	case GRID_RESTORE:
		return sheet_restore(ask, line->key, line->version, reason_of(ask->arena, b, of));
	case GRID_ACT_N: case GRID_ROWS_REVIEW: case GRID_DONE_N:
		break;
	}
	BUG_ON(true);
	return FAILED;
}

/* Why it could not be done for one; the first reason is enough in a list. OK: told. */
static OUTCOME why_not(struct ask *ask, enum outcome outcome, const struct problems *said, const struct grid_line *line,
	struct grid_left *out)
{
	if (outcome == FAILED || outcome == FORBIDDEN)
		return outcome;
	*out = (struct grid_left){ line->key.person_id, line->name, outcome == INVALID && said->first ? said->first->text
		: GRID_MOVED };
	if (outcome == INVALID && said->first && (!strcmp(said->first->field, "helper") || !strcmp(said->first->field,
		"consent")))
		for (const struct problem *p = said->first; p; p = p->next)
			if (!*problem_of(ask->problems, p->field))
				problem(ask->problems, p->field, p->text);
	return OK;
}

/* All of them, one after the other: out, and whom it was done for. */
static OUTCOME do_all(struct ask *ask, const struct grid_bulk *b, const struct grid_lines *lines, const struct sheet_bulk *of,
	struct grid_result *out, struct id_list *done_for)
{
	struct grid_left *left = ARENA_ARRAY(ask->arena, struct grid_left, lines->n);
	int64_t *ids = ARENA_ARRAY(ask->arena, int64_t, lines->n);

	*out = (struct grid_result){ .left = left };
	for (size_t i = 0; i < lines->n; i++) {
		struct problems said = PROBLEMS(ask->arena);
		struct ask inner = *ask;
		enum outcome done;

		inner.problems = &said;
		done = do_one(&inner, b, &lines->at[i], of);
		if (done == OK)
			ids[out->n_done++] = lines->at[i].key.person_id;
		else
			TRY(why_not(ask, done, &said, &lines->at[i], &left[out->n_left++]));
	}
	*done_for = (struct id_list){ out->n_done, ids };
	return problems_none(ask->problems) ? OK : INVALID;
}

/* What people scored themselves is theirs to hand in: by another hand only with their consent, however they were registered. */
static void check_consent(struct ask *ask, const struct grid_bulk *b)
{
	if (b->act != GRID_SUBMIT_OWN)
		return;
	if (!b->help || !*b->help->helper)
		problem(ask->problems, "helper", GRID_HELPER_MISSING);
	if (!b->help || !*b->help->consent)
		problem(ask->problems, "consent", GRID_CONSENT_MISSING);
}

static struct id_list people_of(struct arena *a, const struct grid_lines *lines)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, lines->n);

	for (size_t i = 0; i < lines->n; i++)
		ids[i] = lines->at[i].key.person_id;
	return (struct id_list){ lines->n, ids };
}

OUTCOME grid_bulk(struct ask *ask, const struct grid_bulk *b, const struct grid_lines *lines, struct grid_result *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct sheet_bulk of = { lines->n > 1 ? grid_bulk_note(ask->arena, b->act, lines->n) : NULL, batch };
	struct id_list people = people_of(ask->arena, lines), done_for;
	struct grid_done kept;

	TRY(access_require(ask, grid_permit(b->act), b->leaf_id));
	check_consent(ask, b);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(grid_done_begin(ask, b->act, b->round_id, b->leaf_id, &people, &kept));
	TRY(do_all(ask, b, lines, &of, out, &done_for));
	TRY(standing_batch_end(batch));
	TRY(grid_done_end(ask, &kept, &done_for));
	out->done = kept.id;
	if (out->n_done > 1)
		TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_SHEETS_BULK, .subject = "round",
			.subject_id = b->round_id,
			.unit_id = b->leaf_id, .reason = *b->reason ? b->reason : NULL, .new = audit_json(ask->arena, "act",
			grid_bulk_note(ask->arena, b->act, out->n_done), "people", arena_format(ask->arena, "%zu",
				out->n_done), NULL) }));
	return db_commit(&tx);
}
