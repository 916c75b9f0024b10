/* The commands of figures: open the store, run the feature's own, say what was wrong. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "figures/check/check_cli.h"
#include "figures/crosstabs/crosstabs_cli.h"
#include "figures/targets/targets_cli.h"
#include "files/files.h"
#include "files/packs.h"

static int import_file(struct app *app, const struct arguments *args, bool population, int64_t round_id)
{
	struct db *db = NULL;
	struct bytes file;
	struct ask ask;
	enum outcome done;

	if (app_read_file(app->arena, args->at[0], 4 * MiB, &file) != OK || app_keys(app) != OK || app_open(app, DB_WRITER,
		&db) != OK)
		return EXIT_REFUSED;
	ask = app_ask(app, db, app->arena);
	done = population ? population_cli_import(&ask, round_id, file) : targets_cli_import(&ask, file);
	app_print_problems(ask.problems);
	db_close(db);
	return done == OK ? EXIT_DONE : EXIT_REFUSED;
}

int import_targets_run(struct app *app, const struct arguments *args)
{
	return import_file(app, args, false, 0);
}

int import_population_run(struct app *app, const struct arguments *args)
{
	int64_t round;

	if (!argument_number(args, "round", 2000, 2999, 0, &round))
		return EXIT_USAGE;
	return import_file(app, args, true, round);
}

/* Packs lie beside the store, so that the next command finds them; without that folder they are made for this answer alone. */
static int crosstab_run(struct app *app, const struct arguments *args, int64_t round_id)
{
	struct crosstab_cli_args table = { .unit_code = argument_option(args, "unit"), .round_id = round_id,
		.now = !strcmp(argument_option(args, "units"), "now"), .json = *argument_option(args, "json") };
	struct db *db = NULL;
	struct ask ask;
	enum outcome done;

	while (table.n_by < CROSSTAB_BY && *argument_option_at(args, "by", table.n_by)) {
		table.by[table.n_by] = argument_option_at(args, "by", table.n_by);
		table.n_by++;
	}
	while (table.n_where < CROSSTAB_WHERE && *argument_option_at(args, "where", table.n_where)) {
		table.where[table.n_where] = argument_option_at(args, "where", table.n_where);
		table.n_where++;
	}
	if (*argument_option_at(args, "by", table.n_by) || *argument_option_at(args, "where", table.n_where)) {
		fprintf(stderr, "Nhiều nhất %d lần --by và %d lần --where.\n", CROSSTAB_BY, CROSSTAB_WHERE);
		return EXIT_USAGE;
	}
	if (app_open(app, DB_READER, &db) != OK)
		return EXIT_REFUSED;
	app_packs(app);
	ask = app_ask(app, db, app->arena);
	done = db_read_begin(db);
	if (done == OK)
		done = crosstab_cli(&ask, &table);
	db_read_end(db);
	app_print_problems(ask.problems);
	packs_close(app->packs);
	db_close(db);
	return done == OK ? EXIT_DONE : EXIT_REFUSED;
}

int figures_run(struct app *app, const struct arguments *args)
{
	const char *units = argument_option(args, "units");
	struct figures_cli_args figures = { .unit_code = argument_option(args, "unit"), .now = !strcmp(units, "now"),
		.recount = *argument_option(args, "recount"), .json = *argument_option(args, "json") };
	struct db *db = NULL;
	struct ask ask;
	bool agrees = true;
	enum outcome done;

	if (!argument_number(args, "round", 2000, 2999, 0, &figures.round_id) || !argument_day(args, "as-of", &figures.as_of))
		return EXIT_USAGE;
	if (*units && !figures.now && strcmp(units, "own") != 0) {
		fputs("--units: own (đơn vị của năm ấy) hoặc now (đơn vị hôm nay).\n", stderr);
		return EXIT_USAGE;
	}
	if (*argument_option(args, "by"))
		return crosstab_run(app, args, figures.round_id);
	if (app_open(app, DB_READER, &db) != OK)
		return EXIT_REFUSED;
	ask = app_ask(app, db, app->arena);
	done = db_read_begin(db);
	if (done == OK)
		done = figures_cli(&ask, &figures, &agrees);
	db_read_end(db);
	app_print_problems(ask.problems);
	db_close(db);
	return done == OK && agrees ? EXIT_DONE : EXIT_REFUSED;
}

int check_run(struct app *app, const struct arguments *args)
{
	struct check_cli_args check = { .json = *argument_option(args, "json"), .deep = *argument_option(args, "deep") };
	struct db *db = NULL;
	struct ask ask;
	bool agrees = false;
	enum outcome done;

	if (app_open(app, DB_READER, &db) != OK)
		return EXIT_REFUSED;
	if (app_files(app) != OK) {
		db_close(db);
		return EXIT_REFUSED;
	}
	app_packs(app);
	ask = app_ask(app, db, app->arena);
	done = db_read_begin(db);
	if (done == OK)
		done = check_cli(&ask, &check, &agrees);
	db_read_end(db);
	app_print_problems(ask.problems);
	packs_close(app->packs);
	files_close(app->files);
	db_close(db);
	return done == OK && agrees ? EXIT_DONE : EXIT_REFUSED;
}
