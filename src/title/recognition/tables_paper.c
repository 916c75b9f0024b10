#include "title/recognition/tables_paper.h"

#include <string.h>

#include "base/day.h"
#include "title/recognition/people_stream.h"

enum { KEY_MAX = 512 };

static void free_arena(void *arena) { arena_free(arena); }

struct people_stream *people_of_list(struct ask *ask, int64_t commune_id, const struct round *round,
	const struct paper_facts *f)
{
	static const enum sheet_state states[] = { SHEET_LISTED, SHEET_POSTED };

	return f->has_proposal ? people_of_proposal(ask, &f->proposal) : people_of_states(ask, round->id, commune_id, states,
		COUNT(states));
}

/* ---- CDHT-03: scores agreed otherwise ---- */

struct changed {
	struct ask ask;                  /* with the page's arena */
	int64_t round_id, commune_id, number;
	struct changed_lines page;
	size_t at;
	bool more, begun;
	struct changed_line last;
	unsigned char key[KEY_MAX];      /* the last line's, outliving its page */
};

static OUTCOME changed_page(struct changed *c)
{
	if (c->page.n) {
		c->last = c->page.at[c->page.n - 1];
		c->last.name_key.len = c->last.name_key.len < KEY_MAX ? c->last.name_key.len : KEY_MAX;
		memcpy(c->key, c->last.name_key.ptr, c->last.name_key.len);
		c->last.name_key.ptr = c->key;
		c->begun = true;
	}
	arena_reset(c->ask.arena);
	TRY(changed_scores(&c->ask, c->round_id, c->commune_id, c->begun ? &c->last : NULL, &c->page));
	c->at = 0;
	c->more = c->page.n == CHANGED_PAGE;
	return OK;
}

static enum outcome changed_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct changed *c = state;
	const struct changed_line *r;

	(void)row;
	if (c->at == c->page.n && c->more)
		TRY(changed_page(c));
	*done = c->at == c->page.n;
	if (*done)
		return OK;
	r = &c->page.at[c->at++];
	cells[0] = cell_whole(++c->number);
	cells[1] = cell_text(r->name);
	cells[2] = cell_text(arena_format(row, "%d", day_year(r->birth)));
	cells[3] = cell_whole(r->indicator);
	cells[4] = cell_whole(r->was);
	cells[5] = cell_whole(r->became);
	cells[6] = cell_text(r->reason);
	return OK;
}

struct table changed_table(struct ask *ask, int64_t round_id, int64_t commune_id)
{
	static const struct column columns[] = { { "STT", 10, ALIGN_RIGHT }, { "Họ và tên", 45, ALIGN_LEFT }, { "Năm sinh", 14,
		ALIGN_RIGHT },
		{ "Chỉ số", 12, ALIGN_RIGHT }, { "Tự chấm", 13, ALIGN_RIGHT }, { "Thống nhất", 15, ALIGN_RIGHT }, { "Lý do", 56,
		ALIGN_LEFT } };
	struct changed *c = ARENA_NEW(ask->arena, struct changed);

	*c = (struct changed){ .ask = *ask, .round_id = round_id, .commune_id = commune_id, .more = true };
	c->ask.arena = arena_new(4 * MiB);
	arena_on_release(ask->arena, free_arena, c->ask.arena);
	return (struct table){ .name = "Điểm sửa", .columns = columns, .n_columns = COUNT(columns),
		.next = changed_row, .state = c };
}

/* ---- CDHT-04 ---- */

enum { FIXED = 7, AFTER = 3 };          /* columns before and after the competences */

struct listing {
	struct people_stream *people;
	const struct criteria *criteria;
	int64_t n, decision_id;
	int year;
	struct ask *ask;
};

static const char *const sexes[] = { "", "Nam", "Nữ" };

static int64_t competence_sum(const struct criteria *c, const struct scores *s, size_t competence)
{
	int64_t sum = 0;

	for (size_t i = 0; i < c->n_indicators && i < (size_t)s->n; i++)
		if (c->indicators[i].competence == competence && s->at[i].is)
			sum += s->at[i].value;
	return sum;
}

