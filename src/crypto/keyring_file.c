/* One file for all keys. Rejected: a file a key, since a crash between two of them leaves a ring that neither opens nor may be
 * made anew. A new file is written beside, synced, then linked (which never replaces) or renamed into place, then the folder
 * is synced. Key bytes are wiped from the stack wherever they were. */
#include "crypto/keyring_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "crypto/crypto.h"

enum { FILE_MAX = 8192, CHECK_LEN = 16, LINE_KEY = 2 * KEY_LEN };

static const char file_name[] = "keyring", first_line[] = "hoctap keyring 1\n", check_word[] = "check ";

struct content {
	char at[FILE_MAX];
	size_t len;
};

static enum outcome failed(const char *dir, const char *why)
{
	log_line(LOG_ERROR, "", "keyring", "%s/%s: %s", dir, file_name, why);
	return FAILED;
}

/* Writing */

static void add_line(struct content *c, const char *kind, uint32_t id, const unsigned char *key)
{
	char hex[LINE_KEY + 1];

	sodium_bin2hex(hex, sizeof hex, key, KEY_LEN);
	c->len += (size_t)snprintf(c->at + c->len, sizeof c->at - c->len, "%s %u %s\n", kind, id, hex);
	sodium_memzero(hex, sizeof hex);
}

static void check_of(const char *text, size_t len, char hex[2 * CHECK_LEN + 1])
{
	unsigned char sum[CHECK_LEN];

	crypto_generichash(sum, sizeof sum, (const unsigned char *)text, len, NULL, 0);
	sodium_bin2hex(hex, 2 * CHECK_LEN + 1, sum, sizeof sum);
}

static void render(const struct raw_keys *keys, struct content *c)
{
	char check[2 * CHECK_LEN + 1];

	c->len = (size_t)snprintf(c->at, sizeof c->at, "%s", first_line);
	add_line(c, "hash", 1, keys->hash);
	add_line(c, "signing", 1, keys->signing);
	for (size_t i = 0; i < keys->n; i++)
		add_line(c, "encryption", keys->encryption[i].id, keys->encryption[i].key);
	check_of(c->at, c->len, check);
	c->len += (size_t)snprintf(c->at + c->len, sizeof c->at - c->len, "%s%s\n", check_word, check);
}
_Static_assert(sizeof first_line + (KEYRING_KEYS + 3) * (sizeof "encryption 4294967295 " + LINE_KEY + 1) < FILE_MAX,
	"the file fits");

static bool write_all(int fd, const struct content *c)
{
	size_t done = 0;

	while (done < c->len) {
		ssize_t n = write(fd, c->at + done, c->len - done);

		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return fchmod(fd, 0600) == 0 && fsync(fd) == 0;
}

/* Into place whole or not at all. Without `replace` an existing file wins, whoever made it a moment ago. */
static enum outcome publish(int folder, const char *dir, const struct content *c, bool replace)
{
	unsigned char random[8];
	char temporary[32] = ".keyring-", *hex = temporary + strlen(temporary);
	bool placed;
	int fd, error;

	random_bytes(random, sizeof random);
	sodium_bin2hex(hex, 2 * sizeof random + 1, random, sizeof random);
	fd = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(dir, strerror(errno));
	placed = write_all(fd, c);
	placed = close(fd) == 0 && placed;
	if (placed)
		placed = (replace ? renameat(folder, temporary, folder, file_name) :
			linkat(folder, temporary, folder, file_name, 0)) == 0;
	error = errno;
	if (!placed || !replace)
		unlinkat(folder, temporary, 0);
	if (!placed)
		return error == EEXIST ? CONFLICT : failed(dir, strerror(error));
	return fsync(folder) == 0 ? OK : failed(dir, strerror(errno));
}

/* The folder, locked against another create or rotate until it is closed; -1 when that fails. */
static int open_folder(const char *dir)
{
	int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder >= 0 && flock(folder, LOCK_EX) != 0) {
		close(folder);
		return -1;
	}
	return folder;
}

static bool sync_parent(int folder)
{
	int parent = openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = parent >= 0 && fsync(parent) == 0;

	if (parent >= 0)
		close(parent);
	return synced;
}

enum outcome keyring_create(const char *dir)
{
	struct raw_keys keys = { .n = 1, .encryption = { { .id = 1 } } };
	struct content c;
	enum outcome done;
	int folder;

	crypto_start();
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return failed(dir, strerror(errno));
	folder = open_folder(dir);
	if (folder < 0)
		return failed(dir, strerror(errno));
	random_bytes(keys.hash, KEY_LEN);
	random_bytes(keys.signing, KEY_LEN);
	random_bytes(keys.encryption[0].key, KEY_LEN);
	render(&keys, &c);
	done = publish(folder, dir, &c, false);
	if (done == OK && !sync_parent(folder))
		done = failed(dir, strerror(errno));
	close(folder);
	sodium_memzero(&keys, sizeof keys);
	sodium_memzero(&c, sizeof c);
	return done;
}

