/* What each person did in each round: a way through the states, its days, its scores, and the rows and counters that say so. */
#include <stdio.h>
#include <string.h>

#include "app/demo/demo_names.h"
#include "app/demo/demo_world.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "db/ids.h"
#include "demo_sheets_sql.h"
#include "title/assessments/assessments.h"

struct step { enum sheet_state state; struct demo_date day; };
struct way { struct step at[10]; int n; };

int64_t demo_noon(const struct demo *d, struct demo_date day, struct chance *c)
{
	return d->begins + (int64_t)day.at * DAY_SECONDS + 8 * 3600 + chance_below(c, 9 * 3600);
}

/* Steps after today have not happened. */
static void go(const struct demo *d, struct way *way, enum sheet_state state, struct demo_date day)
{
	if (day.at <= d->today.at)
		way->at[way->n++] = (struct step){ state, day };
}

/* Each leaf works on a few days of its own: people of one meeting register and hand in together. */
static struct demo_date leaf_day(const struct demo *d, const struct demo_leaf *leaf, const struct demo_round *r,
	struct chance *c, int from, int span, int kinds)
{
	int shift = (int)(((uint64_t)leaf->id * 2654435761u + (uint64_t)r->id) % (uint64_t)span);

	return demo_date(d, r->opened.at + from + (shift + chance_below(c, kinds) * 9) % span);
}

static bool would_pass(const struct demo *d, const struct scores *s)
{
	return criteria_judge(d->criteria, s).passes;
}

static struct scores make_scores(const struct demo *d, struct chance *c, int ability)
{
	static const signed char pool[] = { 10, 10, 9, 9, 8, 8, 8, 8, 8, 8, 7, 7 }, weak[] = { 8, 8, 7, 7, 7, 6, 5, 5, 4, 3 };
	struct scores s = { .n = (int)d->criteria->n_indicators };

	for (int i = 0; i < s.n; i++)
		s.at[i] = SOME(ability > 170 || chance_is(c, 300) ? pool[chance_below(c, (int)sizeof pool)]
			: weak[chance_below(c, (int)sizeof weak)]);
	for (int i = 0; ability > 170 && i < s.n && scores_total(&s) < d->criteria->total_min; i++)
		s.at[i] = SOME(9);
	return s;
}

static void decided_way(const struct demo *d, const struct demo_round *r, const struct scores *agreed, struct chance *c,
	struct way *way,
	enum demo_stage stage)
{
	if (stage < STAGE_LISTED)
		return;
	if (!would_pass(d, agreed)) {
		go(d, way, SHEET_NOT_MET, r->meeting);
		return;
	}
	go(d, way, SHEET_LISTED, r->meeting);
	if (stage < STAGE_POSTED)
		return;
	if (!chance_is(c, 40))
		go(d, way, SHEET_POSTED, r->posted);
	if (stage < STAGE_PROPOSED)
		return;
	go(d, way, SHEET_PROPOSED, r->proposed);
	if (stage < STAGE_DECIDED)
		return;
	go(d, way, chance_is(c, 15) ? SHEET_NOT_MET : SHEET_RECOGNISED, r->decided);
	if (r->open && chance_is(c, 4) && way->at[way->n - 1].state == SHEET_RECOGNISED)
		go(d, way, SHEET_REVOKED, d->today);
}

static struct way make_way(const struct demo *d, const struct demo_commune *commune, const struct demo_person *p,
	const struct demo_round *r,
	const struct scores *agreed, struct chance *c)
{
	enum demo_stage stage = r->open ? commune->stage : STAGE_DECIDED;
	struct way way = { .n = 0 };
	struct demo_date day;
	int luck;

	go(d, &way, SHEET_NONE, r->opened);
	if (!way.n || (int)r->id - p->year < PERSON_AGE_MIN || p->zeal + chance_below(c, 200) > 690)
		return way;
	day = leaf_day(d, p->leaf, r, c, 50, 170, 2);
	go(d, &way, SHEET_REGISTERED, day);
	luck = chance_below(c, 1000);
	if (luck < 15) {
		day = leaf_day(d, p->leaf, r, c, 230, 30, 1);
		go(d, &way, SHEET_WITHDRAWN, day);
		return way;
	}
	if (luck < (stage == STAGE_LATE ? 520 : stage == STAGE_USUAL ? 330 : 70)) {      /* not handed in */
		day = leaf_day(d, p->leaf, r, c, 260, 45, 2);
		if (chance_is(c, 600))
			go(d, &way, SHEET_DRAFT, day);
		go(d, &way, SHEET_LAPSED, r->lapsed);
		return way;
	}
	day = leaf_day(d, p->leaf, r, c, stage > STAGE_USUAL && r->open ? 245 : 265, stage > STAGE_USUAL && r->open ? 20 : 40, 3);
	go(d, &way, SHEET_SUBMITTED, day);
	if (stage <= STAGE_USUAL && chance_is(c, stage == STAGE_LATE ? 850 : 380))
		return way;
	day = demo_date(d, day.at + 3 + (int)((uint64_t)p->leaf->id % 4));
	if (stage <= STAGE_USUAL && chance_is(c, 50)) {
		go(d, &way, SHEET_RETURNED, day);
		return way;
	}
	go(d, &way, SHEET_REVIEWED, day);
	decided_way(d, r, agreed, c, &way, stage);
	return way;
}