static enum outcome list_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct listing *l = state;
	const struct criteria *c = l->criteria;
	const struct appraisal_line *p;
	size_t at = FIXED;

	TRY(people_next(l->people, &p));
	*done = !p;
	if (*done)
		return OK;
	cells[0] = cell_whole(++l->n);
	cells[1] = cell_text(p->name);
	cells[2] = cell_text(arena_format(row, "%d", day_year(p->birth)));
	cells[3] = cell_text(sexes[p->sex]);
	cells[4] = cell_text(*p->national_id_end ? arena_format(row, "••••••••%s", p->national_id_end) : "");
	cells[5] = cell_text(p->leaf_name);
	cells[6] = cell_text(person_group_label(p->group));
	for (size_t i = 0; i < c->n_competences; i++)
		cells[at++] = cell_whole(competence_sum(c, &p->scores, i));
	cells[at++] = cell_whole(p->total);
	cells[at++] = cell_whole(p->lowest);
	cells[at] = cell_text(p->code);
	return OK;
}

static int64_t competence_max(const struct criteria *c, size_t competence)
{
	int64_t sum = 0;

	for (size_t i = 0; i < c->n_indicators; i++)
		sum += c->indicators[i].competence == competence ? c->indicators[i].max : 0;
	return sum;
}

struct table list_table(struct ask *ask, int64_t commune_id, const struct round *round, const struct paper_facts *f)
{
	static const struct column fixed[FIXED] = { { "STT", 11, ALIGN_RIGHT }, { "Họ và tên", 46, ALIGN_LEFT }, { "Năm sinh",
		14, ALIGN_RIGHT },
		{ "Nam, nữ", 12, ALIGN_LEFT }, { "Số định danh", 25, ALIGN_LEFT },
		{ "Ấp, khu phố (đơn vị)", 36, ALIGN_LEFT },
		{ "Nhóm", 30, ALIGN_LEFT } };
	struct listing *l = ARENA_NEW(ask->arena, struct listing);
	struct column *columns = ARENA_ARRAY(ask->arena, struct column, TABLE_COLUMNS_MAX);
	size_t n = FIXED;

	*l = (struct listing){ .people = people_of_list(ask, commune_id, round, f), .criteria = f->criteria };
	BUG_ON(f->criteria->n_competences > TABLE_COLUMNS_MAX - FIXED - AFTER);
	memcpy(columns, fixed, sizeof fixed);
	for (size_t i = 0; i < f->criteria->n_competences; i++)
		columns[n++] = (struct column){ arena_format(ask->arena, "%s (%lld)", f->criteria->competences[i].code,
			(long long)competence_max(f->criteria, i)), 13, ALIGN_RIGHT };
	columns[n++] = (struct column){ arena_format(ask->arena, "Tổng (%d)", f->criteria->total_max), 14, ALIGN_RIGHT };
	columns[n++] = (struct column){ "Thấp nhất", 14, ALIGN_RIGHT };
	columns[n++] = (struct column){ "Ghi chú (mã phiếu)", 29, ALIGN_LEFT };
	return (struct table){ .name = "Danh sách", .columns = columns, .n_columns = n, .next = list_row, .state = l,
		.size = 10 };
}

/* Read once more, before the table: its rows are gone when the words below it are laid out. */
OUTCOME list_totals(struct ask *ask, int64_t commune_id, const struct round *round, const struct paper_facts *f,
	struct list_totals *out)
{
	struct people_stream *people = people_of_list(ask, commune_id, round, f);
	const struct appraisal_line *p;

	*out = (struct list_totals){ 0 };
	BUG_ON(person_groups.n > LIST_GROUPS);
	for (;;) {
		TRY(people_next(people, &p));
		if (!p)
			return OK;
		out->people++;
		out->women += p->sex == SEX_FEMALE;
		out->elders += day_age_at_end(p->birth, round->year) >= PERSON_ELDER;
		for (size_t i = 0; i < person_groups.n; i++)
			out->groups[i] += !strcmp(person_groups.at[i].code, p->group);
	}
}

/* ---- CDHT-06: with the number of the certificate, without scores or numbers of the person ---- */

