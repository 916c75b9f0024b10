/* A person's row → what the list says of them. */
#include <stdlib.h>
#include <string.h>

#include "text/national_id.h"
#include "text/text.h"
#include "title/roster/roster_reader.h"

/* ---- hamlets ---- */

/* Merged cells of the hamlet's column, from the top. */
static int by_row(const void *x, const void *y)
{
	const struct sheet_range *a = x, *b = y;

	return (a->row > b->row) - (a->row < b->row);
}

static bool is_ditto(struct arena *a, const char *text)
{
	static const char *const marks[] = { "\"", "''", "nt", "-nt-", "như trên", "”", "“", "〃", "-\"-", "- nt -", "n.t",
		"nt." };
	const char *small;

	if (strlen(text) > 12 || !strchr("\"'nN-\xE2\xE3", *text))
		return false;
	small = text_lower(a, text);
	for (size_t i = 0; i < COUNT(marks); i++)
		if (!strcmp(small, marks[i]))
			return true;
	return false;
}

/* Into a place of its own that does not grow. */
static void keep_text(char to[SHEET_TEXT * 2], const char *text)
{
	size_t n = strlen(text);

	if (n < SHEET_TEXT * 2)
		memcpy(to, text, n + 1);
}

/* Is the row within merged cells of the hamlet's column? They come before their rows, in any order in one kind of file, from
 * the top in another. */
static bool is_in_merge(struct roster_reader *r, uint32_t row, uint32_t column, uint32_t *top)
{
	size_t known = r->n_hamlet_merges;

	if (!r->hamlet_merges)
		r->hamlet_merges = ARENA_ARRAY(r->head, struct sheet_range, SHEET_MERGES * 4);
	for (; r->merges_seen < r->n_merges; r->merges_seen++) {
		const struct sheet_range *m = &r->merges[r->merges_seen];

		if (m->column <= column && m->last_column >= column && m->last_row > m->row)
			r->hamlet_merges[r->n_hamlet_merges++] = *m;
	}
	if (!known && r->n_hamlet_merges)
		qsort(r->hamlet_merges, r->n_hamlet_merges, sizeof *r->hamlet_merges, by_row);
	while (r->next_merge < r->n_hamlet_merges && r->hamlet_merges[r->next_merge].last_row < row)
		r->next_merge++;
	if (r->next_merge == r->n_hamlet_merges || r->hamlet_merges[r->next_merge].row > row)
		return false;
	*top = r->hamlet_merges[r->next_merge].row;
	return true;
}

/* What stands in the hamlet's column for this row; seen for each row, also one that is no person. */
const char *roster_hamlet_cell(struct roster_reader *r, const struct roster_line *line)
{
	const char *text = roster_text_of(r->row, roster_value_of(r, ROSTER_HAMLET));
	uint32_t column = 0, top;

	if (!r->has[ROSTER_HAMLET])
		return "";
	if (*text && is_ditto(r->row, text))
		return r->above;
	if (*text) {
		keep_text(r->above, text);
		r->above_row = line->row;
		return text;
	}
	while (r->field_of[column] != ROSTER_HAMLET)
		column++;
	return is_in_merge(r, line->row, column, &top) && r->above_row >= top ? r->above : "";
}

const char *roster_name_of(struct roster_reader *r)
{
	const struct roster_value *full = roster_value_of(r, ROSTER_FULL_NAME), *family = roster_value_of(r, ROSTER_NAME_FAMILY),
		*given = roster_value_of(r, ROSTER_NAME_GIVEN);

	if (full->kind == CELL_TEXT && full->present)
		return full->text;
	if (family->kind != CELL_TEXT || !family->present)
		return given->kind == CELL_TEXT ? given->text : "";
	if (given->kind != CELL_TEXT || !given->present)
		return family->text;
	return arena_format(r->row, "%s %s", family->text, given->text);
}

/* ---- a person ---- */

static void read_sex(struct roster_reader *r, struct roster_person *p)
{
	const struct roster_value *sex = roster_value_of(r, ROSTER_SEX);
	bool years = r->has[ROSTER_BIRTH_MALE] || r->has[ROSTER_BIRTH_FEMALE];
	bool female_column = years ? r->has[ROSTER_BIRTH_FEMALE] : r->has[ROSTER_SEX_FEMALE_MARK];
	bool male_column = years ? r->has[ROSTER_BIRTH_MALE] : r->has[ROSTER_SEX_MALE_MARK];
	bool female = roster_is_present(r, years ? ROSTER_BIRTH_FEMALE : ROSTER_SEX_FEMALE_MARK);
	bool male = roster_is_present(r, years ? ROSTER_BIRTH_MALE : ROSTER_SEX_MALE_MARK);

	if (sex->present || (r->has[ROSTER_SEX] && !female_column && !male_column)) {
		p->sex = roster_sex_of(r->row, roster_text_of(r->row, sex));
		if (p->sex == SEX_UNKNOWN)
			p->warnings |= sex->present ? ROSTER_BIT(sex_unclear) : ROSTER_BIT(sex_missing);
	} else if (female_column && male_column) {
		if (female == male)
			p->warnings |= female ? ROSTER_BIT(sex_unclear) : ROSTER_BIT(sex_missing);
		else
			p->sex = female ? SEX_FEMALE : SEX_MALE;
	} else if (female_column) {
		p->sex = female ? SEX_FEMALE : SEX_MALE;
	} else if (male_column) {
		p->sex = male ? SEX_MALE : SEX_FEMALE;
	} else {
		return;
	}
	if (!*p->national_id)
		return;
	if (p->sex == SEX_UNKNOWN) {
		p->sex = national_id_sex(p->national_id);
		p->warnings = (p->warnings & ~ROSTER_BIT(sex_missing)) | ROSTER_BIT(sex_from_cccd);
	} else if (p->sex != national_id_sex(p->national_id)) {
		p->warnings |= ROSTER_BIT(sex_conflicts_cccd);
	}
}

