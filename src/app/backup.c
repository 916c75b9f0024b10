/* `hoctap backup DIR` and `hoctap restore DIR`.
 *
 *	DIR/hoctap.db      the store at one moment, read through once
 *	DIR/files/ab/…     every file that the store names, each hashed on its way: its name is its hash
 *	DIR/backup.json    when, of which version, how much, the hash of hoctap.db; written last: without it no backup
 *
 * The keys are never in it: whoever finds a backup cannot read an identity number. So they must be kept elsewhere, and both
 * commands say so each time. A backup runs beside a serving hoctap; files that the store stopped naming since are left out. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/commands.h"
#include "crypto/crypto.h"
#include "db/migrate.h"
#include "files/files.h"
#include "json/json.h"
#include "text/format.h"
#include "title/evidence/evidence.h"

enum { MANIFEST_MAX = 64 * KiB, PIECE = 8 * MiB };

struct manifest { const char *made, *database_hash; int64_t migration, database_bytes, files, bytes, missing; };

static const char *in(struct app *app, const char *dir, const char *name)
{
	return arena_format(app->arena, "%s/%s", dir, name);
}

static OUTCOME said(const char *what, const char *path)
{
	fprintf(stderr, "%s %s: %s.\n", what, path, strerror(errno));
	return FAILED;
}

static OUTCOME sync_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && !fsync(fd);

	if (fd >= 0)
		close(fd);
	return synced ? OK : said("Không ghi chắc được thư mục", dir);
}

/* An empty folder of its own: a backup never mixes with an older one. */
static OUTCOME new_folder(struct app *app, const char *dir)
{
	if (mkdir(dir, 0700) && errno != EEXIST)
		return said("Không tạo được thư mục", dir);
	if (!access(in(app, dir, "backup.json"), F_OK) || !access(in(app, dir, "hoctap.db"), F_OK)) {
		fprintf(stderr, "Trong %s đã có một bản sao lưu. Chọn thư mục khác, ví dụ mỗi ngày một thư mục.\n", dir);
		return CONFLICT;
	}
	return OK;
}

static OUTCOME hash_file(struct app *app, const char *path, int64_t *size, const char **hex)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st = { 0 };
	void *at = MAP_FAILED;

	if (fd >= 0 && !fstat(fd, &st) && st.st_size)
		at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd >= 0)
		close(fd);
	if (at == MAP_FAILED)
		return said("Không đọc được", path);
	(void)madvise(at, (size_t)st.st_size, MADV_SEQUENTIAL);
	*size = st.st_size;
	*hex = hash_hex(app->arena, hash_of((struct bytes){ at, (size_t)st.st_size }));
	munmap(at, (size_t)st.st_size);
	return OK;
}

/* ---- files, from one store to another ---- */

struct copying { struct files *from, *to; struct arena *arena; int64_t done, bytes, missing; bool shown; };

static enum outcome copy_file(void *context, struct hash name, int64_t size, bool held)
{
	struct copying *c = context;
	struct hash stored = { { 0 } };
	struct bytes content;
	enum outcome got;

	arena_reset(c->arena);
	got = files_get(c->from, c->arena, name, &content);
	if (got == OK)
		TRY(files_put(c->to, content, &stored));
	if (got == NOT_FOUND && !held)
		return OK;
	if (got == FAILED)
		return FAILED;
	if (got != OK || !hash_equal(stored, name) || (int64_t)content.len != size) {
		fprintf(stderr, "Tệp %s %s.\n", hash_hex(c->arena, name),
			got == OK ? "không còn như lúc cất" : "không có trong kho");
		c->missing++;
		return OK;
	}
	c->done++;
	c->bytes += size;
	if (c->shown && c->done % 100 == 0)
		fprintf(stderr, "\r%lld tệp", (long long)c->done);
	return OK;
}

/* Every file that the store `db` names, between the evidence store and a backup's folder. */
static OUTCOME copy_files(struct app *app, struct db *db, const char *dir, bool back, struct copying *c)
{
	struct ask ask = app_ask(app, db, app->arena);
	enum outcome done = FAILED;
	struct files *kept = NULL;

	*c = (struct copying){ .arena = arena_new(64 * MiB), .shown = isatty(STDERR_FILENO) };
	if (app_files(app) == OK && files_open(dir, &kept) == OK) {
		c->from = back ? kept : app->files;
		c->to = back ? app->files : kept;
		done = stored_files_each(&ask, copy_file, c);
	}
	if (c->shown && c->done >= 100)
		fputc('\n', stderr);
	files_close(kept);
	files_close(app->files);
	app->files = NULL;
	arena_free(c->arena);
	if (done != OK)
		fprintf(stderr, "Không chép được tệp từ %s sang %s. Xem còn đủ chỗ trống và kho tệp có trả lời không,"
			" rồi làm lại.\n",
			back ? dir : app->files_url, back ? app->files_url : dir);
	return done;
}

