#include "http/fake_gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fake *fake_of(const struct request *req)
{
	return req->gate->app;
}

static int64_t now(void *app)
{
	(void)app;
	return 1795626000;
}

static enum outcome open_db(void *app, bool writer, struct db **out)
{
	struct fake *f = app;
	struct db *db = calloc(1, sizeof *db);

	db->fake = f;
	db->writer = writer;
	atomic_fetch_add(&f->opened, 1);
	*out = db;
	return OK;
}

static void close_db(struct db *db)
{
	atomic_fetch_add(&db->fake->closed, 1);
	free(db);
}

static bool take_one(atomic_int *n)
{
	if (atomic_load(n) <= 0)
		return false;
	atomic_fetch_sub(n, 1);
	return true;
}

static enum outcome read_begin(struct db *db, int budget_ms)
{
	if (take_one(&db->fake->lose_begin))
		return FAILED;
	db->again = take_one(&db->fake->lose_read);
	pthread_mutex_lock(&db->fake->lock);
	db->value = db->fake->value;
	pthread_mutex_unlock(&db->fake->lock);
	db->late = budget_ms && atomic_load(&db->fake->always_late);
	return OK;
}

static bool read_late(struct db *db)
{
	return db->late;
}

static bool read_again(struct db *db)
{
	return db->again;
}

static void read_end(struct db *db)
{
	(void)db;
}

static int64_t cut_before(void *app)
{
	return atomic_load(&((struct fake *)app)->cut_before);
}

static enum outcome batch_begin(struct db *db, bool whole)
{
	if (take_one(&db->fake->lose_begin))
		return FAILED;
	db->whole = whole;
	db->spoiled = db->again = false;
	atomic_fetch_add(&db->fake->begun, 1);
	pthread_mutex_lock(&db->fake->lock);
	db->value = db->fake->value;
	db->n_tokens = db->fake->n_tokens;
	pthread_mutex_unlock(&db->fake->lock);
	return OK;
}

static bool batch_is_spoiled(struct db *db) { return db->spoiled || db->again; }

static enum outcome batch_commit(struct db *db)
{
	if (take_one(&db->fake->fail_commit))
		return FAILED;
	db->again = take_one(&db->fake->lose_commit);
	if (db->again)
		return FAILED;
	pthread_mutex_lock(&db->fake->lock);
	db->fake->value = db->value;
	db->fake->n_tokens = db->n_tokens;
	pthread_mutex_unlock(&db->fake->lock);
	atomic_fetch_add(&db->fake->commits, 1);
	return OK;
}

static void batch_rollback(struct db *db)
{
	db->value = -1;
	db->spoiled = false;
}

static enum outcome step_begin(struct db *db)
{
	db->step_value = db->value;
	db->step_tokens = db->n_tokens;
	return OK;
}

static enum outcome step_end(struct db *db, bool keep)
{
	if (take_one(&db->fake->fail_step_end))
		return FAILED;
	if (!keep && db->whole) {
		db->spoiled = db->value != db->step_value || db->n_tokens != db->step_tokens;
	} else if (!keep) {
		db->value = db->step_value;
		db->n_tokens = db->step_tokens;
	}
	return OK;
}

static enum gate_enter enter(struct request *req)
{
	const char *s = request_cookie(req, "s");
	int64_t *account = ARENA_NEW(req->ask.arena, int64_t);

	atomic_fetch_add(&fake_of(req)->enters, 1);
	if (atomic_load(&fake_of(req)->slow_enter))
		fake_wait(fake_of(req));
	req->session = account;
	if (*s == 'e') {
		*account = -strtoll(s + 1, NULL, 10);
		return ENTER_ENDED;
	}
	*account = strtoll(s, NULL, 10);
	return ENTER_OK;
}

static int64_t account(const struct request *req)
{
	const int64_t *who = req->session;

	return who && *who > 0 ? *who : 0;
}

static bool has_session(const struct request *req)
{
	return *request_cookie(req, "s");
}

static bool may(const struct request *req, int permission)
{
	return permission != FAKE_CHIEF || account(req) == 9;
}

static bool is_public(const struct request *req, int permission)
{
	(void)req;
	return permission == FAKE_PUBLIC;
}

static struct url sign_in(struct request *req)
{
	return url_query(req->ask.arena, URL("/dang-nhap"), "ve", req->target);
}

static enum gate_token token_claim(struct request *req, const char *token, struct bytes hash)
{
	struct db *db = req->ask.db;

