#include "app/hooks.h"

#include "figures/targets/targets.h"
#include "registry/jobs/jobs.h"
#include "text/format.h"
#include "title/models/models.h"
#include "title/recognition/recognition.h"
#include "title/standing/standing.h"
#include "title/transfers/transfers.h"

/* In order from the ground up: standing first, what is set on its rows after it. */
static OUTCOME person_changed(struct ask *ask, int64_t person_id)
{
	TRY(standing_person_changed(ask, person_id));
	TRY(sheets_follow_person(ask, person_id));
	return models_person_changed(ask, person_id);
}

static OUTCOME leaf_moved(struct ask *ask, int64_t unit_id)
{
	int64_t id;

	return job_add(ask, &(struct job_new){ .kind = "leaf_moved", .unit_id = unit_id, .title = "Người của đơn vị đã chuyển đi theo",
		.input = arena_format(ask->arena, "{\"unit\":%lld}", (long long)unit_id) }, &id);
}

static OUTCOME adults_of(struct ask *ask, int64_t round_id, int64_t unit_id, int64_t *adults, const char **as_of)
{
	struct population p;
	enum outcome found = population_get(ask, round_id, unit_id, &p);

	*adults = found == OK ? p.adults : -1;
	*as_of = found == OK ? p.as_of : "";
	return found == NOT_FOUND ? OK : found;
}

static OUTCOME leaves_moved(struct ask *ask, const char *day)
{
	int64_t id;

	return job_add(ask, &(struct job_new){ .kind = "leaves_moved", .title = arena_format(ask->arena,
		"Người của các ấp, đơn vị đổi nơi trực thuộc từ %s đi theo", format_date(ask->arena, day)),
		.input = arena_format(ask->arena, "{\"day\":\"%s\"}", day) }, &id);
}

static OUTCOME unit_succeeded(struct ask *ask, int64_t from_id, int64_t to_id)
{
	TRY(models_succeed(ask, from_id, to_id));
	return recognition_succeed(ask, from_id, to_id);
}

const struct hooks app_hooks = { .person_changed = person_changed, .leaf_moved = leaf_moved, .leaves_moved = leaves_moved,
	.unit_succeeded = unit_succeeded, .unit_closing = transfers_unit_closing,
	.adults_of = adults_of };