/* ---- backup ---- */

static OUTCOME write_manifest(struct app *app, const char *dir, const struct manifest *m)
{
	const char *path = in(app, dir, "backup.json");
	struct buf text = BUF(app->arena);
	struct json_out j = { .out = &text, .pretty = true };
	FILE *out;
	bool written;

	json_begin_object(&j);
	json_put_key(&j, "made");
	json_put_text(&j, m->made);
	json_put_key(&j, "migration");
	json_put_int(&j, m->migration);
	json_put_key(&j, "database_bytes");
	json_put_int(&j, m->database_bytes);
	json_put_key(&j, "database_hash");
	json_put_text(&j, m->database_hash);
	json_put_key(&j, "files");
	json_put_int(&j, m->files);
	json_put_key(&j, "bytes");
	json_put_int(&j, m->bytes);
	json_put_key(&j, "missing");
	json_put_int(&j, m->missing);
	json_end(&j);
	out = fopen(path, "we");
	written = out && fprintf(out, "%s\n", buf_cstr(&text)) > 0 && !fflush(out) && !fsync(fileno(out));
	if (out && fclose(out))
		written = false;
	return written ? sync_folder(dir) : said("Không ghi được", path);
}

static OUTCOME back_up(struct app *app, struct db *db, const char *dir, struct manifest *m)
{
	const char *copy = in(app, dir, "hoctap.db");
	struct copying c;
	struct db *made;
	enum outcome done;
	int version;

	m->made = format_moment(app->arena, app_now(app));
	if (db_backup(db, copy) != OK) {
		fprintf(stderr, "Không chép được dữ liệu vào %s. Xem còn đủ chỗ trống không,"
			" rồi làm lại vào thư mục khác.\n", copy);
		return FAILED;
	}
	TRY(db_open(arena_format(app->arena, "sqlite:%s", copy), DB_READER, &made));
	done = migrate_version(made, &version);
	if (done == OK)
		done = copy_files(app, made, in(app, dir, "files"), false, &c);
	db_close(made);
	TRY(done);
	m->migration = version;
	m->files = c.done;
	m->bytes = c.bytes;
	m->missing = c.missing;
	TRY(hash_file(app, copy, &m->database_bytes, &m->database_hash));
	return write_manifest(app, dir, m);
}

static void tell_keys(const struct app *app)
{
	fprintf(stderr, "KHOÁ KHÔNG NẰM TRONG BẢN SAO NÀY. Giữ một bản của %s ở nơi khác:"
		" mất khoá thì không ai đọc lại được số định danh.\n",
		app->keys_dir);
}

int backup_run(struct app *app, const struct arguments *args)
{
	const char *dir = args->at[0];
	struct manifest m = { 0 };
	struct db *db = NULL;
	enum outcome done;

	if (new_folder(app, dir) != OK || app_open(app, DB_READER, &db) != OK)
		return EXIT_REFUSED;
	done = back_up(app, db, dir, &m);
	db_close(db);
	if (done != OK)
		return EXIT_REFUSED;
	printf("Đã sao lưu vào %s lúc %s: dữ liệu %s, %lld tệp %s.\n", dir, m.made, format_size(app->arena, m.database_bytes),
		(long long)m.files, format_size(app->arena, m.bytes));
	tell_keys(app);
	if (!m.missing)
		return EXIT_DONE;
	fprintf(stderr, "Bản sao có đủ dữ liệu nhưng thiếu %lld tệp vì kho đang thiếu."
		" Chạy hoctap check --deep để biết của ai.\n",
		(long long)m.missing);
	return EXIT_REFUSED;
}

/* ---- restore ---- */

static OUTCOME read_manifest(struct app *app, const char *dir, struct manifest *m)
{
	const char *path = in(app, dir, "backup.json");
	struct problems problems = PROBLEMS(app->arena);
	const struct json *root;
	struct bytes text;

	if (access(path, F_OK)) {
		fprintf(stderr, "Không có %s: đây không phải bản sao lưu, hoặc lần sao lưu ấy chưa xong. Chọn bản khác.\n", path);
		return NOT_FOUND;
	}
	TRY(app_read_file(app->arena, path, MANIFEST_MAX, &text));
	if (json_parse(app->arena, text, &problems, &root) == OK) {
		m->made = json_text(json_member(root, "made"), 40);
		m->database_hash = json_text(json_member(root, "database_hash"), 2 * HASH_LEN);
		m->database_bytes = json_int(json_member(root, "database_bytes"), 1, INT64_MAX);
		m->migration = json_int(json_member(root, "migration"), 1, 100000);
		m->missing = json_int(json_member(root, "missing"), 0, INT64_MAX);
	}
	app_print_problems(&problems);
	return problems_none(&problems) ? OK : INVALID;
}

