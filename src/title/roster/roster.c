#include "title/roster/roster.h"

#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "text/format.h"
#include "text/national_id.h"
#include "text/parse.h"
#include "text/text.h"
#include "title/assessments/assessments.h"
#include "title/roster/roster_messages.h"
#include "title/roster/roster_frame.h"

static const char *today(const struct ask *ask)
{
	return arena_text(ask->arena, day_of(ask->now).text);
}

/* What judging a row needs. Look-ups live in `scratch`, which is emptied for each row; what stays is copied to the
 * list's arena. */
struct judging {
	struct arena *arena;             /* the list's */
	struct ask look;                 /* with the arena of one row */
	const struct roster *roster;
	const struct roster_frame *frame;
	struct window { bool asked; const char *why; } *windows[STAGE_SCORE + 1];        /* by place of the leaf: "" is open */
	bool is_said;                    /* who of those alike the row is: said_id, 0 none of them */
	int64_t said_id;
};

enum { ROW_ARENA = 16 << 20, PROVINCE_LEAFS = 5000 };

static void free_scratch(void *arena) { arena_free(arena); }

static struct arena *scratch_new(struct arena *arena)
{
	struct arena *scratch = arena_new(ROW_ARENA);

	arena_on_release(arena, free_scratch, scratch);
	return scratch;
}

/* ---- who a row is ---- */

static const char *digits_of(struct arena *a, const char *typed)
{
	char *digits = arena_alloc(a, NATIONAL_ID_LEN + 1);

	return text_to_national_id(typed, digits) == NATIONAL_ID_OK ? digits : "";
}

static OUTCOME find_by_number(struct judging *j, struct roster_row *row, struct person *out, bool *found)
{
	struct ask *ask = &j->look;
	const char *digits = row->person.national_id ? digits_of(ask->arena, row->person.national_id) : "";
	enum outcome got;
	int64_t id;

	*found = false;
	if (!*digits)
		return OK;
	got = person_of_national_id(ask, digits, &id);
	if (got == NOT_FOUND)
		return OK;
	TRY(got);
	got = person_read(ask, id, out);
	if (got == NOT_FOUND)
		roster_refuse(j->arena, row, "national_id", ROSTER_NUMBER_ELSEWHERE);
	else
		TRY(got);
	*found = got == OK;
	return OK;
}

static void list_alike(struct judging *j, const struct person *people, size_t n, struct roster_row *row)
{
	struct arena *a = j->arena;
	struct roster_namesake *alike = ARENA_ARRAY(a, struct roster_namesake, n);

	for (size_t i = 0; i < n; i++)
		alike[i] = (struct roster_namesake){ people[i].id, arena_text(a, people[i].name), arena_text(a, people[i].birth),
			arena_text(a, people[i].national_id_end), arena_text(a, people[i].leaf_name) };
	row->alike = alike;
	row->n_alike = n;
	roster_refuse(a, row, "dup_name", roster_people_alike(a, n));
}

/* The one person of that name and year in the leaf, or who of several was said. Two with numbers that differ are two people. */
static OUTCOME find_by_name(struct judging *j, struct roster_row *row, struct person *out, bool *found)
{
	struct person_new wanted = row->person;
	struct person_list twins;
	struct person *alike;
	size_t n = 0;

	*found = false;
	if (!row->person.name || !row->person.birth || !row->person.leaf_id)
		return OK;
	wanted.national_id = NULL;
	TRY(person_twins(&j->look, &wanted, 0, &twins));
	alike = ARENA_ARRAY(j->look.arena, struct person, twins.n);
	for (size_t i = 0; i < twins.n; i++) {
		if (twins.at[i].leaf_id != row->person.leaf_id || (twins.at[i].has_national_id && row->person.national_id))
			continue;
		*found |= j->is_said && j->said_id == twins.at[i].id;
		if (!*found || j->said_id == twins.at[i].id)
			*out = twins.at[i];
		alike[n++] = twins.at[i];
	}
	if (*found || (j->is_said && !j->said_id))
		return OK;
	if (n > 1 || j->is_said)                 /* or who was said is no longer one of them */
		list_alike(j, alike, n, row);
	*found = n == 1 && !j->is_said;
	return OK;
}

