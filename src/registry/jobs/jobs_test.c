#include "tests/test.h"

#include <string.h>

#include "registry/jobs/jobs.h"
#include "tests/world.h"

/* ---- kinds for tests: each writes what it did into a setting, so that a rolled back slice shows ---- */

static OUTCOME count_up(struct ask *ask, struct job *job, int64_t upto, bool *more)
{
	job->done++;
	job->total = upto;
	job->position = arena_format(ask->arena, "%lld", (long long)job->done);
	TRY(setting_set(ask, arena_format(ask->arena, "count%lld", (long long)job->id), job->position));
	*more = job->done < upto;
	return OK;
}

static OUTCOME three(struct ask *ask, struct job *job, bool *more)
{
	TRY(count_up(ask, job, 3, more));
	if (!*more)
		job->message = "Xong ba bước.";
	return OK;
}

static OUTCOME refuses(struct ask *ask, struct job *job, bool *more)
{
	TRY(count_up(ask, job, 2, more));
	if (*more)
		return OK;
	problem(ask->problems, "", "Đợt này không còn.");
	return INVALID;
}

static OUTCOME fails(struct ask *ask, struct job *job, bool *more)
{
	TRY(count_up(ask, job, 2, more));
	return FAILED;
}

static const struct job_kind at[] = { { "three", three }, { "refuses", refuses }, { "fails", fails } };
static const struct job_kinds kinds = { at, COUNT(at) };

static int64_t add(struct world *w, const char *kind)
{
	int64_t id;

	CHECK_OUTCOME(OK, job_add(&w->ask, &(struct job_new){ .kind = kind, .title = kind, .input = "" }, &id));
	return id;
}

static struct job get(struct world *w, int64_t id)
{
	struct job job;

	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, job_get(&w->ask, id, &job));
	return job;
}

static const char *counted(struct world *w, int64_t id)
{
	const char *text;

	return setting_get(&w->ask, arena_format(w->arena, "count%lld", (long long)id), &text) == OK ? text : "";
}

TEST(jobs, one_is_done_slice_by_slice_and_keeps_its_place)
{
	struct world w;
	struct job job;
	int64_t id, owner = -1;
	bool worked;

	world_open(&w);
	id = add(&w, "three");
	CHECK_OUTCOME(OK, jobs_run_slice(&w.ask, kinds, &owner, &worked));
	CHECK(worked);
	job = get(&w, id);
	CHECK_INT(JOB_UNDER_WAY, job.condition);
	CHECK_TEXT("1", job.position);
	CHECK_INT(3, job.total);
	CHECK_TEXT("1", counted(&w, id));
	CHECK_OUTCOME(OK, jobs_run_all(&w.ask, kinds));
	job = get(&w, id);
	CHECK_INT(JOB_DONE, job.condition);
	CHECK_TEXT("Xong ba bước.", job.message);
	CHECK_INT(w.ask.now, job.ended_at);
	CHECK_OUTCOME(OK, jobs_run_slice(&w.ask, kinds, &owner, &worked));
	CHECK(!worked);
	world_close(&w);
}

TEST(jobs, a_slice_that_is_refused_is_undone_and_stops_the_job)
{
	struct world w;
	struct job job;
	int64_t id;

	world_open(&w);
	id = add(&w, "refuses");
	CHECK_OUTCOME(INVALID, jobs_run_all(&w.ask, kinds));
	CHECK_HAS(world_problem(&w, ""), "Đợt này không còn");
	job = get(&w, id);
	CHECK_INT(JOB_STOPPED, job.condition);
	CHECK_TEXT("Đợt này không còn.", job.message);
	CHECK_TEXT("1", job.position);                   /* of the slice before */
	CHECK_TEXT("1", counted(&w, id));
	world_close(&w);
}

TEST(jobs, what_the_world_fails_is_tried_again_later)
{
	struct world w;
	int64_t id, owner = -1;
	bool worked;

	world_open(&w);
	id = add(&w, "fails");
	CHECK_OUTCOME(FAILED, jobs_run_slice(&w.ask, kinds, &owner, &worked));
	CHECK_INT(JOB_WAITING, get(&w, id).condition);
	CHECK_TEXT("", counted(&w, id));
	world_close(&w);
}

TEST(jobs, a_fault_in_any_step_of_a_slice_leaves_the_slice_before)
{
	struct world w;
	int64_t id, owner = -1, n = 0;
	bool worked;

	world_open(&w);
	id = add(&w, "three");
	do {
		CHECK_TEXT("", counted(&w, id));
		CHECK_INT(0, get(&w, id).done);
		db_fail_at(w.db, ++n);
		CHECK(n < 100);
	} while (jobs_run_slice(&w.ask, kinds, &owner, &worked) != OK);
	CHECK(db_fail_at(w.db, 0) > 0);
	CHECK_TEXT("1", counted(&w, id));
	CHECK_INT(1, get(&w, id).done);
	world_close(&w);
}

TEST(jobs, a_kind_nobody_knows_stops)
{
	struct world w;
	int64_t id;

	world_open(&w);
	id = add(&w, "unheard");
	CHECK_OUTCOME(INVALID, jobs_run_all(&w.ask, kinds));
	CHECK_INT(JOB_STOPPED, get(&w, id).condition);
	CHECK_HAS(get(&w, id).message, "không biết làm việc này");
	world_close(&w);
}

