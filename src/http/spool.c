#include "http/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

struct spool_file {
	int fd;
	size_t size;
	void *map;
};

static void release(void *what)
{
	struct spool_file *f = what;

	if (f->map)
		munmap(f->map, f->size);
	if (f->fd >= 0)
		close(f->fd);
}

static int open_nameless(struct arena *arena, const char *dir)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	char *name;

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	name = (char *)arena_format(arena, "%s/spool-XXXXXX", dir);      /* file systems that cannot: overlay, NFS */
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

struct spool_file *spool_open(struct arena *arena, const char *dir)
{
	struct spool_file *f = ARENA_NEW(arena, struct spool_file);

	f->fd = open_nameless(arena, dir);
	if (f->fd < 0) {
		log_line(LOG_ERROR, "", "spool", "open: %s", strerror(errno));
		return NULL;
	}
	arena_on_release(arena, release, f);
	return f;
}

bool spool_write(struct spool_file *f, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t n = write(f->fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			log_line(LOG_ERROR, "", "spool", "write: %s", strerror(errno));
			return false;
		}
		at += n;
		len -= (size_t)n;
		f->size += (size_t)n;
	}
	return true;
}

void spool_drop(struct spool_file *f)
{
	close(f->fd);
	f->fd = -1;
	f->size = 0;
}

struct bytes spool_map(struct spool_file *f)
{
	void *map;

	if (!f->size)
		return (struct bytes){ "", 0 };
	map = mmap(NULL, f->size, PROT_READ, MAP_PRIVATE, f->fd, 0);
	if (map == MAP_FAILED) {
		log_line(LOG_ERROR, "", "spool", "map: %s", strerror(errno));
		return (struct bytes){ NULL, 0 };
	}
	f->map = map;
	close(f->fd);                    /* the mapping keeps the file */
	f->fd = -1;
	return (struct bytes){ map, f->size };
}
