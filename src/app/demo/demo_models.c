/* Which households, clans, hamlets and organisations hold a learning title in which year: decided by name and seed, so that
 * everybody of one household agrees, and written once each. */
#include <string.h>

#include "app/demo/demo_world.h"
#include "demo_models_sql.h"
#include "registry/audit/audit.h"
#include "text/text.h"
#include "title/models/models.h"

/* Per mille of each kind in the first round; each round has a little more. */
static const int shares[MODEL_KINDS + 1] = { 0, 300, 200, 450, 550 };

static bool holds(const struct demo *d, enum model_kind kind, int64_t unit_id, const char *folded, int round)
{
	uint64_t name = 0;
	struct chance c;

	for (; *folded; folded++)
		name = name * 131 + (unsigned char)*folded;
	c = chance_of(d->seed + name, 40 + (uint64_t)kind, (uint64_t)unit_id);
	return chance_is(&c, shares[kind] + round * 60);
}

unsigned demo_learning_flags(const struct demo *d, const struct demo_commune *commune, const struct demo_person *p, int round)
{
	const struct demo_leaf *leaf = p->leaf;

	if (leaf->is_organisation)
		return holds(d, MODEL_ORGANISATION, leaf->id, "", round) ? STANDING_LEARNING_UNIT : 0;
	return holds(d, MODEL_HAMLET, leaf->id, "", round) || holds(d, MODEL_HOUSEHOLD, leaf->id, p->household_folded, round) ||
		holds(d, MODEL_CLAN, commune->id, p->clan_folded, round) ? STANDING_LEARNING_HOME : 0;
}

static OUTCOME write(struct demo *d, const struct demo_commune *commune, enum model_kind kind, int64_t unit_id,
	const char *name, const char *folded, int round)
{
	const struct demo_round *r = &d->rounds[round];
	struct chance c = chance_of(d->seed, 50, (uint64_t)unit_id);
	int64_t id;

	TRY(tree_new_id(d->ask, "learning_model", &id));
	d->ask->now = demo_noon(d, r->opened, &c);
	/* a household of the same name in the hamlet, or a clan met before */
	if (!demo_seen_is_new(commune->models, demo_seen_words((uint64_t)unit_id * 32 + (uint64_t)round * 8 + (uint64_t)kind,
		folded)))
		return OK;
	TRY(sql_demo_model(d->ask, &(struct sql_demo_model_in){ .id = id, .round_id = r->id, .model = (int64_t)kind,
		.unit_id = unit_id,
		.name = name, .folded = folded, .decision = arena_format(d->ask->arena, "15/QĐ-UBND ngày 15/01/%lld",
			(long long)r->id),
		.made_at = d->ask->now }));
	return audit_add(d->ask, &(struct audit_entry){ .action = AUDIT_MODEL_SET, .subject = "learning_model",
		.subject_id = id, .version = 1,
		.unit_id = unit_id });
}

OUTCOME demo_add_models(struct demo *d, const struct demo_commune *commune, const struct demo_person *p, bool first_of_leaf)
{
	const struct demo_leaf *leaf = p->leaf;

	for (int round = 0; round < DEMO_ROUNDS; round++) {
		enum model_kind own = leaf->is_organisation ? MODEL_ORGANISATION : MODEL_HAMLET;

		if (d->rounds[round].opened.at > d->today.at)
			continue;
		if (first_of_leaf && holds(d, own, leaf->id, "", round))
			TRY(write(d, commune, own, leaf->id, "", "", round));
		if (leaf->is_organisation)
			continue;
		if (holds(d, MODEL_HOUSEHOLD, leaf->id, p->household_folded, round))
			TRY(write(d, commune, MODEL_HOUSEHOLD, leaf->id, p->household, p->household_folded, round));
		if (holds(d, MODEL_CLAN, commune->id, p->clan_folded, round))
			TRY(write(d, commune, MODEL_CLAN, commune->id, p->clan, p->clan_folded, round));
	}
	return OK;
}