/* ---- what would be written ---- */

static const char *or_empty(const char *text) { return text ? text : ""; }

/* Cells over what is stored. A year in the list does not blur a day in the register. */
static struct person_new merged(const struct person *stored, const struct person_new *cells)
{
	struct person_new out = person_as_new(stored);

	out.name = cells->name ? cells->name : out.name;
	if (cells->birth && strncmp(out.birth, cells->birth, strlen(cells->birth)) != 0)
		out.birth = cells->birth;
	out.sex = cells->sex != SEX_UNKNOWN ? cells->sex : out.sex;
	out.national_id = cells->national_id;
	out.phone = cells->phone ? cells->phone : out.phone;
	out.group = cells->group ? cells->group : out.group;
	if (cells->leaf_id) {
		out.leaf_id = cells->leaf_id;
		out.hamlet_id = cells->hamlet_id ? cells->hamlet_id : out.hamlet_id;
		out.organisation_id = cells->organisation_id ? cells->organisation_id : out.organisation_id;
	}
	return out;
}

static void say(struct arena *a, struct roster_row *row, const char *label, const char *was, const char *is)
{
	if (!strcmp(was, is))
		return;
	row->words = arena_format(a, "%s%s%s: %s thành %s", row->words, *row->words ? "; " : "", label, *was ? was : "(trống)",
		*is ? is : "(trống)");
	row->person_differs = true;
}

static const char *sex_word(enum sex sex)
{
	return sex == SEX_MALE ? "nam" : sex == SEX_FEMALE ? "nữ" : "";
}

/* A number is compared by its end and its holder: who was found by it has it. */
static void compare(struct judging *j, const struct person *p, bool by_number, struct roster_row *row)
{
	struct arena *a = j->arena;
	const struct roster_frame *f = j->frame;
	char phone[PHONE_LEN_MAX + 1] = "";
	const struct person_new *n = &row->person;
	const char *place = p->leaf_name;

	if (*n->phone && text_to_phone(n->phone, phone) != PHONE_OK)
		return;
	for (size_t i = 0; i < f->leafs.n; i++)
		if (f->leafs.at[i].id == n->leaf_id && n->leaf_id != p->leaf_id)
			place = f->leafs.at[i].name;
	say(a, row, "Họ tên", p->name, n->name);
	say(a, row, "Ngày sinh", format_date(a, p->birth), format_date(a, n->birth));
	say(a, row, "Giới tính", sex_word(p->sex), sex_word(n->sex));
	say(a, row, "Điện thoại", format_phone_masked(a, p->phone), format_phone_masked(a, phone));
	row->person_differs |= strcmp(p->phone, phone) != 0;
	say(a, row, "Nơi tính", p->leaf_name, place);
	say(a, row, "Nhóm", person_group_label(p->group), person_group_label(n->group));
	if (n->national_id && !by_number)
		say(a, row, "Số định danh", p->has_national_id ? p->national_id_end : "", "số trong tệp");
}

/* Rules of the register with their own words, then beside the row. */
static void check_person(struct judging *j, struct roster_row *row)
{
	struct problems problems = PROBLEMS(j->look.arena);

	person_may_be(&row->person, today(&j->look), &problems);
	for (const struct problem *p = problems.first; p; p = p->next)
		roster_refuse(j->arena, row, arena_text(j->arena, p->field), arena_text(j->arena, p->text));
}

/* Nothing of it lives in the row's arena any more, and nothing is NULL but a number that is left. */
static void keep_texts(struct arena *a, struct person_new *p)
{
	const char **const texts[] = { &p->name, &p->birth, &p->phone, &p->group, &p->address, &p->household, &p->clan,
		&p->trained_on,
		&p->guardian };

	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = **texts[i] ? arena_text(a, *texts[i]) : "";
}

