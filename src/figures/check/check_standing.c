/* Standing against what it is made from. One stream over all rows; person and sheet come by key in the same order, so the pages of
 * the three tables are read about once. Learning titles are kept as sorted hashes of what they reach: eight bytes a title. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "check_sql.h"
#include "figures/check/check_parts.h"
#include "registry/people/people.h"
#include "text/text.h"

enum { CRITERIA_KEPT = 16, OF_PERSON = STANDING_ADULT | STANDING_MEMBER | STANDING_TRAINED,
	LEARNING = STANDING_LEARNING_HOME | STANDING_LEARNING_UNIT };
enum { MODEL_OF_HOUSEHOLD = 1, MODEL_OF_CLAN, MODEL_OF_HAMLET, MODEL_OF_ORGANISATION };

struct pass {
	struct checking *c;
	struct arena *row;                       /* emptied after each row */
	uint64_t *models;
	size_t n_models;
	const struct criteria *criteria[CRITERIA_KEPT];
	size_t n_criteria;
};

typedef struct sql_check_standing_rows_row row;

static uint64_t model_hash(int64_t round_id, int64_t model, int64_t unit_id, const char *folded)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)round_id << 40 ^ (uint64_t)model << 60 ^ (uint64_t)unit_id;

	hash *= UINT64_C(0x9e3779b97f4a7c15);
	for (const char *p = folded; *p; p++)
		hash = (hash ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	return hash;
}

static int by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static OUTCOME load_models(struct pass *p)
{
	struct sql_check_models_row m;
	struct db_cursor *cursor;
	int64_t n;

	TRY(sql_check_model_count(p->c->ask, &n));
	p->models = ARENA_ARRAY(p->c->ask->arena, uint64_t, (size_t)n);
	cursor = sql_check_models_open(p->c->ask);
	while (p->n_models < (size_t)n && sql_check_models_next(cursor, p->row, &m)) {
		p->models[p->n_models++] = model_hash(m.round_id, m.model, m.unit_id, m.folded);
		arena_reset(p->row);
	}
	TRY(sql_check_models_close(cursor));
	if (p->n_models > 1)
		qsort(p->models, p->n_models, sizeof *p->models, by_hash);
	return OK;
}

static bool has_model(const struct pass *p, int64_t round_id, int64_t model, int64_t unit_id, const char *folded)
{
	uint64_t hash = model_hash(round_id, model, unit_id, folded);

	return unit_id && p->n_models && bsearch(&hash, p->models, p->n_models, sizeof hash, by_hash);
}

static unsigned learning_of(struct pass *p, const row *r)
{
	const char *household = text_fold(p->row, r->household), *clan = text_fold(p->row, r->clan);
	unsigned flags = 0;

	if ((*household && has_model(p, r->round_id, MODEL_OF_HOUSEHOLD, r->hamlet_id.value, household)) ||
	    (*clan && has_model(p, r->round_id, MODEL_OF_CLAN, r->person_commune.value, clan)) ||
	    has_model(p, r->round_id, MODEL_OF_HAMLET, r->hamlet_id.value, ""))
		flags |= STANDING_LEARNING_HOME;
	if (has_model(p, r->round_id, MODEL_OF_ORGANISATION, r->organisation_id.value, ""))
		flags |= STANDING_LEARNING_UNIT;
	return flags;
}

static OUTCOME criteria_of(struct pass *p, int64_t id, const struct criteria **out)
{
	for (size_t i = 0; i < p->n_criteria; i++)
		if (p->criteria[i]->id == id) {
			*out = p->criteria[i];
			return OK;
		}
	TRY(criteria_get(p->c->ask, id, out));
	if (p->n_criteria < CRITERIA_KEPT)
		p->criteria[p->n_criteria++] = *out;
	return OK;
}

static void differs(struct pass *p, const row *r, const char *what, int64_t stored, int64_t counted)
{
	if (stored != counted)
		check_fault(p->c, "người %lld, năm %lld: %s ghi %lld, tính lại %lld", (long long)r->person_id,
		(long long)r->round_id, what,
			(long long)stored, (long long)counted);
}

/* Final scores, else the reviewed, else the person's own. */
static bool counted_scores(const row *r, struct scores *out)
{
	const char *of[] = { r->final, r->reviewed, r->self };

	*out = (struct scores){ 0 };
	for (size_t i = 0; i < COUNT(of); i++) {
		if (!of[i] || !scores_read(of[i], out))
			return !of[i];
		if (out->n)
			return true;
	}
	return true;
}

