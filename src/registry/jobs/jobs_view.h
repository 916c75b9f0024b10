/* jobs_view.h: what the pages of jobs show, and the forms they send. */
#ifndef REGISTRY_JOBS_VIEW_H
#define REGISTRY_JOBS_VIEW_H

#include "base/form.h"
#include "html/control.h"
#include "html/page.h"

#define JOBS_FORM(FIELD) \
	FIELD(id, before, .label = "Trước việc", .optional = true)
FORM(jobs_form, JOBS_FORM)

#define JOB_PATH_FORM(FIELD) \
	FIELD(id, job, .label = "Việc")
FORM(job_path_form, JOB_PATH_FORM)

#define JOB_RETRY_FORM(FIELD) \
	FIELD(id, job, .label = "Việc") \
	FIELD(version, version, .label = "Bản")
FORM(job_retry_form, JOB_RETRY_FORM)

struct job_item { const char *title, *state, *made; struct url href; };
struct jobs_list {
	struct page page;
	const struct job_item *items;
	size_t n_items;
	struct empty empty;
	struct pager pager;
};

struct job_page {
	struct page page;
	const char *heading, *message;
	struct facts facts;
	bool is_running, is_stopped;
	struct url here, retry_href;
	const char *version;
};

#endif
