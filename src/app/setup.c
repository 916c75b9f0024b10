#include "app/setup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/commands.h"
#include "app/shipped.h"
#include "db/migrate.h"
#include "db/transaction.h"
#include "figures/targets/targets.h"
#include "registry/access/accounts.h"
#include "registry/units/units.h"
#include "text/text.h"
#include "title/criteria/criteria.h"

#define FIRST_ADMIN "quantri"

/* In order of code on 1 July 2025. Position + 1 is the register: never reorder, never remove. */
static const char *const provinces[] = { "01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25", "31", "33", "37", "38",
	"40", "42", "44", "46", "48", "51", "52", "56", "66", "68", "75", "79", "80", "82", "86", "91", "92", "96" };

int setup_register(const char *code)
{
	for (size_t i = 0; i < COUNT(provinces); i++)
		if (!strcmp(provinces[i], code))
			return (int)i + 1;
	return 0;
}

OUTCOME setup_is_free(struct app *app)
{
	struct db *there;
	enum outcome opened = db_open(app->db_url, DB_READER, &there);

	if (opened == NOT_FOUND)
		return OK;
	if (opened != OK) {
		app_say_unreachable(app);
		return FAILED;
	}
	db_close(there);
	fprintf(stderr, "Đã có dữ liệu ở %s. Chọn chỗ khác bằng --data hoặc --db.\n", db_url_shown(app->arena, app->db_url));
	return CONFLICT;
}

OUTCOME setup_store(struct app *app, struct db **out)
{
	enum outcome keys;

	*out = NULL;
	if (mkdir(app->data_dir, 0700) && errno != EEXIST) {
		fprintf(stderr, "Không tạo được thư mục %s: %s.\n", app->data_dir, strerror(errno));
		return FAILED;
	}
	TRY(setup_is_free(app));
	keys = keyring_create(app->keys_dir);
	if (keys != OK && keys != CONFLICT)
		return keys;
	TRY(app_keys(app));
	TRY(db_open(app->db_url, DB_CREATE, out));
	return migrate(*out);
}

/* "Tỉnh Tây Ninh" is "tỉnh Tây Ninh" inside a sentence, and the site's name is "học tập Tây Ninh". */
static OUTCOME set_names(struct ask *ask, const struct unit *province)
{
	const char *kind = unit_kind_label(province->kind), *bare = province->name;

	if (!strncmp(bare, kind, strlen(kind)) && bare[strlen(kind)] == ' ')
		bare += strlen(kind) + 1;
	TRY(setting_set(ask, "place", arena_format(ask->arena, "%s %s", text_lower(ask->arena, kind), bare)));
	return setting_set(ask, "site", arena_format(ask->arena, "học tập %s", bare));
}

OUTCOME setup_names(struct ask *ask, const char *province_code, const char *day)
{
	struct unit province;
	int64_t targets;

	TRY(targets_import(ask, shipped_targets(), &targets));
	TRY(tree_by_code(ask, province_code, day, &province));
	TRY(setting_set(ask, "province", province_code));
	TRY(setting_set(ask, "province_id", arena_format(ask->arena, "%lld", (long long)province.id)));
	return set_names(ask, &province);
}

OUTCOME setup_place(struct ask *ask, const char *province_code, const char *units_from)
{
	struct import_counts counts;

	TRY(setting_set(ask, "register", arena_format(ask->arena, "%d", setup_register(province_code))));
	TRY(db_add_register(ask->db, setup_register(province_code)));
	TRY(units_import_state(ask, shipped_units_2025(), units_from, DAY_OPEN, &counts));
	return setup_names(ask, province_code, units_from);
}

OUTCOME setup_criteria(struct ask *ask, int64_t *id)
{
	TRY(criteria_import(ask, shipped_criteria(), id));
	return criteria_publish(ask, *id, 1);
}

static OUTCOME set_up(struct ask *ask, const char *province, const char **code)
{
	DB_TRANSACTION(tx, ask->db);
	struct unit unit;
	int64_t criteria;

	TRY(setup_place(ask, province, "2025-07-01"));
	TRY(setup_criteria(ask, &criteria));
	TRY(tree_by_code(ask, province, "2025-07-01", &unit));
	TRY(account_first_admin(ask, FIRST_ADMIN, unit.id, code));
	return db_commit(&tx);
}

int setup_run(struct app *app, const struct arguments *args)
{
	const char *province = argument_option(args, "province"), *first_code = "";
	struct ask ask;
	struct db *db;
	int code = EXIT_REFUSED;

	if (!setup_register(province)) {
		fprintf(stderr, "--province: cần mã một trong 34 tỉnh, thành phố, ví dụ 80 là Tây Ninh.\n");
		return EXIT_USAGE;
	}
	if (setup_store(app, &db) == OK) {
		ask = app_ask(app, db, app->arena);
		if (set_up(&ask, province, &first_code) == OK)
			code = EXIT_DONE;
		app_print_problems(ask.problems);
	}
	db_close(db);
	if (code == EXIT_DONE)
		printf("Người quản trị đầu tiên: tên đăng nhập %s, mã kích hoạt %s (một lần, trong %d ngày, ở trang /kich-hoat).\n", FIRST_ADMIN,
			code_show(app->arena, first_code), CODE_DAYS);
	if (code == EXIT_DONE)
		printf("Đã lập hệ thống ở %s. Cất bản sao của %s ở nơi khác: mất khoá thì không đọc lại được số định danh.\n", app->data_dir,
			app->keys_dir);
	return code;
}
