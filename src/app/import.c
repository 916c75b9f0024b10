/* The `import` and `migrate` commands: open the store, run the feature's own, say what was wrong. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/jobs.h"
#include "base/day.h"
#include "db/migrate.h"
#include "registry/units/units_cli.h"
#include "sandbox/client.h"
#include "title/criteria/criteria.h"
#include "title/criteria/criteria_cli.h"
#include "title/criteria/criteria.h"
#include "title/roster/roster_cli.h"
#include "title/transfers/transfers_cli.h"

static int import_units(struct app *app, const struct arguments *args, struct units_import_args *units)
{
	struct db *db = NULL;
	struct ask ask;
	int code = EXIT_REFUSED;

	if (app_read_file(app->arena, args->at[0], 4 * MiB, &units->file) != OK || app_keys(app) != OK ||
	    app_open(app, DB_WRITER, &db) != OK)
		return EXIT_REFUSED;
	ask = app_ask(app, db, app->arena);
	if (!*units->from_day)
		units->from_day = arena_text(app->arena, day_of(ask.now).text);
	if (units_cli_import(&ask, units) == OK)
		code = EXIT_DONE;
	app_print_problems(ask.problems);
	db_close(db);
	return code;
}

int import_units_run(struct app *app, const struct arguments *args)
{
	struct units_import_args units = { .what = "units", .unit_code = "", .dry_run = *argument_option(args, "dry-run") };

	if (!argument_day(args, "from", &units.from_day) || !argument_day(args, "until", &units.until_day) || !*units.from_day)
		return EXIT_USAGE;
	return import_units(app, args, &units);
}

/* The people follow in the jobs that the import asked for: they are worked before the command ends. */
static bool import_successors(struct ask *ask, const struct successors_args *successors)
{
	bool all = true;

	if (!successors->dry_run)
		units_cli_tell_way_back();
	if (successors_cli_import(ask, successors) != OK)
		return false;
	if (successors->dry_run)
		return true;
	return jobs_run_all(ask, app_jobs) == OK && successors_cli_explain(ask, &all) == OK && all;
}

int import_successors_run(struct app *app, const struct arguments *args)
{
	struct successors_args successors = { .dry_run = *argument_option(args, "dry-run") };
	struct db *db = NULL;
	struct ask ask;
	int code = EXIT_REFUSED;

	if (!argument_day(args, "on", &successors.on_day) || !*successors.on_day)
		return EXIT_USAGE;
	if (app_read_file(app->arena, args->at[0], 4 * MiB, &successors.file) != OK || app_keys(app) != OK ||
	    app_open(app, DB_WRITER, &db) != OK)
		return EXIT_REFUSED;
	app->criteria = criteria_cache_new();
	ask = app_ask(app, db, app->arena);
	if (import_successors(&ask, &successors))
		code = EXIT_DONE;
	app_print_problems(ask.problems);
	criteria_cache_free(app->criteria);
	db_close(db);
	return code;
}

int import_hamlets_run(struct app *app, const struct arguments *args)
{
	struct units_import_args units = { .what = "leaves", .until_day = "", .unit_code = argument_option(args, "unit"),
		.dry_run = *argument_option(args, "dry-run") };

	if (!argument_day(args, "from", &units.from_day) || !*units.unit_code)
		return EXIT_USAGE;
	return import_units(app, args, &units);
}

static int import_roster(struct app *app, struct roster_args *roster)
{
	struct db *db = NULL;
	struct ask ask;
	int code = EXIT_REFUSED;

	if (app_keys(app) != OK || app_open(app, DB_WRITER, &db) != OK)
		return EXIT_REFUSED;
	app->criteria = criteria_cache_new();
	app->sandbox = sandbox_new(&(struct sandbox_config){ .workers = 1, .cold = true });
	ask = app_ask(app, db, app->arena);
	if (roster_cli_import(&ask, roster) == OK)
		code = EXIT_DONE;
	app_print_problems(ask.problems);
	sandbox_free(app->sandbox);
	criteria_cache_free(app->criteria);
	db_close(db);
	return code;
}

int import_roster_run(struct app *app, const struct arguments *args)
{
	struct roster_args roster = { .file_name = args->at[0], .unit_code = argument_option(args, "unit"),
		.dry_run = *argument_option(args, "dry-run"), .json = *argument_option(args, "json"), .progress = isatty(STDERR_FILENO) };
	int code;

	if (!argument_number(args, "round", 1900, 2999, 0, &roster.round_id) || !*roster.unit_code)
		return EXIT_USAGE;
	roster.file = open(args->at[0], O_RDONLY | O_CLOEXEC);
	if (roster.file < 0) {
		fprintf(stderr, "Không mở được tệp %s.\n", args->at[0]);
		return EXIT_REFUSED;
	}
	code = import_roster(app, &roster);
	close(roster.file);
	return code;
}

int import_criteria_run(struct app *app, const struct arguments *args)
{
	struct bytes file;
	struct db *db = NULL;
	struct ask ask;
	int code = EXIT_REFUSED;

	if (app_read_file(app->arena, args->at[0], CRITERIA_BYTES, &file) != OK || app_keys(app) != OK ||
	    app_open(app, DB_WRITER, &db) != OK)
		return EXIT_REFUSED;
	ask = app_ask(app, db, app->arena);
	if (criteria_cli_import(&ask, file) == OK)
		code = EXIT_DONE;
	app_print_problems(ask.problems);
	db_close(db);
	return code;
}

int migrate_run(struct app *app, const struct arguments *args)
{
	struct db *db;
	int code;

	(void)args;
	if (db_open(app->db_url, DB_WRITER, &db) != OK) {
		app_say_unreachable(app);
		return EXIT_REFUSED;
	}
	code = migrate(db) == OK ? EXIT_DONE : EXIT_REFUSED;
	db_close(db);
	if (code == EXIT_DONE)
		printf("Dữ liệu ở bản %d.\n", migrations_newest());
	return code;
}
