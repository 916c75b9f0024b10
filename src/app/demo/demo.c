#include "app/demo/demo.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/copy.h"
#include "app/demo/demo_accounts.h"
#include "app/demo/demo_evidence.h"
#include "app/demo/demo_names.h"
#include "app/demo/demo_world.h"
#include "app/setup.h"
#include "app/shipped.h"
#include "db/bulk.h"
#include "db/transaction.h"
#include "demo_sql.h"
#include "files/files.h"
#include "registry/audit/audit.h"
#include "registry/units/units.h"
#include "sandbox/client.h"
#include "text/text.h"

enum { PEOPLE_DEFAULT = 20000, PEOPLE_MAX = 10000000, PER_LEAF = 700, COMMUNES_MAX = 400 };

struct demo_date demo_date(const struct demo *d, int at)
{
	BUG_ON(at < 0 || at >= DEMO_DAYS);
	return (struct demo_date){ at, d->calendar[at].text };
}

static struct demo_date date_of(const struct demo *d, const char *day)
{
	return demo_date(d, day_count(d->calendar[0].text, day));
}

static void set_calendar(struct demo *d, int first_year)
{
	char first[32];

	snprintf(first, sizeof first, "%04d-01-01", first_year);
	d->begins = day_start(first);
	for (int i = 0; i < DEMO_DAYS; i++)
		d->calendar[i] = day_add(first, i);
}

static struct demo_date day_in(const struct demo *d, int year, const char *month_and_day)
{
	char day[32];

	snprintf(day, sizeof day, "%04d-%s", year, month_and_day);
	return date_of(d, day);
}

static void set_round(struct demo *d, int i, int year)
{
	bool open = i == DEMO_ROUNDS - 1;

	/* in the open round the quick communes met early in November */
	d->rounds[i] = (struct demo_round){ .id = year, .open = open, .opened = day_in(d, year, "01-15"),
		.meeting = day_in(d, year, open ? "11-05" : "12-13"), .posted = day_in(d, year, open ? "11-07" : "12-14"),
		.proposed = day_in(d, year, open ? "11-14" : "12-20"), .decided = day_in(d, year, open ? "11-19" : "12-26"),
		.lapsed = day_in(d, year, "12-01") };
}

static OUTCOME add_round(struct demo *d, const struct demo_round *r)
{
	const char *y = arena_format(d->ask->arena, "%04lld", (long long)r->id);
	struct arena *a = d->ask->arena;

	d->ask->now = day_start(r->opened.text) + 8 * 3600;
	TRY(sql_demo_round(d->ask, &(struct sql_demo_round_in){ .id = r->id, .criteria_id = d->criteria->id,
		.register_from = r->opened.text,
		.register_until = arena_format(a, "%s-11-30", y), .score_from = arena_format(a, "%s-09-15", y),
		.score_until = arena_format(a, "%s-11-30", y), .review_from = arena_format(a, "%s-10-01", y),
		.review_until = arena_format(a, "%s-12-12", y), .recognise_from = arena_format(a, "%s-10-15", y),
		.recognise_until = arena_format(a, "%s-12-31", y), .locked = r->open ? 0 : 1 }));
	return audit_add(d->ask, &(struct audit_entry){ .action = AUDIT_ROUND_OPENED, .subject = "round", .subject_id = r->id,
		.version = 1 });
}

/* ---- communes ---- */

static enum demo_stage stage_of(int n)
{
	static const enum demo_stage of[] = { STAGE_USUAL, STAGE_USUAL, STAGE_LATE, STAGE_USUAL, STAGE_LISTED, STAGE_USUAL,
		STAGE_USUAL, STAGE_POSTED,
		STAGE_USUAL, STAGE_LATE, STAGE_USUAL, STAGE_DECIDED, STAGE_USUAL, STAGE_USUAL, STAGE_LISTED, STAGE_USUAL,
			STAGE_PROPOSED, STAGE_USUAL,
		STAGE_LATE, STAGE_USUAL };

	return of[n % (int)COUNT(of)];
}

static OUTCOME add_leaf(struct demo *d, struct demo_commune *commune, const char *kind, const char *name, struct chance *c)
{
	struct leaf_new leaf = { .parent_id = commune->id, .kind = kind, .name = name, .code = "",
		.from_day = d->rounds[0].opened.text };
	struct demo_leaf *out = &commune->leaves[commune->n_leaves];
	enum sex sex = chance_is(c, 550) ? SEX_FEMALE : SEX_MALE;

	leaf.branch = (struct branch){ "", demo_person_name(d->ask->arena, c, demo_family(c), sex),
		arena_format(d->ask->arena, "09000%05d", chance_below(c, 100000)), 0 };
	*out = (struct demo_leaf){ .name = name, .kind = kind, .is_organisation = unit_kind_is_organisation(kind) };
	TRY(unit_add_leaf(d->ask, &leaf, &out->id));
	commune->n_leaves++;
	return OK;
}

