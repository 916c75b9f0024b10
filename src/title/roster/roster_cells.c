/* From what a list says to what the register takes. */
#include <string.h>

#include "text/text.h"
#include "title/roster/roster_frame.h"
#include "title/roster/roster_messages.h"

void frame_fold(struct roster_frame *f)
{
	f->leaf_names = ARENA_ARRAY(f->arena, const char *, f->leafs.n);
	for (size_t i = 0; i < f->leafs.n; i++)
		f->leaf_names[i] = roster_hamlet_key(f->arena, f->leafs.at[i].name);
	f->n_groups = f->criteria ? f->criteria->n_groups : person_groups.n;
	f->groups = ARENA_ARRAY(f->arena, struct roster_group, f->n_groups);
	for (size_t i = 0; i < f->n_groups; i++) {
		const char *code = f->criteria ? f->criteria->groups[i].code : person_groups.at[i].code;
		const char *title = f->criteria ? f->criteria->groups[i].title : person_groups.at[i].label;

		f->groups[i] = (struct roster_group){ code, text_fold(f->arena, code), text_fold(f->arena, title) };
	}
}

void roster_refuse(struct arena *a, struct roster_row *row, const char *code, const char *why)
{
	bool first = row->verdict != ROSTER_REFUSED;

	row->verdict = ROSTER_REFUSED;
	row->words = first ? why : arena_format(a, "%s %s", row->words, why);
	row->codes = first ? code : arena_format(a, "%s %s", row->codes, code);
}

static bool warns(const struct roster_person *p, uint64_t bits) { return (p->warnings & bits) != 0; }

static const char *given(const char *text) { return *text ? text : NULL; }

/* "Ấp 3", "A. 3" and "ấp 03" are one place; the whole name settles "Ấp 2" beside "Khu phố 2". */
static void read_place(const struct roster_frame *f, struct arena *a, const char *typed, struct roster_row *row)
{
	const char *wanted = roster_hamlet_key(a, typed), *whole = text_fold(a, typed);
	const struct unit *leaf = NULL;
	size_t alike = 0;

	for (size_t i = 0; *wanted && i < f->leafs.n; i++) {
		if (strcmp(f->leaf_names[i], wanted) != 0)
			continue;
		alike++;
		leaf = &f->leafs.at[i];
		if (!strcmp(text_fold(a, leaf->name), whole)) {
			alike = 1;
			break;
		}
	}
	if (!*wanted && f->unit.level == LEVEL_LEAF)
		leaf = &f->unit, alike = 1;
	if (*wanted && !alike)
		roster_refuse(a, row, "hamlet", roster_place(a, typed, f->unit.name));
	else if (alike > 1)
		roster_refuse(a, row, "hamlet", roster_place_twice(a, typed, f->unit.name));
	if (alike != 1)
		return;
	row->person.leaf_id = leaf->id;
	if (unit_kind_is_organisation(leaf->kind))
		row->person.organisation_id = leaf->id;
	else
		row->person.hamlet_id = leaf->id;
}

/* The group that the words tell, or a group of the round's own criteria by its code or title. */
static void read_group(const struct roster_frame *f, struct arena *a, const struct roster_person *p, struct roster_row *row)
{
	const char *folded = text_fold(a, p->occupation);

	for (size_t i = 0; i < f->n_groups; i++)
		if (!strcmp(f->groups[i].code, p->group) || (!*p->group && *folded &&
		    (!strcmp(f->groups[i].folded_code, folded) || !strcmp(f->groups[i].folded_title, folded))))
			row->person.group = f->groups[i].code;
	if (!row->person.group && (*p->group || warns(p, ROSTER_BIT(group_unknown))))
		roster_refuse(a, row, "group", ROSTER_GROUP_UNKNOWN);
}

static void read_scores(const struct roster_frame *f, struct arena *a, const struct roster_person *p, struct roster_row *row)
{
	int n = f->criteria ? (int)f->criteria->n_indicators : 0;

	row->scores.n = n;
	if (warns(p, ROSTER_BIT(score_unreadable) | ROSTER_BIT(score_out_of_range)))
		roster_refuse(a, row, "score", ROSTER_SCORE_UNREAD);
	for (int i = 0; i < ROSTER_SCORES; i++) {
		if (!p->score_given[i])
			continue;
		if (i >= n)
			roster_refuse(a, row, "score", n ? roster_no_indicator(a, i + 1, n) : ROSTER_NO_ROUND);
		else if (p->halves[i] % 2 || p->halves[i] / 2 > f->criteria->indicators[i].max)
			roster_refuse(a, row, "score", roster_score(a, i + 1, p->halves[i], (int)f->criteria->indicators[i].max));
		else {
			row->scores.at[i] = SOME(p->halves[i] / 2);
			row->has_scores = true;
		}
	}
}

void roster_cells(const struct roster_frame *f, struct arena *a, const struct roster_person *p, struct roster_row *row)
{
	row->line = p->row;
	row->read = *p;
	row->words = row->codes = "";
	row->name = p->full_name;
	row->place = p->hamlet;
	row->person.name = given(p->full_name);
	row->person.birth = given(p->birth);
	row->person.sex = p->sex;
	row->person.national_id = given(p->national_id);
	row->person.phone = given(p->phone);
	row->person.member = p->is_member;
	if (p->kind == ROSTER_REJECTED)
		roster_refuse(a, row, "no_name", ROSTER_NAME_NONE);
	if (!*p->birth && warns(p, ROSTER_BIT(birth_invalid) | ROSTER_BIT(birth_out_of_range)))
		roster_refuse(a, row, "birth", ROSTER_BIRTH_UNREAD);
	if (warns(p, ROSTER_BIT(cccd_bad_length) | ROSTER_BIT(cccd_bad_chars) | ROSTER_BIT(cccd_precision_lost) |
	    ROSTER_BIT(cccd_unknown_province)))
		roster_refuse(a, row, "national_id", ROSTER_NUMBER_UNREAD);
	if (warns(p, ROSTER_BIT(phone_bad)))
		roster_refuse(a, row, "phone", ROSTER_PHONE_UNREAD);
	read_place(f, a, row->place, row);
	read_group(f, a, p, row);
	read_scores(f, a, p, row);
}
