#include "app/jobs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/day.h"
#include "base/log.h"
#include "db/transaction.h"
#include "figures/crosstabs/crosstabs.h"
#include "files/files.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/access/session.h"
#include "registry/tree/tree.h"
#include "text/format.h"
#include "text/parse.h"
#include "title/assessments/assessments.h"
#include "title/models/models.h"
#include "title/evidence/evidence.h"
#include "title/roster/roster_jobs.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"
#include "title/transfers/transfers.h"

/* So many that a slice takes about 100 ms. */
enum { SWEEP_FILES = 200, FILL = 1000, LAPSE = 300, UNITS = 100 };

/* ---- kinds ---- */

struct input { int64_t round_id, unit_id; };

/* Written by job_add's callers: a wrong one stops the job with what is wrong. */
static OUTCOME read_input(struct ask *ask, const struct job *job, struct input *out)
{
	const struct json *root;

	TRY(json_parse(ask->arena, (struct bytes){ job->input, strlen(job->input) }, ask->problems, &root));
	out->round_id = json_int(json_member(root, "round"), 1, INT64_MAX);
	out->unit_id = json_has(json_member(root, "unit")) ? json_int(json_member(root, "unit"), 0, INT64_MAX) : 0;
	return problems_none(ask->problems) ? OK : INVALID;
}

static int64_t position_of(const struct job *job)
{
	int64_t at = 0;

	if (*job->position)
		BUG_ON(!text_to_int(job->position, 0, INT64_MAX, &at));
	return at;
}

static void set_position(struct ask *ask, struct job *job, int64_t at)
{
	job->position = arena_format(ask->arena, "%lld", (long long)at);
}

/* Titles written down while the rows were made reach those who had none then. */
static OUTCOME add_models(struct ask *ask, int64_t round_id)
{
	int64_t id;

	return job_add(ask, &(struct job_new){ .kind = "models_apply", .input = arena_format(ask->arena, "{\"round\":%lld}",
		(long long)round_id), .title = arena_format(ask->arena, "Gia đình, dòng họ, đơn vị học tập năm %lld", (long long)round_id) }, &id);
}

/* Clans reach who came into their commune. */
static OUTCOME add_models_of_open(struct ask *ask)
{
	struct round_list rounds;

	TRY(round_list(ask, &rounds));
	for (size_t i = 0; i < rounds.n; i++)
		if (!rounds.at[i].locked)
			TRY(add_models(ask, rounds.at[i].id));
	return OK;
}

static OUTCOME round_open_slice(struct ask *ask, struct job *job, bool *more)
{
	struct input input;
	int64_t next, filled;

	TRY(read_input(ask, job, &input));
	TRY(standing_fill(ask, input.round_id, position_of(job), FILL, &next, &filled));
	set_position(ask, job, next);
	job->done += filled;
	*more = next != 0;
	if (*more)
		return OK;
	job->message = arena_format(ask->arena, "Đã lập danh sách %s người.", format_int(ask->arena, job->done));
	return add_models(ask, input.round_id);
}

static OUTCOME models_apply_slice(struct ask *ask, struct job *job, bool *more)
{
	struct input input;
	int64_t next;

	TRY(read_input(ask, job, &input));
	TRY(models_apply(ask, input.round_id, position_of(job), FILL, &next));
	set_position(ask, job, next);
	*more = next != 0;
	return OK;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Communes, and organisations directly below a province, by id. */
static OUTCOME all_units(struct ask *ask, int64_t **out, size_t *n)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);
	struct unit_list units, own;
	size_t room;

	TRY(tree_all(ask, today, LEVEL_COMMUNE, &units));
	*n = 0;
	room = units.n;
	*out = ARENA_ARRAY(ask->arena, int64_t, room);
	for (size_t i = 0; i < units.n; i++)
		if (units.at[i].level == LEVEL_COMMUNE)
			(*out)[(*n)++] = units.at[i].id;
	for (size_t i = 0; i < units.n && units.at[i].level == LEVEL_PROVINCE; i++) {
		int64_t *more;

		TRY(tree_children(ask, units.at[i].id, today, NULL, &own));
		more = ARENA_ARRAY(ask->arena, int64_t, room + own.n);
		memcpy(more, *out, *n * sizeof *more);
		*out = more;
		room += own.n;
		for (size_t j = 0; j < own.n; j++)
			if (own.at[j].level == LEVEL_LEAF)
				(*out)[(*n)++] = own.at[j].id;
	}
	qsort(*out, *n, sizeof **out, by_id);
	return OK;
}

