/* A commune's papers of each round: meeting, posting, proposal, decision, and the certificates of its book. */
#include <stdio.h>
#include <string.h>

#include "app/demo/demo_names.h"
#include "app/demo/demo_world.h"
#include "base/id.h"
#include "demo_communes_sql.h"
#include "figures/targets/targets.h"
#include "registry/audit/audit.h"

static bool reached(const struct demo *d, const struct demo_commune *commune, int round, enum demo_stage stage,
	struct demo_date day)
{
	return (!d->rounds[round].open || commune->stage >= stage) && day.at <= d->today.at;
}

/* What is written next was written on that day. */
static void set_day(struct demo *d, int64_t id, struct demo_date day)
{
	struct chance c = chance_of(d->seed, 9, (uint64_t)id);

	d->ask->now = demo_noon(d, day, &c);
}

static OUTCOME trace(struct demo *d, enum audit_action action, const char *subject, int64_t id, int64_t unit_id)
{
	return audit_add(d->ask, &(struct audit_entry){ .action = action, .subject = subject, .subject_id = id, .version = 1,
		.unit_id = unit_id });
}

static const char *number(struct demo *d, const struct demo_commune *commune, int round, const char *kind)
{
	struct chance c = chance_of(d->seed, 10 + (uint64_t)round, (uint64_t)commune->id);

	return arena_format(d->ask->arena, "%02d/%s", 10 + chance_below(&c, 80), kind);
}

static OUTCOME add_meeting(struct demo *d, struct demo_commune *commune, int round)
{
	const struct demo_round *r = &d->rounds[round];

	TRY(tree_new_id(d->ask, "meeting", &commune->meeting[round]));
	set_day(d, commune->meeting[round], r->meeting);
	TRY(sql_demo_meeting(d->ask, &(struct sql_demo_meeting_in){ .id = commune->meeting[round], .round_id = r->id,
		.commune_id = commune->id,
		.held_on = r->meeting.text, .place = arena_format(d->ask->arena, "Hội trường UBND %s", commune->in_words),
		.number = number(d, commune, round, "BB-HKH"), .chair = "Lê Thị Thuỳ", .secretary = "Trần Văn Hải",
		.attendees = "Nguyễn Văn Sơn, Hội Nông dân\nPhạm Thị Lan, Hội Liên hiệp Phụ nữ\nVõ Minh Trí, Đoàn Thanh niên",
			.made_at = d->ask->now }));
	return trace(d, AUDIT_MEETING_HELD, "meeting", commune->meeting[round], commune->id);
}

static OUTCOME add_posting(struct demo *d, struct demo_commune *commune, int round)
{
	const struct demo_round *r = &d->rounds[round];
	int64_t id;

	TRY(tree_new_id(d->ask, "posting", &id));
	set_day(d, id, r->posted);
	TRY(sql_demo_posting(d->ask, &(struct sql_demo_posting_in){ .id = id, .round_id = r->id, .commune_id = commune->id,
		.meeting_id = commune->meeting[round], .from_day = r->posted.text, .until_day = demo_date(d,
			r->posted.at + 4).text,
		.place = arena_format(d->ask->arena, "Trụ sở UBND %s và nhà văn hoá các ấp, khu phố", commune->in_words),
			.made_at = d->ask->now }));
	return trace(d, AUDIT_POSTING_MADE, "posting", id, commune->id);
}

static OUTCOME add_proposal(struct demo *d, struct demo_commune *commune, int round)
{
	const struct demo_round *r = &d->rounds[round];

	TRY(tree_new_id(d->ask, "proposal", &commune->proposal[round]));
	set_day(d, commune->proposal[round], r->proposed);
	TRY(sql_demo_proposal(d->ask, &(struct sql_demo_proposal_in){ .id = commune->proposal[round], .round_id = r->id,
		.commune_id = commune->id,
		.number = number(d, commune, round, "TTr-HKH"), .day = r->proposed.text, .signer = "Lê Thị Thuỳ",
		.decided = reached(d, commune, round, STAGE_DECIDED, r->decided), .made_at = d->ask->now }));
	return trace(d, AUDIT_PROPOSAL_MADE, "proposal", commune->proposal[round], commune->id);
}

static OUTCOME add_decision(struct demo *d, struct demo_commune *commune, int round)
{
	const struct demo_round *r = &d->rounds[round];

	TRY(tree_new_id(d->ask, "decision", &commune->decision[round]));
	set_day(d, commune->decision[round], r->decided);
	TRY(sql_demo_decision(d->ask, &(struct sql_demo_decision_in){ .id = commune->decision[round], .round_id = r->id,
		.commune_id = commune->id,
		.proposal_id = commune->proposal[round], .authority = arena_format(d->ask->arena, "Ủy ban nhân dân %s",
			commune->in_words),
		.authority_unit_id = commune->id, .number = number(d, commune, round, "QĐ-UBND"), .day = r->decided.text,
			.signer = "Nguyễn Hữu Phước",
		.made_at = d->ask->now }));
	return trace(d, AUDIT_DECISION_MADE, "decision", commune->decision[round], commune->id);
}

