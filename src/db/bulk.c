/* Writing behind the caller's back: an engine that notes what it is told and lets lanes, a thread and a connection each, do
 * it. The first lane is the store itself; a second one fills some tables in a store beside it. Transactions are told to both. */
#include "db/bulk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "db/engine.h"

enum { LANES = 2, CHUNK = 256 << 10, CHUNKS_MAX = 32 };

/* One thing to do, followed by its values. */
enum call { CALL_STATEMENT, CALL_BEGIN, CALL_COMMIT, CALL_ROLLBACK, CALL_UNDO };
struct note { enum call call; int depth; const struct db_statement *statement; size_t len; };
struct chunk { struct chunk *next; size_t len, size; char notes[]; };

struct lane {
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled, done;
	struct chunk *filling;           /* the caller's, not handed over yet */
	struct chunk *first, *last;
	int waiting;                     /* chunks, that under way counted */
	bool stopped;
	const char *script;              /* to run at the end: its indexes */
	enum outcome outcome;            /* FAILED since something did: the rest is not tried */
};

struct bulk {
	struct db *store;
	struct arena *arena;
	const char *beside;
	struct lane lanes[LANES];
	int n_lanes;
	struct lane *latest;             /* where the last statement went */
};

/* A statement as the caller sees it: its values lie here until it is run. */
struct noted {
	const struct db_statement *statement;
	struct bulk *bulk;
	struct lane *lane;
	bool is_plain;                   /* only writes */
	struct db_cursor *inner;         /* of one that is not, while it runs */
	char *values;
	size_t len, room;
};

static struct noted *noted(struct db_prepared *p) { return (struct noted *)p; }
static struct bulk *bulk_of(struct db *db) { return db->handle; }

/* ---- a lane's thread ---- */

/* A value is a letter (i, r, t, b, n), its length where it has one, and its bytes; a text ends with NUL. */
static const char *replay_value(struct db_cursor *c, const char *at)
{
	char kind = *at++;
	union { int64_t i; double r; size_t len; } v;

	if (kind == 'n') {
		db_bind_bytes(c, (struct bytes){ NULL, 0 });
		return at;
	}
	memcpy(&v, at, sizeof v);
	at += sizeof v;
	if (kind == 'i') {
		db_bind_int(c, v.i);
	} else if (kind == 'r') {
		db_bind_real(c, v.r);
	} else if (kind == 't') {
		db_bind_text(c, at);
		at += v.len + 1;
	} else {
		db_bind_bytes(c, (struct bytes){ at, v.len });
		at += v.len;
	}
	return at;
}

static void replay_values(struct db_cursor *c, const char *at, size_t len)
{
	const char *end = at + len;

	while (at < end)
		at = replay_value(c, at);
}

static enum outcome replay_statement(struct db *db, const struct note *n, const char *values)
{
	struct db_cursor *c = db_run(db, n->statement);

	replay_values(c, values, n->len);
	while (db_next(c))
		;
	return db_end(c, NULL);
}

static enum outcome replay(struct db *db, const struct note *n, const char *values)
{
	switch (n->call) {
	case CALL_STATEMENT:
		return replay_statement(db, n, values);
	case CALL_BEGIN:
		return db->engine->begin(db, n->depth);
	case CALL_COMMIT:
		return db->engine->commit(db, n->depth);
	case CALL_ROLLBACK:
		db->engine->rollback(db, n->depth);
		return OK;
	case CALL_UNDO:
		db->engine->undo(db, n->depth);
		return OK;
	}
	return OK;
}

static enum outcome replay_all(struct db *db, const struct chunk *chunk)
{
	for (size_t at = 0; at < chunk->len;) {
		struct note n;

		memcpy(&n, chunk->notes + at, sizeof n);
		at += sizeof n;
		TRY(replay(db, &n, chunk->notes + at));
		at += n.len;
	}
	return OK;
}