/* *more: there are sheets of it left. Of a unit whose window was extended nothing lapses. */
static OUTCOME close_unit(struct ask *ask, struct job *job, const struct round *r, int64_t unit_id, bool *more)
{
	const char *until;
	int64_t lapsed;

	*more = false;
	TRY(round_until(ask, r, unit_id, STAGE_SCORE, &until));
	if (strcmp(until, day_of(ask->now).text) >= 0)
		return OK;
	TRY(sheet_lapse(ask, r->id, unit_id, LAPSE, &lapsed));
	job->done += lapsed;
	*more = lapsed > 0;
	return OK;
}

static OUTCOME close_all(struct ask *ask, struct job *job, const struct round *r, bool *more)
{
	int64_t *units, last = position_of(job);
	size_t n, worked = 0;

	TRY(all_units(ask, &units, &n));
	*more = false;
	for (size_t i = 0; i < n; i++) {
		if (units[i] <= last)
			continue;
		if (*more || worked++ == UNITS) {
			*more = true;
			return OK;
		}
		TRY(close_unit(ask, job, r, units[i], more));
		if (!*more)
			set_position(ask, job, units[i]);
	}
	return OK;
}

static OUTCOME window_close_slice(struct ask *ask, struct job *job, bool *more)
{
	struct input input;
	struct round r;

	TRY(read_input(ask, job, &input));
	TRY(round_get(ask, input.round_id, &r));
	TRY(input.unit_id ? close_unit(ask, job, &r, input.unit_id, more) : close_all(ask, job, &r, more));
	if (!*more)
		job->message = arena_format(ask->arena, "%s phiếu chưa nộp đã ghi là quá hạn.", format_int(ask->arena, job->done));
	return OK;
}

static OUTCOME window_extended_slice(struct ask *ask, struct job *job, bool *more)
{
	struct input input;
	int64_t restored;

	TRY(read_input(ask, job, &input));
	TRY(sheet_unlapse(ask, input.round_id, input.unit_id, LAPSE, &restored));
	job->done += restored;
	*more = restored > 0;
	if (!*more)
		job->message = arena_format(ask->arena, "%s phiếu quá hạn được làm tiếp.", format_int(ask->arena, job->done));
	return OK;
}

static OUTCOME leaf_moved_slice(struct ask *ask, struct job *job, bool *more)
{
	const struct json *root;
	int64_t unit_id, people;

	TRY(json_parse(ask->arena, (struct bytes){ job->input, strlen(job->input) }, ask->problems, &root));
	unit_id = json_int(json_member(root, "unit"), 1, INT64_MAX);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(transfers_follow_leaf(ask, unit_id, &people));
	job->done += people;
	*more = false;
	return add_models_of_open(ask);
}

static OUTCOME leaves_moved_slice(struct ask *ask, struct job *job, bool *more)
{
	const struct json *root;
	int64_t next, people;
	const char *day;

	TRY(json_parse(ask->arena, (struct bytes){ job->input, strlen(job->input) }, ask->problems, &root));
	day = json_text(json_member(root, "day"), DAY_LEN);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(transfers_follow_leaves(ask, day, position_of(job), FILL, &next, &people));
	set_position(ask, job, next);
	job->done += people;
	*more = next != 0;
	if (*more)
		return OK;
	job->message = arena_format(ask->arena, "%s người đã đi theo ấp, đơn vị của mình.", format_int(ask->arena, job->done));
	return add_models_of_open(ask);
}