static enum audit_action action_of(enum sheet_state state)
{
	static const enum audit_action of[SHEET_STATE_N] = { [SHEET_REGISTERED] = AUDIT_SHEET_REGISTERED,
		[SHEET_DRAFT] = AUDIT_SHEET_SCORED,
		[SHEET_RETURNED] = AUDIT_SHEET_RETURNED, [SHEET_SUBMITTED] = AUDIT_SHEET_SUBMITTED,
			[SHEET_REVIEWED] = AUDIT_SHEET_REVIEWED,
		[SHEET_LISTED] = AUDIT_SHEET_LISTED, [SHEET_POSTED] = AUDIT_SHEET_POSTED, [SHEET_PROPOSED] = AUDIT_SHEET_PROPOSED,
		[SHEET_RECOGNISED] = AUDIT_SHEET_RECOGNISED, [SHEET_NOT_MET] = AUDIT_SHEET_NOT_MET,
			[SHEET_REVOKED] = AUDIT_SHEET_REVOKED,
		[SHEET_WITHDRAWN] = AUDIT_SHEET_WITHDRAWN, [SHEET_LAPSED] = AUDIT_SHEET_LAPSED };

	return of[state];
}

/* A past sheet has one version and one row of audit, as if it had been brought in from a list; this round's have them all. */
static OUTCOME trace(struct demo *d, const struct demo_person *p, const struct demo_round *r, const struct way *way,
	struct chance *c)
{
	int64_t version = 0;

	for (int i = 1; i < way->n; i++) {
		if (!r->open && i + 1 < way->n)
			continue;
		d->ask->now = demo_noon(d, way->at[i].day, c);
		TRY(audit_add(d->ask, &(struct audit_entry){ .action = action_of(way->at[i].state), .subject = "assessment",
			.subject_id = r->id, .version = ++version, .person_id = p->id, .unit_id = p->leaf->id,
			.new = arena_format(d->ask->arena, "{\"state\":\"%s\"}", sheet_state_code(way->at[i].state)) }));
	}
	return OK;
}

static unsigned flags_of(const struct demo *d, const struct demo_person *p, const struct demo_round *r)
{
	unsigned flags = r->id - p->year >= 18 ? STANDING_ADULT : 0;

	(void)d;
	if (p->member)
		flags |= STANDING_MEMBER;
	if (*p->trained_on)
		flags |= STANDING_TRAINED;
	return flags;
}

static enum sheet_state state_on(const struct way *way, int i) { return way->at[i].state; }

/* The scores that count in a state: none before the sheet is scored, the person's own until the branch has agreed. */
static struct scores scores_in(enum sheet_state state, const struct scores *self, const struct scores *agreed)
{
	switch (state) {
	case SHEET_NONE: case SHEET_REGISTERED: case SHEET_WITHDRAWN: case SHEET_STATE_N:
		return (struct scores){ 0 };
	case SHEET_DRAFT: case SHEET_SUBMITTED: case SHEET_RETURNED:
		return *self;
	case SHEET_LAPSED:
		return (struct scores){ 0 };
	case SHEET_REVIEWED: case SHEET_LISTED: case SHEET_POSTED: case SHEET_PROPOSED: case SHEET_RECOGNISED: case SHEET_NOT_MET: case SHEET_REVOKED:
		break;
	}
	return *agreed;
}