static void *lane_main(void *arg)
{
	struct lane *l = arg;

	pthread_mutex_lock(&l->lock);
	for (;;) {
		struct chunk *chunk;
		enum outcome done;

		while (!l->first && !l->stopped)
			pthread_cond_wait(&l->filled, &l->lock);
		if (!l->first)
			break;
		chunk = l->first;
		l->first = chunk->next;
		done = l->outcome;
		pthread_mutex_unlock(&l->lock);
		if (done == OK)
			done = replay_all(l->db, chunk);
		free(chunk);
		pthread_mutex_lock(&l->lock);
		l->outcome = done == OK ? OK : FAILED;
		l->waiting--;
		pthread_cond_signal(&l->done);
	}
	pthread_mutex_unlock(&l->lock);
	if (l->outcome != OK)
		l->db->engine->rollback(l->db, 0);
	else if (l->script)
		l->outcome = db_script(l->db, l->script, "bulk");
	return NULL;
}

/* ---- the caller's side of a lane ---- */

static void hand_over(struct lane *l)
{
	struct chunk *chunk = l->filling;

	l->filling = NULL;
	if (!chunk)
		return;
	pthread_mutex_lock(&l->lock);
	while (l->waiting >= CHUNKS_MAX)
		pthread_cond_wait(&l->done, &l->lock);
	if (l->first)
		l->last->next = chunk;
	else
		l->first = chunk;
	l->last = chunk;
	l->waiting++;
	pthread_cond_signal(&l->filled);
	pthread_mutex_unlock(&l->lock);
}

static void add_note(struct lane *l, const struct note *n, const char *values)
{
	size_t need = sizeof *n + n->len;

	if (l->filling && need > l->filling->size - l->filling->len)
		hand_over(l);
	if (!l->filling) {
		size_t size = need > CHUNK ? need : CHUNK;

		l->filling = malloc(sizeof *l->filling + size);
		BUG_ON(!l->filling);
		*l->filling = (struct chunk){ .size = size };
	}
	memcpy(l->filling->notes + l->filling->len, n, sizeof *n);
	memcpy(l->filling->notes + l->filling->len + sizeof *n, values, n->len);
	l->filling->len += need;
}

/* Until all that was noted is done: the lane's connection is then the caller's. */
static enum outcome lane_wait(struct lane *l)
{
	enum outcome done;

	hand_over(l);
	pthread_mutex_lock(&l->lock);
	while (l->waiting)
		pthread_cond_wait(&l->done, &l->lock);
	done = l->outcome;
	pthread_mutex_unlock(&l->lock);
	return done;
}

static enum outcome bulk_wait(struct bulk *b)
{
	enum outcome done = OK;

	for (int i = 0; i < b->n_lanes; i++)
		hand_over(&b->lanes[i]);
	for (int i = 0; i < b->n_lanes; i++)
		if (lane_wait(&b->lanes[i]) != OK)
			done = FAILED;
	return done;
}

static void lane_start(struct lane *l, struct db *db)
{
	l->db = db;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->filled, NULL);
	pthread_cond_init(&l->done, NULL);
	BUG_ON(pthread_create(&l->thread, NULL, lane_main, l));
}

/* What is noted is done, and then the script or, unless kept, nothing more. */
static void lane_stop(struct lane *l, bool keep)
{
	hand_over(l);
	pthread_mutex_lock(&l->lock);
	l->script = keep ? l->script : NULL;
	l->stopped = true;
	pthread_cond_signal(&l->filled);
	pthread_mutex_unlock(&l->lock);
}

static enum outcome lane_join(struct lane *l)
{
	pthread_join(l->thread, NULL);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->filled);
	pthread_cond_destroy(&l->done);
	return l->outcome;
}

/* ---- the engine ---- */

/* "INSERT INTO audit (…": whether its table is one of those beside. */
static bool goes_beside(const struct bulk *b, const char *sql)
{
	static const char insert[] = "INSERT INTO ";
	size_t len;

	if (b->n_lanes < LANES || strncmp(sql, insert, sizeof insert - 1) != 0)
		return false;
	sql += sizeof insert - 1;
	len = strcspn(sql, " (\n");
	for (const char *name = b->beside; *name; name += strspn(name, " ")) {
		size_t n = strcspn(name, " ");

		if (n == len && !strncmp(name, sql, n))
			return true;
		name += n;
	}
	return false;
}