static OUTCOME verify_backup(struct app *app, const char *dir, const struct manifest *m)
{
	const char *hash;
	int64_t size;

	TRY(hash_file(app, in(app, dir, "hoctap.db"), &size, &hash));
	if (size == m->database_bytes && !strcmp(hash, m->database_hash))
		return OK;
	fprintf(stderr, "Dữ liệu trong %s không còn như lúc sao lưu (%lld byte, cần %lld)."
		" Đừng dùng bản này; lấy bản khác.\n", dir,
		(long long)size, (long long)m->database_bytes);
	return INVALID;
}

static bool copy_all(int from, int to)
{
	ssize_t n;

	while ((n = copy_file_range(from, NULL, to, NULL, PIECE, 0)) > 0)
		;
	return n == 0 && !fsync(to);
}

static OUTCOME copy_store(const char *from, const char *to)
{
	int in_fd = open(from, O_RDONLY | O_CLOEXEC), out_fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool done = in_fd >= 0 && out_fd >= 0 && copy_all(in_fd, out_fd);
	enum outcome outcome = done ? OK : said("Không chép được dữ liệu sang", to);

	if (in_fd >= 0)
		close(in_fd);
	if (out_fd >= 0)
		close(out_fd);
	return outcome;
}

/* The store gets its name last: what a crash leaves is no store, and restoring may be run again. */
static OUTCOME bring_back(struct app *app, const char *dir, struct copying *c)
{
	const char *part = in(app, app->data_dir, "hoctap.db.restoring"), *store = in(app, app->data_dir, "hoctap.db");
	struct db *db;
	enum outcome done;

	if (mkdir(app->data_dir, 0700) && errno != EEXIST)
		return said("Không tạo được thư mục", app->data_dir);
	TRY(copy_store(in(app, dir, "hoctap.db"), part));
	TRY(db_open(arena_format(app->arena, "sqlite:%s", part), DB_READER, &db));
	done = copy_files(app, db, in(app, dir, "files"), true, c);
	db_close(db);
	TRY(done);
	if (rename(part, store))
		return said("Không đặt được tên", store);
	TRY(sync_folder(app->data_dir));
	TRY(db_open(arena_format(app->arena, "sqlite:%s", store), DB_CREATE, &db));      /* its settings of a living store */
	db_close(db);
	return OK;
}

static OUTCOME refuse_other_store(struct app *app)
{
	const char *store = in(app, app->data_dir, "hoctap.db");

	if (strcmp(app->db_url, arena_format(app->arena, "sqlite:%s", store)) != 0) {
		fputs("Dựng lại vào thư mục của --data, không dùng cùng --db."
			" Sang PostgreSQL: dựng lại rồi hoctap copy.\n", stderr);
		return INVALID;
	}
	if (access(store, F_OK))
		return OK;
	fprintf(stderr, "Đã có dữ liệu ở %s. Dựng lại vào thư mục khác bằng --data; không ghi đè.\n", store);
	return CONFLICT;
}

int restore_run(struct app *app, const struct arguments *args)
{
	const char *dir = args->at[0];
	struct manifest m = { 0 };
	struct copying c;

	if (refuse_other_store(app) != OK || read_manifest(app, dir, &m) != OK || verify_backup(app, dir, &m) != OK
		|| bring_back(app, dir, &c) != OK)
		return EXIT_REFUSED;
	printf("Đã dựng lại vào %s bản sao lúc %s: %lld tệp.\n", app->data_dir, m.made, (long long)c.done);
	if (m.migration < migrations_newest())
		puts("Bản sao cũ hơn chương trình: chạy hoctap migrate trước khi phục vụ.");
	if (access(app->keys_dir, F_OK))
		fprintf(stderr, "CHƯA CÓ KHOÁ: chép thư mục khoá từ nơi cất riêng về %s, quyền 0600.\n", app->keys_dir);
	puts("Rồi chạy hoctap check --deep để đếm lại tất cả.");
	if (!c.missing)
		return EXIT_DONE;
	fprintf(stderr, "%lld tệp không có trong bản sao hoặc không còn như lúc cất; tên của chúng ở trên.\n",
		(long long)c.missing);
	return EXIT_REFUSED;
}
