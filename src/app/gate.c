#include "app/gate.h"

#include <string.h>

#include "app/measures.h"
#include "app/replica.h"
#include "app/routes.h"
#include "crypto/crypto.h"
#include "error_page_html.h"
#include "html/page.h"
#include "registry/access/access.h"
#include "registry/access/access_page.h"
#include "registry/access/accounts.h"
#include "registry/access/session.h"
#include "registry/audit/audit.h"
#include "text/format.h"
#include "text/parse.h"
#include "text/text.h"

static struct app *app_of(void *app) { return app; }
static int64_t now(void *app) { return app_now(app); }

static enum outcome open_db(void *app, bool writer, struct db **out)
{
	TRY(db_open(app_of(app)->db_url, writer ? DB_WRITER : DB_READER, out));
	db_set_patience(*out, PATIENCE_SECONDS);
	return OK;
}

static enum outcome open_replica(void *app, struct db **out)
{
	TRY(db_open(replica_url(app_of(app)->replica), DB_REPLICA, out));
	db_set_patience(*out, PATIENCE_SECONDS);
	return OK;
}

static bool may_lag(const struct request *req, struct db *db)
{
	return replica_may(app_of(req->gate->app)->replica, req, db);
}

static enum outcome position(struct db *db, int64_t *out)
{
	struct db_position at;

	TRY(db_position(db, &at));
	*out = at.at;
	return OK;
}

static enum outcome read_begin(struct db *db, int budget_ms)
{
	db_set_budget(db, budget_ms);
	return db_read_begin(db);
}

static void read_end(struct db *db)
{
	db_read_end(db);
	db_set_budget(db, 0);
}

static bool read_late(struct db *db) { return db_is_late(db); }
static bool read_again(struct db *db) { return db_may_run_again(db); }
static int64_t cut_before(void *app) { return db_checkpoints_cut_before(app_of(app)->checkpoints); }
static enum outcome batch_begin(struct db *db, bool whole) { return whole ? db_batch_begin_whole(db) : db_batch_begin(db); }
static bool batch_is_spoiled(struct db *db) { return db_batch_is_spoiled(db); }
static enum outcome batch_commit(struct db *db) { return db_batch_commit(db); }
static enum outcome step_begin(struct db *db) { return db_step_begin(db); }
static enum outcome step_end(struct db *db, bool keep) { return db_step_end(db, keep); }

static enum gate_enter enter(struct request *req)
{
	const char *secret = request_cookie(req, SESSION_COOKIE);
	struct session *session;

	req->ask.actor = NULL;
	req->session = NULL;
	if (!*secret)
		return ENTER_OK;
	session = ARENA_NEW(req->ask.arena, struct session);
	switch (session_read(&req->ask, secret, session)) {
	case OK:
		req->session = session;
		req->ask.actor = session->actor;
		return session->is_over ? ENTER_ENDED : ENTER_OK;
	case NOT_FOUND: case INVALID: case FORBIDDEN: case CONFLICT:
		return ENTER_OK;
	case FAILED:
		break;
	}
	return ENTER_FAILED;
}

static bool has_session(const struct request *req)
{
	return strlen(request_cookie(req, SESSION_COOKIE)) == SESSION_SECRET_LEN;
}

static bool may(const struct request *req, int permission)
{
	return access_may(req->ask.actor, (enum permit)permission);
}

static bool is_public(const struct request *req, int permission)
{
	(void)req;
	return permit_is_public((enum permit)permission);
}

static struct url sign_in(struct request *req)
{
	return url_query(req->ask.arena, URL("/dang-nhap"), "ve", req->is_post ? req->path : req->target);
}

static enum gate_token token_claim(struct request *req, const char *token, struct bytes body_hash)
{
	struct token_answer answer;

	if (!token_is_ours(&req->ask, token, access_bound_to(req)))
		return TOKEN_FOREIGN;
	if (token_find(&req->ask, token, body_hash, &answer) != OK)
		return TOKEN_NEW;
	if (db_confirm(req->ask.db) != OK)
		return TOKEN_ANSWERED;           /* without an answer: it could not be read with certainty */
	req->response.status = (int)answer.status;
	req->response.location.text = *answer.location ? answer.location : NULL;
	return TOKEN_ANSWERED;
}

/* A form that was kept when its session had ended goes when it is sent. */
static enum outcome let_kept_go(struct request *req)
{
	const struct session *session = access_session(req);
	int64_t kept;

	if (!session || !text_to_int(request_extra(req, KEPT_FIELD), 1, INT64_MAX, &kept))
		return OK;
	return kept_remove(&req->ask, session->account_id, kept);
}

static enum outcome token_answer(struct request *req, const char *token, struct bytes body_hash)
{
	TRY(let_kept_go(req));
	if (req->response.forget)
		return OK;
	return token_store(&req->ask, token, body_hash, &(struct token_answer){ req->response.status,
		req->response.location.text ? req->response.location.text : "" });
}

static void keyed_hash(void *app, struct bytes what, unsigned char out[32])
{
	struct hash h = keyring_hash(app_of(app)->keys, HASH_TOKEN, what);

	memcpy(out, h.at, sizeof h.at);
}