static enum outcome rotate(int folder, const char *dir, struct raw_keys *keys, struct content *c)
{
	struct key_line *new;

	TRY(keyring_file_read(dir, keys));
	if (keys->n == KEYRING_KEYS || keys->encryption[keys->n - 1].id == UINT32_MAX)
		return failed(dir, "it holds as many encryption keys as it may");
	new = &keys->encryption[keys->n++];
	new->id = new[-1].id + 1;
	random_bytes(new->key, KEY_LEN);
	render(keys, c);
	return publish(folder, dir, c, true);
}

enum outcome keyring_rotate(const char *dir)
{
	struct raw_keys keys;
	struct content c;
	enum outcome done;
	int folder;

	crypto_start();
	folder = open_folder(dir);
	if (folder < 0)
		return errno == ENOENT ? NOT_FOUND : failed(dir, strerror(errno));
	done = rotate(folder, dir, &keys, &c);
	close(folder);
	sodium_memzero(&keys, sizeof keys);
	sodium_memzero(&c, sizeof c);
	return done;
}

/* Reading */

static bool take(const char **p, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*p, word, len) != 0)
		return false;
	*p += len;
	return true;
}

/* "12 0f…\n" → id and key. Ids begin with 1 and have no leading zero, so that a file has one spelling. */
static bool take_key(const char **p, struct key_line *out)
{
	uint64_t id = 0;
	size_t len;

	if (**p == '0')
		return false;
	for (; **p >= '0' && **p <= '9' && id <= UINT32_MAX; ++*p)
		id = id * 10 + (uint64_t)(**p - '0');
	if (!id || id > UINT32_MAX || !take(p, " "))
		return false;
	out->id = (uint32_t)id;
	if (strspn(*p, "0123456789abcdef") != LINE_KEY || sodium_hex2bin(out->key, KEY_LEN, *p, LINE_KEY, NULL, &len, NULL) != 0)
		return false;
	*p += LINE_KEY;
	return take(p, "\n");
}

static bool parse_keys(const char *p, const char *check, struct raw_keys *out)
{
	struct key_line single;
	bool good;

	out->n = 0;
	if (!take(&p, first_line))
		return false;
	good = take(&p, "hash ") && take_key(&p, &single) && single.id == 1;
	memcpy(out->hash, single.key, KEY_LEN);
	good = good && take(&p, "signing ") && take_key(&p, &single) && single.id == 1;
	memcpy(out->signing, single.key, KEY_LEN);
	sodium_memzero(&single, sizeof single);
	while (good && p < check) {
		good = out->n < KEYRING_KEYS && take(&p, "encryption ") && take_key(&p, &out->encryption[out->n]) &&
			(!out->n || out->encryption[out->n].id > out->encryption[out->n - 1].id);
		out->n++;
	}
	return good && out->n > 0 && p == check;
}

static bool parse(const struct content *c, struct raw_keys *out)
{
	const size_t tail = sizeof check_word - 1 + 2 * CHECK_LEN + 1;
	char sum[2 * CHECK_LEN + 1];
	const char *check, *p;

	if (c->len <= tail || strlen(c->at) != c->len)
		return false;
	p = check = c->at + c->len - tail;
	check_of(c->at, (size_t)(check - c->at), sum);
	return take(&p, check_word) && take(&p, sum) && take(&p, "\n") && parse_keys(c->at, check, out);
}

/* Up to FILE_MAX - 1 bytes and NUL; false when there is more. */
static bool read_all(int fd, struct content *c)
{
	c->len = 0;
	while (c->len < FILE_MAX) {
		ssize_t n = read(fd, c->at + c->len, FILE_MAX - c->len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			if (c->len < FILE_MAX)
				c->at[c->len] = '\0';
			return n == 0;
		}
		c->len += (size_t)n;
	}
	errno = EFBIG;
	return false;
}

static enum outcome read_open(int fd, const char *dir, struct raw_keys *out)
{
	struct content c;
	struct stat st;
	bool good;

	if (fstat(fd, &st) != 0)
		return failed(dir, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return failed(dir, "it is not a file");
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return failed(dir, "others may read or change it: chmod 600, and think about who may have read it");
	if (!read_all(fd, &c)) {
		sodium_memzero(&c, sizeof c);
		return failed(dir, strerror(errno));
	}
	good = parse(&c, out);
	sodium_memzero(&c, sizeof c);
	return good ? OK : failed(dir, "it was cut or changed: bring it back from the copy");
}

enum outcome keyring_file_read(const char *dir, struct raw_keys *out)
{
	enum outcome done;
	int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;

	if (folder < 0)
		return errno == ENOENT ? NOT_FOUND : failed(dir, strerror(errno));
	fd = openat(folder, file_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		int error = errno;

		close(folder);
		return error == ENOENT ? NOT_FOUND : failed(dir, strerror(error));
	}
	close(folder);
	done = read_open(fd, dir, out);
	close(fd);
	return done;
}
