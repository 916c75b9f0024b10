#include "tests/roster_lists.h"

#include <string.h>

#include "app/jobs.h"
#include "sandbox/client.h"
#include "tests/test.h"

const char roster_three[] = HEAD
	"Nguyễn Thị Lành,20/5/1961,Nữ,080161900001,0900 000 121,ấp bình hòa,Nông dân,8,9,8,8,9,8,8,9,8,9\n"
	"Trần Văn Ba,1972,nam,,,Bình Hoà,cong_nhan,7,,,,,,,,,\n"
	"Lê Thị Yến,1990,x,,,Trường THCS Đức Hoà,vien_chuc,,,,,,,,,,\n";

const struct list_settings roster_own = { .scores_of = LIST_SCORES_OWN, .consent_day = "2026-11-12", .consent_holder = "bà Ba", .group = "" };

/* An officer of the commune with an account, whose jobs can run. */
void roster_world_open(struct world *w)
{
	world_serve(w);
	w->app.sandbox = w->gate.sandbox = sandbox_new(&(struct sandbox_config){ .workers = 1, .cold = true });
	w->ask.sandbox = w->app.sandbox;
	world_round(w);
	world_as(w, ROLE_COMMUNE, w->commune);
	w->actor.account_id = w->account[ROLE_COMMUNE];
}

void roster_world_close(struct world *w)
{
	sandbox_free(w->app.sandbox);
	world_close(w);
}

void roster_world_work(struct world *w)
{
	const struct actor *actor = w->ask.actor;

	world_again(w);
	CHECK_OUTCOME(OK, jobs_run_all(&w->ask, app_jobs));
	w->ask.actor = actor;
	world_again(w);
}

struct list roster_world_list(struct world *w, int64_t id)
{
	struct list list = { 0 };

	CHECK_OUTCOME(OK, list_get(&w->ask, id, &list));
	return list;
}

struct list roster_world_sent(struct world *w, const char *csv)
{
	int64_t id = 0;

	CHECK_OUTCOME(OK, list_keep(&w->ask, w->commune, "ap-binh-hoa.csv", (struct bytes){ csv, strlen(csv) }, &id));
	CHECK_INT(LIST_READING, roster_world_list(w, id).state);
	roster_world_work(w);
	return roster_world_list(w, id);
}

struct list roster_world_applied(struct world *w, struct list list, const struct list_settings *s)
{
	CHECK_OUTCOME(OK, list_apply(&w->ask, list.id, list.version, s));
	CHECK_INT(LIST_APPLYING, roster_world_list(w, list.id).state);
	roster_world_work(w);
	return roster_world_list(w, list.id);
}
