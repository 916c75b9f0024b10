#include "figures/crosstabs/crosstabs.h"
#include "figures/dashboards/dashboards.h"

#include <string.h>

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"

#define BIT(state) (1u << (state))

enum {
	ALL_REGISTERED = BIT(SHEET_REGISTERED) | BIT(SHEET_DRAFT) | BIT(SHEET_RETURNED) | BIT(SHEET_SUBMITTED) |
			 BIT(SHEET_REVIEWED) | BIT(SHEET_LISTED) | BIT(SHEET_POSTED) | BIT(SHEET_PROPOSED) |
			 BIT(SHEET_RECOGNISED) | BIT(SHEET_NOT_MET) | BIT(SHEET_REVOKED) | BIT(SHEET_LAPSED),
	ALL_SUBMITTED = BIT(SHEET_SUBMITTED) | BIT(SHEET_REVIEWED) | BIT(SHEET_LISTED) | BIT(SHEET_POSTED) | BIT(SHEET_PROPOSED) |
			BIT(SHEET_RECOGNISED) | BIT(SHEET_NOT_MET) | BIT(SHEET_REVOKED),
	EVERYBODY = BIT(SHEET_STATE_N) - 1
};

const struct figure_word figure_words[] = {
	{ "tat-ca", "Mọi người", EVERYBODY },
	{ "dang-ky", "Đã đăng ký", ALL_REGISTERED },
	{ "nop", "Đã nộp phiếu", ALL_SUBMITTED },
	{ "chua-dang-ky", "Chưa đăng ký", BIT(SHEET_NONE) },
	{ "moi-dang-ky", "Đăng ký, chưa chấm", BIT(SHEET_REGISTERED) },
	{ "dang-cham", "Đang chấm", BIT(SHEET_DRAFT) },
	{ "bo-sung", "Cần bổ sung", BIT(SHEET_RETURNED) },
	{ "cho-xet", "Đã nộp, chờ xét", BIT(SHEET_SUBMITTED) },
	{ "xet", "Chi hội đã xét", BIT(SHEET_REVIEWED) },
	{ "vao-danh-sach", "Vào danh sách xã", BIT(SHEET_LISTED) },
	{ "niem-yet", "Đang niêm yết", BIT(SHEET_POSTED) },
	{ "trinh", "Đã trình UBND", BIT(SHEET_PROPOSED) },
	{ "cong-nhan", "Được công nhận", BIT(SHEET_RECOGNISED) },
	{ "chua-dat", "Chưa đạt", BIT(SHEET_NOT_MET) },
	{ "thu-hoi", "Đã thu hồi", BIT(SHEET_REVOKED) },
	{ "rut", "Đã rút", BIT(SHEET_WITHDRAWN) },
	{ "qua-han", "Quá hạn nộp", BIT(SHEET_LAPSED) },
};
const size_t figure_words_n = COUNT(figure_words);

const struct figure_word *figure_word_of(unsigned states)
{
	for (size_t i = 0; i < figure_words_n; i++)
		if (figure_words[i].states == states)
			return &figure_words[i];
	return NULL;
}

/* ---- a unit's dashboard ---- */

static OUTCOME choose_round(struct ask *ask, int64_t round_id, const struct round_list *rounds, struct round *out)
{
	if (!rounds->n)
		return NOT_FOUND;
	if (!round_id) {
		*out = rounds->at[0];
		return OK;
	}
	return round_get(ask, round_id, out);
}

/* Other rounds in the units of the page: those of `day`; same: the units of all these rounds were these. */
struct others { const char *day; bool same; };

static OUTCOME others_of(struct ask *ask, const struct dashboard *d, const char *day, struct others *out)
{
	int64_t oldest = d->round.id - 1;                /* of the same day last year */
	bool differ;

	for (size_t i = 0; i < d->rounds.n && i < DASHBOARD_YEARS; i++)
		if (d->rounds.at[i].id < oldest)
			oldest = d->rounds.at[i].id;
	TRY(boundaries_differ_on(ask, oldest, day, &differ));
	*out = (struct others){ day, !differ };
	return OK;
}

static OUTCOME sum_on(struct ask *ask, int64_t round_id, const struct unit *unit, const struct others *others, const char *as_of,
	struct figure_counts *out)
{
	struct scope scope;
	enum outcome found = others->same ? scope_same(ask, round_id, unit->id, others->day, &scope)
		: scope_on(ask, round_id, unit, others->day, as_of, &scope);

	if (found == NOT_FOUND)
		found = scope_own(ask, round_id, unit, &scope);
	TRY(found);
	return counted_sum(ask, round_id, &scope.counted, as_of, out);
}

/* One statement a round; the round in hand is known already. */
static OUTCOME fill_years(struct ask *ask, struct dashboard *d, const struct others *others)
{
	size_t n = d->rounds.n < DASHBOARD_YEARS ? d->rounds.n : DASHBOARD_YEARS;
	struct dashboard_year *years = ARENA_ARRAY(ask->arena, struct dashboard_year, n);

	for (size_t i = 0; i < n; i++) {
		const struct round *round = &d->rounds.at[n - 1 - i];
		struct figure_counts counts = d->crowds.whole.all;

		if (round->id != d->round.id)
			TRY(sum_on(ask, round->id, &d->unit, others, "", &counts));
		years[i] = (struct dashboard_year){ round->year, counts.registered, counts.recognised };
	}
	d->years = years;
	d->n_years = n;
	return OK;
}