static OUTCOME add_leaves(struct demo *d, struct demo_commune *commune, int64_t people, bool urban)
{
	struct chance c = chance_of(d->seed, 1, (uint64_t)commune->id);
	int hamlets = (int)(people / PER_LEAF), organisations, first = chance_below(&c, 25);

	hamlets = hamlets < 4 ? 4 : hamlets > 40 ? 40 : hamlets;
	organisations = 1 + hamlets / 4;
	d->ask->now = day_start(d->rounds[0].opened.text) + 7 * 3600;
	for (int i = 0; i < hamlets; i++)
		TRY(add_leaf(d, commune, urban ? "khu_pho" : "ap", demo_hamlet(d->ask->arena, first, i, urban), &c));
	for (int i = 0; i < organisations; i++) {
		const char *kind, *name = demo_organisation(d->ask->arena, &c, i, commune->bare, &kind);

		TRY(add_leaf(d, commune, kind, name, &c));
	}
	return OK;
}

/* "Xã Đức Hoà" is "xã Đức Hoà" inside a sentence, and "Đức Hoà" in the name of its school. */
static void set_words(struct demo *d, struct demo_commune *commune, const struct unit *u)
{
	const char *kind = unit_kind_label(u->kind);
	size_t len = strlen(kind);

	commune->bare = !strncmp(u->name, kind, len) && u->name[len] == ' ' ? u->name + len + 1 : u->name;
	commune->in_words = arena_format(d->ask->arena, "%s %s", text_lower(d->ask->arena, kind), commune->bare);
}

static OUTCOME make_commune(struct demo *d, struct demo_commune *commune, int64_t people)
{
	int64_t left = people;

	TRY(add_leaves(d, commune, people, !strncmp(commune->name, "Phường", strlen("Phường"))));
	TRY(demo_begin_commune(d, commune));
	for (int i = 0; i < commune->n_leaves; i++) {
		struct demo_leaf *leaf = &commune->leaves[i];
		int64_t n = i + 1 == commune->n_leaves ? left : people * (leaf->is_organisation ? 5 : 9)
			/ (commune->n_leaves * 8);

		n = n > left ? left : n;
		left -= n;
		TRY(demo_make_people(d, commune, leaf, n));
	}
	return demo_end_commune(d, commune);
}

/* communes_of leaves the province where the district was. */
static int64_t province_of(const struct unit *commune) { return commune->parent_id; }

/* Every commune's share is random around the mean: wards are larger. One transaction: a page that each commune fills further
 * (of keys) is written once. */
static OUTCOME make_communes(struct demo *d, struct unit_list units)
{
	DB_TRANSACTION(tx, d->ask->db);
	struct demo_commune *commune = ARENA_NEW(d->ask->arena, struct demo_commune);
	struct arena *keep = d->ask->arena;
	int weights[COMMUNES_MAX], sum = 0, n = 0;
	int64_t left = d->people;

	for (size_t i = 0; i < units.n; i++) {
		struct chance c = chance_of(d->seed, 7, (uint64_t)units.at[i].id);

		weights[i] = 60 + chance_below(&c, 80) + (strcmp(units.at[i].kind, "xa") ? 60 : 0);
		sum += weights[i];
	}
	for (size_t i = 0; i < units.n; i++) {
		const struct unit *u = &units.at[i];
		int64_t share = i + 1 == units.n ? left : d->people * weights[i] / sum;
		struct arena *work = arena_new(64 * MiB);
		enum outcome done;

		left -= share;
		memset(commune, 0, sizeof *commune);
		*commune = (struct demo_commune){ .id = u->id, .province_id = province_of(u), .name = u->name, .code = u->code,
			.stage = stage_of(n++), .is_chain = !strcmp(u->code, d->chain) };
		if (commune->is_chain)
			commune->stage = STAGE_USUAL;
		d->ask->arena = work;
		set_words(d, commune, u);
		commune->tally = demo_tally_new();
		commune->models = demo_seen_new();
		done = make_commune(d, commune, share);
		demo_tally_free(commune->tally);
		demo_seen_free(commune->models);
		d->ask->arena = keep;
		arena_free(work);
		TRY(done);
		if (isatty(STDERR_FILENO))
			fprintf(stderr, "\r%zu/%zu xã, phường, %lld người", i + 1, units.n, (long long)d->made);
	}
	if (isatty(STDERR_FILENO))
		fputc('\n', stderr);
	return db_commit(&tx);
}