static OUTCOME sweep_slice(struct ask *ask, struct job *job, bool *more)
{
	int64_t removed;

	job->message = "Đã dọn phiên làm việc, mã quá hạn và tệp không còn ai dùng.";
	TRY(access_sweep(ask, more));
	if (files_is_remote(ask->files))         /* not in this transaction: sweep_remote */
		return OK;
	TRY(files_sweep(ask, SWEEP_FILES, &removed));
	*more |= removed > 0;
	return OK;
}

static const struct job_kind kinds[] = {
	{ "round_open", round_open_slice },
	{ "models_apply", models_apply_slice },
	{ "window_close", window_close_slice },
	{ "window_extended", window_extended_slice },
	{ "leaf_moved", leaf_moved_slice },
	{ "leaves_moved", leaves_moved_slice },
	{ "roster_read", roster_read_slice, roster_read_prepare },
	{ "roster_apply", roster_apply_slice, roster_apply_prepare },
	{ "roster_undo", roster_undo_slice, roster_undo_prepare },
	{ "sweep", sweep_slice },
};
const struct job_kinds app_jobs = { kinds, COUNT(kinds) };

/* ---- the day ---- */

static OUTCOME add_closings(struct ask *ask, const char *after, const char *last)
{
	struct round_closed_list closed;
	struct unit unit;
	int64_t id;

	TRY(rounds_closed(ask, after, last, &closed));
	for (size_t i = 0; i < closed.n; i++) {
		const struct round_closed *c = &closed.at[i];
		const char *where = "mọi đơn vị";

		if (c->unit_id) {
			TRY(tree_get_last(ask, c->unit_id, &unit));
			where = unit.name;
		}
		TRY(job_add(ask, &(struct job_new){ .kind = "window_close", .unit_id = c->unit_id,
			.input = arena_format(ask->arena, "{\"round\":%lld,\"unit\":%lld}", (long long)c->round_id, (long long)c->unit_id),
			.title = arena_format(ask->arena, "Hết hạn nộp phiếu năm %lld: %s", (long long)c->round_id, where) }, &id));
	}
	return OK;
}

/* Units whose change was written down ahead and begins on one of these days. */
static OUTCOME follow_units(struct ask *ask, const char *after, const char *last)
{
	for (const char *day = after; strcmp(day, last) < 0;) {
		int64_t n;

		day = arena_text(ask->arena, day_add(day, 1).text);
		TRY(transfers_leaves_of_day(ask, day, &n));
		if (n)
			TRY(ask->hooks->leaves_moved(ask, day));
	}
	return OK;
}

OUTCOME app_jobs_daily(struct ask *ask)
{
	DB_TRANSACTION(tx, ask->db);
	const char *today = arena_text(ask->arena, day_of(ask->now).text), *yesterday = arena_text(ask->arena, day_add(today, -1).text),
		*before;
	enum outcome found = setting_get(ask, "jobs_day", &before);
	int64_t id, due;

	if (found == FAILED)
		return FAILED;
	if (found == OK && strcmp(before, today) >= 0)
		return OK;
	TRY(setting_set(ask, "jobs_day", today));
	TRY(job_add(ask, &(struct job_new){ .kind = "sweep", .input = "", .title = "Dọn dữ liệu tạm quá hạn" }, &id));
	TRY(transfers_due(ask, &due));
	TRY(follow_units(ask, found == OK ? before : yesterday, today));
	/* a window that ended on the day of the last run ended after it */
	TRY(add_closings(ask, found == OK ? arena_text(ask->arena, day_add(before, -1).text)
		: arena_text(ask->arena, day_add(yesterday, -1).text), yesterday));
	return db_commit(&tx);
}

/* ---- the thread ---- */

struct jobs_thread {
	struct app *app;
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop, works;                /* works: the jobs are this process's */
};

enum { PAUSE_MS = 10, IDLE_MS = 1000, FAILED_MS = 5000, WARM_TURNS = 60 };

