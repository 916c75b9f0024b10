/* `hoctap copy --from URL --to URL`: a store to another engine or another place, whole, and compared value by value afterwards.
 * While it is under way the target says so of itself, and every other command refuses it. Run again it goes on where it was. */
#include "app/copy.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/commands.h"
#include "db/bulk.h"
#include "db/copy.h"
#include "db/migrate.h"
#include "registry/tree/tree.h"
#include "text/format.h"

struct watch { const char *what; bool shown; };

static void show(void *context, const char *table, int64_t rows)
{
	const struct watch *w = context;
	struct arena *arena = arena_new(64 * KiB);

	if (w->shown)
		fprintf(stderr, "\r%s: %s dòng, bảng %-24.24s", w->what, format_int(arena, rows), table);
	arena_free(arena);
}

static void end_show(const struct watch *w)
{
	if (w->shown)
		fputc('\n', stderr);
}

static OUTCOME is_empty(struct app *app, struct db *db, bool *out)
{
	struct ask ask = app_ask(app, db, app->arena);
	const char *reg;
	enum outcome found = setting_get(&ask, "register", &reg);

	*out = found == NOT_FOUND;
	return found == NOT_FOUND ? OK : found;
}

/* What may be written into: a store that a copy left unfinished, or one in which nobody has set anything up. */
static OUTCOME check_target(struct app *app, struct db *db, const char *url)
{
	bool empty = false;
	int version;

	TRY(migrate_version(db, &version));
	if (version == MIGRATION_UNFINISHED)
		return OK;
	if (version == migrations_newest())
		TRY(is_empty(app, db, &empty));
	if (empty)
		return OK;
	fprintf(stderr, "Đã có dữ liệu ở %s. Chọn một cơ sở dữ liệu trống; không ghi đè.\n", db_url_shown(app->arena, url));
	return CONFLICT;
}

static OUTCOME open_target(struct app *app, const char *url, struct db **out)
{
	struct app to = *app;
	enum outcome opened = db_open(url, DB_WRITER, out);

	if (opened == OK)
		return check_target(app, *out, url);
	if (opened == NOT_FOUND)
		opened = db_open(url, DB_CREATE, out);
	to.db_url = url;
	if (opened != OK) {
		app_say_unreachable(&to);
		return opened;
	}
	return migrate(*out);
}

static void say_difference(const struct db_copy *seen)
{
	fprintf(stderr, "Hai nơi khác nhau ở bảng %s, dòng %lld. Nơi gốc đã bị ghi thêm trong lúc chép chăng?"
		" Xoá cơ sở dữ liệu đích, dừng hoctap serve, rồi chép lại từ đầu.\n", seen->table, (long long)seen->row);
}

static OUTCOME copy_all(struct app *app, struct db *from, struct db *to, bool shown, struct db_copy *copied)
{
	struct watch watch = { .what = "Chép", .shown = shown };
	enum outcome done;

	TRY(migrate_mark(to, true));
	*copied = (struct db_copy){ .told = show, .context = &watch };
	done = db_copy(from, to, app->arena, copied);
	end_show(&watch);
	if (done != OK)
		fprintf(stderr, "Chưa chép xong: dừng ở bảng %s. Xem dòng lỗi ở trên, rồi chạy lại lệnh này:"
			" nó chép tiếp từ đó.\n", copied->table ? copied->table : "đầu tiên");
	return done;
}

static OUTCOME compare_all(struct app *app, struct db *from, struct db *to, bool shown, struct db_copy *seen)
{
	struct watch watch = { .what = "So lại", .shown = shown };
	enum outcome done;

	*seen = (struct db_copy){ .told = show, .context = &watch };
	done = db_compare(from, to, app->arena, seen);
	end_show(&watch);
	if (done == CONFLICT)
		say_difference(seen);
	TRY(done);
	TRY(db_hurry(to, false));
	return migrate_mark(to, false);
}

OUTCOME copy_store(struct app *app, const char *from_url, const char *to_url, bool quiet)
{
	struct app of = *app;
	struct db *from = NULL, *to = NULL;
	struct db_copy copied, seen;
	bool shown = !quiet && isatty(STDERR_FILENO);
	enum outcome done;

	of.db_url = from_url;
	done = app_open(&of, DB_READER, &from);
	if (done == OK)
		done = open_target(app, to_url, &to);
	if (done == OK)
		done = copy_all(app, from, to, shown, &copied);
	if (done == OK)
		done = compare_all(app, from, to, shown, &seen);
	db_close(from);
	db_close(to);
	if (done == OK && !quiet)
		printf("Đã chép %lld bảng, %s dòng (%s dòng đã có từ lần trước); mọi giá trị ở hai nơi bằng nhau.\n",
			(long long)seen.tables, format_int(app->arena, seen.rows), format_int(app->arena, copied.there));
	return done;
}

int copy_run(struct app *app, const struct arguments *args)
{
	const char *from = argument_option(args, "from"), *to = argument_option(args, "to");

	if (!*from || !*to || !strcmp(from, to)) {
		fputs("--from và --to: cần hai địa chỉ khác nhau, ví dụ sqlite:/var/lib/hoctap/hoctap.db và"
			" postgresql:///hoctap?host=/var/run/postgresql.\n", stderr);
		return EXIT_USAGE;
	}
	if (copy_store(app, from, to, false) != OK)
		return EXIT_REFUSED;
	puts("Tệp minh chứng và khoá không nằm trong đó: dùng tiếp thư mục --data cũ, với --db là nơi mới."
		" Rồi chạy hoctap check --deep.");
	return EXIT_DONE;
}
