/* Who takes part: a branch officer for each connection, citizens with a sheet they may still score, all with a session opened in
 * the store itself. Signing 300 people in would be a bench of Argon2id, and nobody knows their passphrases. */
#include <stdio.h>

#include "app/demo/load.h"
#include "base/day.h"
#include "crypto/crypto.h"
#include "db/transaction.h"
#include "load_sql.h"
#include "registry/access/access.h"
#include "registry/access/accounts.h"
#include "registry/access/session.h"
#include "registry/tree/tree.h"
#include "title/rounds/rounds.h"
#include "title/standing/standing.h"

enum { SHEETS = 20000 };

static const char *cookie_of(struct ask *ask, const char *secret)
{
	return arena_format(ask->arena, "phien=%s", secret);
}

static OUTCOME open_for(struct ask *ask, int64_t account_id, const char **cookie)
{
	const char *secret;

	TRY(session_open(ask, account_id, &secret));
	*cookie = cookie_of(ask, secret);
	return OK;
}

/* Of an earlier load, or new; each load has its officers on the leaves that have most to do then. */
static OUTCOME officer_of(struct ask *ask, int n, int64_t leaf, const char **cookie)
{
	const char *login = arena_format(ask->arena, "thu-tai-%d", n);
	struct role_new role = { ROLE_BRANCH, leaf, "" };
	struct account account;
	struct role_list roles;
	int64_t id;
	enum outcome found = account_by_login(ask, login, &account);

	if (found == NOT_FOUND) {
		TRY(officer_add(ask, &(struct account_new){ .login = login, .name = arena_format(ask->arena, "Thử tải %d", n),
			.unit_id = leaf }, &role, &id));
		return open_for(ask, id, cookie);
	}
	TRY(found);
	TRY(roles_of(ask, account.id, &roles));
	for (size_t i = 0; i < roles.n; i++)
		if (roles.at[i].unit_id == leaf)
			return open_for(ask, account.id, cookie);
	TRY(role_give(ask, account.id, &role, &id));
	return open_for(ask, account.id, cookie);
}

static OUTCOME citizen_of(struct ask *ask, int64_t person_id, int64_t leaf, const char **cookie)
{
	struct account account;
	int64_t id;
	enum outcome found = account_of_person(ask, person_id, &account);

	if (found == OK)
		return open_for(ask, account.id, cookie);
	if (found != NOT_FOUND)
		return found;
	TRY(account_add_for_person(ask, person_id, "Thử tải", leaf, &id));
	return open_for(ask, id, cookie);
}

static bool is_taken(const struct load *l, int64_t leaf)
{
	for (size_t v = 0; v < LOAD_CONNECTIONS; v++)
		if (l->visitors[v].leaf == leaf)
			return true;
	return false;
}

static OUTCOME make_officers(struct ask *ask, struct load *l)
{
	struct sql_load_leaves_row *leaves;
	size_t n;

	TRY(sql_load_leaves(ask, l->round, SHEET_REGISTERED, SHEET_DRAFT, LOAD_CONNECTIONS, &leaves, &n));
	if (n < LOAD_CONNECTIONS)
		return NOT_FOUND;
	for (size_t v = 0; v < n; v++) {
		l->visitors[v].leaf = leaves[v].leaf_id;
		TRY(officer_of(ask, (int)v, leaves[v].leaf_id, &l->visitors[v].officer));
	}
	return OK;
}

static OUTCOME make_citizens(struct ask *ask, struct load *l)
{
	struct sql_load_sheets_row *sheets;
	size_t n, made = 0;

	TRY(sql_load_sheets(ask, l->round, SHEET_REGISTERED, SHEET_DRAFT, SHEETS, &sheets, &n));
	for (size_t i = 0; i < n && made < LOAD_CONNECTIONS * LOAD_CITIZENS; i++) {
		struct load_visitor *v = &l->visitors[made / LOAD_CITIZENS];

		if (is_taken(l, sheets[i].leaf_id))
			continue;
		v->citizens[made % LOAD_CITIZENS].person = sheets[i].person_id;
		TRY(citizen_of(ask, sheets[i].person_id, sheets[i].leaf_id, &v->citizens[made % LOAD_CITIZENS].cookie));
		made++;
	}
	return made == LOAD_CONNECTIONS * LOAD_CITIZENS ? OK : NOT_FOUND;
}

static OUTCOME read_certificates(struct ask *ask, struct load *l)
{
	struct sql_load_certificates_row *rows;

	TRY(sql_load_certificates(ask, LOAD_CERTIFICATES, &rows, &l->n_certificates));
	l->certificates = ARENA_ARRAY(ask->arena, const char *, l->n_certificates);
	for (size_t i = 0; i < l->n_certificates; i++)
		l->certificates[i] = rows[i].code;
	return l->n_certificates ? OK : NOT_FOUND;
}

static OUTCOME make(struct ask *ask, struct load *l)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_load_grant_row commune;
	struct round round;

	TRY(round_newest(ask, &round));
	l->round = round.id;
	/* A demo is of the day it was made for; people score while the load lasts, whatever day it is. */
	TRY(sql_load_open_window(ask, day_of(ask->now).text, day_add(day_of(ask->now).text, 2).text, round.id));
	TRY(sql_load_grant(ask, "hoixa", &commune));
	l->commune = commune.unit_id;
	TRY(open_for(ask, commune.account_id, &l->commune_cookie));
	TRY(make_officers(ask, l));
	TRY(make_citizens(ask, l));
	TRY(read_certificates(ask, l));
	return db_commit(&tx);
}

OUTCOME load_make_ready(struct app *app, struct load *l)
{
	const char *demo;
	struct db *db = NULL;
	struct ask ask;
	enum outcome done;

	TRY(app_keys(app));
	TRY(app_open(app, DB_WRITER, &db));
	ask = app_ask(app, db, app->arena);
	done = setting_get(&ask, "demo", &demo);
	if (done == NOT_FOUND)
		fputs("Dữ liệu ở --data không phải bản trình diễn. Thử tải lập tài khoản và sửa điểm,"
			" nên chỉ làm trên bản dựng bằng hoctap demo.\n", stderr);
	if (done == OK)
		done = make(&ask, l);
	else
		done = FAILED;
	db_close(db);
	if (done == NOT_FOUND)
		fputs("Bản trình diễn nhỏ quá, hoặc không còn đủ phiếu đang chấm:"
			" dựng mới bằng hoctap demo --people 20000.\n", stderr);
	else if (done != OK)
		app_print_problems(ask.problems);
	return done == OK ? OK : FAILED;
}