static OUTCOME prepare(struct db *db, const struct db_statement *s, struct db_prepared **out)
{
	struct bulk *b = bulk_of(db);
	struct noted *p = calloc(1, sizeof *p);

	BUG_ON(!p);
	*p = (struct noted){ .statement = s, .bulk = b, .is_plain = s->writes && !*s->columns,
		.lane = &b->lanes[goes_beside(b, s->sql) ? 1 : 0] };
	*out = (struct db_prepared *)p;
	return OK;
}

static void discard(struct db_prepared *prepared)
{
	free(noted(prepared)->values);
	free(prepared);
}

static void add_bytes(struct noted *p, const void *bytes, size_t len)
{
	if (len > p->room - p->len) {
		p->room = (p->room + len) * 2;
		p->values = realloc(p->values, p->room);
		BUG_ON(!p->values);
	}
	memcpy(p->values + p->len, bytes, len);
	p->len += len;
}

static void add_value(struct db_prepared *prepared, char kind, const void *eight)
{
	char value[1 + sizeof(int64_t)] = { kind };

	memcpy(value + 1, eight, sizeof(int64_t));
	add_bytes(noted(prepared), value, sizeof value);
}

static void bind_int(struct db_prepared *p, int at, int64_t v) { (void)at; add_value(p, 'i', &v); }
static void bind_real(struct db_prepared *p, int at, double v) { (void)at; add_value(p, 'r', &v); }
static void bind_null(struct db_prepared *p, int at) { (void)at; add_bytes(noted(p), "n", 1); }

static void bind_bytes(struct db_prepared *p, int at, struct bytes v)
{
	(void)at;
	add_value(p, 'b', &v.len);
	add_bytes(noted(p), v.ptr, v.len);
}

static void bind_text(struct db_prepared *p, int at, const char *v)
{
	size_t len = strlen(v);

	(void)at;
	add_value(p, 't', &len);
	add_bytes(noted(p), v, len + 1);
}

static int step_inner(struct db_cursor *c)
{
	struct noted *p = noted(c->prepared);

	if (!p->inner) {
		if (bulk_wait(p->bulk) != OK) {
			c->outcome = FAILED;
			return -1;
		}
		p->inner = db_run(p->lane->db, p->statement);
		replay_values(p->inner, p->values, p->len);
	}
	if (db_next(p->inner))
		return 1;
	c->outcome = p->inner->outcome;
	return c->outcome == OK ? 0 : -1;
}

static int step(struct db_cursor *c)
{
	struct noted *p = noted(c->prepared);

	p->bulk->latest = p->lane;
	if (!p->is_plain)
		return step_inner(c);
	add_note(p->lane, &(struct note){ .call = CALL_STATEMENT, .statement = p->statement, .len = p->len }, p->values);
	return 0;
}

static void reset(struct db_prepared *prepared)
{
	struct noted *p = noted(prepared);
	enum outcome ended;

	if (p->inner) {
		ended = db_end(p->inner, NULL);          /* seen by step already */
		(void)ended;
	}
	p->inner = NULL;
	p->len = 0;
}

static int64_t changed(struct db *db)
{
	struct lane *l = bulk_of(db)->latest;

	return lane_wait(l) == OK ? l->db->engine->changed(l->db) : 0;
}

static bool is_null(struct db_prepared *p, int column)
{
	struct db_cursor *c = noted(p)->inner;

	return c->db->engine->is_null(c->prepared, column);
}

static int64_t get_int(struct db_prepared *p, int column) { return db_int(noted(p)->inner, column); }
static double get_real(struct db_prepared *p, int column) { return db_real(noted(p)->inner, column); }

static struct bytes get_bytes(struct db_prepared *p, int column)
{
	struct db_cursor *c = noted(p)->inner;

	return c->db->engine->get_bytes(c->prepared, column);
}

static void tell_all(struct db *db, enum call call, int depth)
{
	struct bulk *b = bulk_of(db);

	for (int i = 0; i < b->n_lanes; i++)
		add_note(&b->lanes[i], &(struct note){ .call = call, .depth = depth }, "");
}

static OUTCOME begin(struct db *db, int depth)
{
	tell_all(db, CALL_BEGIN, depth);
	return OK;
}