static OUTCOME check_sheet(struct pass *p, const row *r, unsigned *title)
{
	const struct criteria *criteria;
	struct scores counted, stored;

	*title = (unsigned)r->held & (STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT);
	if (!counted_scores(r, &counted) || !scores_read(r->scores, &stored)) {
		check_fault(p->c, "người %lld, năm %lld: điểm ghi không đọc được", (long long)r->person_id,
			(long long)r->round_id);
		return OK;
	}
	differs(p, r, "trạng thái", r->state, r->sheet_state.is ? r->sheet_state.value : SHEET_NONE);
	differs(p, r, "tổng điểm", r->total, scores_total(&counted));
	differs(p, r, "điểm giống phiếu", scores_equal(&stored, &counted), 1);
	differs(p, r, "nhập hộ", (r->flags & STANDING_ASSISTED) != 0, r->assisted.is && r->assisted.value);
	if (r->sheet_state.is) {
		differs(p, r, "nơi tính", r->leaf_id, r->sheet_leaf.value);
		differs(p, r, "nhóm giống phiếu", !strcmp(r->group_code, r->sheet_group), 1);
	}
	if (r->sheet_state.is && r->sheet_state.value == SHEET_RECOGNISED) {
		TRY(criteria_of(p, r->criteria_id.value, &criteria));
		*title = STANDING_HOLDER | (criteria_has_digital(criteria, &counted) ? STANDING_DIGITAL : 0) |
			(criteria_is_proficient(criteria, &counted) ? STANDING_PROFICIENT : 0);
	}
	differs(p, r, "cờ danh hiệu", r->flags & (STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT), *title);
	return OK;
}

/* What follows the person as long as the round is not locked. */
static void check_person(struct pass *p, const row *r)
{
	unsigned flags = 0;

	if (day_age_at_end(r->birth, (int)r->round_id) >= PERSON_ADULT)
		flags |= STANDING_ADULT;
	if (r->member.value)
		flags |= STANDING_MEMBER;
	if (*r->trained_on && day_year(r->trained_on) <= r->round_id)
		flags |= STANDING_TRAINED;
	differs(p, r, "cờ của người", r->flags & OF_PERSON, flags);
	differs(p, r, "độ tuổi", r->age_band, age_band_of(r->birth, (int)r->round_id));
	differs(p, r, "giới tính", r->sex, r->person_sex.value);
	differs(p, r, "khoá tên", r->name_key.len == r->person_key.len && !memcmp(r->name_key.ptr, r->person_key.ptr,
		r->name_key.len), 1);
	differs(p, r, "cờ mô hình học tập", r->flags & LEARNING, learning_of(p, r));
	if (r->sheet_state.is)
		return;
	differs(p, r, "nơi tính", r->leaf_id, r->person_leaf.value);
	differs(p, r, "xã", r->commune_id, r->person_commune.value ? r->person_commune.value : r->person_leaf.value);
	differs(p, r, "tỉnh", r->province_id, r->person_province.value);
	differs(p, r, "nhóm giống người", !strcmp(r->group_code, r->person_group), 1);
	differs(p, r, "còn trong sổ", r->condition.value, PERSON_ACTIVE);
}

static OUTCOME check_row(struct pass *p, const row *r)
{
	unsigned title;

	if (!r->birth || !r->locked.is) {
		check_fault(p->c, "người %lld, năm %lld: không có %s này", (long long)r->person_id, (long long)r->round_id,
			r->birth ? "đợt" : "người");
		return OK;
	}
	TRY(check_sheet(p, r, &title));
	if (!r->locked.value)
		check_person(p, r);
	return OK;
}

static OUTCOME check_rows(struct pass *p)
{
	struct db_cursor *cursor;
	enum outcome done = OK;
	row r;

	check_begin(p->c, "standing", "chỗ đứng của từng người so với người và phiếu");
	cursor = sql_check_standing_rows_open(p->c->ask);
	while (done == OK && sql_check_standing_rows_next(cursor, p->row, &r)) {
		p->c->at->looked++;
		done = check_row(p, &r);
		arena_reset(p->row);
	}
	TRY(sql_check_standing_rows_close(cursor));
	return done;
}

static enum outcome missing_sheet(void *context, const struct sql_check_sheets_without_standing_row *r)
{
	check_fault(context, "người %lld, năm %lld: có phiếu mà không có chỗ đứng", (long long)r->person_id,
		(long long)r->round_id);
	return OK;
}

static enum outcome missing_person(void *context, const struct sql_check_people_without_standing_row *r)
{
	check_fault(context, "người %lld: chưa có chỗ đứng trong năm %lld", (long long)r->person_id, (long long)r->round_id);
	return OK;
}

static OUTCOME check_missing(struct checking *c)
{
	int64_t looked = c->at->looked, filling;

	check_begin(c, "standing_missing", "ai có phiếu hoặc đang trong sổ thì có chỗ đứng");
	c->at->looked = looked;
	TRY(sql_check_sheets_without_standing_each(c->ask, missing_sheet, c));
	TRY(sql_check_rounds_filling(c->ask, &filling));
	if (filling)                                     /* a round that is being filled has people without a row: not a fault */
		return OK;
	return sql_check_people_without_standing_each(c->ask, missing_person, c);
}

OUTCOME check_standing(struct checking *c)
{
	struct pass p = { .c = c, .row = arena_new(MiB) };
	enum outcome done = load_models(&p);

	if (done == OK)
		done = check_rows(&p);
	arena_free(p.row);
	TRY(done);
	return check_missing(c);
}