TEST(jobs, owners_take_turns)
{
	struct world w;
	int64_t first, second, owner = -1;
	bool worked;

	world_open(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	first = add(&w, "three");
	(void)add(&w, "three");
	world_as(&w, ROLE_PROVINCE, w.province);
	second = add(&w, "three");
	for (int i = 0; i < 4; i++)
		CHECK_OUTCOME(OK, jobs_run_slice(&w.ask, kinds, &owner, &worked));
	CHECK_INT(2, get(&w, first).done);
	CHECK_INT(2, get(&w, second).done);
	world_close(&w);
}

TEST(jobs, a_stopped_one_goes_on_when_it_is_asked_to)
{
	struct world w;
	struct job job;
	int64_t id;

	world_open(&w);
	id = add(&w, "refuses");
	w.ask.actor = &access_system;
	CHECK_OUTCOME(INVALID, job_retry(&w.ask, id, 1));
	CHECK_OUTCOME(INVALID, jobs_run_all(&w.ask, kinds));
	job = get(&w, id);
	CHECK_OUTCOME(CONFLICT, job_retry(&w.ask, id, job.version - 1));
	CHECK_OUTCOME(OK, job_retry(&w.ask, id, job.version));
	CHECK_INT(JOB_WAITING, get(&w, id).condition);
	CHECK_TEXT("1", get(&w, id).position);
	world_close(&w);
}

TEST(jobs, only_the_owner_and_the_administrator_see_one)
{
	struct world w;
	struct job job;
	struct job_list list;
	int64_t own, of_system;

	world_open(&w);
	of_system = add(&w, "three");
	world_as(&w, ROLE_COMMUNE, w.commune);
	own = add(&w, "three");
	CHECK_OUTCOME(OK, job_get(&w.ask, own, &job));
	CHECK_OUTCOME(NOT_FOUND, job_get(&w.ask, of_system, &job));
	CHECK_OUTCOME(OK, job_list(&w.ask, 0, &list));
	CHECK_INT(1, list.n);
	world_as(&w, ROLE_PROVINCE, w.province);
	CHECK_OUTCOME(NOT_FOUND, job_get(&w.ask, own, &job));
	CHECK_OUTCOME(NOT_FOUND, job_retry(&w.ask, own, 1));
	world_as(&w, ROLE_ADMIN, w.province);
	CHECK_OUTCOME(OK, job_get(&w.ask, own, &job));
	CHECK_OUTCOME(OK, job_list(&w.ask, 0, &list));
	CHECK_INT(1, list.n);
	CHECK_INT(of_system, list.at[0].id);
	world_as_nobody(&w);
	CHECK_OUTCOME(NOT_FOUND, job_get(&w.ask, own, &job));
	world_close(&w);
}

/* ---- pages ---- */

static const char *reply_header(const struct reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->n_headers; i++)
		if (!strcmp(reply->headers[i].name, name))
			return reply->headers[i].value;
	return "";
}

TEST(jobs, a_page_shows_how_far_one_is_and_asks_to_be_read_again)
{
	struct world w;
	struct reply reply;
	int64_t id, owner = -1;
	const char *target;
	bool worked;

	world_serve(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	id = add(&w, "three");
	target = arena_format(w.arena, "/viec/%lld", (long long)id);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_INT(200, reply.status);
	CHECK_HAS(reply_text(&w, &reply), "Đang chờ");
	CHECK_TEXT("5", reply_header(&reply, "Refresh"));
	CHECK_OUTCOME(OK, jobs_run_slice(&w.ask, kinds, &owner, &worked));
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply), "1 trong 3");
	CHECK_OUTCOME(OK, jobs_run_all(&w.ask, kinds));
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Xong ba bước.");
	CHECK_TEXT("", reply_header(&reply, "Refresh"));
	world_get(&w, ROLE_COMMUNE, "/viec", &reply);
	CHECK_HAS(reply_text(&w, &reply), "three");
	world_get(&w, ROLE_PROVINCE, target, &reply);
	CHECK_INT(404, reply.status);
	world_get(&w, ROLES, "/viec", &reply);
	CHECK_INT(303, reply.status);
	world_close(&w);
}

TEST(jobs, a_stopped_one_is_run_again_from_its_page)
{
	struct world w;
	struct reply reply;
	int64_t id;
	const char *target, *fields;

	world_serve(&w);
	world_as(&w, ROLE_COMMUNE, w.commune);
	id = add(&w, "refuses");
	CHECK_OUTCOME(INVALID, jobs_run_all(&w.ask, kinds));
	target = arena_format(w.arena, "/viec/%lld", (long long)id);
	world_get(&w, ROLE_COMMUNE, target, &reply);
	CHECK_HAS(reply_text(&w, &reply), "Chạy lại");
	fields = arena_format(w.arena, "version=%lld", (long long)get(&w, id).version);
	target = arena_format(w.arena, "/viec/%lld/chay-lai", (long long)id);
	world_post(&w, ROLE_COMMUNE, target, "version=1", &reply);
	CHECK_INT(409, reply.status);
	world_post(&w, ROLE_COMMUNE, target, fields, &reply);
	CHECK_INT(303, reply.status);
	world_post(&w, ROLE_COMMUNE, target, fields, &reply);
	CHECK_INT(303, reply.status);
	CHECK_INT(JOB_WAITING, get(&w, id).condition);
	world_close(&w);
}
