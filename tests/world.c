#include "tests/world.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/gate.h"
#include "app/hooks.h"
#include "app/routes.h"
#include "app/shipped.h"
#include "base/day.h"
#include "crypto/crypto.h"
#include "files/files.h"
#include "registry/access/session.h"
#include "registry/units/units.h"
#include "tests/test.h"
#include "title/criteria/criteria.h"
#include "title/rounds/rounds.h"
#include "web_files.h"

static const char units_csv[] =
	"code,name,kind,parent_code\n"
	"80,Tỉnh Tây Ninh,Tỉnh,\n"
	"27937,Xã Đức Hoà,Xã,80\n"
	"25645,Phường Hoà Thành,Phường,80\n";

static int64_t unit_by(struct world *w, const char *code)
{
	struct unit unit;

	CHECK_OUTCOME(OK, tree_by_code(&w->ask, code, WORLD_TODAY, &unit));
	return unit.id;
}

static int64_t add_leaf(struct world *w, int64_t parent, const char *kind, const char *name)
{
	struct leaf_new leaf = { .parent_id = parent, .kind = kind, .name = name, .code = "", .from_day = "2025-07-01",
		.branch = { "", "Bà Ba", "0900000121", 0 } };
	int64_t id;

	CHECK_OUTCOME(OK, unit_add_leaf(&w->ask, &leaf, &id));
	return id;
}

static void add_account(struct world *w, enum role role, int64_t unit_id)
{
	w->account[role] = 1000 + (int64_t)role;
	CHECK_OUTCOME(OK, db_script(w->db, arena_format(w->arena,
		"INSERT INTO account (id, login, name, folded, name_key, person_id, phone, passphrase, locked, failures, closed_until, made_at,"
		" version) VALUES (%lld, '%s', 'Tài khoản %s', 'tai khoan', CAST('0' AS BLOB), %d, '', '', 0, 0, 0, 0, 1);"
		"INSERT INTO unique_key (use, value, owner_id) VALUES (1, CAST('%s' AS BLOB), %lld);"
		"INSERT INTO role_grant (id, account_id, role, unit_id, until_day, ended_at, granted_by, granted_at)"
		" VALUES (%lld, %lld, '%s', %lld, '9999-12-31', 0, 0, 0);", (long long)w->account[role], role_code(role),
		role_code(role),
		role == ROLE_CITIZEN ? 500 : 0, role_code(role), (long long)w->account[role], 2000 + (long long)role,
		(long long)w->account[role], role_code(role), (long long)unit_id), "world"));
}

static void fill(struct world *w)
{
	struct import_counts counts;

	w->app.arena = w->arena;
	w->app.fixed_now = day_start(WORLD_TODAY) + 9 * 3600;
	w->app.site = "học tập Tây Ninh";
	w->app.place = "tỉnh Tây Ninh";
	w->app.help = "Cần giúp, hỏi chi hội.";
	w->app.hooks = &app_hooks;
	w->problems = PROBLEMS(w->arena);
	w->ask = (struct ask){ .db = w->db, .actor = &access_system, .arena = w->arena, .problems = &w->problems,
		.now = w->app.fixed_now,
		.keys = w->app.keys, .hooks = w->app.hooks, .request_id = "" };
	CHECK_OUTCOME(OK, setting_set(&w->ask, "register", "29"));
	CHECK_OUTCOME(OK, units_import_state(&w->ask, (struct bytes){ units_csv, sizeof units_csv - 1 }, "2025-07-01", DAY_OPEN,
		&counts));
	w->province = unit_by(w, "80");
	w->commune = unit_by(w, "27937");
	w->other_commune = unit_by(w, "25645");
	w->hamlet = add_leaf(w, w->commune, "ap", "Ấp Bình Hoà");
	w->other_hamlet = add_leaf(w, w->other_commune, "khu_pho", "Khu phố 2");
	w->school = add_leaf(w, w->commune, "truong", "Trường THCS Đức Hoà");
	for (enum role role = 0; role < ROLES; role++)
		add_account(w, role, role <= ROLE_DEPUTY ? w->hamlet : role <= ROLE_AUTHORITY ? w->commune : w->province);
	world_as_nobody(w);
}

static void begin(struct world *w, const char *url)
{
	crypto_start();
	memset(w, 0, sizeof *w);
	w->arena = arena_new(256 * MiB);
	w->app.keys = keyring_for_tests();
	store_open(&w->store, url);
	w->db = w->store.db;
	w->app.db_url = w->store.url;
}

void world_open(struct world *w)
{
	begin(w, "sqlite::memory:");
	fill(w);
}