/* ---- the whole ---- */

static void rank_groups(struct demo *d)
{
	const struct criteria_group *groups = d->criteria->groups;

	BUG_ON(d->criteria->n_groups > DEMO_GROUPS_MAX);
	for (size_t i = 0; i < d->criteria->n_groups; i++) {
		d->group_rank[i] = 0;
		for (size_t k = 0; k < d->criteria->n_groups; k++)
			d->group_rank[i] += strcmp(groups[k].code, groups[i].code) < 0;
		d->group_at[d->group_rank[i]] = (int)i;
	}
}

static OUTCOME make_place(struct demo *d, bool old_units)
{
	DB_TRANSACTION(tx, d->ask->db);
	struct import_counts counts;
	struct unit province;
	int64_t criteria;

	d->ask->now = day_start(d->rounds[0].opened.text) + 6 * 3600;
	if (old_units) {
		TRY(setting_set(d->ask, "register", arena_format(d->ask->arena, "%d", setup_register(d->province))));
		TRY(units_import_state(d->ask, shipped_units_before_2025(), d->rounds[0].opened.text, DAY_OPEN, &counts));
		TRY(setup_names(d->ask, d->province, d->rounds[0].opened.text));
	} else {
		TRY(setup_place(d->ask, d->province, d->rounds[0].opened.text));
	}
	TRY(tree_by_code(d->ask, d->province, d->rounds[0].opened.text, &province));
	d->province_id = province.id;
	TRY(criteria_import(d->ask, shipped_criteria(), &criteria));
	TRY(criteria_get(d->ask, criteria, &d->criteria));
	TRY(criteria_publish(d->ask, criteria, d->criteria->version));
	rank_groups(d);
	for (int i = 0; i < DEMO_ROUNDS; i++)
		TRY(add_round(d, &d->rounds[i]));
	return db_commit(&tx);
}

/* Communes below one province, or below both old ones; each says its province as its parent. */
static OUTCOME communes_of(struct demo *d, bool old_units, struct unit_list *out)
{
	struct unit_list all;
	struct unit *units;

	TRY(tree_all(d->ask, d->rounds[0].opened.text, LEVEL_COMMUNE, &all));
	units = ARENA_ARRAY(d->ask->arena, struct unit, COMMUNES_MAX);
	*out = (struct unit_list){ 0, units };
	for (size_t i = 0; i < all.n && out->n < COMMUNES_MAX; i++) {
		int64_t province;

		if (all.at[i].level != LEVEL_COMMUNE)
			continue;
		TRY(tree_province(d->ask, all.at[i].id, d->rounds[0].opened.text, &province));
		if (!old_units && province != d->province_id)
			continue;
		units[out->n] = all.at[i];
		units[out->n++].parent_id = province;
	}
	return OK;
}

/* What lies beside is about half of the work, and nobody reads it before the end. */
static OUTCOME make_in_bulk(struct demo *d, struct unit_list communes)
{
	static const struct db_bulk how = { .sorted = "person standing assessment certificate decision_person proposal_person",
		.beside = "audit counter counter_day counter_sum counter_sum_day target_counter target_day" };
	struct db *store = d->ask->db;
	enum outcome made, ended;

	TRY(setting_register(d->ask, &d->ask->home));
	TRY(db_bulk_begin(store, &how, &d->ask->db));
	d->seen = demo_seen_new();
	made = make_communes(d, communes);
	demo_seen_free(d->seen);
	ended = db_bulk_end(d->ask->db, made == OK);
	d->ask->db = store;
	return made == OK ? ended : made;
}

static OUTCOME make_demo(struct demo *d, bool old_units)
{
	struct unit_list communes;
	struct unit leaf;

	TRY(make_place(d, old_units));
	TRY(communes_of(d, old_units, &communes));
	if (!d->chain)
		d->chain = communes.at[0].code;
	TRY(make_in_bulk(d, communes));
	d->ask->now = day_start(d->today.text) + 8 * 3600;
	if (demo_chain_leaf(d, &leaf) == OK)
		TRY(demo_add_evidence(d, leaf.id));
	TRY(setting_set(d->ask, "demo", arena_format(d->ask->arena, "seed %llu, %lld people, made for %s",
		(unsigned long long)d->seed,
		(long long)d->people, d->today.text)));
	return OK;
}

