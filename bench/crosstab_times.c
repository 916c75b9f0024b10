/* crosstab_times DATA: the three questions of bench_crosstab.sh answered from the packed columns of a demo, in one process, seven
 * times each after the first (which makes or maps the packs). Prints milliseconds: the first, and the middle of the others. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "base/day.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "figures/crosstabs/crosstabs.h"
#include "files/packs.h"
#include "registry/tree/tree.h"
#include "title/criteria/criteria.h"

enum { TIMES = 8 };

static double milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* As a page does: a read transaction around each. */
static enum outcome once(struct app *app, struct db *db, enum crosstab_side a, enum crosstab_side b, int64_t *people)
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
	*people = done == OK ? table.all.n : 0;
	db_read_end(db);
	arena_free(arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct { const char *name; enum crosstab_side a, b; } asked[] = { { "group, state", SIDE_GROUP, SIDE_STATE },
		{ "unit, age", SIDE_UNIT, SIDE_AGE }, { "leaf, sex", SIDE_LEAF, SIDE_SEX } };
	struct app app = { .data_dir = argc > 1 ? argv[1] : "data", .arena = arena_new(64 * MiB) };
	struct db *db = NULL;

	crypto_start();
	app.db_url = arena_format(app.arena, "sqlite:%s/hoctap.db", app.data_dir);
	app_packs(&app);
	app.criteria = criteria_cache_new();     /* as in serve */
	if (db_open(app.db_url, DB_READER, &db) != OK)
		return 1;
	for (size_t i = 0; i < COUNT(asked); i++) {
		double took[TIMES];
		int64_t people = 0;

		for (int k = 0; k < TIMES; k++) {
			double from = milliseconds();

			if (once(&app, db, asked[i].a, asked[i].b, &people) != OK)
				return 1;
			took[k] = milliseconds() - from;
		}
		qsort(took + 1, TIMES - 1, sizeof *took, by_size);
		printf("hoctap  %-12s  %lld people  first %.1f ms  middle %.1f ms\n", asked[i].name, (long long)people, took[0],
			took[TIMES / 2]);
	}
	db_close(db);
	packs_close(app.packs);
	criteria_cache_free(app.criteria);
	arena_free(app.arena);
	return 0;
}