static void fill_blanks(struct person_new *p)
{
	const char **const texts[] = { &p->name, &p->birth, &p->phone, &p->group, &p->address, &p->household, &p->clan,
		&p->trained_on,
		&p->guardian };

	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = or_empty(*texts[i]);
}

static size_t leaf_place(const struct roster_frame *f, int64_t leaf_id)
{
	size_t i = 0;

	while (i < f->leafs.n && f->leafs.at[i].id != leaf_id)
		i++;
	return i;                                /* the last, one more than leafs: elsewhere */
}

/* What round_is_open says, as a reason of the row; asked once a leaf of the list. */
static OUTCOME check_window(struct judging *j, enum round_stage stage, struct roster_row *row)
{
	size_t place = leaf_place(j->frame, row->person.leaf_id);
	struct window *window = &j->windows[stage][place];
	struct problems problems = PROBLEMS(j->look.arena);
	struct ask quiet = j->look;
	bool open;

	if (!window->asked || place == j->frame->leafs.n) {
		quiet.problems = &problems;
		TRY(round_is_open(&quiet, &j->roster->round, row->person.leaf_id, stage, &open));
		*window = (struct window){ true, open ? "" : problems.first ? arena_text(j->frame->arena, problems.first->text)
			: ROSTER_NO_ROUND };
	}
	if (*window->why)
		roster_refuse(j->arena, row, "round", window->why);
	return OK;
}

static OUTCOME judge_scores(struct judging *j, struct roster_row *row)
{
	struct sheet sheet = { 0 };
	enum outcome found = row->person_id ? sheet_get(&j->look, (struct sheet_key){ row->person_id, j->roster->round.id },
		&sheet) : NOT_FOUND;
	bool theirs = found == OK && (sheet.state == SHEET_REGISTERED || sheet.state == SHEET_DRAFT ||
		sheet.state == SHEET_RETURNED);

	if (found == FAILED)
		return FAILED;
	for (int i = 0; i < row->scores.n; i++)
		row->scores_differ |= row->scores.at[i].is && (found != OK || i >= sheet.self.n || !sheet.self.at[i].is ||
			sheet.self.at[i].value != row->scores.at[i].value);
	if (!row->scores_differ)
		return OK;
	if (found == OK && !theirs) {
		roster_refuse(j->arena, row, "sheet", ROSTER_SHEET_CLOSED);
		return OK;
	}
	if (found != OK)
		TRY(check_window(j, STAGE_REGISTER, row));
	if (row->verdict != ROSTER_REFUSED && (found != OK || sheet.state != SHEET_RETURNED))
		TRY(check_window(j, STAGE_SCORE, row));
	if (row->verdict != ROSTER_REFUSED)
		row->words = arena_format(j->arena, "%s%sĐiểm: %s", row->words, *row->words ? "; " : "",
			found == OK ? "sửa theo tệp" : "đăng ký và chấm");
	return OK;
}

static OUTCOME find(struct judging *j, struct roster_row *row, struct person *stored, bool *found, bool *by_number)
{
	TRY(find_by_number(j, row, stored, found));
	*by_number = *found;
	if (!*found && row->verdict != ROSTER_REFUSED)
		TRY(find_by_name(j, row, stored, found));
	if (*found) {
		row->person_id = stored->id;
		row->version = stored->version;
		row->person = merged(stored, &row->person);
	} else if (!row->person.birth && row->verdict != ROSTER_REFUSED) {
		roster_refuse(j->arena, row, "birth", ROSTER_BIRTH_NONE);
	}
	if (!row->person.leaf_id && !*row->place && row->verdict != ROSTER_REFUSED)
		roster_refuse(j->arena, row, "hamlet", ROSTER_PLACE_NONE);
	return OK;
}

