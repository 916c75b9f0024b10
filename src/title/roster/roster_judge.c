#include "title/roster/roster_judge.h"

#include <stdlib.h>
#include <string.h>

#include "registry/tree/tree.h"
#include "roster_list_sql.h"
#include "text/national_id.h"
#include "text/text.h"
#include "title/assessments/assessments.h"
#include "title/roster/roster_messages.h"

/* What is only to be known has no value any more: it is written as empty, not refused. */
#define ONLY_TO_KNOW                                                                                                             \
	(ROSTER_BIT(cccd_bad_length) | ROSTER_BIT(cccd_bad_chars) | ROSTER_BIT(cccd_precision_lost) |                            \
	 ROSTER_BIT(cccd_unknown_province) | ROSTER_BIT(phone_bad) | ROSTER_BIT(score_unreadable) |                              \
	 ROSTER_BIT(score_out_of_range) | ROSTER_BIT(sex_unclear) | ROSTER_BIT(birth_invalid) | ROSTER_BIT(birth_out_of_range) | \
	 ROSTER_BIT(group_unknown))

struct judging {
	struct ask *ask;
	const struct list *list;
	struct roster_judge *judge;
	struct roster_place *later;      /* rows of twins that are not the first of them, in order */
	size_t n_later;
	const char *leaf_name;           /* of the place for who has none; "" */
};

/* ---- twins ---- */

