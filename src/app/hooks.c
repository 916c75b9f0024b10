#include "app/hooks.h"

#include "registry/jobs/jobs.h"
#include "title/models/models.h"
#include "title/standing/standing.h"

/* In order from the ground up: standing first, what is set on its rows after it. */
static OUTCOME person_changed(struct ask *ask, int64_t person_id)
{
	TRY(standing_person_changed(ask, person_id));
	return models_person_changed(ask, person_id);
}

static OUTCOME leaf_moved(struct ask *ask, int64_t unit_id)
{
	int64_t id;

	return job_add(ask, &(struct job_new){ .kind = "leaf_moved", .unit_id = unit_id, .title = "Người của đơn vị đã chuyển đi theo",
		.input = arena_format(ask->arena, "{\"unit\":%lld}", (long long)unit_id) }, &id);
}

const struct hooks app_hooks = { .person_changed = person_changed, .leaf_moved = leaf_moved };
