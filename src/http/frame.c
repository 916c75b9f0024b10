/* The gate, the form and the class around every handler. One request runs through
 *
 *	frame_run    with a reader: enter, may, token present, form; READ handlers, WORK handlers and prepare steps
 *	frame_write  on the writer, in a step of a batch: enter and may again, token, WRITE handlers
 *
 * and x->plan says what is next. Whatever fails leaves an answer: there is no way out of here without one. */
#include <string.h>

#include "base/bug.h"
#include "base/log.h"
#include "http/form.h"
#include "http/messages.h"
#include "http/parts.h"

static const struct gate *gate_of(const struct exchange *x)
{
	return x->server->config.gate;
}

/* Before each beginning: nothing of an abandoned try may show. */
static void fresh(struct exchange *x)
{
	x->req.response = (struct response){ 0 };
	x->problems = PROBLEMS(x->arena);
	x->seen = false;
	x->req.seen_person = 0;
	x->req.listed_unit = 0;
	x->req.stale = false;
}

static bool may_enter(const struct exchange *x)
{
	int permission = x->req.route->permission;

	return gate_of(x)->is_public(&x->req, permission) || (x->account && gate_of(x)->may(&x->req, permission));
}

/* Asks who is there. False: answered (the store could not be read). */
static bool enter(struct exchange *x)
{
	enum gate_enter entered = gate_of(x)->enter(&x->req);

	if (entered == ENTER_FAILED) {
		exchange_error(x, HTTP_FAILED, NULL);
		return false;
	}
	x->ended = entered == ENTER_ENDED;
	x->account = x->ended ? 0 : gate_of(x)->account(&x->req);
	return true;
}

bool frame_meet(struct exchange *x)
{
	bool known = false;
	struct db *db;

	if (reader_borrow(x->server, &x->server->readers, &db) != OK)
		return false;
	x->req.ask.db = db;
	if (gate_of(x)->read_begin(db, gate_of(x)->remote ? REMOTE_BUDGET_MS : READ_BUDGET_MS) == OK) {
		known = gate_of(x)->enter(&x->req) == ENTER_OK;
		x->account = known ? gate_of(x)->account(&x->req) : 0;
		gate_of(x)->read_end(db);
	}
	x->req.ask.db = NULL;
	fresh(x);
	reader_return(x->server, &x->server->readers, db);
	return known;
}

bool frame_is_welcome(struct exchange *x)
{
	return frame_meet(x) && may_enter(x);
}

static void go_sign_in(struct exchange *x)
{
	struct url where = gate_of(x)->sign_in(&x->req);

	if (!x->req.is_htmx) {
		x->plan = redirect_see_other(&x->req, where) == OK ? PLAN_ANSWERED : x->plan;
		return;
	}
	/* A part of a page cannot hold the sign-in page: htmx is told to go there whole. */
	x->plan = respond_text(&x->req, HTTP_OK, "") == OK ? PLAN_ANSWERED : x->plan;
	response_header(&x->req, "HX-Redirect", where.text);
}

static bool is_secret(const struct exchange *x, const char *name)
{
	const struct field_def *f = form_field(x->req.route->form, name);

	return !strcmp(name, "token") || (f && f->type == FIELD_secret);
}