static void count(struct demo *d, const struct way *way, const struct demo_seat *seat, struct standing *s,
	const struct scores *self,
	const struct scores *agreed, struct demo_tally *tally)
{
	for (int i = 0; i < way->n; i++) {
		const struct standing before = *s;
		bool moved;

		s->state = state_on(way, i);
		s->scores = scores_in(s->state, self, agreed);
		if (s->state == SHEET_RECOGNISED)
			s->flags |= STANDING_HOLDER | (criteria_has_digital(d->criteria, agreed) ? STANDING_DIGITAL : 0) |
				(criteria_is_proficient(d->criteria, agreed) ? STANDING_PROFICIENT : 0);
		if (s->state == SHEET_REVOKED)
			s->flags &= ~(unsigned)(STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT);
		if (i)
			demo_tally_add(tally, seat, before.state, &before.scores, way->at[i].day.at, -1);
		demo_tally_add(tally, seat, s->state, &s->scores, way->at[i].day.at, 1);
		moved = ((before.flags ^ s->flags) & STANDING_HOLDER) ||
			(before.state == SHEET_WITHDRAWN) != (s->state == SHEET_WITHDRAWN);
		if (i && moved)
			demo_tally_targets(tally, seat, before.state, before.flags, way->at[i].day.at, -1);
		if (!i || moved)
			demo_tally_targets(tally, seat, s->state, s->flags, way->at[i].day.at, 1);
	}
}

static int64_t moment_of(const struct demo *d, const struct way *way, enum sheet_state state, struct chance *c)
{
	for (int i = 0; i < way->n; i++)
		if (way->at[i].state == state)
			return demo_noon(d, way->at[i].day, c);
	return 0;
}

static OUTCOME add_assessment(struct demo *d, const struct demo_person *p, const struct demo_round *r, const struct way *way,
	const struct scores *self, const struct scores *agreed, struct chance *c)
{
	struct arena *a = d->ask->arena;
	enum sheet_state state = way->at[way->n - 1].state, before = way->n > 1 ? way->at[way->n - 2].state : SHEET_NONE;
	bool scored = state != SHEET_REGISTERED && state != SHEET_WITHDRAWN && state != SHEET_LAPSED;
	bool reviewed = scored && state != SHEET_DRAFT && state != SHEET_SUBMITTED && state != SHEET_RETURNED;
	unsigned char random[8];
	char *code = arena_alloc(a, CODE_MAX + 1);

	do {                             /* until nobody has it */
		for (size_t i = 0; i < sizeof random; i++)
			random[i] = (unsigned char)chance_next(c);
		code_make(code, CODE_SHEET_LEN, random);
	} while (!demo_seen_is_new(d->seen, demo_seen_words(UNIQUE_SHEET_CODE, code)));
	TRY(unique_add(d->ask, UNIQUE_SHEET_CODE, (struct bytes){ code, CODE_SHEET_LEN }, p->id));
	return sql_demo_assessment(d->ask, &(struct sql_demo_assessment_in){ .person_id = p->id, .round_id = r->id, .code = code,
		.state = (int64_t)state, .state_before = state == SHEET_LAPSED || state == SHEET_WITHDRAWN ? (int64_t)before : 0,
		.criteria_id = d->criteria->id, .group_code = d->criteria->groups[p->group].code, .leaf_id = p->leaf->id,
		.self = scored ? scores_write(a, self) : "[]", .reviewed = reviewed ? scores_write(a, agreed) : "[]",
		.final = reviewed ? scores_write(a, agreed) : "[]",
		.state_reason = state == SHEET_NOT_MET ? "Chưa đủ điểm theo điều kiện đạt"
			: state == SHEET_WITHDRAWN ? "Đi làm ăn xa, xin rút"
			: state == SHEET_REVOKED ? "Kê khai minh chứng không đúng"
			: state == SHEET_RETURNED ? "Cần thêm một ảnh hoặc một câu kể cho chỉ số 4" : "",
		.told_on = state == SHEET_RETURNED ? way->at[way->n - 1].day.text : "",
		.due_day = state == SHEET_RETURNED ? r->lapsed.text : "",
		.registered_at = moment_of(d, way, SHEET_REGISTERED, c), .submitted_at = moment_of(d, way, SHEET_SUBMITTED, c),
		.reviewed_at = moment_of(d, way, SHEET_REVIEWED, c), .version = r->open ? way->n - 1 : 1 });
}

