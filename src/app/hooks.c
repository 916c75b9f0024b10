#include "app/hooks.h"

#include "title/models/models.h"
#include "title/standing/standing.h"

/* In order from the ground up: standing first, what is set on its rows after it. */
static OUTCOME person_changed(struct ask *ask, int64_t person_id)
{
	TRY(standing_person_changed(ask, person_id));
	return models_person_changed(ask, person_id);
}

const struct hooks app_hooks = { .person_changed = person_changed };
