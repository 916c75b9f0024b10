/* People come in households of one to six, each of one clan, in a hamlet; an organisation's staff live where they work. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/demo/demo_names.h"
#include "app/demo/demo_world.h"
#include "crypto/keyring.h"
#include "demo_people_sql.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "text/name.h"
#include "text/text.h"

static const char *const groups_by_age[][4] = {
	{ "nguoi_hoc", "nguoi_hoc", "nguoi_hoc", "cong_nhan" },                     /* to 22 */
	{ "cong_nhan", "nong_dan", "lao_dong_tu_do", "cong_nhan" },              /* to 40 */
	{ "nong_dan", "nong_dan", "lao_dong_tu_do", "cong_nhan" },               /* to 59 */
	{ "nguoi_cao_tuoi", "nguoi_cao_tuoi", "nguoi_cao_tuoi", "nong_dan" },    /* 60 and over */
};

static int group_of(const struct demo *d, struct chance *c, const struct demo_leaf *leaf, int age)
{
	const char *code = groups_by_age[age < 23 ? 0 : age < 41 ? 1 : age < 60 ? 2 : 3][chance_below(c, 4)];
	int found;

	if (leaf->is_organisation)
		code = !strcmp(leaf->kind, "truong") ? "vien_chuc" : !strcmp(leaf->kind, "co_quan") ? "cong_chuc"
		       : !strcmp(leaf->kind, "doanh_nghiep") ? "cong_nhan" : "luc_luong_vu_trang";
	found = criteria_group_index(d->criteria, code);
	return found >= 0 ? found : chance_below(c, (int)d->criteria->n_groups);
}

static int age_of(struct chance *c, bool staff)
{
	int spread = chance_below(c, 1000);

	if (staff)
		return 22 + chance_below(c, 38);
	return spread < 30 ? 16 + chance_below(c, 2) : spread < 260 ? 18 + chance_below(c,
		12) : spread < 470 ? 30 + chance_below(c, 10)
	       : spread < 660 ? 40 + chance_below(c, 10) : spread < 820 ? 50 + chance_below(c, 10) : 60 + chance_below(c, 28);
}

/* 12 digits: province of birth registration, century and sex, year, a serial of 9xxxxx. */
static const char *national_id(struct demo *d, struct chance *c, const struct demo_person *p)
{
	int century = p->year >= 2000 ? 2 : 0;

	d->serial = (d->serial + 1) % 100000;
	return arena_format(d->ask->arena, "0%s%d%02d9%05d", chance_is(c, 600) ? "80" : "72", century + (p->sex == SEX_FEMALE),
		p->year % 100,
		d->serial);
}

static OUTCOME add_words(struct demo *d, const struct demo_commune *commune, const struct demo_person *p)
{
	struct words words = text_words(d->ask->arena, p->folded);

	for (size_t i = 0; i < words.n; i++)
		TRY(sql_demo_word(d->ask, commune->id, words.at[i], p->id));
	return OK;
}

static OUTCOME add_person(struct demo *d, const struct demo_commune *commune, struct chance *c, struct demo_person *p)
{
	struct ask *ask = d->ask;
	const char *id_digits = chance_is(c, 930) ? national_id(d, c, p) : "";
	char *phone = arena_alloc(ask->arena, 12);
	struct bytes sealed = { NULL, 0 };

	if (*id_digits && !demo_seen_is_new(d->seen, strtoull(id_digits, NULL, 10)))
		id_digits = "";                  /* the same birth year and serial came round again: leave it out */
	if (*id_digits) {
		struct hash h = keyring_hash(ask->keys, HASH_NATIONAL_ID, (struct bytes){ id_digits, 12 });

		sealed = keyring_encrypt(ask->keys, ask->arena, (struct bytes){ id_digits, 12 });
		TRY(unique_add(ask, UNIQUE_NATIONAL_ID, (struct bytes){ h.at, HASH_LEN }, p->id));
	}
	if (chance_is(c, 680))
		snprintf(phone, 12, "09000%05d", chance_below(c, 100000));
	TRY(sql_demo_person(ask, &(struct sql_demo_person_in){ .id = p->id, .name = p->name, .folded = p->folded,
		.name_key = p->name_key,
		.birth = p->birth, .sex = p->sex, .national_id = sealed, .national_id_end = *id_digits ? id_digits + 8 : "",
			.phone = phone,
		.leaf_id = p->leaf->id, .hamlet_id = p->leaf->is_organisation ? 0 : p->leaf->id,
		.organisation_id = p->leaf->is_organisation ? p->leaf->id : 0, .commune_id = commune->id,
			.province_id = commune->province_id,
		.household = p->household, .clan = p->clan, .group_code = d->criteria->groups[p->group].code, .member = p->member,
		.trained_on = p->trained_on, .guardian = day_year(d->today.text) - p->year < 18 ? p->household : "",
		.made_at = demo_noon(d, d->rounds[0].opened, c) }));
	ask->now = demo_noon(d, d->rounds[0].opened, c);
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_PERSON_ADDED, .subject = "person", .subject_id = p->id,
		.version = 1,
		.person_id = p->id, .unit_id = p->leaf->id }));
	return add_words(d, commune, p);
}