static enum outcome keep(struct request *req, const char *fields)
{
	const struct session *over = req->session;

	return over ? kept_add(&req->ask, over->account_id, req->path, fields) : OK;
}

static const char *clean_text(struct arena *arena, const char *typed, bool lines)
{
	struct bytes bytes = { typed, strlen(typed) };
	const char *out;
	enum text_fault fault = lines ? text_lines(arena, bytes, &out) : text_line(arena, bytes, &out);

	return fault == TEXT_OK ? out : NULL;
}

static enum outcome note_seen(struct db *db, int64_t account, int64_t person, const char *path, int64_t at)
{
	struct arena *arena = arena_new(64 * KiB);
	struct ask ask = { .db = db, .arena = arena, .now = at, .request_id = "" };
	enum outcome done = seen_note(&ask, person, account, path);

	arena_free(arena);
	return done;
}

static enum outcome listed(struct ask *ask, int64_t account, int64_t unit, const char *list)
{
	struct account_name_list names;
	struct actor actor = { .account_id = account, .name = "" };

	TRY(account_names(ask, &account, 1, &names));
	if (names.n)
		actor.name = names.at[0].name;
	ask->actor = &actor;
	return list_seen_note(ask, unit, list);
}

static enum outcome note_listed(struct db *db, int64_t account, int64_t unit, const char *list, int64_t at)
{
	struct arena *arena = arena_new(64 * KiB);
	struct ask ask = { .db = db, .arena = arena, .now = at, .request_id = "" };
	enum outcome done = listed(&ask, account, unit, list);

	arena_free(arena);
	return done;
}

static int64_t account(const struct request *req)
{
	return req->ask.actor ? req->ask.actor->account_id : 0;
}

static const unsigned char *used(const struct request *req)
{
	const struct session *session = access_session(req);

	return session && session->used_at + SESSION_NOTE_SECONDS <= req->ask.now ? session->key.at : NULL;
}

static enum outcome note_used(struct db *db, const unsigned char key[32], int64_t at)
{
	struct arena *arena = arena_new(64 * KiB);
	struct ask ask = { .db = db, .arena = arena, .now = at, .request_id = "" };
	struct hash session;
	enum outcome done;

	memcpy(session.at, key, sizeof session.at);
	done = session_touch(&ask, session);
	arena_free(arena);
	return done;
}

/* What was typed stands on the page that could not take it. */
static void give_back(struct request *req, struct error_view *view)
{
	const struct typed *typed = request_typed(req, &view->n_typed);
	struct retry_field *fields = ARENA_ARRAY(req->ask.arena, struct retry_field, view->n_typed);

	for (size_t i = 0; i < view->n_typed; i++)
		fields[i] = (struct retry_field){ typed[i].label, typed[i].value };
	view->typed = fields;
}

static void error_page(struct request *req, int status, const char *why, struct buf *page)
{
	struct error_view view;

	error_view_init(&view, req->ask.arena, status, why, req->ask.request_id, format_moment(req->ask.arena, req->ask.now));
	access_frame(req, &view.page);
	if (req->ask.problems && status == HTTP_UNPROCESSABLE)
		page_problems(&view.page, req->ask.arena, req->ask.problems);
	if (status == HTTP_UNAUTHORIZED || status == HTTP_UNPROCESSABLE)
		give_back(req, &view);
	if (status == HTTP_UNAUTHORIZED) {
		view.back = URL("/dang-nhap");
		view.back_label = "Đăng nhập";
	}
	error_page_html(page, &view);
}

void gate_init(struct gate *gate, struct app *app)
{
	*gate = (struct gate){ .app = app, .nav = nav_items, .n_nav = nav_items_n, .site = app->site, .place = app->place,
		.help = app->help, .now = now, .keys = app->keys, .files = app->files, .packs = app->packs, .sandbox = app->sandbox,
		.hooks = app->hooks, .criteria = app->criteria, .crowds = app->crowds, .targets = app->targets, .open = open_db, .close = db_close,
		.remote = db_url_is_remote(app->db_url), .read_begin = read_begin,
		.read_late = read_late, .read_again = read_again, .read_end = read_end, .cut_before = cut_before, .batch_begin = batch_begin,
		.batch_is_spoiled = batch_is_spoiled,
		.batch_commit = batch_commit, .batch_rollback = db_batch_rollback, .step_begin = step_begin, .step_end = step_end,
		.enter = enter, .has_session = has_session, .may = may, .is_public = is_public, .sign_in = sign_in, .token_claim = token_claim,
		.token_answer = token_answer, .hash = keyed_hash, .keep = keep, .clean_text = clean_text, .note_seen = note_seen, .note_listed = note_listed,
		.account = account, .used = used, .note_used = note_used, .measure = measures_put, .error_page = error_page };
	if (app->replica) {
		gate->open_replica = open_replica;
		gate->may_lag = may_lag;
		gate->position = position;
		gate->wrote = replica_wrote;
	}
}