static OUTCOME fill_before(struct ask *ask, struct dashboard *d, const struct others *others)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);

	d->before_day = "";
	for (size_t i = 0; i < d->rounds.n; i++)
		if (d->rounds.at[i].id == d->round.id - 1)
			d->before_day = day_year_before(ask->arena, today);
	if (!*d->before_day)
		return OK;
	return sum_on(ask, d->round.id - 1, &d->unit, others, d->before_day, &d->before);
}

static OUTCOME fill_targets(struct ask *ask, struct dashboard *d, const struct counted *counted)
{
	enum outcome found = target_set_get(ask, &d->targets);

	if (found == NOT_FOUND)
		return OK;
	TRY(found);
	d->has_targets = true;
	return counted_targets(ask, d->round.id, counted, "", d->counts);
}

static OUTCOME choose_units(struct ask *ask, struct dashboard *d, enum boundaries units, struct scope *out)
{
	enum outcome found = scope_in(ask, d->round.id, &d->unit, units, "", out);

	d->units = found == NOT_FOUND ? BOUNDARIES_OWN : units;
	return found == NOT_FOUND ? scope_own(ask, d->round.id, &d->unit, out) : found;
}

OUTCOME dashboard_get(struct ask *ask, int64_t round_id, int64_t unit_id, enum boundaries units, struct dashboard *out)
{
	struct scope scope;
	struct others others;

	*out = (struct dashboard){ .parent = { .name = "" } };
	TRY(tree_get_last(ask, unit_id, &out->unit));
	TRY(access_require(ask, PERMIT_FIGURES_READ, unit_id));
	if (out->unit.parent_id)
		TRY(tree_get_last(ask, out->unit.parent_id, &out->parent));
	TRY(round_list(ask, &out->rounds));
	TRY(choose_round(ask, round_id, &out->rounds, &out->round));
	TRY(choose_units(ask, out, units, &scope));
	TRY(crowds_of(ask, out->round.id, &scope.counted, "", &out->crowds));
	crowds_sort(ask->arena, &out->crowds);
	if (out->unit.level != LEVEL_LEAF)
		TRY(scope_by_child(ask, out->round.id, &scope, "", &out->children));
	TRY(population_restated(ask, out->round.id, unit_id, &scope.before, scope.is_whole, &out->adults));
	TRY(counted_last_change(ask, out->round.id, &scope.counted, "", &out->cut_off));
	TRY(others_of(ask, out, scope.day, &others));
	TRY(fill_before(ask, out, &others));
	TRY(fill_targets(ask, out, &scope.counted));
	return fill_years(ask, out, &others);
}

/* ---- for everybody ---- */

static void add(struct figure_counts *sum, const struct figure_counts *c)
{
	sum->people += c->people;
	sum->registered += c->registered;
	sum->submitted += c->submitted;
	sum->recognised += c->recognised;
	sum->total_sum += c->total_sum;
	for (int i = 0; i < SHEET_STATE_N; i++)
		sum->states[i] += c->states[i];
}

OUTCOME results_get(struct ask *ask, int64_t round_id, struct results *out)
{
	struct target_count targets[TARGETS];
	const char *code;

	*out = (struct results){ 0 };
	TRY(setting_get(ask, "province", &code));
	TRY(tree_by_code(ask, code, day_of(ask->now).text, &out->province));
	TRY(round_list(ask, &out->rounds));
	TRY(choose_round(ask, round_id, &out->rounds, &out->round));
	TRY(figures_by_child(ask, out->round.id, out->province.id, "", &out->communes));
	for (size_t i = 0; i < out->communes.n; i++)
		add(&out->whole, &out->communes.at[i].counts);
	TRY(figures_targets(ask, out->round.id, out->province.id, "", targets));
	out->holders = targets[3].denominator;           /* T4 asks of those who hold a title whether they have digital skills */
	return figures_last_change(ask, out->round.id, out->province.id, &out->cut_off);
}

void results_hide(const int64_t *cells, size_t n, bool *hidden)
{
	size_t least = n, n_hidden = 0;

	for (size_t i = 0; i < n; i++) {
		hidden[i] = cells[i] > 0 && cells[i] < CROSSTAB_SMALL;
		n_hidden += hidden[i];
		if (!hidden[i] && cells[i] > 0 && (least == n || cells[i] < cells[least]))
			least = i;
	}
	if (n_hidden == 1 && least < n)
		hidden[least] = true;
}

/* ---- files ---- */

OUTCOME export_note(struct ask *ask, enum export_kind kind, int64_t unit_id, int64_t round_id, const char *what)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(access_require(ask, kind == EXPORT_NAMES ? PERMIT_PERSON_READ : PERMIT_FIGURES_READ, unit_id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_EXPORTED, .subject = "round", .subject_id = round_id,
		.unit_id = unit_id, .new = audit_json(ask->arena, "what", what, NULL) }));
	return db_commit(&tx);
}
