/* The `user` commands: open the store, run access' own, say what was wrong. */
#include <string.h>

#include "app/commands.h"
#include "registry/access/access_cli.h"

static int run(struct app *app, const struct arguments *args, OUTCOME (*what)(struct ask *, const struct arguments *))
{
	struct db *db = NULL;
	struct ask ask;
	int code = EXIT_REFUSED;

	if (app_keys(app) != OK || app_open(app, DB_WRITER, &db) != OK)
		return EXIT_REFUSED;
	ask = app_ask(app, db, app->arena);
	if (what(&ask, args) == OK)
		code = EXIT_DONE;
	app_print_problems(ask.problems);
	db_close(db);
	return code;
}

static enum outcome add(struct ask *ask, const struct arguments *args)
{
	return access_cli_add(ask, args->at[0], argument_option(args, "name"));
}

static enum outcome role(struct ask *ask, const struct arguments *args)
{
	return access_cli_role(ask, args->at[0], args->at[1], argument_option(args, "unit"), argument_option(args, "until"));
}

static enum outcome code(struct ask *ask, const struct arguments *args)
{
	return access_cli_code(ask, args->at[0]);
}

static enum outcome lock(struct ask *ask, const struct arguments *args)
{
	return access_cli_lock(ask, args->at[0]);
}

int user_add_run(struct app *app, const struct arguments *args)
{
	return *argument_option(args, "name") ? run(app, args, add) : EXIT_USAGE;
}

int user_role_run(struct app *app, const struct arguments *args)
{
	const char *until;

	if (!argument_day(args, "until", &until) || !*argument_option(args, "unit"))
		return EXIT_USAGE;
	return run(app, args, role);
}

int user_code_run(struct app *app, const struct arguments *args)
{
	return run(app, args, code);
}

int user_lock_run(struct app *app, const struct arguments *args)
{
	return run(app, args, lock);
}
