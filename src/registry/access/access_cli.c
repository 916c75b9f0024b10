#include "registry/access/access_cli.h"

#include <stdio.h>

#include "base/day.h"
#include "registry/access/access.h"
#include "registry/access/access_messages.h"
#include "registry/access/accounts.h"

static OUTCOME find_login(struct ask *ask, const char *login, struct account *out)
{
	enum outcome found = account_by_login(ask, login, out);

	if (found == NOT_FOUND) {
		problem(ask->problems, "", arena_format(ask->arena,
			"Không có tài khoản “%s”. Lập trước bằng: hoctap user add", login));
		return INVALID;
	}
	return found;
}

OUTCOME access_cli_add(struct ask *ask, const char *login, const char *name)
{
	int64_t id;

	TRY(account_add(ask, &(struct account_new){ .login = login, .name = name }, &id));
	printf("Đã lập tài khoản %s. Giao vai trò bằng: hoctap user role; in mã bằng: hoctap user code.\n", login);
	return OK;
}

OUTCOME access_cli_role(struct ask *ask, const char *login, const char *role, const char *unit_code, const char *until)
{
	struct role_new new = { .until_day = *until ? arena_text(ask->arena, day_add(until, 1).text) : "" };
	struct account account;
	struct unit unit = { 0 };
	enum outcome found;
	int64_t grant;

	TRY(find_login(ask, login, &account));
	if (!role_of_code(role, &new.role) || new.role == ROLE_CITIZEN)
		problem(ask->problems, "role", arena_format(ask->arena,
			"Không có vai trò “%s”. Chọn: branch, deputy, commune, authority, "
			"province, auditor, admin.", role));
	found = tree_by_code(ask, unit_code, arena_text(ask->arena, day_of(ask->now).text), &unit);
	if (found == FAILED)
		return FAILED;
	if (found != OK)
		problem(ask->problems, "unit", unit_code_unknown(ask->arena, unit_code));
	if (!problems_none(ask->problems))
		return INVALID;
	new.unit_id = unit.id;
	TRY(role_give(ask, account.id, &new, &grant));
	printf("Đã giao cho %s vai trò %s ở %s.\n", login, role_label(new.role), unit.name);
	return OK;
}

OUTCOME access_cli_code(struct ask *ask, const char *login)
{
	struct account account;
	const char *code;

	TRY(find_login(ask, login, &account));
	TRY(code_make_for(ask, account.id, 0, ticket_make(ask->arena), &code));
	printf("Mã kích hoạt của %s: %s (dùng một lần trong %d ngày, ở trang /kich-hoat)\n", login, code_show(ask->arena,
		code), CODE_DAYS);
	return OK;
}

OUTCOME access_cli_lock(struct ask *ask, const char *login)
{
	struct account account;

	TRY(find_login(ask, login, &account));
	TRY(account_lock(ask, account.id, account.version));
	printf("Đã khoá tài khoản %s và đăng xuất mọi máy.\n", login);
	return OK;
}