static OUTCOME judge(struct judging *j, struct roster_row *row)
{
	struct person stored;
	bool found, by_number;

	arena_reset(j->look.arena);
	TRY(find(j, row, &stored, &found, &by_number));
	fill_blanks(&row->person);
	if (row->verdict != ROSTER_REFUSED)      /* its own cells must be readable before the register's rules say anything */
		check_person(j, row);
	if (found && row->verdict != ROSTER_REFUSED)
		compare(j, &stored, by_number, row);
	if (row->has_scores && row->verdict != ROSTER_REFUSED)
		TRY(judge_scores(j, row));
	if (found)
		keep_texts(j->arena, &row->person);
	if (row->verdict != ROSTER_REFUSED)
		row->verdict = !found ? ROSTER_NEW : row->person_differs || row->scores_differ ? ROSTER_CHANGED : ROSTER_SAME;
	return OK;
}

/* ---- rows alike within the list ---- */

struct row_key { const char *text; size_t row; };

static int by_key(const void *x, const void *y)
{
	const struct row_key *a = x, *b = y;
	int order = strcmp(a->text, b->text);

	return order ? order : (a->row > b->row) - (a->row < b->row);
}

/* The same number; or the same name, year and leaf where one of the two has no number: the first of them holds. */
static void refuse_alike(struct arena *a, struct roster_row *rows, size_t n, bool numbers)
{
	struct row_key *keys = ARENA_ARRAY(a, struct row_key, n);
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		const struct person_new *p = &rows[i].person;

		if (numbers && p->national_id && *p->national_id)
			keys[m++] = (struct row_key){ digits_of(a, p->national_id), i };
		if (!numbers && p->name && *p->name)
			keys[m++] = (struct row_key){ arena_format(a, "%s|%.4s|%lld", text_fold(a, p->name), p->birth,
				(long long)p->leaf_id), i };
	}
	qsort(keys, m, sizeof *keys, by_key);
	for (size_t i = 1; i < m; i++) {
		struct roster_row *first = &rows[keys[i - 1].row], *second = &rows[keys[i].row];
		bool both = !numbers && first->person.national_id && second->person.national_id;

		if (!*keys[i].text || strcmp(keys[i].text, keys[i - 1].text) != 0 || both || second->twin_line)
			continue;
		second->twin_line = first->twin_line ? first->twin_line : (int64_t)first->line;
		roster_refuse(a, second, numbers ? "dup_cccd" : "dup_name", roster_row_twice(a, second->twin_line));
	}
}

/* ---- the whole list ---- */

/* Hamlets and organisations below the unit: of a province, those of all its communes. */
static OUTCOME find_leafs(struct ask *ask, struct roster_frame *f)
{
	const char *day = today(ask);
	struct unit_list all, below;
	struct unit *leafs;
	size_t n = 0;

	if (f->unit.level == LEVEL_LEAF) {
		f->leafs = (struct unit_list){ 1, &f->unit };
		return OK;
	}
	if (f->unit.level == LEVEL_COMMUNE)
		return tree_children(ask, f->unit.id, day, NULL, &f->leafs);
	TRY(tree_all(ask, day, LEVEL_COMMUNE, &all));
	leafs = ARENA_ARRAY(ask->arena, struct unit, PROVINCE_LEAFS);
	for (size_t i = 0; i < all.n; i++) {
		bool within;

		if (all.at[i].level != LEVEL_COMMUNE)
			continue;
		TRY(tree_is_below(ask, all.at[i].id, f->unit.id, day, &within));
		if (!within)
			continue;
		TRY(tree_children(ask, all.at[i].id, day, NULL, &below));
		for (size_t k = 0; k < below.n && n < PROVINCE_LEAFS; k++)
			leafs[n++] = below.at[k];
	}
	f->leafs = (struct unit_list){ n, leafs };
	return OK;
}

static OUTCOME open_frame(struct ask *ask, int64_t unit_id, int64_t round_id, struct roster_frame *f, struct roster *out)
{
	enum outcome found;

	*f = (struct roster_frame){ .arena = ask->arena };
	*out = (struct roster){ .unit_id = unit_id };
	TRY(access_require(ask, PERMIT_ROSTER, unit_id));
	TRY(tree_get(ask, unit_id, today(ask), &f->unit));
	TRY(find_leafs(ask, f));
	found = round_id ? round_get(ask, round_id, &out->round) : round_newest(ask, &out->round);
	if (found != NOT_FOUND || round_id) {
		TRY(found);
		out->has_round = true;
		TRY(criteria_get(ask, out->round.criteria_id, &f->criteria));
	}
	frame_fold(f);
	return OK;
}

