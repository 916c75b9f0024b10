#include "registry/people/codes.h"

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/access/accounts.h"
#include "registry/people/people.h"
#include "text/format.h"
#include "text/name.h"

static const char *account_name_of(struct ask *ask, const struct person *p)
{
	int age = day_age_at_end(p->birth, day_year(day_of(ask->now).text));
	struct name name = name_split(ask->arena, p->name);

	return p->sex == SEX_UNKNOWN ? p->name : arena_format(ask->arena, "%s %s", pronoun_capital(p->sex, age), name.given);
}

OUTCOME person_code_make(struct ask *ask, int64_t person_id, const char *ticket)
{
	DB_TRANSACTION(tx, ask->db);
	struct account account;
	struct person p;
	const char *code;
	enum outcome found;

	TRY(person_read(ask, person_id, &p));
	TRY(access_require(ask, PERMIT_ACCOUNT_MANAGE, p.leaf_id));
	if (p.condition != PERSON_ACTIVE)
		return NOT_FOUND;
	found = account_of_person(ask, person_id, &account);
	if (found == NOT_FOUND)
		found = account_add_for_person(ask, person_id, account_name_of(ask, &p), p.leaf_id, &account.id);
	TRY(found);
	TRY(code_make_for(ask, account.id, p.leaf_id, ticket, &code));
	return db_commit(&tx);
}

OUTCOME person_code_again(struct ask *ask, int64_t person_id, const char *ticket, const char **code, int64_t *expires_at)
{
	struct account account;

	TRY(account_of_person(ask, person_id, &account));
	return code_again(ask, account.id, ticket, code, expires_at);
}
