/* crosstab_times DATA: the three questions of bench_crosstab.sh answered from the packed columns of a demo, in one process, seven
 * times each after the first (which makes or maps the packs). Prints milliseconds: the first, and the middle of the others.
 * crosstab_times DATA rows: the last of them (leaf, sex) from the stored rows each time, three times after the first, with the
 * sums that bench_recount.sh compares. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/app.h"
#include "base/day.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "figures/crosstabs/crosstabs.h"
#include "files/packs.h"
#include "registry/tree/tree.h"
#include "title/criteria/criteria.h"

enum { TIMES = 8, TIMES_OF_ROWS = 4 };

static double milliseconds_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double milliseconds(void) { return milliseconds_of(CLOCK_MONOTONIC); }

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* As a page does: a read transaction around each. */
static enum outcome once(struct app *app, struct db *db, enum crosstab_side a, enum crosstab_side b, struct crosstab_cell *all)
{
	struct arena *arena = arena_new((size_t)1 << 30);
	struct ask ask = app_ask(app, db, arena);
	struct crosstab_query query = { .by = { a, b }, .n_by = 2 };
	struct crosstab table;
	struct unit province;
	const char *code;
	enum outcome done = db_read_begin(db);

	if (done == OK)
		done = setting_get(&ask, "province", &code);
	if (done == OK)
		done = tree_by_code(&ask, code, day_of(ask.now).text, &province);
	query.unit_id = province.id;
	if (done == OK)
		done = crosstab(&ask, &query, &table);
	if (done == OK)
		*all = table.all;
	db_read_end(db);
	arena_free(arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct { const char *name; enum crosstab_side a, b; } asked[] = { { "group, state", SIDE_GROUP, SIDE_STATE },
		{ "unit, age", SIDE_UNIT, SIDE_AGE }, { "leaf, sex", SIDE_LEAF, SIDE_SEX } };
	struct app app = { .data_dir = argc > 1 ? argv[1] : "data", .arena = arena_new(64 * MiB) };
	bool from_rows = argc > 2 && !strcmp(argv[2], "rows");
	int times = from_rows ? TIMES_OF_ROWS : TIMES;
	struct db *db = NULL;

	crypto_start();
	app.db_url = arena_format(app.arena, "sqlite:%s/hoctap.db", app.data_dir);
	if (!from_rows)
		app_packs(&app);
	app.criteria = criteria_cache_new();     /* as in serve */
	if (db_open(app.db_url, DB_READER, &db) != OK)
		return 1;
	for (size_t i = from_rows ? COUNT(asked) - 1 : 0; i < COUNT(asked); i++) {
		double took[TIMES], processor = milliseconds_of(CLOCK_PROCESS_CPUTIME_ID);
		struct crosstab_cell all = { 0 };

		for (int k = 0; k < times; k++) {
			double from = milliseconds();

			if (once(&app, db, asked[i].a, asked[i].b, &all) != OK)
				return 1;
			took[k] = milliseconds() - from;
		}
		qsort(took + 1, (size_t)times - 1, sizeof *took, by_size);
		printf("hoctap  %-12s  %lld people  first %.1f ms  middle %.1f ms  points %lld  processor %.1f ms each\n",
			asked[i].name, (long long)all.n, took[0], took[times / 2], (long long)all.total,
			(milliseconds_of(CLOCK_PROCESS_CPUTIME_ID) - processor) / times);
	}
	db_close(db);
	packs_close(app.packs);
	criteria_cache_free(app.criteria);
	arena_free(app.arena);
	return 0;
}