struct roster_judge {
	struct roster roster;
	struct roster_frame frame;
	struct judging judging;
};

OUTCOME roster_judge_open(struct ask *ask, int64_t unit_id, int64_t round_id, struct roster_judge **out)
{
	struct roster_judge *j = *out = ARENA_NEW(ask->arena, struct roster_judge);

	TRY(open_frame(ask, unit_id, round_id, &j->frame, &j->roster));
	j->judging = (struct judging){ .arena = ask->arena, .look = *ask, .roster = &j->roster, .frame = &j->frame };
	j->judging.look.arena = scratch_new(ask->arena);
	for (int stage = STAGE_REGISTER; stage <= STAGE_SCORE; stage++)
		j->judging.windows[stage] = ARENA_ARRAY(ask->arena, struct window, j->frame.leafs.n + 1);
	return OK;
}

OUTCOME roster_judge_row(struct roster_judge *j, const struct roster_person *person, struct arena *scratch,
	struct roster_row *out)
{
	*out = (struct roster_row){ .verdict = ROSTER_NEW };
	j->judging.arena = scratch;
	roster_cells(&j->frame, scratch, person, out);
	return judge(&j->judging, out);
}

OUTCOME roster_judge_row_as(struct roster_judge *j, const struct roster_person *person, int64_t person_id, struct arena *scratch,
	struct roster_row *out)
{
	enum outcome judged;

	j->judging.is_said = true;
	j->judging.said_id = person_id;
	judged = roster_judge_row(j, person, scratch, out);
	j->judging.is_said = false;
	return judged;
}

static OUTCOME judge_all(struct ask *ask, struct roster_judge *j, const struct roster_reading *reading, struct roster_row *rows)
{
	struct roster_cursor cursor = { 0 };
	struct roster_person person;
	size_t n = 0;

	while (roster_next(reading, &cursor, ask->arena, &person))
		if (person.kind == ROSTER_PERSON || person.kind == ROSTER_REJECTED)
			TRY(roster_judge_row(j, &person, ask->arena, &rows[n++]));
	return n == reading->rows ? OK : FAILED;
}

OUTCOME roster_judge(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *reading, struct roster *out)
{
	struct roster_judge *j;
	struct roster_row *rows;
	bool table = false;

	*out = (struct roster){ .unit_id = unit_id };
	TRY(roster_judge_open(ask, unit_id, round_id, &j));
	*out = j->roster;
	for (size_t i = 0; i < reading->n_sheets; i++)
		table |= reading->sheets[i].skipped == ROSTER_USED;
	if (!table)
		problem(ask->problems, "file", ROSTER_NO_NAME_COLUMN);
	else if (!reading->rows)
		problem(ask->problems, "file", ROSTER_EMPTY);
	else if (reading->rows > ROSTER_ROWS)
		problem(ask->problems, "file", roster_many(ask->arena, reading->rows, ROSTER_ROWS));
	if (!table || !reading->rows || reading->rows > ROSTER_ROWS)
		return INVALID;
	rows = ARENA_ARRAY(ask->arena, struct roster_row, reading->rows);
	TRY(judge_all(ask, j, reading, rows));
	refuse_alike(ask->arena, rows, reading->rows, true);
	refuse_alike(ask->arena, rows, reading->rows, false);
	for (size_t i = 0; i < reading->rows; i++)
		out->counts[rows[i].verdict]++;
	out->rows = rows;
	out->n = reading->rows;
	return OK;
}

const char *roster_match_name(enum roster_verdict verdict)
{
	static const char *const names[ROSTER_VERDICTS] = { "new", "same", "changed", "doubtful" };

	return names[verdict];
}

int roster_year(const struct ask *ask)
{
	return day_year(day_of(ask->now).text);
}
