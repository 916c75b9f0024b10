/* DIR/A-B.pack: a header with key, stamp, length and the hash of the content, then the content. Written under another name and
 * renamed; not synced: after a crash the hash does not fit and the pack is made again. It is checked once, when mapped. */
#include "files/packs.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/log.h"
#include "crypto/crypto.h"

enum { TABLE = 4096, NAME = 64 };
static const char mark[8] = "hoctap1";

struct pack_head { char mark[8]; int64_t a, b, stamp, len; unsigned char hash[HASH_LEN], pad[128 - 40 - HASH_LEN]; };
_Static_assert(sizeof(struct pack_head) == 128, "the content stays aligned");

/* One version of a pack in memory. The table's own hold counts as one. */
struct pack_held { struct pack_key key; int64_t stamp; void *at; size_t size; bool mapped; int holds; struct pack_held *next; };

struct packs { pthread_mutex_t lock; int dir; struct pack_held *table[TABLE]; };

static size_t slot_of(struct pack_key key)
{
	return (size_t)(((uint64_t)key.a * 31 + (uint64_t)key.b) * 0x9E3779B97F4A7C15u >> 52) % TABLE;
}

OUTCOME packs_open(const char *dir, struct packs **out)
{
	struct packs *p = calloc(1, sizeof *p);

	*out = p;
	if (!p)
		return FAILED;
	p->dir = -1;
	pthread_mutex_init(&p->lock, NULL);
	if (!*dir)
		return OK;
	if (!mkdir(dir, 0700) || errno == EEXIST)
		p->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->dir >= 0)
		return OK;
	log_line(LOG_ERROR, "", "packs", "%s: %s", dir, strerror(errno));
	packs_close(p);
	*out = NULL;
	return FAILED;
}

static void drop(struct pack_held *h)
{
	if (--h->holds)
		return;
	if (h->mapped)
		munmap(h->at, h->size);
	else
		free(h->at);
	free(h);
}

void packs_close(struct packs *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < TABLE; i++)
		for (struct pack_held *h = p->table[i], *next; h; h = next) {
			next = h->next;
			BUG_ON(h->holds != 1);
			drop(h);
		}
	if (p->dir >= 0)
		close(p->dir);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

static void give(struct pack_held *h, struct pack *out)
{
	h->holds++;
	*out = (struct pack){ { (const char *)h->at + sizeof(struct pack_head), h->size - sizeof(struct pack_head) }, h };
}

static struct pack_held *find(struct packs *p, struct pack_key key)
{
	struct pack_held *h = p->table[slot_of(key)];

	while (h && (h->key.a != key.a || h->key.b != key.b))
		h = h->next;
	return h;
}

/* Takes the place of an older version of the same key, whose holders keep it. With the lock. */
static void place(struct packs *p, struct pack_held *h)
{
	struct pack_held **at = &p->table[slot_of(h->key)];

	while (*at && ((*at)->key.a != h->key.a || (*at)->key.b != h->key.b))
		at = &(*at)->next;
	if (*at) {
		struct pack_held *old = *at;

		h->next = old->next;
		*at = h;
		drop(old);
	} else {
		*at = h;
	}
}

static struct pack_held *held_new(struct pack_key key, int64_t stamp, void *at, size_t size, bool mapped)
{
	struct pack_held *h = calloc(1, sizeof *h);

	if (h)
		*h = (struct pack_held){ .key = key, .stamp = stamp, .at = at, .size = size, .mapped = mapped, .holds = 1 };
	return h;
}

static bool is_whole(const void *at, size_t size, struct pack_key key, int64_t stamp)
{
	const struct pack_head *head = at;
	struct hash hash;

	if (memcmp(head->mark, mark, sizeof mark) != 0 || head->a != key.a || head->b != key.b || head->stamp != stamp
		|| head->len != (int64_t)(size - sizeof *head))
		return false;
	hash = hash_of((struct bytes){ (const char *)at + sizeof *head, size - sizeof *head });
	return !memcmp(hash.at, head->hash, sizeof hash.at);
}