static int by_place(const void *x, const void *y)
{
	const struct roster_place *a = x, *b = y;

	if (a->sheet != b->sheet)
		return a->sheet < b->sheet ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static void find_later(struct judging *j, const struct roster_reading *reading)
{
	size_t n = 0;

	for (size_t i = 0; i < reading->n_twins; i++)
		n += reading->twins[i].n - 1;
	j->later = ARENA_ARRAY(j->ask->arena, struct roster_place, n);
	for (size_t i = 0; i < reading->n_twins; i++)
		for (size_t k = 1; k < reading->twins[i].n; k++)
			j->later[j->n_later++] = reading->twins[i].at[k];
	if (n)
		qsort(j->later, n, sizeof *j->later, by_place);
}

static bool is_later(const struct judging *j, const struct roster_person *p)
{
	struct roster_place at = { p->sheet, p->row };

	return j->n_later && bsearch(&at, j->later, j->n_later, sizeof at, by_place);
}

/* ---- decisions ---- */

static void round_halves(struct roster_person *p, enum list_choice choice)
{
	for (int i = 0; i < ROSTER_SCORES; i++) {
		if (!p->score_given[i] || p->halves[i] % 2 == 0)
			continue;
		if (choice == CHOICE_UP || choice == CHOICE_DOWN)
			p->halves[i] = (uint8_t)(p->halves[i] + (choice == CHOICE_UP ? 1 : -1));
		else
			p->score_given[i] = false;       /* left open, or not decided yet: never rounded alone */
	}
}

/* "Huỳnh Đức Quý (Hai Lúa) 2" → "Huỳnh Đức Quý": what the register takes of a name. */
static const char *plain_name(struct arena *a, const char *name)
{
	char *out = arena_alloc(a, strlen(name) + 1), *to = out;
	bool inside = false;
	const char *clean;

	for (const char *from = name; *from; from++) {
		inside |= *from == '(' || *from == '[';
		if (!inside && !(*from >= '0' && *from <= '9'))
			*to++ = *from;
		inside &= *from != ')' && *from != ']';
	}
	text_line(a, (struct bytes){ out, (size_t)(to - out) }, &clean);
	return clean;
}

static void clear_value(struct arena *a, struct roster_person *p, const char *code)
{
	if (!strcmp(code, "name_unusual"))
		p->full_name = plain_name(a, p->full_name);
	else
	if (!strcmp(code, "birth_from_cccd"))
		p->birth = "";
	else if (!strcmp(code, "sex_from_cccd"))
		p->sex = SEX_UNKNOWN;
}

static void decide(const struct judging *j, const char *code, enum list_choice choice, struct roster_person *p, bool *left)
{
	switch (choice) {
	case CHOICE_LEAVE:
		*left = true;
		break;
	case CHOICE_SAME:
		*left |= is_later(j, p) && !strncmp(code, "dup_", 4);
		break;
	case CHOICE_CLEAR:
		p->national_id = "";
		break;
	case CHOICE_BLANK:
		clear_value(j->ask->arena, p, code);
		break;
	case CHOICE_NONE: /* asked of the register as if it were cleared: nothing is written before it is decided */
		if (!strcmp(code, "cccd_unknown_province"))
			p->national_id = "";
		else if (!strcmp(code, "name_unusual"))
			clear_value(j->ask->arena, p, code);
		break;
	case CHOICE_TAKE: case CHOICE_NEW: case CHOICE_DOWN: case CHOICE_UP: case CHOICE_PERSON: case LIST_CHOICES:
		break;
	}
	if (!strcmp(code, "score_half"))
		round_halves(p, choice);
}

static const char *add_code(struct arena *a, const char *codes, const char *code)
{
	return *codes ? arena_format(a, "%s %s", codes, code) : code;
}

static struct roster_person decided(const struct judging *j, const struct roster_person *read, const char *choices,
	struct list_judged *out)
{
	struct roster_person p = *read;

	for (int w = 0; w < ROSTER_WARNINGS; w++) {
		const char *code = roster_warning_code((enum roster_warning)w);

		if (!(read->warnings >> w & 1))
			continue;
		out->codes = add_code(j->ask->arena, out->codes, code);
		decide(j, code, roster_chosen_for(choices, j->list->choices, code), &p, &out->left);
	}
	if (!*p.group && *j->list->settings.group && (!*p.occupation || (p.warnings & ROSTER_BIT(group_unknown))))
		p.group = j->list->settings.group;
	p.warnings &= ~(uint64_t)ONLY_TO_KNOW;
	return p;
}

/* ---- what the register says ---- */

static OUTCOME ask_register(struct judging *j, struct roster_person *p, struct list_judged *out)
{
	TRY(roster_judge_row(j->judge, p, j->ask->arena, &out->row));
	if (out->row.verdict == ROSTER_REFUSED && roster_has_code(out->row.codes, "hamlet") && *j->leaf_name) {
		p->hamlet = j->leaf_name;
		TRY(roster_judge_row(j->judge, p, j->ask->arena, &out->row));
	}
	return OK;
}

static const char alike_code[] = "people_alike";

/* As the officer said it: one of those alike, or another. */
static OUTCOME ask_as_said(struct judging *j, const struct roster_person *p, enum list_choice choice, const char *choices,
	struct list_judged *out)
{
	int64_t said = choice == CHOICE_PERSON ? roster_chosen_person(choices, alike_code) : 0;

	TRY(roster_judge_row_as(j->judge, p, said, j->ask->arena, &out->row));
	if (said && out->row.person_id != said)
		out->row.words = ROSTER_SAID_GONE;
	return OK;
}

/* Several of the register are as the row says, and nothing else is wrong with it: who it is, the officer knows. What was said of
 * this very row holds also when some of them have left since. */
static OUTCOME judge_alike(struct judging *j, const struct roster_person *p, const char *choices, struct list_judged *out)
{
	const struct roster_row asked = out->row;
	bool several = asked.n_alike > 1 && !strcmp(asked.codes, "dup_name");
	enum list_choice choice = several ? roster_chosen_for(choices, j->list->choices, alike_code)
		: roster_chosen(choices, alike_code);
	bool said = choice == CHOICE_PERSON || choice == CHOICE_NEW;

	if (said)
		TRY(ask_as_said(j, p, choice, choices, out));
	if (!several || (said && out->row.verdict == ROSTER_REFUSED))
		return OK;
	if (!said)
		out->row.words = out->row.codes = "";
	out->codes = add_code(j->ask->arena, out->codes, alike_code);
	out->left |= choice == CHOICE_LEAVE;
	out->row.alike = asked.alike;            /* to choose another */
	out->row.n_alike = asked.n_alike;
	if (out->row.verdict == ROSTER_REFUSED)
		out->row.verdict = ROSTER_CHANGED;       /* nothing is written before it is decided */
	return OK;
}

static bool is_whole_number(const char *number)
{
	char digits[NATIONAL_ID_LEN + 1];

	return *number && text_to_national_id(number, digits) == NATIONAL_ID_OK;
}

/* The number is held by somebody whom this row does not look like: elsewhere, or here under another name or year. "" none. */
static OUTCOME number_doubt(struct judging *j, const struct roster_person *p, const struct roster_row *row, const char **code)
{
	struct person stored;

	*code = "";
	if (!is_whole_number(p->national_id))
		return OK;
	if (row->verdict == ROSTER_REFUSED)
		*code = !strcmp(row->codes, "national_id") ? "number_elsewhere" : "";
	if (row->verdict != ROSTER_CHANGED || !row->person_differs)
		return OK;
	TRY(person_get(j->ask, row->person_id, &stored));
	if (stored.has_national_id &&
	    (strcmp(text_fold(j->ask->arena, stored.name), text_fold(j->ask->arena, p->full_name)) != 0 ||
	     (*p->birth && strncmp(stored.birth, p->birth, 4) != 0)))
		*code = "match_number";
	return OK;
}

static OUTCOME judge_number(struct judging *j, struct roster_person *p, const char *choices, struct list_judged *out)
{
	enum list_choice choice;
	const char *code;

	TRY(number_doubt(j, p, &out->row, &code));
	if (!*code)
		return OK;
	out->codes = add_code(j->ask->arena, out->codes, code);
	choice = roster_chosen_for(choices, j->list->choices, code);
	out->left |= choice == CHOICE_LEAVE;
	if (choice == CHOICE_CLEAR) {
		p->national_id = "";
		return ask_register(j, p, out);
	}
	if (!strcmp(code, "number_elsewhere"))
		out->row.verdict = ROSTER_CHANGED;       /* nothing is written before it is decided */
	return OK;
}

static bool asks_something(struct arena *a, const char *codes)
{
	struct words list = text_words(a, codes);

	for (size_t i = 0; i < list.n; i++) {
		const struct doubt *doubt = roster_doubt(list.at[i]);

		if (doubt && doubt->may)
			return true;
	}
	return false;
}

static enum list_verdict verdict_of_row(struct arena *a, const struct list_judged *r)
{
	static const enum list_verdict of[ROSTER_VERDICTS] = { [ROSTER_NEW] = LIST_NEW, [ROSTER_SAME] = LIST_SAME,
		[ROSTER_CHANGED] = LIST_CHANGED, [ROSTER_REFUSED] = LIST_REFUSED };

	if (r->row.verdict == ROSTER_REFUSED)
		return LIST_REFUSED;
	if (r->row.verdict == ROSTER_SAME && !r->left)
		return LIST_SAME;                        /* as doubtful as it may be, it changes nothing */
	return asks_something(a, r->codes) ? LIST_DOUBTFUL : of[r->row.verdict];
}

static OUTCOME judge_one(struct judging *j, const struct roster_person *read, const char *choices, struct list_judged *out)
{
	struct roster_person p;

	*out = (struct list_judged){ .codes = "" };
	p = decided(j, read, choices, out);
	TRY(ask_register(j, &p, out));
	TRY(judge_alike(j, &p, choices, out));
	if (read->kind != ROSTER_REJECTED)
		TRY(judge_number(j, &p, choices, out));
	out->row.read = *read;
	out->verdict = verdict_of_row(j->ask->arena, out);
	if (out->verdict == LIST_REFUSED)
		out->codes = add_code(j->ask->arena, out->row.codes, out->codes);
	return OK;
}

/* ---- the whole list ---- */

static OUTCOME place_for_none(struct judging *j)
{
	struct unit leaf;

	j->leaf_name = "";
	if (!j->list->settings.leaf_id)
		return OK;
	TRY(tree_get_last(j->ask, j->list->settings.leaf_id, &leaf));
	j->leaf_name = leaf.name;
	return OK;
}

static OUTCOME judge_file(struct judging *j, const struct roster_reading *reading, list_choices_of choices_of, void *state,
	struct list_rows_judged *out)
{
	struct roster_cursor cursor = { 0 };
	struct roster_person person;
	size_t n = 0;

	out->at = ARENA_ARRAY(j->ask->arena, struct list_judged, reading->rows);
	while (roster_next(reading, &cursor, j->ask->arena, &person)) {
		if (person.kind != ROSTER_PERSON && person.kind != ROSTER_REJECTED)
			continue;
		if (n == reading->rows)
			return FAILED;
		TRY(judge_one(j, &person, choices_of(state, (int64_t)n + 1), &out->at[n]));
		n++;
	}
	out->n = n;
	return OK;
}

/* Those of a former round: each is asked anew, nobody is registered by having been there. */
static OUTCOME judge_former(struct judging *j, list_choices_of choices_of, void *state, struct list_rows_judged *out)
{
	struct sql_list_former_row *rows;
	size_t n;

	TRY(sql_list_former(j->ask, out->round.id, j->list->from_round, j->list->unit_id, &rows, &n));
	out->at = ARENA_ARRAY(j->ask->arena, struct list_judged, n);
	out->n = n;
	for (size_t i = 0; i < n; i++) {
		struct list_judged *r = &out->at[i];
		bool there = rows[i].sheet_state != SHEET_NONE;

		*r = (struct list_judged){ .codes = there ? "" : "former_round", .verdict = there ? LIST_SAME : LIST_DOUBTFUL };
		r->row = (struct roster_row){.line = i + 1,
					     .verdict = there ? ROSTER_SAME : ROSTER_CHANGED,
					     .name = rows[i].name,
					     .place = rows[i].leaf_name,
					     .words = there ? "Đã có trong đợt này." : "",
					     .codes = "",
					     .person_id = rows[i].id,
					     .version = rows[i].version,
					     .person = {.name = rows[i].name,
							.birth = rows[i].birth,
							.sex = (enum sex)rows[i].sex,
							.phone = "",
							.group = rows[i].group_code,
							.leaf_id = rows[i].leaf_id}};
		r->row.read = (struct roster_person){ .row = (uint32_t)i + 1, .full_name = rows[i].name, .birth = rows[i].birth,
			.national_id = rows[i].national_id_end, .hamlet = rows[i].leaf_name, .group = rows[i].group_code };
		r->left = roster_chosen_for(choices_of(state, (int64_t)i + 1), j->list->choices, "former_round") == CHOICE_LEAVE;
	}
	return OK;
}

OUTCOME list_judge(struct ask *owner, const struct list *list, const struct roster_reading *reading, list_choices_of choices_of,
	void *state, struct list_rows_judged *out)
{
	struct judging j = { .ask = owner, .list = list };
	enum outcome found;

	*out = (struct list_rows_judged){ 0 };
	TRY(roster_judge_open(owner, list->unit_id, list->round_id, &j.judge));
	found = list->round_id ? round_get(owner, list->round_id, &out->round) : round_newest(owner, &out->round);
	if (found == FAILED)
		return FAILED;
	out->has_round = found == OK;
	if (list->from_round)
		return judge_former(&j, choices_of, state, out);
	TRY(place_for_none(&j));
	find_later(&j, reading);
	return judge_file(&j, reading, choices_of, state, out);
}
