/* `hoctap bench load`: an evening at year end in miniature, against a serving demo. Requests start at times fixed
 * beforehand (open loop): one that waits because all connections are busy has waited since its time, so a server that
 * stalls is seen (no coordinated omission). A request is late, never left out. */
#include "app/demo/load.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/demo/demo.h"
#include "crypto/crypto.h"

enum { SAMPLES_MAX = 4000000, SHARES = 100 };

const struct load_share load_shares[LOAD_KINDS] = {
	[LOAD_SHEET] = { "own_sheet", 18 }, [LOAD_PAGE] = { "own_page_saved", 15 }, [LOAD_LIST] = { "people_list", 10 },
	[LOAD_GRID] = { "grid_rows", 12 }, [LOAD_ROW] = { "grid_row_saved", 12 }, [LOAD_LEAF] = { "dashboard_leaf", 10 },
	[LOAD_COMMUNE] = { "dashboard_commune", 3 }, [LOAD_VERIFY] = { "certificate", 15 }, [LOAD_ADD] = { "person_added", 5 },
};

double load_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void wait_for(double seconds)
{
	if (seconds > 0)
		nanosleep(&(struct timespec){ .tv_sec = (time_t)seconds,
			.tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9) }, NULL);
}

struct worker { struct load *load; struct load_visitor *who; pthread_t thread; bool started; };

static enum load_kind kind_at(int64_t i)
{
	unsigned char at[2];
	int share;

	random_seeded(at, sizeof at, 2026, (uint64_t)i);
	share = (at[0] + at[1] * 256) % SHARES;
	for (int k = 0; k < LOAD_KINDS; k++)
		if ((share -= load_shares[k].share) < 0)
			return (enum load_kind)k;
	return LOAD_SHEET;
}

static void *work(void *context)
{
	const struct worker *w = context;
	struct load *l = w->load;
	struct load_visit *visit = load_visit_new(l, w->who);

	while (visit) {
		int64_t i = atomic_fetch_add(&l->next, 1);
		double due = l->from + (double)i / (double)l->rate;
		long status = 0;
		bool good;

		if (i >= l->n)
			break;
		wait_for(due - load_now());
		l->kind[i] = (unsigned char)kind_at(i);
		good = load_visit_one(visit, (enum load_kind)l->kind[i], i, &status, &l->post_ms[i]);
		l->ms[i] = (float)((load_now() - due) * 1e3) * (good ? 1.0f : -1.0f);
		if (!good)
			atomic_fetch_add(&l->status[status >= 100 && status < 600 ? status / 100 : 0], 1);
	}
	if (visit)
		load_visit_free(visit);
	return NULL;
}

/* Every second, until the last request has begun. */
static void *watch(void *context)
{
	struct load *l = context;
	struct load_visit *visit = load_visit_new(l, NULL);

	for (size_t s = 0; visit && s < LOAD_SECONDS_MAX && atomic_load(&l->next) < l->n; s++) {
		wait_for(l->from + (double)s - load_now());
		l->seconds[l->n_seconds++] = load_visit_metrics(visit);
	}
	if (visit)
		load_visit_free(visit);
	return NULL;
}

static void run(struct load *l)
{
	struct worker all[LOAD_CONNECTIONS];
	pthread_t watcher;
	bool watched;

	l->from = load_now() + 0.1;
	watched = !pthread_create(&watcher, NULL, watch, l);
	for (size_t i = 0; i < COUNT(all); i++) {
		all[i] = (struct worker){ .load = l, .who = &l->visitors[i] };
		all[i].started = !pthread_create(&all[i].thread, NULL, work, &all[i]);
	}
	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].started)
			pthread_join(all[i].thread, NULL);
	l->took = load_now() - l->from;
	if (watched)
		pthread_join(watcher, NULL);
}

int load_run(struct app *app, const struct arguments *args)
{
	struct load *l = ARENA_NEW(app->arena, struct load);
	int64_t seconds;
	bool good = false;

	l->base = argument_option(args, "url");
	if (!*l->base || !argument_number(args, "rate", 1, 20000, 200, &l->rate)
		|| !argument_number(args, "seconds", 1, LOAD_SECONDS_MAX, 10, &seconds))
		return EXIT_USAGE;
	l->n = l->rate * seconds;
	if (l->n > SAMPLES_MAX) {
		fputs("Nhiều yêu cầu quá: --rate nhân --seconds không quá 4 triệu.\n", stderr);
		return EXIT_USAGE;
	}
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (load_make_ready(app, l) != OK)
		return EXIT_REFUSED;
	l->ms = calloc((size_t)l->n, sizeof *l->ms);
	l->post_ms = calloc((size_t)l->n, sizeof *l->post_ms);
	l->kind = calloc((size_t)l->n, 1);
	if (l->ms && l->post_ms && l->kind) {
		run(l);
		good = load_report(app, l, *argument_option(args, "json"));
	}
	free(l->ms);
	free(l->post_ms);
	free(l->kind);
	return good ? EXIT_DONE : EXIT_REFUSED;
}
