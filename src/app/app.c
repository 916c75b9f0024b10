#include "app/app.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/migrate.h"
#include "files/files.h"
#include "files/packs.h"
#include "files/s3.h"
#include "registry/access/access.h"

enum { S3_KEYS_MAX = 4096 };

int64_t app_now(const struct app *app)
{
	return app->fixed_now ? app->fixed_now : (int64_t)time(NULL);
}

static OUTCOME check_version(struct db *db)
{
	int version;

	TRY(migrate_version(db, &version));
	if (version == migrations_newest())
		return OK;
	if (version == MIGRATION_UNFINISHED) {
		fputs("Dữ liệu ở đây đang được chép dở. Chạy lại hoctap copy cho xong.\n", stderr);
		return FAILED;
	}
	fprintf(stderr, "Dữ liệu ở bản %d, chương trình cần bản %d. %s\n", version, migrations_newest(),
		version < migrations_newest() ? "Sao lưu rồi chạy: hoctap migrate" : "Cài bản hoctap mới hơn.");
	return FAILED;
}

void app_say_unreachable(struct app *app)
{
	fprintf(stderr, db_url_is_remote(app->db_url)
		? "Không dùng được cơ sở dữ liệu ở %s. Xem máy chủ PostgreSQL có chạy, địa chỉ, người dùng và mật khẩu có đúng."
		  " Nếu chưa có cơ sở dữ liệu ấy: createdb -E UTF8 -T template0 TÊN, rồi hoctap setup.\n"
		: "Không mở được dữ liệu ở %s. Xem dòng lỗi ở trên, sửa rồi chạy lại.\n", db_url_shown(app->arena, app->db_url));
}

OUTCOME app_open(struct app *app, enum db_mode mode, struct db **out)
{
	enum outcome opened = db_open(app->db_url, mode, out);

	if (opened == NOT_FOUND) {
		fprintf(stderr, "Không có dữ liệu ở %s. Lập mới bằng hoctap setup hoặc hoctap demo,"
			" hoặc chỉ chỗ khác bằng --data.\n", db_url_shown(app->arena, app->db_url));
		return FAILED;
	}
	if (opened != OK) {
		app_say_unreachable(app);
		return opened;
	}
	if (check_version(*out) == OK)
		return OK;
	db_close(*out);
	return FAILED;
}

OUTCOME app_keys(struct app *app)
{
	enum outcome opened = keyring_open(app->keys_dir, &app->keys);

	if (opened != OK)
		fprintf(stderr, "Không mở được khoá ở %s. Chép thư mục khoá từ bản sao riêng về đó, quyền 0600, rồi chạy lại.\n",
			app->keys_dir);
	return opened;
}

/* Two lines; what follows them is no matter of ours. */
static OUTCOME read_s3_keys(struct app *app, struct s3_keys *out)
{
	const char *id = getenv("HOCTAP_S3_ID"), *secret = getenv("HOCTAP_S3_SECRET");
	const char *path = arena_format(app->arena, "%s/s3", app->keys_dir), *text;
	struct bytes content;
	struct stat st;
	size_t first, second;

	*out = (struct s3_keys){ id, secret };
	if (id && *id && secret && *secret)
		return OK;
	if (stat(path, &st)) {
		fprintf(stderr, "Không có khoá vào kho tệp S3. Ghi hai dòng (tên khoá, khoá) vào %s, quyền 0600,"
			" hoặc đặt HOCTAP_S3_ID và HOCTAP_S3_SECRET.\n", path);
		return FAILED;
	}
	if (st.st_mode & 077) {
		fprintf(stderr, "Người khác đọc được %s. Chạy chmod 600 %s rồi làm lại.\n", path, path);
		return FAILED;
	}
	TRY(app_read_file(app->arena, path, S3_KEYS_MAX, &content));
	text = arena_textn(app->arena, content.ptr, content.len);
	first = strcspn(text, "\r\n");
	out->id = arena_textn(app->arena, text, first);
	text += first + strspn(text + first, "\r\n");
	second = strcspn(text, "\r\n");
	out->secret = arena_textn(app->arena, text, second);
	if (first && second)
		return OK;
	fprintf(stderr, "%s cần hai dòng: tên khoá, rồi khoá.\n", path);
	return FAILED;
}

static OUTCOME open_s3(struct app *app)
{
	struct s3_place place;
	struct s3_keys keys;
	const char *what;

	if (s3_place_read(app->arena, app->files_url, &place, &what) != OK) {
		fprintf(stderr, "--files: %s.\n", what);
		return FAILED;
	}
	TRY(read_s3_keys(app, &keys));
	return files_open_s3(&place, &keys, &app->files);
}

OUTCOME app_files(struct app *app)
{
	enum outcome opened;

	if (!strncmp(app->files_url, "s3:", 3))
		return open_s3(app);
	opened = files_open(app->files_url, &app->files);
	if (opened != OK)
		fprintf(stderr, "Không mở được kho tệp ở %s. Kiểm tra thư mục có đó và ghi được, rồi chạy lại.\n",
			app->files_url);
	return opened;
}

void app_packs(struct app *app)
{
	if (packs_open(arena_format(app->arena, "%s/columns", app->data_dir), &app->packs) != OK)
		app->packs = NULL;
}

struct ask app_ask(struct app *app, struct db *db, struct arena *arena)
{
	struct problems *problems = ARENA_NEW(arena, struct problems);

	*problems = PROBLEMS(arena);
	return (struct ask){ .db = db, .actor = &access_system, .arena = arena, .problems = problems, .now = app_now(app),
		.keys = app->keys, .files = app->files, .packs = app->packs, .sandbox = app->sandbox, .hooks = app->hooks,
		.criteria = app->criteria, .crowds = app->crowds, .targets = app->targets, .request_id = "" };
}

void app_print_problems(const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		fprintf(stderr, "%s\n", p->text);
}

OUTCOME app_read_file(struct arena *arena, const char *path, size_t max, struct bytes *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	char *bytes;
	size_t got = 0;
	ssize_t n = 0;

	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode) || (uint64_t)st.st_size > max) {
		fprintf(stderr, "Không đọc được tệp %s: %s.\n", path, fd < 0 ? strerror(errno) : "không phải tệp thường hoặc quá lớn");
		if (fd >= 0)
			close(fd);
		return FAILED;
	}
	bytes = arena_alloc(arena, (size_t)st.st_size);
	while (got < (size_t)st.st_size && (n = read(fd, bytes + got, (size_t)st.st_size - got)) > 0)
		got += (size_t)n;
	close(fd);
	*out = (struct bytes){ bytes, got };
	return n < 0 ? FAILED : OK;
}
