/* The one writer. A batch is opened by its first operation and closed when 64 are in, 20 ms have gone or nobody waits: under
 * load one fsync serves many, alone nobody waits for company. Each answer is held until the commit; when that fails all of the
 * batch are 503s to be sent again, which tokens make safe. */
#include "http/parts.h"

#include <string.h>

#include "base/log.h"

static OUTCOME writer_open(struct server *s)
{
	return s->writer ? OK : s->config.gate->open(s->config.gate->app, true, &s->writer);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* One step each for `first` and, when a queue is given, for those who wait there. False: nothing may be kept as it is. */
static bool run_steps(struct server *s, struct exchange *first, struct queue *queue, struct exchange **done, size_t *n)
{
	int64_t began = now_ms();

	for (struct exchange *x = first; x; x = queue_pop(queue, 0)) {
		done[(*n)++] = x;
		if (!frame_write(x, s->writer) || s->config.gate->batch_is_spoiled(s->writer))
			return false;
		if (!queue || *n == BATCH_MAX || now_ms() - began >= BATCH_MS)
			break;
	}
	return true;
}

/* Each in a savepoint of its own now. */
static bool run_each(struct server *s, struct exchange **done, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!frame_write(done[i], s->writer))
			return false;
	return true;
}

/* Most batches need nothing undone but all of it: they run without a way back for each step, and the others twice. What a
 * deadlock or a link that broke has ended before it was stored is run again too; tokens find out what was. */
static bool run_batch(struct server *s, struct exchange *first, struct queue *queue, struct exchange **done, size_t *n)
{
	const struct gate *gate = s->config.gate;
	bool stored;

	done[0] = first;
	if (writer_open(s) != OK || gate->batch_begin(s->writer, true) != OK) {
		*n = 1;
		return false;
	}
	stored = run_steps(s, first, queue, done, n) && gate->batch_commit(s->writer) == OK;
	for (int tries = 1; !stored && tries < BATCH_TRIES && gate->batch_is_spoiled(s->writer); tries++) {
		gate->batch_rollback(s->writer);
		if (gate->batch_begin(s->writer, false) != OK)
			return false;
		stored = run_each(s, done, *n) && gate->batch_commit(s->writer) == OK;
	}
	if (!stored)
		gate->batch_rollback(s->writer);
	return stored;
}

/* Right after the commit: how far the store is with all of the batch. */
static int64_t position_of(struct server *s)
{
	int64_t at;

	return s->config.gate->position && s->config.gate->position(s->writer, &at) == OK ? at : -1;
}

static void settle_batch(struct server *s, struct exchange **done, size_t n, bool stored, int64_t position)
{
	if (!stored)
		log_line(LOG_ERROR, done[0]->id, "commit", "a batch of %zu was not stored", n);
	atomic_fetch_add(&s->tally.batches, 1);
	atomic_fetch_add(&s->tally.writes, (long long)n);
	for (size_t i = 0; i < n; i++) {
		if (!stored) {
			exchange_error(done[i], HTTP_UNAVAILABLE, NULL);
			continue;
		}
		if (s->config.gate->wrote)
			s->config.gate->wrote(&done[i]->req, position);
		if (done[i]->seen)
			note_seen(done[i]);
	}
}

void writer_call(struct exchange *x)
{
	struct exchange *done[1];
	size_t n = 0;
	int64_t position = -1;
	bool stored;

	pthread_mutex_lock(&x->server->writer_lock);
	stored = run_batch(x->server, x, NULL, done, &n);
	if (stored)
		position = position_of(x->server);
	pthread_mutex_unlock(&x->server->writer_lock);
	settle_batch(x->server, done, n, stored, position);
}

static void add_note(struct server *s, const struct note *note)
{
	struct notes *notes = &s->notes;

	pthread_mutex_lock(&notes->lock);
	if (notes->n < NOTES_MAX)
		notes->ring[(notes->first + notes->n++) % NOTES_MAX] = *note;
	else
		atomic_fetch_add(&s->tally.shed, 1);
	pthread_mutex_unlock(&notes->lock);
}

void note_seen(struct exchange *x)
{
	struct note note = { .account = x->account, .person = x->req.seen_person, .at = x->req.ask.now, .path = x->req.route->path };

	if (x->req.route->sees && note.person)
		add_note(x->server, &note);
	if (!x->req.listed_unit)
		return;
	note.unit = x->req.listed_unit;
	note.path = x->req.listed;
	add_note(x->server, &note);
}

void note_used(struct exchange *x)
{
	const unsigned char *key = x->server->config.gate->used(&x->req);
	struct note note = { .at = x->req.ask.now };

	x->noted = true;
	if (!key)
		return;
	memcpy(note.session, key, sizeof note.session);
	add_note(x->server, &note);
}

static bool take_note(struct notes *notes, struct note *out)
{
	bool any;

	pthread_mutex_lock(&notes->lock);
	any = notes->n > 0;
	if (any) {
		*out = notes->ring[notes->first];
		notes->first = (notes->first + 1) % NOTES_MAX;
		notes->n--;
	}
	pthread_mutex_unlock(&notes->lock);
	return any;
}

static enum outcome write_note(struct server *s, const struct note *note)
{
	const struct gate *gate = s->config.gate;

	if (note->unit)
		return gate->note_listed(s->writer, note->account, note->unit, note->path, note->at);
	return note->path ? gate->note_seen(s->writer, note->account, note->person, note->path, note->at)
		: gate->note_used(s->writer, note->session, note->at);
}

/* All that wait, in one batch; a note that cannot be written is logged and let go. */
void notes_flush(struct server *s)
{
	const struct gate *gate = s->config.gate;
	struct note note;
	bool kept = true;

	if (!take_note(&s->notes, &note))
		return;
	pthread_mutex_lock(&s->writer_lock);
	if (writer_open(s) != OK || gate->batch_begin(s->writer, false) != OK) {
		log_line(LOG_ERROR, "", "seen", "notes could not be written");
		pthread_mutex_unlock(&s->writer_lock);
		return;
	}
	do
		kept = write_note(s, &note) == OK && kept;
	while (take_note(&s->notes, &note));
	kept = gate->batch_commit(s->writer) == OK && kept;
	pthread_mutex_unlock(&s->writer_lock);
	if (!kept)
		log_line(LOG_ERROR, "", "seen", "some notes were not written");
}

static void serve(struct server *s, struct exchange *first)
{
	struct exchange *done[BATCH_MAX];
	size_t n = 0;
	int64_t position = -1;
	bool stored;

	pthread_mutex_lock(&s->writer_lock);
	stored = run_batch(s, first, &s->write, done, &n);
	if (stored)
		position = position_of(s);
	pthread_mutex_unlock(&s->writer_lock);
	settle_batch(s, done, n, stored, position);
	for (size_t i = 0; i < n; i++)
		exchange_finish(done[i]);
}

/* Notes and the lines of requests are written when nobody waits, at the latest after a second of work. */
void *writer_main(void *server)
{
	struct server *s = server;
	int64_t flushed = now_ms();

	for (;;) {
		struct exchange *x = queue_pop(&s->write, 250);

		if (x)
			serve(s, x);
		else if (queue_is_stopped(&s->write))
			break;
		if (!x || now_ms() - flushed > 1000) {
			notes_flush(s);
			log_flush(s->log);
			flushed = now_ms();
		}
	}
	notes_flush(s);
	return NULL;
}