static void add_encoded(struct buf *b, const char *text)
{
	for (; *text; text++) {
		if ((*text >= '0' && *text <= '9') || (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
			*text == '_')
			buf_char(b, *text);
		else
			buf_format(b, "%%%02X", (unsigned char)*text);
	}
}

/* What was typed, to be kept until the same account signs in again. NULL: too much. */
static const char *fields_to_keep(struct exchange *x)
{
	struct buf b = BUF(x->arena, .max = KEEP_MAX + 1);

	for (size_t i = 0; i < x->input.n; i++) {
		const struct pair *p = &x->input.pairs[i];

		if (p->from != FROM_BODY || is_secret(x, p->name))
			continue;
		if (b.len)
			buf_char(&b, '&');
		add_encoded(&b, p->name);
		buf_char(&b, '=');
		add_encoded(&b, p->value);
	}
	return b.failed ? NULL : buf_cstr(&b);
}

static void turn_away(struct exchange *x)
{
	if (x->account)
		exchange_error(x, HTTP_FORBIDDEN, NULL);
	else if (!x->req.is_post)
		go_sign_in(x);
	else if (x->ended && !x->input.n_uploads && fields_to_keep(x))
		x->plan = PLAN_KEEP;
	else
		exchange_error(x, HTTP_UNAUTHORIZED, NULL);
}

static bool is_token(const char *s)
{
	size_t len = strspn(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

	return len >= 16 && len <= 128 && !s[len];
}

/* All that was sent but the token, each piece led by its length so that no two bodies hash alike. */
static void hash_body(struct exchange *x)
{
	struct buf b = BUF(x->arena, .max = 4 * MiB);
	unsigned char file[32];

	buf_text(&b, x->req.target);
	for (size_t i = 0; i < x->input.n; i++) {
		const struct pair *p = &x->input.pairs[i];

		if (p->from == FROM_BODY && strcmp(p->name, "token") != 0)
			buf_format(&b, "|%zu:%s=%zu:%s", strlen(p->name), p->name, strlen(p->value), p->value);
	}
	for (size_t i = 0; i < x->input.n_uploads; i++) {
		const struct input_upload *u = &x->input.uploads[i];

		buf_format(&b, "|file %s %zu:%s=%lld:", u->field, strlen(u->upload.name), u->upload.name,
			(long long)u->upload.size);
		gate_of(x)->hash(gate_of(x)->app, u->upload.content, file);
		buf_add(&b, file, sizeof file);
	}
	BUG_ON(b.failed);
	gate_of(x)->hash(gate_of(x)->app, buf_bytes(&b), x->body_hash);
}

/* Who, whether, with what: leaves the plan for what comes now. */
static void admit(struct exchange *x)
{
	const struct route *route = x->req.route;
	enum outcome parsed;
	size_t count = 0;

	fresh(x);
	if (!enter(x))
		return;
	if (!may_enter(x)) {
		turn_away(x);
		return;
	}
	if (x->req.is_post) {
		x->token = input_value(&x->input, FROM_BODY, "token", &count);
		if (count != 1 || !is_token(x->token)) {
			exchange_error(x, HTTP_FORBIDDEN, message_no_token);
			return;
		}
	}
	parsed = form_parse(route->form, &x->input, &x->problems, &x->req.form);
	if (parsed == NOT_FOUND) {
		exchange_error(x, HTTP_NOT_FOUND, NULL);
		return;
	}
	if (route->sees)
		x->req.seen_person = *(const int64_t *)((const char *)x->req.form +
			form_offset(route->form, form_field(route->form, route->sees)));
	if (parsed == INVALID)
		x->plan = PLAN_AGAIN;
	else if (route->class == ROUTE_WRITE)
		x->plan = route->prepare ? PLAN_PREPARE : PLAN_WRITE;
	else
		x->plan = route->class == ROUTE_WORK ? PLAN_WORK : PLAN_READ;
}

static int status_of(enum outcome outcome)
{
	switch (outcome) {
	case INVALID:
		return HTTP_UNPROCESSABLE;
	case NOT_FOUND:
		return HTTP_NOT_FOUND;
	case FORBIDDEN:
		return HTTP_FORBIDDEN;
	case CONFLICT:
		return HTTP_CONFLICT;
	case OK: case FAILED:
		break;
	}
	return HTTP_FAILED;
}

static enum outcome call_again(struct exchange *x)
{
	return x->req.route->again ? x->req.route->again(&x->req) : INVALID;
}

/* What is stale is found while the page is made, below its head: it is made again, with a head that lists it. */
static void show_again(struct exchange *x)
{
	struct response *r = &x->req.response;
	enum outcome shown = call_again(x);

	if (x->req.stale) {
		*r = (struct response){ 0 };
		shown = call_again(x);
	}
	if (shown != OK && shown != INVALID)
		exchange_error(x, status_of(shown), NULL);
	else if (!r->status)
		exchange_error(x, HTTP_UNPROCESSABLE, message_check_fields);
	else if (r->status == HTTP_OK)
		r->status = x->req.stale ? HTTP_CONFLICT : HTTP_UNPROCESSABLE;
}

static void show_conflict(struct exchange *x)
{
	if (!x->req.route->again || !form_has_version(x->req.route->form))
		return;
	x->req.stale = true;
	if (!*problem_of(x->req.ask.problems, ""))
		problem(x->req.ask.problems, "", message_stale);
	show_again(x);
}

/* Some fields did not parse; the rules speak of the others, and leave a field that has its message alone. They are asked with the
 * problems there are, so that an operation stops before its first change. */
static enum outcome ask_rules(struct exchange *x)
{
	struct problems *told = x->req.ask.problems, all = PROBLEMS(x->req.ask.arena);
	route_handler rules = x->req.route->rules;
	size_t n = told->n;
	enum outcome asked;

	if (!rules)
		return INVALID;
	for (const struct problem *p = told->first; p; p = p->next)
		problem(&all, p->field, p->text);
	x->req.ask.problems = &all;
	asked = rules(&x->req);
	x->req.ask.problems = told;
	x->req.response = (struct response){ 0 };
	for (const struct problem *p = all.first; p; p = p->next)
		if (n)
			n--;
		else if (!*problem_of(told, p->field))
			problem(told, p->field, p->text);
	return asked == FAILED ? FAILED : INVALID;
}

/* What a handler or prepare step returned becomes an answer, if it did not give one. */
static void settle(struct exchange *x, enum outcome outcome)
{
	struct response *r = &x->req.response;

	if (outcome == OK && !r->status) {
		log_line(LOG_ERROR, x->id, "route", "%s returned OK without an answer", x->req.route->path);
		outcome = FAILED;
	}
	if (outcome == CONFLICT && !r->status)
		show_conflict(x);
	else if (outcome == INVALID && !r->status)
		show_again(x);
	if (outcome == INVALID && r->status == HTTP_OK)
		r->status = HTTP_UNPROCESSABLE;
	else if (outcome == FAILED || (outcome != OK && r->status < 400))
		exchange_error(x, status_of(outcome), NULL);
	x->seen = outcome == OK && r->status < 400 && x->account &&
		((x->req.route->sees && x->req.seen_person) || x->req.listed_unit);
	x->plan = PLAN_ANSWERED;
}

static void run_prepare(struct exchange *x)
{
	enum outcome outcome = x->req.route->prepare(&x->req);

	if (outcome == OK && !x->req.response.status)
		x->plan = PLAN_WRITE;
	else
		settle(x, outcome);
}

/* May what the plan says run here? */
static void run_plan(struct exchange *x, bool on_loop)
{
	bool is_long = x->req.route->class == ROUTE_WORK || x->multipart || x->body.len > SMALL_BODY;

	if (x->plan == PLAN_READ)
		settle(x, x->req.route->handler(&x->req));
	else if (x->plan == PLAN_AGAIN && !(on_loop && (is_long || x->req.route->rules)))
		settle(x, ask_rules(x));
	else if (x->plan == PLAN_WORK && !on_loop)
		settle(x, x->req.route->handler(&x->req));
	else if (x->plan == PLAN_PREPARE && !on_loop)
		run_prepare(x);
}

/* Once, between read_begin and read_end. */
static void run_once(struct exchange *x, struct db *db, bool on_loop)
{
	x->req.ask.db = db;
	if (x->plan == PLAN_NEW)
		admit(x);
	run_plan(x, on_loop);
}

/* False: the world ended it each time, and it stands where it began. Else what was begun is to be ended. */
static bool run_until_read(struct exchange *x, struct db *db, bool on_loop)
{
	const struct gate *gate = gate_of(x);
	bool lags = x->pool == &x->server->replicas;
	enum plan plan = x->plan;

	for (int tries = 0; tries < (lags ? 1 : READ_TRIES); tries++) {
		if (gate->read_begin(db, on_loop ? READ_BUDGET_MS : 0) != OK)
			return false;
		if (!lags || gate->may_lag(&x->req, db)) {
			run_once(x, db, on_loop);
			if (!gate->read_again(db))
				return true;
		}
		gate->read_end(db);
		x->req.ask.db = NULL;
		fresh(x);
		x->plan = plan;
	}
	return false;
}

/* False: not from there. */
static bool run_with(struct exchange *x, struct readers *pool, bool on_loop)
{
	const struct gate *gate = gate_of(x);
	struct db *db;

	if (reader_borrow(x->server, pool, &db) != OK)
		return false;
	x->pool = pool;
	if (!run_until_read(x, db, on_loop)) {
		bool late = on_loop && gate->read_late(db);      /* not begun here: a worker waits for it */

		reader_return(x->server, pool, db);
		return late;
	}
	if (gate->read_late(db)) {
		fresh(x);
		x->plan = PLAN_NEW;
		if (!on_loop)            /* cut: nobody is to wait for this one again now */
			exchange_error(x, HTTP_UNAVAILABLE, NULL);
	}
	if (x->plan == PLAN_ANSWERED && x->req.response.stream) {
		x->reader = db;
		stream_open(x);
		return true;
	}
	x->req.ask.db = NULL;
	gate->read_end(db);
	reader_return(x->server, pool, db);
	return true;
}

/* Short pages only: a long read there may be ended in its middle by what the replica must follow. */
static bool run_lagging(struct exchange *x, bool on_loop)
{
	bool may = gate_of(x)->may_lag && x->plan == PLAN_NEW && !x->req.is_post && x->req.route->class == ROUTE_READ
		&& gate_of(x)->may_lag(&x->req, NULL);

	if (!may || !run_with(x, &x->server->replicas, on_loop))
		return false;
	atomic_fetch_add(&x->server->tally.lagging, 1);
	return true;
}

void frame_run(struct exchange *x, bool on_loop)
{
	if (x->plan == PLAN_ANSWERED)
		return;
	if (x->unknown) {
		(void)frame_meet(x);
		exchange_error(x, HTTP_NOT_FOUND, NULL);
		return;
	}
	if (!run_lagging(x, on_loop) && !run_with(x, &x->server->readers, on_loop))
		exchange_error(x, HTTP_UNAVAILABLE, NULL);
	if (x->account && !x->noted)
		note_used(x);
	if (x->plan == PLAN_WRITE)
		hash_body(x);
	else if (x->plan == PLAN_ANSWERED && x->seen)
		note_seen(x);
}

static bool write_keep(struct exchange *x)
{
	const char *fields = fields_to_keep(x);

	if (!fields || gate_of(x)->keep(&x->req, fields) != OK) {
		exchange_error(x, HTTP_UNAUTHORIZED, NULL);
		return false;
	}
	x->req.response = (struct response){ 0 };
	go_sign_in(x);
	return true;
}

/* True: what was done in this step is to be stored. */
static bool write_step(struct exchange *x)
{
	const struct gate *gate = gate_of(x);
	struct bytes hash = { x->body_hash, sizeof x->body_hash };
	struct response *r = &x->req.response;
	int64_t person = x->req.seen_person;
	enum outcome outcome;

	fresh(x);
	x->req.seen_person = person;
	if (!enter(x))
		return false;
	if (!may_enter(x)) {
		turn_away(x);
		return x->plan == PLAN_KEEP && write_keep(x);
	}
	if (x->plan == PLAN_KEEP) {              /* signed in again meanwhile: nobody's form was read yet */
		exchange_error(x, HTTP_UNAUTHORIZED, NULL);
		return false;
	}
	switch (gate->token_claim(&x->req, x->token, hash)) {
	case TOKEN_NEW:
		break;
	case TOKEN_ANSWERED:
		if (!r->status)
			exchange_error(x, HTTP_FAILED, NULL);
		return false;
	case TOKEN_FOREIGN:
		exchange_error(x, HTTP_FORBIDDEN, message_foreign_token);
		return false;
	}
	outcome = x->req.route->handler(&x->req);
	if (gate->batch_is_spoiled(x->req.ask.db))
		return false;
	settle(x, outcome);
	if (outcome != OK || r->status >= 500 || r->status == HTTP_UNPROCESSABLE)
		return false;
	if (gate->token_answer(&x->req, x->token, hash) == OK)
		return true;
	exchange_error(x, HTTP_FAILED, NULL);
	return false;
}

bool frame_write(struct exchange *x, struct db *writer)
{
	bool keep;

	if (gate_of(x)->step_begin(writer) != OK)
		return false;
	if (x->plan == PLAN_ANSWERED)            /* once more, after a batch that was spoiled */
		x->plan = x->planned;
	x->planned = x->plan;
	x->req.ask.db = writer;
	x->req.ask.now = gate_of(x)->now(gate_of(x)->app);
	keep = write_step(x);
	x->plan = PLAN_ANSWERED;
	x->req.ask.db = NULL;
	return gate_of(x)->step_end(writer, keep) == OK;
}