OUTCOME demo_begin_commune(struct demo *d, struct demo_commune *commune)
{
	for (int round = 0; round < DEMO_ROUNDS; round++) {
		const struct demo_round *r = &d->rounds[round];

		commune->next_book[round] = 1;
		if (reached(d, commune, round, STAGE_LISTED, r->meeting))
			TRY(add_meeting(d, commune, round));
		if (reached(d, commune, round, STAGE_POSTED, r->posted))
			TRY(add_posting(d, commune, round));
		if (reached(d, commune, round, STAGE_PROPOSED, r->proposed))
			TRY(add_proposal(d, commune, round));
		if (reached(d, commune, round, STAGE_DECIDED, r->decided))
			TRY(add_decision(d, commune, round));
	}
	return OK;
}

/* The state's own count of adults is a little above the register: some are not in it yet. */
static OUTCOME add_population(struct demo *d, const struct demo_commune *commune, int round)
{
	const struct demo_round *r = &d->rounds[round];

	if (r->opened.at > d->today.at)
		return OK;
	d->ask->now = day_start(r->opened.text) + 9 * 3600;
	return population_set(d->ask, r->id, commune->id, &(struct population){ .adults = commune->adults[round] * 107 / 100,
		.source = "Số liệu trình diễn, do máy đặt", .as_of = r->opened.text });
}

/* What the papers count is known when the people are made. */
OUTCOME demo_end_commune(struct demo *d, struct demo_commune *commune)
{
	for (int round = 0; round < DEMO_ROUNDS; round++) {
		const int64_t *n = commune->counted[round];
		int64_t won = n[SHEET_RECOGNISED] + n[SHEET_REVOKED];

		if (commune->proposal[round])
			TRY(sql_demo_proposal_people(d->ask, commune->proposal[round]));
		if (commune->decision[round])
			TRY(sql_demo_decision_people(d->ask, commune->decision[round]));
		TRY(add_population(d, commune, round));
		if (won)
			TRY(sql_demo_book(d->ask, commune->id, d->rounds[round].id, commune->next_book[round]));
	}
	return demo_tally_write(commune->tally, d, commune->id);
}

OUTCOME demo_add_certificate(struct demo *d, struct demo_commune *commune, const struct demo_person *p, int round, bool revoked)
{
	const struct demo_round *r = &d->rounds[round];
	struct chance c = chance_of(d->seed, 20 + (uint64_t)round, (uint64_t)p->id);
	struct arena *a = d->ask->arena;
	char *code = arena_alloc(a, CODE_MAX + 1);
	unsigned char random[CODE_MAX];
	int64_t id;

	for (size_t i = 0; i < sizeof random; i++)
		random[i] = (unsigned char)chance_next(&c);
	code_make(code, CODE_CERTIFICATE_LEN, random);
	TRY(tree_new_id(d->ask, "certificate", &id));
	TRY(unique_add(d->ask, UNIQUE_CERTIFICATE, (struct bytes){ code, CODE_CERTIFICATE_LEN }, p->id));
	TRY(sql_demo_certificate(d->ask, &(struct sql_demo_certificate_in){ .person_id = p->id, .id = id, .round_id = r->id,
		.decision_id = commune->decision[round], .decision_number = number(d, commune, round, "QĐ-UBND"),
			.decision_day = r->decided.text,
		.authority = arena_format(a, "Ủy ban nhân dân %s", commune->in_words), .authority_unit_id = commune->id,
			.place = commune->bare,
		.signer = "Nguyễn Hữu Phước", .book_number = commune->next_book[round]++, .code = code, .name = p->name,
			.birth = p->birth,
		.home = arena_format(a, "%s, %s", p->leaf->name, commune->in_words), .valid_until = arena_format(a,
			"%lld-12-31", (long long)r->id),
		.condition = revoked ? 3 : 1, .revoked_reason = revoked ? "Kê khai minh chứng không đúng" : "",
		.ended_on = revoked ? d->today.text : "",
		.made_at = demo_noon(d, r->decided, &c), .version = revoked ? 2 : 1 }));
	d->ask->now = demo_noon(d, r->decided, &c);
	TRY(audit_add(d->ask, &(struct audit_entry){ .action = AUDIT_CERTIFICATE_ISSUED, .subject = "certificate",
		.subject_id = id, .version = 1,
		.person_id = p->id, .unit_id = p->leaf->id }));
	if (!revoked)
		return OK;
	d->ask->now = demo_noon(d, d->today, &c);
	return audit_add(d->ask, &(struct audit_entry){ .action = AUDIT_CERTIFICATE_REVOKED, .subject = "certificate",
		.subject_id = id, .version = 2,
		.person_id = p->id, .unit_id = p->leaf->id, .reason = "Kê khai minh chứng không đúng" });
}