/* The made-up past before the merger is that of one province. */
static bool read_province(const struct arguments *args, struct demo *d, bool old_units)
{
	const char *province = argument_option(args, "province");

	d->province = *province ? province : DEMO_PROVINCE;
	d->chain = !strcmp(d->province, DEMO_PROVINCE) ? DEMO_CHAIN_CODE : NULL;
	if (setup_register(d->province) && (!old_units || d->chain))
		return true;
	fprintf(stderr, "--province: cần mã của một tỉnh, thành phố, ví dụ 92; với --units 2025-06-30 chỉ %s.\n", DEMO_PROVINCE);
	return false;
}

static bool read_options(struct app *app, const struct arguments *args, struct demo *d, bool *old_units)
{
	const char *units = argument_option(args, "units"), *today;
	int64_t seed;

	*old_units = !strcmp(units, "2025-06-30");
	if (*units && !*old_units && strcmp(units, "now") != 0) {
		fprintf(stderr, "--units: now hoặc 2025-06-30.\n");
		return false;
	}
	if (!read_province(args, d, *old_units))
		return false;
	if (!argument_number(args, "people", 1, PEOPLE_MAX, PEOPLE_DEFAULT, &d->people) || !argument_number(args, "seed", 0,
		1 << 30, 1, &seed) ||
	    !argument_day(args, "today", &today))
		return false;
	if (!*today)
		today = *old_units ? "2025-06-30" : arena_text(app->arena, day_of(app_now(app)).text);
	d->seed = (uint64_t)seed + 1;
	set_calendar(d, day_year(today) - (DEMO_ROUNDS - 1));
	d->today = date_of(d, today);
	for (int i = 0; i < DEMO_ROUNDS; i++)
		set_round(d, i, day_year(today) - (DEMO_ROUNDS - 1) + i);
	return true;
}

/* No ANALYZE: the plans that sqlc saw at build are the ones that run (with statistics SQLite 3.40 puts a Bloom filter, a scan
 * of the whole table, before the three look-ups of unit_path).
 * The store is made without waiting for the disk and made durable at the end: a demo cut short is made again. */
static OUTCOME fill(struct app *app, struct demo *d, bool old_units)
{
	struct ask ask;
	struct db *db;
	enum outcome done = FAILED;

	if (setup_store(app, &db) == OK && db_hurry(db, true) == OK && app_files(app) == OK) {
		app->sandbox = sandbox_new(&(struct sandbox_config){ 0 });
		ask = app_ask(app, db, app->arena);
		ask.hooks = NULL;
		ask.sandbox = app->sandbox;
		d->ask = &ask;
		if (make_demo(d, old_units) == OK && demo_make_accounts(d, app) == OK)
			done = db_hurry(db, false);
		app_print_problems(ask.problems);
		sandbox_free(app->sandbox);
		files_close(app->files);
	}
	db_close(db);
	return done;
}

static void remove_beside(struct app *app)
{
	static const char *const parts[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < COUNT(parts); i++)
		unlink(arena_format(app->arena, "%s/demo.db%s", app->data_dir, parts[i]));
}

/* For a server: made in a file beside and moved there whole, since a row at a time over a network takes ten times as long. */
static OUTCOME fill_beside(struct app *app, struct demo *d, bool old_units)
{
	const char *url = app->db_url, *beside = arena_format(app->arena, "sqlite:%s/demo.db", app->data_dir);
	enum outcome done = setup_is_free(app);

	TRY(done);
	remove_beside(app);
	app->db_url = beside;
	done = fill(app, d, old_units);
	app->db_url = url;
	if (done == OK)
		done = copy_store(app, beside, url, true);
	remove_beside(app);
	return done;
}

int demo_run(struct app *app, const struct arguments *args)
{
	struct demo *d = ARENA_NEW(app->arena, struct demo);
	struct timespec from, to;
	enum outcome filled;
	bool old_units;

	if (!read_options(app, args, d, &old_units))
		return EXIT_USAGE;
	clock_gettime(CLOCK_MONOTONIC, &from);
	filled = db_url_is_remote(app->db_url) ? fill_beside(app, d, old_units) : fill(app, d, old_units);
	clock_gettime(CLOCK_MONOTONIC, &to);
	if (filled == OK)
		printf("Bản trình diễn: %lld người, %d đợt, đến ngày %s, trên các đơn vị %s; làm trong %.1f giây. Tài khoản ở %s/demo-accounts.json.\n",
			(long long)d->made, DEMO_ROUNDS, d->today.text, old_units ? "trước 01/7/2025"
				: "của hôm nay (lùi về một quá khứ tự đặt)",
			(double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9, app->data_dir);
	return filled == OK ? EXIT_DONE : EXIT_REFUSED;
}