static void make_person(struct demo *d, struct chance *c, const struct demo_leaf *leaf, const char *family, struct demo_person *p)
{
	struct arena *a = d->ask->arena;
	int age = age_of(c, leaf->is_organisation);

	p->leaf = leaf;
	p->sex = chance_is(c, 513) ? SEX_FEMALE : SEX_MALE;
	p->name = demo_person_name(a, c, family, p->sex);
	p->folded = text_fold(a, p->name);
	p->name_key = name_key(a, p->name);
	p->year = day_year(d->today.text) - age;
	p->birth = chance_is(c, age >= 60 ? 350 : 60) ? arena_format(a, "%d", p->year)
		   : arena_format(a, "%d-%02d-%02d", p->year, 1 + chance_below(c, 12), 1 + chance_below(c, 28));
	p->group = group_of(d, c, leaf, age);
	p->member = chance_is(c, age >= 60 ? 420 : leaf->is_organisation ? 600 : 160);
	p->trained_on = p->member && chance_is(c, 780) ? d->rounds[DEMO_ROUNDS - 1].opened.text : "";
	p->ability = chance_below(c, 1000) + (leaf->is_organisation ? 120 : 0) - (age >= 70 ? 80 : 0);
	p->zeal = chance_below(c, 1000) - (leaf->is_organisation ? 150 : 0);
}

OUTCOME demo_make_people(struct demo *d, struct demo_commune *commune, struct demo_leaf *leaf, int64_t n)
{
	struct arena *keep = d->ask->arena, *work = arena_new(8 * MiB);
	struct demo_tally *tally = demo_tally_new();
	struct chance c = chance_of(d->seed, 2, (uint64_t)leaf->id);
	const char *family = "", *head = "";
	enum outcome done = OK;
	int left = 0;

	d->ask->arena = work;
	for (int64_t i = 0; done == OK && i < n; i++) {
		struct demo_person p = { 0 };

		if (!left) {             /* a new household: its names live until the last of it is written */
			arena_reset(work);
			left = leaf->is_organisation ? 1 : 1 + chance_below(&c, 6);
			family = demo_family(&c);
			head = "";
		}
		left--;
		make_person(d, &c, leaf, family, &p);
		if (!*head)
			head = p.name;
		p.household = leaf->is_organisation ? "" : head;
		p.clan = leaf->is_organisation ? "" : arena_format(work, "Họ %s, %s", family, leaf->name);
		p.household_folded = text_fold(work, p.household);
		p.clan_folded = text_fold(work, p.clan);
		if (head == p.name)
			done = demo_add_models(d, commune, &p, !i);
		if (done == OK)
			done = tree_new_id(d->ask, "person", &p.id);
		if (done == OK)
			done = add_person(d, commune, &c, &p);
		if (done == OK)
			done = demo_make_sheets(d, commune, &p, tally);
		d->made++;
	}
	d->ask->arena = keep;
	if (done == OK) {
		demo_tally_merge(commune->tally, tally);
		done = demo_tally_write(tally, d, leaf->id);
	}
	demo_tally_free(tally);
	arena_free(work);
	return done;
}