/* False: it is time to stop. */
static bool wait_ms(struct jobs_thread *t, int ms)
{
	struct timespec until;
	bool stop;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	pthread_mutex_lock(&t->lock);
	while (!t->stop && !pthread_cond_timedwait(&t->wake, &t->lock, &until))
		continue;
	stop = t->stop;
	pthread_mutex_unlock(&t->lock);
	return !stop;
}

/* Is it for this process to work the jobs? What was held at the start is held again after the link was lost. */
static OUTCOME hold(struct jobs_thread *t)
{
	enum outcome serves = db_hold(t->db, DB_WORD_SERVE, t->app->files_shared);

	if (serves == CONFLICT)
		log_line(LOG_ERROR, "", "jobs", "another serve with files of its own is on this store: stop one of them");
	TRY(serves);
	return db_hold(t->db, DB_WORD_JOBS, false);
}

/* One slice; how long to wait before the next. Between two the server's writer has its turn. */
static int turn(struct jobs_thread *t, struct arena *arena, int64_t *owner)
{
	struct ask ask = app_ask(t->app, t->db, arena);
	enum outcome done = hold(t);
	bool worked = false;

	t->works = done == OK;
	if (done == CONFLICT)
		return IDLE_MS;
	if (done == OK)
		done = app_jobs_daily(&ask);
	if (done == OK)
		done = jobs_run_slice(&ask, app_jobs, owner, &worked);
	return done != OK ? FAILED_MS : worked ? PAUSE_MS : IDLE_MS;
}

/* Columns of the rounds as they are now, so that the next cross-table reads only what changed since. */
static void warm_columns(struct jobs_thread *t, struct arena *arena)
{
	struct round_list rounds;
	const char *province;
	int64_t unit, made;
	struct db *reader;
	struct ask ask;

	if (!t->app->packs || db_open(t->app->db_url, DB_READER, &reader) != OK)
		return;
	ask = app_ask(t->app, reader, arena);
	if (db_read_begin(reader) == OK && setting_get(&ask, "province_id", &province) == OK
		&& text_to_int(province, 1, INT64_MAX, &unit) && round_list(&ask, &rounds) == OK)
		for (size_t i = 0; i < rounds.n; i++)
			if (crosstab_warm(&ask, rounds.at[i].id, unit, &made) != OK)
				break;
	db_read_end(reader);
	db_close(reader);
}

/* Over the network: between two jobs, where no transaction waits for it. */
static void sweep_remote(struct jobs_thread *t, struct arena *arena)
{
	struct ask ask = app_ask(t->app, t->db, arena);
	int64_t removed;

	if (t->works && files_is_remote(t->app->files) && files_sweep(&ask, SWEEP_FILES, &removed) != OK)
		log_line(LOG_WARN, "", "files_sweep", "not now");
}

static void *run(void *thread)
{
	struct jobs_thread *t = thread;
	struct arena *arena = arena_new(16 * MiB);
	int64_t owner = -1;
	int pause, idle = 0;

	do {
		pause = turn(t, arena, &owner);
		arena_reset(arena);
		idle = pause == IDLE_MS ? idle + 1 : idle;
		if (pause == IDLE_MS && idle % WARM_TURNS == 1) {
			warm_columns(t, arena);
			arena_reset(arena);
			sweep_remote(t, arena);
			arena_reset(arena);
		}
	} while (wait_ms(t, pause));
	arena_free(arena);
	return NULL;
}

struct jobs_thread *jobs_thread_start(struct app *app, struct db *db)
{
	struct jobs_thread *t = ARENA_NEW(app->arena, struct jobs_thread);
	pthread_condattr_t monotonic;

	t->app = app;
	t->db = db;
	db_set_patience(db, PATIENCE_SECONDS);
	db_checkpoints_join(app->checkpoints, db);
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&t->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (!pthread_create(&t->thread, NULL, run, t))
		return t;
	db_close(t->db);
	return NULL;
}

void jobs_thread_stop(struct jobs_thread *t)
{
	if (!t)
		return;
	pthread_mutex_lock(&t->lock);
	t->stop = true;
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
	pthread_join(t->thread, NULL);
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
	db_close(t->db);
}
