#include "tests/test.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/files.h"

struct store { char dir[64]; struct files *files; struct arena *arena; };

static struct bytes text_bytes(const char *text) { return (struct bytes){ text, strlen(text) }; }

static void store_open(struct store *s)
{
	crypto_start();
	snprintf(s->dir, sizeof s->dir, "/tmp/hoctap-files-XXXXXX");
	CHECK(mkdtemp(s->dir) != NULL);
	s->arena = arena_new(16 * MiB);
	CHECK_OUTCOME(OK, files_open(s->dir, &s->files));
}

static void store_close(struct store *s)
{
	char command[128];

	files_close(s->files);
	arena_free(s->arena);
	snprintf(command, sizeof command, "rm -r %s", s->dir);
	CHECK_INT(0, system(command));
}

static int entries(const char *dir)
{
	DIR *list = opendir(dir);
	int n = 0;

	for (const struct dirent *e; list && (e = readdir(list));)
		n += *e->d_name != '.';
	if (list)
		closedir(list);
	return n;
}

static const char *part(struct store *s, const char *name) { return arena_format(s->arena, "%s/%s", s->dir, name); }

/* Where the file of a hash lies: the tests break it by hand. */
static const char *place(struct store *s, struct hash name)
{
	const char *hex = hash_hex(s->arena, name);

	return arena_format(s->arena, "%s/%.2s/%s", s->dir, hex, hex + 2);
}

TEST(files, what_was_put_comes_back_by_its_hash)
{
	struct store s;
	struct hash name, none;
	struct bytes got;
	int64_t size;

	store_open(&s);
	CHECK_OUTCOME(OK, files_put(s.files, text_bytes("minh chứng"), &name));
	CHECK(hash_equal(name, hash_of(text_bytes("minh chứng"))));
	CHECK_OUTCOME(OK, files_get(s.files, s.arena, name, &got));
	CHECK_INT(strlen("minh chứng"), got.len);
	CHECK(!memcmp(got.ptr, "minh chứng", got.len));
	CHECK_OUTCOME(OK, files_size(s.files, name, &size));
	CHECK_INT((int64_t)got.len, size);
	CHECK_OUTCOME(OK, files_check(s.files, s.arena, name));
	none = hash_of(text_bytes("another"));
	CHECK_OUTCOME(NOT_FOUND, files_get(s.files, s.arena, none, &got));
	CHECK_OUTCOME(NOT_FOUND, files_size(s.files, none, &size));
	CHECK_OUTCOME(NOT_FOUND, files_check(s.files, s.arena, none));
	store_close(&s);
}

TEST(files, the_empty_file_is_a_file)
{
	struct store s;
	struct hash name;
	struct bytes got;

	store_open(&s);
	CHECK_OUTCOME(OK, files_put(s.files, (struct bytes){ "", 0 }, &name));
	CHECK_OUTCOME(OK, files_get(s.files, s.arena, name, &got));
	CHECK_INT(0, got.len);
	CHECK_OUTCOME(OK, files_check(s.files, s.arena, name));
	store_close(&s);
}

TEST(files, the_same_bytes_again_write_nothing)
{
	struct store s;
	struct hash name, again;
	struct stat first, second;

	store_open(&s);
	CHECK_OUTCOME(OK, files_put(s.files, text_bytes("một"), &name));
	CHECK_INT(0, stat(place(&s, name), &first));
	CHECK_OUTCOME(OK, files_put(s.files, text_bytes("một"), &again));
	CHECK_INT(0, stat(place(&s, name), &second));
	CHECK(hash_equal(name, again));
	CHECK(first.st_ino == second.st_ino);
	CHECK_INT(0, entries(part(&s, "new")));
	store_close(&s);
}

TEST(files, a_changed_file_is_found_and_a_cut_one_healed_by_putting_it_again)
{
	struct store s;
	struct hash name;
	FILE *out;

	store_open(&s);
	CHECK_OUTCOME(OK, files_put(s.files, text_bytes("một hai ba"), &name));
	out = fopen(place(&s, name), "r+");
	CHECK(out != NULL);
	fputc('X', out);
	fclose(out);
	CHECK_OUTCOME(INVALID, files_check(s.files, s.arena, name));
	CHECK_INT(0, truncate(place(&s, name), 3));
	CHECK_OUTCOME(INVALID, files_check(s.files, s.arena, name));
	CHECK_OUTCOME(OK, files_put(s.files, text_bytes("một hai ba"), &name));
	CHECK_OUTCOME(OK, files_check(s.files, s.arena, name));
	store_close(&s);
}

