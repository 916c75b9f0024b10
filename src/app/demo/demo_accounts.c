#include "app/demo/demo_accounts.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crypto/crypto.h"
#include "db/transaction.h"
#include "demo_accounts_sql.h"
#include "json/json.h"
#include "registry/access/access.h"
#include "registry/access/accounts.h"

struct demo_account { enum role role; const char *login, *name; enum unit_level level; };

static const struct demo_account chain[] = {
	{ ROLE_CITIZEN, "nguoidan", "", LEVEL_LEAF },
	{ ROLE_BRANCH, "chihoi", "Ông Dũng", LEVEL_LEAF },
	{ ROLE_DEPUTY, "chihoipho", "Bà Lành", LEVEL_LEAF },
	{ ROLE_COMMUNE, "hoixa", "Chị Thuỳ", LEVEL_COMMUNE },
	{ ROLE_AUTHORITY, "ubndxa", "Ông Phước", LEVEL_COMMUNE },
	{ ROLE_PROVINCE, "hoitinh", "Bà Hạnh", LEVEL_PROVINCE },
	{ ROLE_AUDITOR, "kiemtra", "Anh Minh", LEVEL_PROVINCE },
	{ ROLE_ADMIN, "quantri", "Chị Ngân", LEVEL_PROVINCE },
};

/* "lua-sen-tre-47": easy to type from the terminal; made from the seed, so that the demo is the same each time. */
static const char *passphrase_of(const struct demo *d, size_t i)
{
	static const char *const words[] = { "lua", "sen", "tre", "gao", "ghe", "kenh", "buoi", "xoai", "cau", "mit", "diec",
		"dua", "giong", "ruong" };
	struct chance c = chance_of(d->seed, 30, i);

	return arena_format(d->ask->arena, "%s-%s-%s-%02d", words[chance_below(&c, (int)COUNT(words))], words[chance_below(&c,
		(int)COUNT(words))],
		words[chance_below(&c, (int)COUNT(words))], 10 + chance_below(&c, 90));
}

static OUTCOME unit_of(struct demo *d, enum unit_level level, struct unit *out)
{
	struct unit_list children;

	if (level == LEVEL_PROVINCE)
		return tree_get(d->ask, d->province_id, d->today.text, out);
	TRY(tree_by_code(d->ask, d->chain, d->today.text, out));
	if (level == LEVEL_COMMUNE)
		return OK;
	TRY(tree_children(d->ask, out->id, d->today.text, NULL, &children));
	if (!children.n)
		return NOT_FOUND;
	*out = children.at[0];
	return OK;
}

OUTCOME demo_chain_leaf(struct demo *d, struct unit *out)
{
	return unit_of(d, LEVEL_LEAF, out);
}

static OUTCOME add_account(struct demo *d, size_t i, struct json_out *json)
{
	const struct demo_account *a = &chain[i];
	const char *passphrase = passphrase_of(d, i), *hash, *person = "", *name = a->name;
	struct account_new account = { .login = a->login };
	struct unit unit;
	int64_t id;

	TRY(unit_of(d, a->level, &unit));
	if (a->role == ROLE_CITIZEN) {
		struct sql_demo_citizen_row row;
		enum outcome found = sql_demo_citizen(d->ask, d->rounds[DEMO_ROUNDS - 1].id, unit.parent_id,
			d->rounds[DEMO_ROUNDS - 1].id - 25,
			unit.id, &row);

		if (found == NOT_FOUND)
			return OK;               /* a demo of very few people */
		TRY(found);
		account.person_id = row.id;
		TRY(tree_get(d->ask, row.leaf_id, d->today.text, &unit));
		name = person = row.name;
	}
	account.name = name;
	account.unit_id = unit.id;
	TRY(passphrase_hash(d->ask->arena, passphrase, &hash));
	account.passphrase_hash = hash;
	if (a->role == ROLE_CITIZEN)
		TRY(account_add(d->ask, &account, &id));
	else
		TRY(officer_add(d->ask, &account, &(struct role_new){ a->role, unit.id, "" }, &id));
	json_begin_object(json);
	json_put_key(json, "role");
	json_put_text(json, role_code(a->role));
	json_put_key(json, "unit");
	json_put_text(json, unit.name);
	json_put_key(json, "login");
	json_put_text(json, a->login);
	json_put_key(json, "passphrase");
	json_put_text(json, passphrase);
	json_put_key(json, "person");
	json_put_text(json, person);
	json_end(json);
	return OK;
}

static OUTCOME write_file(struct app *app, const char *text)
{
	const char *path = arena_format(app->arena, "%s/demo-accounts.json", app->data_dir);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t len = strlen(text);
	bool whole = fd >= 0 && write(fd, text, len) == (ssize_t)len;

	if (fd >= 0)
		close(fd);
	if (!whole)
		fprintf(stderr, "Không ghi được %s.\n", path);
	return whole ? OK : FAILED;
}

OUTCOME demo_make_accounts(struct demo *d, struct app *app)
{
	DB_TRANSACTION(tx, d->ask->db);
	struct buf text = BUF(app->arena, .max = 64 * KiB);
	struct json_out json = { .out = &text };

	json_begin_array(&json);
	for (size_t i = 0; i < COUNT(chain); i++)
		TRY(add_account(d, i, &json));
	json_end(&json);
	buf_char(&text, '\n');
	TRY(db_commit(&tx));
	return write_file(app, buf_cstr(&text));
}