static enum outcome decision_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct listing *l = state;
	struct certificate_row c = { 0 };
	const struct appraisal_line *p;
	struct ask ask = *l->ask;

	do {
		TRY(people_next(l->people, &p));
		*done = !p;
		if (*done)
			return OK;
	} while (l->decision_id && p->state != SHEET_RECOGNISED && p->state != SHEET_REVOKED);
	ask.arena = row;
	if (l->decision_id) {
		enum outcome found = certificate_of(&ask, p->person_id, l->year, &c);

		if (found != OK && found != NOT_FOUND)
			return found;
	}
	cells[0] = cell_whole(++l->n);
	cells[1] = cell_text(p->name);
	cells[2] = cell_text(arena_format(row, "%d", day_year(p->birth)));
	cells[3] = cell_text(p->leaf_name);
	cells[4] = cell_text(person_group_label(p->group));
	cells[5] = c.book_number ? cell_whole(c.book_number) : cell_text("");
	return OK;
}

struct table decision_table(struct ask *ask, int64_t commune_id, const struct round *round, const struct paper_facts *f)
{
	static const struct column columns[] = { { "STT", 11, ALIGN_RIGHT }, { "Họ và tên", 52, ALIGN_LEFT }, { "Năm sinh", 16,
		ALIGN_RIGHT },
		{ "Ấp, khu phố (đơn vị)", 42, ALIGN_LEFT }, { "Nhóm", 30, ALIGN_LEFT }, { "Số giấy chứng nhận", 20,
		ALIGN_RIGHT } };
	struct listing *l = ARENA_NEW(ask->arena, struct listing);

	*l = (struct listing){ .people = people_of_list(ask, commune_id, round, f), .year = round->year, .ask = ask,
		.decision_id = f->has_decision ? f->decision.id : 0 };
	return (struct table){ .name = "Danh sách", .columns = columns, .n_columns = COUNT(columns),
		.next = decision_row, .state = l };
}

/* ---- CDHT-08: name, year, hamlet, nothing else ---- */

static enum outcome posting_row(void *state, struct arena *row, struct cell *cells, bool *done)
{
	struct listing *l = state;
	const struct appraisal_line *p;

	do {
		TRY(people_next(l->people, &p));
		*done = !p;
		if (*done)
			return OK;
	} while (p->no_posting);
	cells[0] = cell_whole(++l->n);
	cells[1] = cell_text(p->name);
	cells[2] = cell_text(arena_format(row, "%d", day_year(p->birth)));
	cells[3] = cell_text(p->leaf_name);
	return OK;
}

/* Whoever is to be posted now; once all of them went into a tờ trình, those who were: the paper of a year that is over
 * says whom it listed. */
static struct people_stream *people_posted(struct ask *ask, int64_t commune_id, const struct round *round,
	const struct paper_facts *f)
{
	static const enum sheet_state states[] = { SHEET_LISTED, SHEET_POSTED };

	if (f->has_proposal && !f->counts.states[SHEET_LISTED] && !f->counts.states[SHEET_POSTED])
		return people_of_proposal(ask, &f->proposal);
	return people_of_states(ask, round->id, commune_id, states, COUNT(states));
}

OUTCOME posting_count(struct ask *ask, int64_t commune_id, const struct round *round, const struct paper_facts *f, int64_t *out)
{
	struct people_stream *people = people_posted(ask, commune_id, round, f);
	const struct appraisal_line *p;

	for (*out = 0;; *out += !p->no_posting) {
		TRY(people_next(people, &p));
		if (!p)
			return OK;
	}
}

struct table posting_table(struct ask *ask, int64_t commune_id, const struct round *round, const struct paper_facts *f)
{
	static const struct column columns[] = { { "STT", 12, ALIGN_RIGHT }, { "Họ và tên", 70, ALIGN_LEFT }, { "Năm sinh", 20,
		ALIGN_RIGHT },
		{ "Ấp, khu phố (đơn vị)", 60, ALIGN_LEFT } };
	struct listing *l = ARENA_NEW(ask->arena, struct listing);

	*l = (struct listing){ .people = people_posted(ask, commune_id, round, f) };
	return (struct table){ .name = "Niêm yết", .columns = columns, .n_columns = COUNT(columns),
		.next = posting_row, .state = l };
}