void world_serve(struct world *w)
{
	struct route_table *tables;
	char folder[] = "/tmp/hoctap-world-XXXXXX", url[64];

	CHECK(mkdtemp(folder) != NULL);
	snprintf(url, sizeof url, "sqlite:%s/hoctap.db", folder);
	begin(w, url);
	snprintf(w->folder, sizeof w->folder, "%s", folder);
	if (!store_remote())
		CHECK_OUTCOME(OK, db_script(w->db, "PRAGMA synchronous = off", "world"));
	fill(w);
	for (enum role role = 0; role < ROLES; role++) {
		const char *secret;

		CHECK_OUTCOME(OK, session_open(&w->ask, w->account[role], &secret));
		w->cookie[role] = arena_format(w->arena, "phien=%s", secret);
	}
	CHECK_OUTCOME(OK, files_open(arena_format(w->arena, "%s/files", folder), &w->app.files));
	w->ask.files = w->app.files;
	gate_init(&w->gate, &w->app);
	tables = ARENA_ARRAY(w->arena, struct route_table, route_tables_n);
	for (size_t i = 0; i < route_tables_n; i++)
		tables[i] = *route_tables[i];
	w->server = server_new(&(struct server_config){ .listen_fd = -1, .tables = tables, .n_tables = route_tables_n,
		.gate = &w->gate,
		.files = web_files, .n_files = web_files_n, .spool_dir = w->folder, .quiet = true });
	CHECK(w->server != NULL);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void world_close(struct world *w)
{
	if (w->server)
		server_free(w->server);
	files_close(w->app.files);
	store_close(&w->store);
	if (*w->folder)
		nftw(w->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	keyring_close(w->app.keys);
	arena_free(w->arena);
}

void world_round_of(struct world *w, struct bytes criteria)
{
	struct round_new round = { .year = 2026, .from = { "", "2026-02-01", "2026-03-01", "2026-09-01", "2026-10-01" },
		.until = { "", "2026-11-30", "2026-11-30", "2026-12-15", "2026-12-31" }, .posting_days = 7, .title_years = 1 };
	const struct actor *actor = w->ask.actor;

	world_again(w);
	w->ask.actor = &access_system;
	CHECK_OUTCOME(OK, criteria_import(&w->ask, criteria, &w->criteria));
	CHECK_OUTCOME(OK, criteria_publish(&w->ask, w->criteria, 1));
	round.criteria_id = w->criteria;
	CHECK_OUTCOME(OK, round_open(&w->ask, &round));
	w->round = round.year;
	w->ask.actor = actor;
}

void world_round(struct world *w)
{
	world_round_of(w, shipped_criteria());
}

void world_as(struct world *w, enum role role, int64_t unit_id)
{
	w->grant = (struct grant){ role, unit_id };
	w->actor = (struct actor){ .account_id = w->account[role], .person_id = role == ROLE_CITIZEN ? 500 : 0,
		.name = role_label(role),
		.grants = &w->grant, .n_grants = 1 };
	w->ask.actor = &w->actor;
	world_again(w);
}

void world_as_nobody(struct world *w)
{
	w->ask.actor = NULL;
	world_again(w);
}

void world_again(struct world *w)
{
	w->problems = PROBLEMS(w->arena);
}

const char *world_problem(struct world *w, const char *field)
{
	return problem_of(&w->problems, field);
}

const char *reply_text(struct world *w, const struct reply *reply)
{
	return arena_textn(w->arena, reply->body.ptr ? reply->body.ptr : "", reply->body.len);
}

/* The jar of who is not signed in: what each answer sets, so that a sign-in can be played. */
static void keep_cookies(struct world *w, const struct reply *reply)
{
	static const char *const names[WORLD_JAR] = { "truoc=", "phien=" };

	for (size_t i = 0; i < reply->n_headers; i++)
		for (size_t j = 0; j < WORLD_JAR; j++)
			if (!strcmp(reply->headers[i].name, "Set-Cookie") && !strncmp(reply->headers[i].value, names[j],
			strlen(names[j])))
				w->jar[j] = arena_textn(w->arena, reply->headers[i].value, strcspn(reply->headers[i].value, ";"));
}

static void call(struct world *w, enum role role, const char *method, const char *target, const char *body, struct reply *out)
{
	struct header cookie = { "Cookie", role < ROLES ? w->cookie[role] : arena_format(w->arena, "%s; %s", w->jar[0]
		? w->jar[0] : "",
		w->jar[1] ? w->jar[1] : "") };
	struct call c = { .method = method, .target = target, .headers = &cookie, .n_headers = 1, .type = "",
		.body = { body, strlen(body) } };

	server_call(w->server, &c, w->arena, out);
	if (role == ROLES)
		keep_cookies(w, out);
}

void world_get(struct world *w, enum role role, const char *target, struct reply *out)
{
	static const char mark[] = "name=\"token\" value=\"";
	const char *at;

	call(w, role, "GET", target, "", out);
	at = strstr(reply_text(w, out), mark);
	if (at)
		w->token = arena_textn(w->arena, at + sizeof mark - 1, strcspn(at + sizeof mark - 1, "\""));
}

void world_post(struct world *w, enum role role, const char *target, const char *fields, struct reply *out)
{
	call(w, role, "POST", target, arena_format(w->arena, "token=%s&%s", w->token ? w->token : "", fields), out);
}

void world_take(struct world *w, enum role role, const char *target, const char *fields, struct reply *out)
{
	world_post(w, role, target, fields, out);
	CHECK_INT(303, out->status);
	if (out->status == 303)
		world_get(w, role, out->location, out);
}
