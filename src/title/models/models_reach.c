#include "title/models/models_reach.h"

#include <string.h>

#include "db/transaction.h"
#include "models_sql.h"
#include "text/text.h"
#include "title/rounds/rounds.h"

enum { LEARNING = STANDING_LEARNING_HOME | STANDING_LEARNING_UNIT };

/* A standing row with what of its person titles look at. */
struct reached { struct standing row; int64_t hamlet_id, commune_id, organisation_id; const char *household, *clan; };
struct reached_list { size_t n, room; struct reached *at; };

static unsigned flag_of(enum model_kind kind)
{
	return kind == MODEL_ORGANISATION ? STANDING_LEARNING_UNIT : STANDING_LEARNING_HOME;
}

/* The row of any of the four statements. */
#define REACHED_OF(r) \
	((struct reached){ { .person_id = (r).person_id, .round_id = (r).round_id, .leaf_id = (r).leaf_id, .commune_id = (r).commune_id, \
		.province_id = (r).province_id, .group = (r).group_code, .sex = (enum sex)(r).sex, .age_band = (int)(r).age_band, \
		.state = (enum sheet_state)(r).state, .flags = (unsigned)(r).flags, .name_key = (r).name_key }, \
		(r).hamlet_id, (r).home_commune_id, (r).organisation_id, (r).household, (r).clan })

#define ADD_ALL(ask, list, rows, n) \
	do { \
		make_room((ask), (list), (n)); \
		for (size_t i_ = 0; i_ < (n); i_++) { \
			struct reached *r_ = &(list)->at[(list)->n++]; \
			*r_ = REACHED_OF((rows)[i_]); \
			BUG_ON(!scores_read((rows)[i_].scores, &r_->row.scores)); \
		} \
	} while (0)

static void make_room(struct ask *ask, struct reached_list *list, size_t more)
{
	struct reached *wider;

	if (list->n + more <= list->room)
		return;
	list->room = 2 * (list->n + more);
	wider = ARENA_ARRAY(ask->arena, struct reached, list->room);
	if (list->n)
		memcpy(wider, list->at, list->n * sizeof *wider);
	list->at = wider;
}

/* One statement for each spelling of the name: "Trần Văn Hoà" and "Trần Văn Hòa" are one household. */
static OUTCOME of_household(struct ask *ask, const struct model *m, struct reached_list *out)
{
	struct sql_model_household_names_row *names;
	struct sql_model_people_of_household_row *rows;
	size_t n_names, n;

	TRY(sql_model_household_names(ask, m->unit_id, &names, &n_names));
	for (size_t i = 0; i < n_names; i++) {
		if (strcmp(text_fold(ask->arena, names[i].household), m->folded) != 0)
			continue;
		TRY(sql_model_people_of_household(ask, m->round_id, m->unit_id, names[i].household, &rows, &n));
		ADD_ALL(ask, out, rows, n);
	}
	return OK;
}

static OUTCOME of_clan(struct ask *ask, const struct model *m, struct reached_list *out)
{
	struct sql_model_clan_names_row *names;
	struct sql_model_people_of_clan_row *rows;
	size_t n_names, n;

	TRY(sql_model_clan_names(ask, m->unit_id, &names, &n_names));
	for (size_t i = 0; i < n_names; i++) {
		if (strcmp(text_fold(ask->arena, names[i].clan), m->folded) != 0)
			continue;
		TRY(sql_model_people_of_clan(ask, m->round_id, m->unit_id, names[i].clan, &rows, &n));
		ADD_ALL(ask, out, rows, n);
	}
	return OK;
}

static OUTCOME of_hamlet(struct ask *ask, const struct model *m, struct reached_list *out)
{
	struct sql_model_people_of_hamlet_row *rows;
	size_t n;

	TRY(sql_model_people_of_hamlet(ask, m->round_id, m->unit_id, &rows, &n));
	ADD_ALL(ask, out, rows, n);
	return OK;
}