static struct pack_held *read_file(struct packs *p, struct pack_key key, int64_t stamp)
{
	char name[NAME];
	struct stat st;
	struct pack_held *h = NULL;
	void *at = MAP_FAILED;
	int fd;

	snprintf(name, sizeof name, "%lld-%lld.pack", (long long)key.a, (long long)key.b);
	fd = openat(p->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (!fstat(fd, &st) && st.st_size >= (off_t)sizeof(struct pack_head))
		at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (at == MAP_FAILED)
		return NULL;
	if (is_whole(at, (size_t)st.st_size, key, stamp))
		h = held_new(key, stamp, at, (size_t)st.st_size, true);
	if (!h)
		munmap(at, (size_t)st.st_size);
	return h;
}

bool packs_take(struct packs *p, struct pack_key key, int64_t stamp, struct pack *out)
{
	struct pack_held *h;

	pthread_mutex_lock(&p->lock);
	h = find(p, key);
	if ((!h || h->stamp != stamp) && p->dir >= 0) {
		h = read_file(p, key, stamp);
		if (h)
			place(p, h);
	}
	if (h && h->stamp == stamp)
		give(h, out);
	pthread_mutex_unlock(&p->lock);
	return h && h->stamp == stamp;
}

/* False: the folder did not take it. */
static bool write_file(struct packs *p, struct pack_key key, const void *at, size_t size)
{
	char name[NAME], temp[NAME + 24];
	bool done;
	int fd;

	snprintf(name, sizeof name, "%lld-%lld.pack", (long long)key.a, (long long)key.b);
	snprintf(temp, sizeof temp, "%s.%ld.new", name, (long)getpid());
	fd = openat(p->dir, temp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	done = fd >= 0;
	for (size_t put = 0; done && put < size;) {
		ssize_t n = write(fd, (const char *)at + put, size - put);

		done = n > 0;
		put += done ? (size_t)n : 0;
	}
	if (done)
		done = !renameat(p->dir, temp, p->dir, name);
	if (!done)
		log_line(LOG_WARN, "", "packs", "%s: %s", name, strerror(errno));
	if (!done && fd >= 0)
		unlinkat(p->dir, temp, 0);
	if (fd >= 0)
		close(fd);
	return done;
}

static struct pack_held *made(struct pack_key key, int64_t stamp, struct bytes content)
{
	size_t size = sizeof(struct pack_head) + content.len;
	char *at = aligned_alloc(64, (size + 63) / 64 * 64);
	struct pack_head head = { .a = key.a, .b = key.b, .stamp = stamp, .len = (int64_t)content.len };
	struct hash hash = hash_of(content);
	struct pack_held *h;

	if (!at)
		return NULL;
	memcpy(head.mark, mark, sizeof mark);
	memcpy(head.hash, hash.at, sizeof head.hash);
	memcpy(at, &head, sizeof head);
	if (content.len)
		memcpy(at + sizeof head, content.ptr, content.len);
	h = held_new(key, stamp, at, size, false);
	if (!h)
		free(at);
	return h;
}

OUTCOME packs_put(struct packs *p, struct pack_key key, int64_t stamp, struct bytes content, struct pack *out)
{
	struct pack_held *h = made(key, stamp, content), *mapped;

	if (!h)
		return FAILED;
	pthread_mutex_lock(&p->lock);
	/* from the file again, so that the memory is the page cache's and shared */
	if (p->dir >= 0 && write_file(p, key, h->at, h->size) && (mapped = read_file(p, key, stamp))) {
		drop(h);
		h = mapped;
	}
	place(p, h);
	give(h, out);
	pthread_mutex_unlock(&p->lock);
	return OK;
}

void packs_leave(struct packs *p, struct pack *pack)
{
	if (!pack->held)
		return;
	pthread_mutex_lock(&p->lock);
	drop(pack->held);
	pthread_mutex_unlock(&p->lock);
	*pack = (struct pack){ 0 };
}
