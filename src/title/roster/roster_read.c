#include "title/roster/roster_read.h"

#include <string.h>

#include "text/parse.h"
#include "text/text.h"
#include "title/roster/roster_messages.h"

static const struct { const char *headings, *field; } known[COLUMN_SCORE] = {
	{ "ho ten|ho va ten", "full_name" }, { "ngay sinh|nam sinh", "birth" }, { "gioi tinh", "sex" },
	{ "so dinh danh|cccd|so cccd", "national_id" }, { "dien thoai|sdt", "phone" }, { "ap|khu pho|ap khu pho|don vi",
	"hamlet" },
	{ "nhom|nhom doi tuong", "target_group" } };

bool frame_columns(struct roster_frame *f, const struct csv *csv, struct problems *problems, const char *const **columns)
{
	const char **names = ARENA_ARRAY(f->arena, const char *, csv->header.n);

	for (size_t i = 0; i < csv->header.n; i++)
		names[i] = "ignored";
	for (int i = 0; i < COLUMNS; i++) {
		f->at[i] = csv_column(csv, i < COLUMN_SCORE ? known[i].headings : arena_format(f->arena, "tc%d|tc %d",
			i - COLUMN_SCORE + 1,
			i - COLUMN_SCORE + 1));
		if (f->at[i] >= 0)
			names[f->at[i]] = i < COLUMN_SCORE ? known[i].field : arena_format(f->arena, "score%d",
				i - COLUMN_SCORE + 1);
	}
	*columns = names;
	if (f->at[COLUMN_NAME] < 0)
		problem(problems, "file", ROSTER_NO_NAME_COLUMN);
	return f->at[COLUMN_NAME] >= 0;
}

void frame_fold(struct roster_frame *f)
{
	f->leaf_names = ARENA_ARRAY(f->arena, const char *, f->leafs.n);
	for (size_t i = 0; i < f->leafs.n; i++)
		f->leaf_names[i] = text_fold(f->arena, f->leafs.at[i].name);
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

static const char *cell(const struct roster_frame *f, const struct csv_row *csv, enum roster_column column)
{
	return csv_cell(csv, f->at[column]);
}

static const char *given(const char *text) { return *text ? text : NULL; }

static void read_birth(const struct roster_frame *f, const char *typed, struct roster_row *row)
{
	const char *birth = NULL;

	if (*typed && !text_to_date(f->arena, typed, &birth))
		roster_refuse(f->arena, row, "birth", roster_birth(f->arena, typed));
	row->person.birth = birth;
}

static void read_sex(const struct roster_frame *f, const char *typed, struct roster_row *row)
{
	const char *folded = text_fold(f->arena, typed);

	if (!strcmp(folded, "nam"))
		row->person.sex = SEX_MALE;
	else if (!strcmp(folded, "nu"))
		row->person.sex = SEX_FEMALE;
	else if (*folded && strcmp(folded, "x") != 0)
		roster_refuse(f->arena, row, "sex", roster_sex(f->arena, typed));
}

/* "ap binh hoa" and "binh hoa" are one place. */
static const char *bare(const char *folded)
{
	static const char *const kinds[] = { "ap ", "khu pho ", "thon ", "kp " };

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strncmp(folded, kinds[i], strlen(kinds[i])))
			return folded + strlen(kinds[i]);
	return folded;
}

static void read_place(const struct roster_frame *f, const char *typed, struct roster_row *row)
{
	const char *wanted = text_fold(f->arena, typed);
	const struct unit *leaf = NULL;
	size_t alike = 0;

	for (size_t i = 0; *wanted && i < f->leafs.n; i++) {
		const char *name = f->leaf_names[i];

		if (strcmp(bare(name), bare(wanted)) != 0)
			continue;
		alike++;
		leaf = &f->leafs.at[i];
		if (!strcmp(name, wanted)) {     /* the whole name settles "Ấp 2" beside "Khu phố 2" */
			alike = 1;
			break;
		}
	}
	if (!*wanted && f->unit.level == LEVEL_LEAF)
		leaf = &f->unit, alike = 1;
	if (*wanted && !alike)
		roster_refuse(f->arena, row, "hamlet", roster_place(f->arena, typed, f->unit.name));
	else if (alike > 1)
		roster_refuse(f->arena, row, "hamlet", roster_place_twice(f->arena, typed, f->unit.name));
	if (alike != 1)
		return;
	row->person.leaf_id = leaf->id;
	if (unit_kind_is_organisation(leaf->kind))
		row->person.organisation_id = leaf->id;
	else
		row->person.hamlet_id = leaf->id;
}

static void read_group(const struct roster_frame *f, const char *typed, struct roster_row *row)
{
	const char *folded = text_fold(f->arena, typed);

	for (size_t i = 0; *folded && i < f->n_groups; i++)
		if (!strcmp(f->groups[i].folded_code, folded) || !strcmp(f->groups[i].folded_title, folded))
			row->person.group = f->groups[i].code;
	if (*folded && !row->person.group)
		roster_refuse(f->arena, row, "group", roster_group(f->arena, typed));
}

static void read_scores(const struct roster_frame *f, const struct csv_row *csv, struct roster_row *row)
{
	int n = f->criteria ? (int)f->criteria->n_indicators : 0;

	row->scores.n = n;
	for (int i = 0; i < SCORES_MAX; i++) {
		const char *typed = csv_cell(csv, f->at[COLUMN_SCORE + i]);
		int64_t value, max = i < n ? f->criteria->indicators[i].max : 0;

		if (!*typed)
			continue;
		if (i >= n)
			roster_refuse(f->arena, row, "score", n ? roster_no_indicator(f->arena, i + 1, n) : ROSTER_NO_ROUND);
		else if (!text_to_int(typed, 0, max, &value))
			roster_refuse(f->arena, row, "score", roster_score(f->arena, i + 1, typed, (int)max));
		else {
			row->scores.at[i] = SOME(value);
			row->has_scores = true;
		}
	}
}

void roster_cells(const struct roster_frame *f, const struct csv_row *csv, struct roster_row *row)
{
	row->line = csv->line;
	row->words = row->codes = "";
	row->name = cell(f, csv, COLUMN_NAME);
	row->place = cell(f, csv, COLUMN_PLACE);
	row->person.name = given(row->name);
	if (!row->person.name)
		roster_refuse(f->arena, row, "no_name", ROSTER_NAME_NONE);
	read_birth(f, cell(f, csv, COLUMN_BIRTH), row);
	read_sex(f, cell(f, csv, COLUMN_SEX), row);
	row->person.national_id = given(cell(f, csv, COLUMN_NUMBER));
	row->person.phone = given(cell(f, csv, COLUMN_PHONE));
	read_place(f, row->place, row);
	read_group(f, cell(f, csv, COLUMN_GROUP), row);
	read_scores(f, csv, row);
}