static OUTCOME add_reasons(struct demo *d, const struct demo_person *p, const struct demo_round *r, const struct scores *self,
	const struct scores *agreed, int64_t at, struct chance *c)
{
	for (int i = 0; i < self->n; i++) {
		int64_t id;

		if (self->at[i].value == agreed->at[i].value)
			continue;
		TRY(tree_new_id(d->ask, "sheet_reason", &id));
		TRY(sql_demo_reason(d->ask, &(struct sql_demo_reason_in){ .person_id = p->id, .round_id = r->id, .id = id,
			.indicator = i + 1,
			.was = self->at[i].value, .became = agreed->at[i].value, .reason = demo_reason(c), .actor = "Chi hội",
				.at = at }));
	}
	return OK;
}

static OUTCOME add_recognised(struct demo *d, struct demo_commune *commune, const struct demo_person *p, int round,
	enum sheet_state state)
{
	bool won = state == SHEET_RECOGNISED || state == SHEET_REVOKED;

	TRY(sql_demo_proposal_person(d->ask, commune->proposal[round], p->id));
	if (state == SHEET_PROPOSED)
		return OK;
	TRY(sql_demo_decision_person(d->ask, commune->decision[round], p->id, won ? 1 : 2,
		won ? "" : "Chưa đủ điểm theo điều kiện đạt"));
	return won ? demo_add_certificate(d, commune, p, round, state == SHEET_REVOKED) : OK;
}

static OUTCOME one_round(struct demo *d, struct demo_commune *commune, const struct demo_person *p, int round,
	struct demo_tally *tally)
{
	const struct demo_round *r = &d->rounds[round];
	struct chance c = chance_of(d->seed, 3 + (uint64_t)round, (uint64_t)p->id);
	struct scores self = make_scores(d, &c, p->ability + round * 25), agreed = self;
	struct standing s = { .person_id = p->id, .round_id = r->id, .leaf_id = p->leaf->id, .commune_id = commune->id,
		.province_id = commune->province_id, .group = d->criteria->groups[p->group].code, .sex = p->sex,
		.age_band = age_band_of(p->birth, (int)r->id), .name_key = p->name_key,
		.flags = flags_of(d, p, r) | demo_learning_flags(d, commune, p, round) };
	enum sheet_state last;
	struct way way;

	if (chance_is(&c, 120)) {
		int i = chance_below(&c, self.n);

		agreed.at[i] = SOME(self.at[i].value > 6 ? self.at[i].value - 1 - chance_below(&c, 2) : self.at[i].value + 1);
	}
	way = make_way(d, commune, p, r, &agreed, &c);
	if (!way.n)
		return OK;
	count(d, &way, &(struct demo_seat){ round, d->group_rank[p->group], s.sex, s.age_band }, &s, &self, &agreed, tally);
	last = s.state;
	commune->counted[round][last]++;
	commune->adults[round] += (s.flags & STANDING_ADULT) != 0;
	TRY(sql_demo_standing(d->ask, &(struct sql_demo_standing_in){ .person_id = p->id, .round_id = r->id, .leaf_id = s.leaf_id,
		.commune_id = s.commune_id, .province_id = s.province_id, .group_code = s.group, .sex = (int64_t)s.sex,
			.age_band = s.age_band,
		.state = (int64_t)last, .total = scores_total(&s.scores),
		.scores = s.scores.n ? scores_write(d->ask->arena, &s.scores) : "[]",
		.flags = s.flags, .name_key = s.name_key }));
	if (way.n == 1)
		return OK;
	TRY(add_assessment(d, p, r, &way, &self, &agreed, &c));
	TRY(trace(d, p, r, &way, &c));
	if (moment_of(d, &way, SHEET_REVIEWED, &c) && !scores_equal(&self, &agreed))
		TRY(add_reasons(d, p, r, &self, &agreed, moment_of(d, &way, SHEET_REVIEWED, &c), &c));
	if (moment_of(d, &way, SHEET_PROPOSED, &c))
		TRY(add_recognised(d, commune, p, round, last));
	return OK;
}

OUTCOME demo_make_sheets(struct demo *d, struct demo_commune *commune, const struct demo_person *p, struct demo_tally *leaf)
{
	for (int round = 0; round < DEMO_ROUNDS; round++)
		TRY(one_round(d, commune, p, round, leaf));
	return OK;
}