	for (size_t i = 0; i < db->n_tokens && i < FAKE_TOKENS; i++) {
		const struct fake_token *t = &db->fake->tokens[i];

		if (strcmp(t->token, token) != 0)
			continue;
		if (t->account != account(req))
			return TOKEN_FOREIGN;
		if (!memcmp(t->hash, hash.ptr, 32)) {
			req->response.status = HTTP_SEE_OTHER;
			req->response.location = (struct url){ t->location };
			return TOKEN_ANSWERED;
		}
	}
	return TOKEN_NEW;
}

static enum outcome token_answer(struct request *req, const char *token, struct bytes hash)
{
	struct db *db = req->ask.db;
	struct fake_token *t = &db->fake->tokens[db->n_tokens % FAKE_TOKENS];

	snprintf(t->token, sizeof t->token, "%s", token);
	memcpy(t->hash, hash.ptr, 32);
	t->location = "/so/1";
	t->account = account(req);
	db->n_tokens++;
	return OK;
}

static void hash(void *app, struct bytes b, unsigned char out[32])
{
	uint64_t h = 1469598103934665603u;

	(void)app;
	for (size_t i = 0; i < b.len; i++)
		h = (h ^ ((const unsigned char *)b.ptr)[i]) * 1099511628211u;
	memset(out, 0, 32);
	memcpy(out, &h, sizeof h);
}

static enum outcome keep(struct request *req, const char *fields)
{
	struct fake *f = fake_of(req);

	pthread_mutex_lock(&f->lock);
	snprintf(f->kept, sizeof f->kept, "%lld:%s", (long long)-*(const int64_t *)req->session, fields);
	pthread_mutex_unlock(&f->lock);
	return OK;
}

static enum outcome note_seen(struct db *db, int64_t who, int64_t person, const char *path, int64_t at)
{
	(void)who;
	(void)person;
	(void)path;
	(void)at;
	atomic_fetch_add(&db->fake->seen, 1);
	return OK;
}

static const unsigned char *used(const struct request *req)
{
	static const unsigned char key[32] = { 7 };

	return account(req) == 7 ? key : NULL;
}

static enum outcome note_used(struct db *db, const unsigned char key[32], int64_t at)
{
	(void)at;
	atomic_fetch_add(&db->fake->used, key[0] == 7);
	return OK;
}

static void error_page(struct request *req, int status, const char *why, struct buf *page)
{
	size_t n;
	const struct typed *typed = request_typed(req, &n);

	buf_format(page, "<h1>%d</h1><p>%s</p><p>%s</p>", status, why, req->ask.request_id);
	for (const struct problem *p = req->ask.problems->first; p; p = p->next)
		buf_format(page, "<li>%s</li>", p->text);
	for (size_t i = 0; i < n; i++)
		buf_format(page, "<dd>%s=%s</dd>", typed[i].label, typed[i].value);
}

struct gate fake_gate(struct fake *f)
{
	return (struct gate){ .app = f, .now = now, .open = open_db, .close = close_db, .read_begin = read_begin,
		.read_late = read_late, .read_again = read_again,
		.read_end = read_end, .cut_before = cut_before, .has_session = has_session,
		.batch_begin = batch_begin, .batch_is_spoiled = batch_is_spoiled,
			.batch_commit = batch_commit, .batch_rollback = batch_rollback,
		.step_begin = step_begin, .step_end = step_end, .enter = enter, .may = may, .is_public = is_public,
			.sign_in = sign_in,
		.token_claim = token_claim, .token_answer = token_answer, .hash = hash, .keep = keep, .note_seen = note_seen, .note_listed = note_seen,
		.account = account, .used = used, .note_used = note_used, .error_page = error_page };
}

struct fake *fake_new(void)
{
	struct fake *f = calloc(1, sizeof *f);

	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->released, NULL);
	return f;
}

void fake_free(struct fake *f)
{
	pthread_mutex_destroy(&f->lock);
	pthread_cond_destroy(&f->released);
	free(f);
}

void fake_hold(struct fake *f, bool held)
{
	pthread_mutex_lock(&f->lock);
	f->held = held;
	pthread_cond_broadcast(&f->released);
	pthread_mutex_unlock(&f->lock);
}

void fake_wait(struct fake *f)
{
	pthread_mutex_lock(&f->lock);
	while (f->held)
		pthread_cond_wait(&f->released, &f->lock);
	pthread_mutex_unlock(&f->lock);
}
