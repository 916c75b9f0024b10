/* The `report` commands: open the store, write the file beside its place, put it there whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/commands.h"
#include "figures/reports/reports_cli.h"

int report_list_run(struct app *app, const struct arguments *args)
{
	(void)app;
	(void)args;
	reports_cli_list();
	return EXIT_DONE;
}

static enum outcome write_report(struct app *app, const struct report_args *report, int fd)
{
	struct db *db = NULL;
	struct ask ask;
	enum outcome done;

	TRY(app_open(app, DB_READER, &db));
	ask = app_ask(app, db, app->arena);
	done = db_read_begin(db);
	if (done == OK)
		done = reports_cli_write(&ask, report, fd);
	db_read_end(db);
	app_print_problems(ask.problems);
	db_close(db);
	return done;
}

/* What the system said, as the person who typed the path can use it. */
static int cannot_write(const char *path, int fault)
{
	if (fault == ENOENT || fault == ENOTDIR)
		fprintf(stderr, "Không ghi được %s: không có thư mục đó. Tạo thư mục trước, hoặc chọn thư mục khác.\n", path);
	else if (fault == EACCES || fault == EPERM || fault == EROFS)
		fprintf(stderr, "Không ghi được %s: không có quyền ghi ở đó. Chọn thư mục khác.\n", path);
	else if (fault == ENOSPC || fault == EDQUOT)
		fprintf(stderr, "Không ghi được %s: ổ đĩa hết chỗ. Dọn chỗ, hoặc chọn ổ khác.\n", path);
	else if (fault == EISDIR || fault == EEXIST || fault == ENOTEMPTY)
		fprintf(stderr, "Không ghi được %s: chỗ đó là một thư mục. Ghi thêm tên tệp.\n", path);
	else
		fprintf(stderr, "Không ghi được %s (lỗi hệ thống %d). Chọn thư mục khác.\n", path, fault);
	return EXIT_REFUSED;
}

/* A file that is not whole never stands under the name asked for. */
static int write_file(struct app *app, const struct report_args *report, const char *path)
{
	const char *half = arena_format(app->arena, "%s.%d", path, (int)getpid());
	int fd = open(half, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	bool whole;

	if (fd < 0)
		return cannot_write(path, errno);
	whole = write_report(app, report, fd) == OK;
	whole = close(fd) == 0 && whole;
	if (whole && rename(half, path) == 0)
		return EXIT_DONE;
	if (whole)
		(void)cannot_write(path, errno);
	unlink(half);
	return EXIT_REFUSED;
}

int report_run(struct app *app, const struct arguments *args)
{
	const char *period = argument_option(args, "period"), *path = argument_option(args, "out"), *units = argument_option(args,
		"units");
	struct report_args report = { .name = args->at[0], .unit_code = argument_option(args, "unit"),
		.format = argument_option(args, "format"), .is_half = !strcmp(period, "6-thang"), .now = !strcmp(units, "now") };

	if (!argument_number(args, "round", 2000, 2999, 0, &report.round_id) || !argument_day(args, "as-of", &report.as_of))
		return EXIT_USAGE;
	if (*period && !report.is_half && strcmp(period, "nam") != 0) {
		fputs("--period: 6-thang hoặc nam.\n", stderr);
		return EXIT_USAGE;
	}
	if (*units && !report.now && strcmp(units, "own") != 0) {
		fputs("--units: own (đơn vị của năm ấy) hoặc now (đơn vị hôm nay).\n", stderr);
		return EXIT_USAGE;
	}
	if (!*report.unit_code || !*path) {
		fputs("Cần --unit MÃ và -o TỆP.\n", stderr);
		return EXIT_USAGE;
	}
	return write_file(app, &report, path);
}
