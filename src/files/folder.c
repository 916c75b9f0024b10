/* A file is written whole under a name of its own in DIR/new, synced, then renamed into place and the folder synced: what
 * has a hash for a name is always all there. DIR/new is a folder apart so that what a crash left can be found without
 * walking the store. Nothing in `struct folder` changes after files_open, so every call is safe from any thread. */
#include "files/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "files/parts.h"

enum { TEMP_LEN = 32 + 1, WRITE_MAX = 1 << 30 };

struct folder { struct files as; int dir, new; };

static const struct files_kind folder_kind;

static const struct folder *folder_of(const struct files *files) { return (const struct folder *)files; }

static enum outcome failed(const char *what, const char *path)
{
	log_line(LOG_ERROR, "", "files", "%s %s: %s", what, path, strerror(errno));
	return FAILED;
}

/* ---- the folder ---- */

/* What is in DIR/new and locked by nobody was left by a process that is gone. */
static void sweep_new(int new)
{
	int fd = dup(new);
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;

	if (!list && fd >= 0)
		close(fd);
	while (list && (entry = readdir(list))) {
		int left = *entry->d_name == '.' ? -1 : openat(new, entry->d_name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);

		if (left < 0)
			continue;
		if (!flock(left, LOCK_EX | LOCK_NB))
			unlinkat(new, entry->d_name, 0);
		close(left);
	}
	if (list)
		closedir(list);
}

OUTCOME files_open(const char *dir, struct files **out)
{
	struct folder f = { { &folder_kind }, -1, -1 }, *made = NULL;

	*out = NULL;
	if (mkdir(dir, 0700) && errno != EEXIST)
		return failed("mkdir", dir);
	f.dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f.dir >= 0 && (!mkdirat(f.dir, "new", 0700) || errno == EEXIST))
		f.new = openat(f.dir, "new", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f.new < 0 || !(made = malloc(sizeof f))) {
		(void)failed("open", dir);
		if (f.new >= 0)
			close(f.new);
		if (f.dir >= 0)
			close(f.dir);
		return FAILED;
	}
	*made = f;
	*out = &made->as;
	sweep_new(f.new);
	return OK;
}

static void folder_close(struct files *files)
{
	struct folder *f = (struct folder *)files;

	close(f->new);
	close(f->dir);
	free(f);
}

/* ---- put ---- */

static bool write_all(int fd, struct bytes content)
{
	const char *at = content.ptr;

	for (size_t left = content.len; left;) {
		ssize_t n = write(fd, at, left < WRITE_MAX ? left : WRITE_MAX);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		left -= (size_t)n;
	}
	return true;
}

/* The folder of a hash's first byte, open; made and synced when it is the first there. -1: errno says why. */
static int open_folder(const struct folder *files, const struct place *p)
{
	int fd = openat(files->dir, p->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (mkdirat(files->dir, p->folder, 0700) && errno != EEXIST)
		return -1;
	if (fsync(files->dir))
		return -1;
	return openat(files->dir, p->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool is_there(const struct folder *files, const struct place *p, size_t len)
{
	struct stat st;

	return !fstatat(files->dir, p->path, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode) && (uint64_t)st.st_size == len;
}

/* A file of the right name and another length (a disk's fault) is replaced: the rename heals it. */
static bool write_new(const struct folder *files, const struct place *p, struct bytes content)
{
	unsigned char random[TEMP_LEN / 2];
	char name[TEMP_LEN];
	bool done;
	int fd, error;

	random_bytes(random, sizeof random);
	files_write_hex(name, random, sizeof random);
	fd = openat(files->new, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	done = !flock(fd, LOCK_EX) && write_all(fd, content) && !fsync(fd) && !renameat(files->new, name, files->dir, p->path);
	error = errno;
	if (!done)
		unlinkat(files->new, name, 0);
	close(fd);
	errno = error;
	return done;
}

static enum outcome folder_put(const struct files *of, struct bytes content, struct hash name)
{
	const struct folder *files = folder_of(of);
	struct place p = files_place(name);
	bool done;
	int folder;

	folder = open_folder(files, &p);
	if (folder < 0)
		return failed("folder", p.path);
	done = is_there(files, &p, content.len) || write_new(files, &p, content);
	/* also for a file that was there: another thread may have renamed it a moment ago; a clean folder costs nothing */
	done = done && !fsync(folder);
	if (!done)
		(void)failed("put", p.path);
	close(folder);
	return done ? OK : FAILED;
}

/* ---- get ---- */

struct mapping { void *at; size_t len; };

static void unmap(void *what)
{
	struct mapping *m = what;

	munmap(m->at, m->len);
}

static OUTCOME map(const struct folder *files, struct hash name, struct mapping *out)
{
	struct place p = files_place(name);
	int fd = openat(files->dir, p.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	*out = (struct mapping){ NULL, 0 };
	if (fd < 0)
		return errno == ENOENT ? NOT_FOUND : failed("open", p.path);
	if (fstat(fd, &st)) {
		close(fd);
		return failed("stat", p.path);
	}
	out->len = (size_t)st.st_size;
	if (out->len)
		out->at = mmap(NULL, out->len, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	return out->at == MAP_FAILED ? failed("map", p.path) : OK;
}

static enum outcome folder_get(const struct files *files, struct arena *arena, struct hash name, struct bytes *out)
{
	struct mapping *m = ARENA_NEW(arena, struct mapping);

	TRY(map(folder_of(files), name, m));
	if (!m->len)
		return OK;
	arena_on_release(arena, unmap, m);
	*out = (struct bytes){ m->at, m->len };
	return OK;
}

static enum outcome folder_size(const struct files *files, struct hash name, int64_t *out)
{
	struct place p = files_place(name);
	struct stat st;

	if (fstatat(folder_of(files)->dir, p.path, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? NOT_FOUND : failed("stat", p.path);
	*out = st.st_size;
	return OK;
}

static enum outcome folder_check(const struct files *files, struct arena *arena, struct hash name)
{
	struct mapping m;
	bool same;

	(void)arena;
	TRY(map(folder_of(files), name, &m));
	same = hash_equal(hash_of((struct bytes){ m.len ? m.at : "", m.len }), name);
	if (m.len)
		unmap(&m);
	return same ? OK : INVALID;
}

static enum outcome folder_remove(const struct files *files, struct hash name)
{
	struct place p = files_place(name);

	if (unlinkat(folder_of(files)->dir, p.path, 0) && errno != ENOENT)
		return failed("remove", p.path);
	return OK;
}

static const struct files_kind folder_kind = {
	folder_close, folder_put, folder_get, folder_size, folder_check, folder_remove, .remote = false
};