static OUTCOME commit(struct db *db, int depth)
{
	tell_all(db, CALL_COMMIT, depth);
	return depth ? OK : bulk_wait(bulk_of(db));
}

static void rollback(struct db *db, int depth) { tell_all(db, CALL_ROLLBACK, depth); }
static void undo(struct db *db, int depth) { tell_all(db, CALL_UNDO, depth); }
static bool in_transaction(struct db *db) { return db->depth > 0; }
static bool changed_elsewhere(struct db *db) { (void)db; return false; }

static OUTCOME script(struct db *db, const char *sql, const char *name)
{
	TRY(bulk_wait(bulk_of(db)));
	return db_script(bulk_of(db)->store, sql, name);
}

/* Both at once, then the second one's connection is closed. */
static enum outcome lanes_end(struct bulk *b, bool keep)
{
	enum outcome done = OK;

	for (int i = 0; i < b->n_lanes; i++)
		lane_stop(&b->lanes[i], keep);
	for (int i = 0; i < b->n_lanes; i++)
		if (lane_join(&b->lanes[i]) != OK)
			done = FAILED;
	if (b->n_lanes == LANES)
		db_close(b->lanes[1].db);
	b->n_lanes = 0;
	return done;
}

static void close_bulk(struct db *db)
{
	BUG_ON(bulk_of(db)->n_lanes);            /* db_bulk_end was not called */
	arena_free(bulk_of(db)->arena);
	free(bulk_of(db));
}

static const struct db_engine db_bulk_engine = {
	.name = "bulk", .close = close_bulk, .prepare = prepare, .discard = discard, .bind_int = bind_int, .bind_real = bind_real,
	.bind_text = bind_text, .bind_bytes = bind_bytes, .bind_null = bind_null, .step = step, .reset = reset,
		.changed = changed,
	.is_null = is_null, .get_int = get_int, .get_real = get_real, .get_bytes = get_bytes, .begin = begin, .commit = commit,
	.rollback = rollback, .undo = undo, .in_transaction = in_transaction, .changed_elsewhere = changed_elsewhere,
		.script = script,
};

/* ---- begin and end ---- */

/* The blocks of ids under way: whoever goes on uses them on. */
static void hand_ids(const struct db *from, struct db *to)
{
	memcpy(to->ids, from->ids, sizeof to->ids);
	to->n_ids = from->n_ids;
}

OUTCOME db_bulk_begin(struct db *db, const struct db_bulk *what, struct db **out)
{
	struct bulk *b = calloc(1, sizeof *b);
	struct db *second = NULL;
	enum outcome done;

	*out = NULL;
	BUG_ON(!b || db->depth);
	*b = (struct bulk){ .store = db, .arena = arena_new(1 * MiB), .n_lanes = 1, .latest = &b->lanes[0] };
	b->beside = arena_text(b->arena, what->beside);
	done = db->engine->drop_indexes(db, b->arena, what->sorted, &b->lanes[0].script);
	if (done == OK && *b->beside && db->engine->lay_beside)
		done = db->engine->lay_beside(db, b->arena, b->beside, &second, &b->lanes[1].script);
	if (done != OK) {
		arena_free(b->arena);
		free(b);
		return done;
	}
	lane_start(&b->lanes[0], db);
	if (second) {
		b->n_lanes = LANES;
		lane_start(&b->lanes[1], second);
	}
	*out = db_new(&db_bulk_engine, DB_WRITER);
	(*out)->handle = b;
	hand_ids(db, *out);
	return OK;
}

OUTCOME db_bulk_end(struct db *out, bool keep)
{
	struct bulk *b = bulk_of(out);
	enum outcome done = keep ? OK : FAILED;
	bool had_second = b->n_lanes == LANES;

	BUG_ON(out->depth);
	if (keep)
		hand_ids(out, b->store);
	if (lanes_end(b, keep) != OK)
		done = FAILED;
	if (had_second && b->store->engine->adopt(b->store, b->arena, b->beside, done == OK) != OK)
		done = FAILED;
	db_close(out);
	return keep ? done : OK;
}
