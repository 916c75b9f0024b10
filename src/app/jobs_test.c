#include "tests/test.h"

#include <string.h>
#include <time.h>

#include "app/jobs.h"
#include "tests/world.h"
#include "title/rounds/rounds.h"

static int64_t waiting(struct world *w, const char *kind)
{
	struct job_list list;
	int64_t n = 0;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, job_list(&w->ask, 0, &list));
	for (size_t i = 0; i < list.n; i++)
		n += !strcmp(list.at[i].kind, kind) && list.at[i].condition == JOB_WAITING;
	return n;
}

TEST(app_jobs, every_kind_runs_to_its_end_on_an_empty_round)
{
	struct world w;

	world_open(&w);
	world_round(&w);
	w.ask.now += 10 * 86400;                         /* past the last day of scoring */
	CHECK_OUTCOME(OK, app_jobs_daily(&w.ask));
	CHECK_OUTCOME(OK, jobs_run_all(&w.ask, app_jobs));
	CHECK_INT(0, waiting(&w, "round_open") + waiting(&w, "window_close") + waiting(&w, "sweep"));
	world_close(&w);
}

TEST(app_jobs, a_day_is_begun_once_and_closes_what_ended_before_it)
{
	struct world w;

	world_open(&w);
	world_round(&w);
	CHECK_OUTCOME(OK, app_jobs_daily(&w.ask));
	CHECK_OUTCOME(OK, app_jobs_daily(&w.ask));
	CHECK_INT(1, waiting(&w, "sweep"));
	CHECK_INT(0, waiting(&w, "window_close"));
	w.ask.actor = &access_system;
	CHECK_OUTCOME(OK, round_extend(&w.ask, w.round, w.commune, STAGE_SCORE, "2026-12-03", "Mưa lũ kéo dài nhiều ngày"));
	w.ask.now = day_start("2026-11-30") + 3600;      /* the last day still counts */
	CHECK_OUTCOME(OK, app_jobs_daily(&w.ask));
	CHECK_INT(0, waiting(&w, "window_close"));
	w.ask.now = day_start("2026-12-02") + 3600;      /* a day without a run is made up for */
	CHECK_OUTCOME(OK, app_jobs_daily(&w.ask));
	CHECK_INT(1, waiting(&w, "window_close"));
	w.ask.now = day_start("2026-12-04") + 3600;
	CHECK_OUTCOME(OK, app_jobs_daily(&w.ask));
	CHECK_INT(2, waiting(&w, "window_close"));
	world_close(&w);
}

TEST(app_jobs, the_thread_works_beside_the_server)
{
	struct jobs_thread *thread;
	struct world w;
	struct db *db;

	world_serve(&w);
	world_round(&w);
	CHECK_INT(1, waiting(&w, "round_open"));
	CHECK_OUTCOME(OK, db_open(w.app.db_url, DB_WRITER, &db));
	thread = jobs_thread_start(&w.app, db);
	CHECK(thread != NULL);
	for (int i = 0; i < 500 && waiting(&w, "round_open"); i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	CHECK_INT(0, waiting(&w, "round_open"));
	jobs_thread_stop(thread);
	world_close(&w);
}