TEST(files, a_write_that_fails_half_way_leaves_nothing)
{
	static char big[64 << 10];
	struct rlimit old, small;
	struct store s;
	struct hash name;
	struct bytes got;

	store_open(&s);
	memset(big, 'a', sizeof big);
	CHECK_INT(0, getrlimit(RLIMIT_FSIZE, &old));
	small = old;
	small.rlim_cur = 16 << 10;
	signal(SIGXFSZ, SIG_IGN);
	CHECK_INT(0, setrlimit(RLIMIT_FSIZE, &small));
	CHECK_OUTCOME(FAILED, files_put(s.files, (struct bytes){ big, sizeof big }, &name));
	CHECK_INT(0, setrlimit(RLIMIT_FSIZE, &old));
	signal(SIGXFSZ, SIG_DFL);
	CHECK_OUTCOME(NOT_FOUND, files_get(s.files, s.arena, name, &got));
	CHECK_INT(0, entries(part(&s, "new")));
	CHECK_OUTCOME(OK, files_put(s.files, (struct bytes){ big, sizeof big }, &name));
	CHECK_OUTCOME(OK, files_check(s.files, s.arena, name));
	store_close(&s);
}

TEST(files, a_folder_that_cannot_be_is_said_so)
{
	struct store s;
	struct files *files;
	struct hash name;

	store_open(&s);
	CHECK_OUTCOME(FAILED, files_open(part(&s, "no/where"), &files));
	CHECK(files == NULL);
	/* the folder of the hash's first byte is a file: neither made nor opened */
	name = hash_of(text_bytes("hai"));
	fclose(fopen(arena_format(s.arena, "%s/%.2s", s.dir, hash_hex(s.arena, name)), "w"));
	CHECK_OUTCOME(FAILED, files_put(s.files, text_bytes("hai"), &name));
	store_close(&s);
}

TEST(files, what_a_crash_left_is_swept_when_the_store_opens)
{
	struct store s;
	struct files *again;

	store_open(&s);
	fclose(fopen(part(&s, "new/left"), "w"));
	CHECK_INT(1, entries(part(&s, "new")));
	CHECK_OUTCOME(OK, files_open(s.dir, &again));
	CHECK_INT(0, entries(part(&s, "new")));
	files_close(again);
	store_close(&s);
}

TEST(files, a_removed_file_is_gone_and_removing_it_again_is_fine)
{
	struct store s;
	struct hash name;
	struct bytes got;

	store_open(&s);
	CHECK_OUTCOME(OK, files_put(s.files, text_bytes("ba"), &name));
	CHECK_OUTCOME(OK, files_remove(s.files, name));
	CHECK_OUTCOME(NOT_FOUND, files_get(s.files, s.arena, name, &got));
	CHECK_OUTCOME(OK, files_remove(s.files, name));
	store_close(&s);
}

static void *put_many(void *store)
{
	struct store *s = store;
	char text[32];
	struct hash name;

	for (int i = 0; i < 20; i++) {
		snprintf(text, sizeof text, "tệp %d", i);
		if (files_put(s->files, text_bytes(text), &name) != OK)
			return store;
	}
	return NULL;
}

TEST(files, threads_that_put_the_same_files_agree)
{
	pthread_t threads[4];
	struct store s;
	void *bad;

	store_open(&s);
	for (size_t i = 0; i < COUNT(threads); i++)
		CHECK_INT(0, pthread_create(&threads[i], NULL, put_many, &s));
	for (size_t i = 0; i < COUNT(threads); i++) {
		CHECK_INT(0, pthread_join(threads[i], &bad));
		CHECK(bad == NULL);
	}
	CHECK_OUTCOME(OK, files_check(s.files, s.arena, hash_of(text_bytes("tệp 19"))));
	CHECK_INT(0, entries(part(&s, "new")));
	store_close(&s);
}