static void read_name(struct roster_reader *r, const char *name, struct roster_person *p)
{
	p->full_name = r->encoding == LEGACY_TCVN3 ? text_nfc(r->row, legacy_name(r->row, name)) : name;
	if (!strchr(p->full_name, ' '))
		p->warnings |= ROSTER_BIT(name_single_word);
	if (strpbrk(p->full_name, "0123456789()[]{}"))
		p->warnings |= ROSTER_BIT(name_unusual);
}

static bool holds_word(const char *folded, const char *words)
{
	size_t len = strlen(words);

	for (const char *at = folded; (at = strstr(at, words)) != NULL; at++)
		if ((at == folded || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
			return true;
	return false;
}

static void read_note(struct roster_reader *r, struct roster_person *p)
{
	static const char *const left[] = { "da mat", "chet", "chuyen di", "chuyen khau", "bo dia phuong" };
	const char *folded;

	p->note = roster_text_of(r->row, roster_value_of(r, ROSTER_NOTE));
	folded = text_fold(r->row, p->note);
	for (size_t i = 0; i < COUNT(left); i++)
		if (holds_word(folded, left[i]))
			p->warnings |= ROSTER_BIT(note_left);
}

static void read_all_scores(struct roster_reader *r, struct roster_person *p)
{
	struct roster_value cells[ROSTER_SCORES];
	bool has_column[ROSTER_SCORES];

	for (int i = 0; i < ROSTER_SCORES; i++) {
		cells[i] = *roster_value_of(r, (enum roster_field)(ROSTER_SCORE + i));
		has_column[i] = r->has[ROSTER_SCORE + i];
	}
	roster_read_scores(cells, has_column, roster_value_of(r, ROSTER_TOTAL), r->row, p);
}

static void read_births(struct roster_reader *r, struct roster_person *p)
{
	const struct roster_value *birth = roster_value_of(r, ROSTER_BIRTH), *male = roster_value_of(r, ROSTER_BIRTH_MALE),
		*female = roster_value_of(r, ROSTER_BIRTH_FEMALE);

	if (!birth->present)
		birth = male->present ? male : female;
	if (r->has[ROSTER_BIRTH] || r->has[ROSTER_BIRTH_MALE] || r->has[ROSTER_BIRTH_FEMALE])
		roster_read_birth(birth, r->options.year, r->row, p);
}

static void read_group(struct roster_reader *r, const char *target, struct roster_person *p)
{
	struct roster_kept_group *kept;
	struct roster_person found = { .group = "" };
	uint32_t slot = 5381;

	if (*target || !*p->occupation || strlen(p->occupation) >= ROSTER_GROUP_TEXT) {
		roster_read_group(r->row, target, p->occupation, p);
		return;
	}
	for (const char *c = p->occupation; *c; c++)
		slot = slot * 33 + (unsigned char)*c;
	kept = &r->groups[slot % ROSTER_GROUPS_KEPT];
	if (strcmp(kept->text, p->occupation) != 0) {
		roster_read_group(r->row, target, p->occupation, &found);
		memcpy(kept->text, p->occupation, strlen(p->occupation) + 1);
		kept->group = found.group;       /* a constant */
		kept->warnings = found.warnings;
	}
	p->group = kept->group;
	p->warnings |= kept->warnings;
}

void roster_read_person(struct roster_reader *r, const struct roster_line *line, const char *name, const char *hamlet,
	struct roster_person *p)
{
	read_name(r, name, p);
	if (r->has[ROSTER_NATIONAL_ID])
		roster_read_number(roster_value_of(r, ROSTER_NATIONAL_ID), r->row, p);
	read_births(r, p);
	read_sex(r, p);
	roster_read_phone(roster_value_of(r, ROSTER_PHONE), r->row, p);
	p->hamlet = *hamlet ? hamlet : *r->title ? r->title : r->heading;
	p->occupation = roster_text_of(r->row, roster_value_of(r, ROSTER_OCCUPATION));
	read_group(r, roster_text_of(r->row, roster_value_of(r, ROSTER_TARGET_GROUP)), p);
	read_all_scores(r, p);
	read_note(r, p);
	p->is_member = roster_is_present(r, ROSTER_MEMBER);
	p->is_family = roster_is_present(r, ROSTER_GDHT);
	if (line->hidden)
		p->warnings |= ROSTER_BIT(hidden_row);
	for (size_t i = 0; i < line->n; i++)
		if (line->cells[i].is_error && line->cells[i].column < ROSTER_COLUMNS &&
			r->field_of[line->cells[i].column] != ROSTER_IGNORED)
			p->warnings |= ROSTER_BIT(cell_error);
}