static OUTCOME of_organisation(struct ask *ask, const struct model *m, struct reached_list *out)
{
	struct sql_model_people_of_organisation_row *rows;
	size_t n;

	TRY(sql_model_people_of_organisation(ask, m->round_id, m->unit_id, &rows, &n));
	ADD_ALL(ask, out, rows, n);
	return OK;
}

static OUTCOME reach(struct ask *ask, const struct model *m, struct reached_list *out)
{
	*out = (struct reached_list){ 0 };
	switch (m->kind) {
	case MODEL_HOUSEHOLD:
		return of_household(ask, m, out);
	case MODEL_CLAN:
		return of_clan(ask, m, out);
	case MODEL_HAMLET:
		return of_hamlet(ask, m, out);
	case MODEL_ORGANISATION:
		return of_organisation(ask, m, out);
	}
	return OK;
}

static OUTCOME set_flags(struct standing_batch *batch, const struct standing *before, unsigned learning)
{
	struct standing after = *before;

	after.flags = (before->flags & ~(unsigned)LEARNING) | learning;
	return after.flags == before->flags ? OK : standing_batch_change(batch, before, &after);
}

OUTCOME models_reach_set(struct ask *ask, struct standing_batch *batch, const struct model *m, int64_t *people)
{
	struct reached_list list;

	*people = 0;
	TRY(reach(ask, m, &list));
	for (size_t i = 0; i < list.n; i++)
		TRY(set_flags(batch, &list.at[i].row, (list.at[i].row.flags & LEARNING) | flag_of(m->kind)));
	*people = (int64_t)list.n;
	return OK;
}

static OUTCOME flags_of(struct ask *ask, int64_t round_id, const struct reached *r, unsigned *out)
{
	struct sql_model_reaching_row *rows;
	size_t n;

	TRY(sql_model_reaching(ask, round_id, r->hamlet_id, text_fold(ask->arena, r->household), r->commune_id,
		text_fold(ask->arena, r->clan), r->organisation_id, &rows, &n));
	*out = 0;
	for (size_t i = 0; i < n; i++)
		*out |= flag_of((enum model_kind)rows[i].model);
	return OK;
}

/* A title is taken back rarely and reaches some thousand people at most, so each of them is asked for other titles by key. */
OUTCOME models_reach_clear(struct ask *ask, struct standing_batch *batch, const struct model *m)
{
	struct reached_list list;
	unsigned flags;

	TRY(reach(ask, m, &list));
	for (size_t i = 0; i < list.n; i++) {
		TRY(flags_of(ask, m->round_id, &list.at[i], &flags));
		TRY(set_flags(batch, &list.at[i].row, flags));
	}
	return OK;
}

OUTCOME models_flags_of(struct ask *ask, const struct person *p, int64_t round_id, unsigned *flags)
{
	struct reached r = { .hamlet_id = p->hamlet_id, .commune_id = p->commune_id, .organisation_id = p->organisation_id,
		.household = p->household, .clan = p->clan };

	return flags_of(ask, round_id, &r, flags);
}

static OUTCOME follow(struct ask *ask, struct standing_batch *batch, const struct person *p, int64_t round_id)
{
	struct standing row;
	unsigned flags = 0;
	enum outcome found = standing_get(ask, p->id, round_id, &row);

	if (found == NOT_FOUND)
		return OK;
	TRY(found);
	TRY(models_flags_of(ask, p, round_id, &flags));
	return set_flags(batch, &row, flags);
}

OUTCOME models_person_changed(struct ask *ask, int64_t person_id)
{
	DB_TRANSACTION(tx, ask->db);
	struct standing_batch *batch = standing_batch_new(ask);
	struct round_list rounds;
	struct person p;

	TRY(person_get(ask, person_id, &p));
	if (p.condition != PERSON_ACTIVE)        /* what they did this year stays counted as it was */
		return OK;
	TRY(round_list(ask, &rounds));
	for (size_t i = 0; i < rounds.n; i++)
		if (!rounds.at[i].locked)
			TRY(follow(ask, batch, &p, rounds.at[i].id));
	TRY(standing_batch_end(batch));
	return db_commit(&tx);
}
