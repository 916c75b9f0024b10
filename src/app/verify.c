/* `hoctap verify CODE|FILE`: what the public page says of a code, or of a PDF that this program made. */
#include <stdio.h>

#include "app/commands.h"
#include "base/id.h"
#include "title/certificates/certificates_cli.h"
#include "title/certificates/papers.h"

enum { FILE_MAX = 16 };                 /* MiB */

static bool code_of(struct app *app, const char *argument, char *code)
{
	struct bytes pdf;

	if (code_read(argument, code, CODE_CERTIFICATE_LEN))
		return true;
	if (app_read_file(app->arena, argument, FILE_MAX * MiB, &pdf) != OK)
		return false;
	if (certificate_paper_code(pdf, code))
		return true;
	fprintf(stderr, "Tệp %s không phải giấy chứng nhận do hoctap làm. Gõ mã in dưới ô vuông QR.\n", argument);
	return false;
}

int verify_run(struct app *app, const struct arguments *args)
{
	char code[CODE_MAX + 1];
	struct db *db = NULL;
	struct ask ask;
	int exit_code;

	if (!code_of(app, args->at[0], code) || app_open(app, DB_READER, &db) != OK)
		return EXIT_REFUSED;
	ask = app_ask(app, db, app->arena);
	exit_code = certificates_cli_verify(&ask, code) == OK ? EXIT_DONE : EXIT_REFUSED;
	db_close(db);
	return exit_code;
}
