#include "title/recognition/move.h"

#include <string.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "text/text.h"
#include "title/recognition/recognition.h"
#include "title/recognition/recognition_messages.h"

static void free_arena(void *arena) { arena_free(arena); }

void move_begin(struct move *m, struct ask *ask)
{
	m->row = *ask;
	m->row.arena = arena_new(2 * MiB);
	arena_on_release(ask->arena, free_arena, m->row.arena);
	m->batch = standing_batch_new(ask);
}

OUTCOME move_next(struct move *m, struct sheet_key key, struct sheet *out)
{
	arena_reset(m->row.arena);
	TRY(sheet_get(&m->row, key, &m->before));
	*out = m->before;
	return OK;
}

OUTCOME move_write(struct move *m, const struct sheet *after, struct sheet_write w)
{
	w.batch = m->batch;
	return sheet_write(&m->row, &m->before, after, &w);
}

OUTCOME move_end(struct move *m)
{
	return standing_batch_end(m->batch);
}

OUTCOME recognition_begin(struct ask *ask, int permit, int64_t round_id, int64_t commune_id, struct round *out)
{
	bool open;

	TRY(access_require(ask, (enum permit)permit, commune_id));
	TRY(round_get(ask, round_id, out));
	return round_is_open(ask, out, commune_id, STAGE_RECOGNISE, &open);
}

void recognition_check_reason(struct ask *ask, const char *field, const char *reason)
{
	if (text_length(reason) < RECOGNITION_REASON_MIN)
		problem(ask->problems, field, RECOGNITION_REASON_SHORT);
}

void recognition_check_past(struct ask *ask, const char *field, const char *day)
{
	if (strcmp(day, day_of(ask->now).text) > 0)
		problem(ask->problems, field, RECOGNITION_DAY_LATE);
}

OUTCOME recognition_trace(struct ask *ask, enum audit_action action, const char *subject, int64_t id, int64_t version,
	int64_t commune_id,
	const char *old, const char *new, const char *reason)
{
	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = subject, .subject_id = id, .version = version,
		.unit_id = commune_id, .old = old, .new = new, .reason = reason });
}
