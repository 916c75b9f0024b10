/* libcurl signs (CURLOPT_AWS_SIGV4). What 7.88 signs wrongly does not come up here: no query, and paths of
 * letters that need no escaping (s3_place.c); the hash of the content is always said by us, and no
 * header is taken away ("Expect:" would be signed and not sent). A handle keeps its connection, so a few are kept. */
#include "files/s3.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "files/parts.h"

enum { HANDLES = 16, CONNECT_MS = 5000, WHOLE_MS = 30000, STALL_S = 10, AGAIN_MS = 200, TRIES = 5, CLOSED_MS = 5000,
	BODY_MAX = 64 << 20, YOUNG_S = 86400, URL_LEN = 800 };

struct shared { pthread_mutex_t lock; CURL *idle[HANDLES]; int n; _Atomic int64_t closed_until; };

struct s3 { struct files as; char base[600], sigv4[100], keys[400]; struct shared *shared; };

enum verb { HEAD, GET, PUT, DELETE };
static const char *const verbs[] = { "HEAD", "GET", "PUT", "DELETE" };

/* One call, over all its tries. */
struct call {
	enum verb verb;
	struct place place;
	struct bytes content;           /* PUT */
	size_t sent;
	char *body;                     /* GET: malloc'ed */
	size_t len;
	bool too_large;
	long status;
	int64_t size, age;              /* HEAD: bytes, seconds since it was written, by the server's own clock; -1 unknown */
};

static const struct s3 *s3_of(const struct files *files) { return (const struct s3 *)files; }

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- one try ---- */

static CURL *handle_take(struct shared *s)
{
	CURL *h = NULL;

	pthread_mutex_lock(&s->lock);
	if (s->n)
		h = s->idle[--s->n];
	pthread_mutex_unlock(&s->lock);
	return h ? h : curl_easy_init();
}

static void handle_leave(struct shared *s, CURL *h)
{
	curl_easy_reset(h);
	pthread_mutex_lock(&s->lock);
	if (s->n < HANDLES) {
		s->idle[s->n++] = h;
		h = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	curl_easy_cleanup(h);
}

static size_t body_in(char *data, size_t one, size_t n, void *context)
{
	struct call *c = context;
	char *more;

	if (c->verb != GET)
		return n;                        /* an error's XML: the status says enough */
	c->too_large = c->len + n > BODY_MAX;
	more = c->too_large ? NULL : realloc(c->body, c->len + n + 1);
	if (!more)
		return 0;
	c->body = more;
	memcpy(c->body + c->len, data, n);
	c->len += n;
	(void)one;
	return n;
}

static size_t body_out(char *to, size_t one, size_t n, void *context)
{
	struct call *c = context;
	size_t left = c->content.len - c->sent, len = one * n < left ? one * n : left;

	if (len)
		memcpy(to, (const char *)c->content.ptr + c->sent, len);
	c->sent += len;
	return len;
}

/* A connection that was kept may turn out to be gone: the body is sent again. */
static int body_again(void *context, curl_off_t offset, int origin)
{
	((struct call *)context)->sent = (size_t)offset;
	return origin == SEEK_SET ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

static int64_t age_of(CURL *h)
{
	struct curl_header *date;
	curl_off_t written = -1;
	time_t now;

	curl_easy_getinfo(h, CURLINFO_FILETIME_T, &written);
	if (written < 0 || curl_easy_header(h, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK)
		return -1;
	now = curl_getdate(date->value, NULL);
	return now < 0 ? -1 : now > written ? (int64_t)now - written : 0;
}

static void set_verb(CURL *h, struct call *c)
{
	if (c->verb == HEAD) {
		curl_easy_setopt(h, CURLOPT_NOBODY, 1L);
		curl_easy_setopt(h, CURLOPT_FILETIME, 1L);
	} else if (c->verb == DELETE) {
		curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, "DELETE");
	} else if (c->verb == PUT) {
		curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
		curl_easy_setopt(h, CURLOPT_INFILESIZE_LARGE, (curl_off_t)c->content.len);
		curl_easy_setopt(h, CURLOPT_READFUNCTION, body_out);
		curl_easy_setopt(h, CURLOPT_READDATA, c);
		curl_easy_setopt(h, CURLOPT_SEEKFUNCTION, body_again);
		curl_easy_setopt(h, CURLOPT_SEEKDATA, c);
	}
}

static CURLcode attempt(const struct s3 *s, struct call *c, CURL *h, int64_t left_ms)
{
	char url[URL_LEN], hash[100] = "x-amz-content-sha256: ";
	struct curl_slist *headers;
	unsigned char sum[SHA256_LEN];
	CURLcode done;

	sha256_of(c->content, sum);
	files_write_hex(hash + strlen(hash), sum, sizeof sum);
	headers = curl_slist_append(NULL, hash);
	if (!headers)
		return CURLE_OUT_OF_MEMORY;
	snprintf(url, sizeof url, "%s%s", s->base, c->place.path);
	c->sent = c->len = 0;
	set_verb(h, c);
	curl_easy_setopt(h, CURLOPT_URL, url);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(h, CURLOPT_AWS_SIGV4, s->sigv4);
	curl_easy_setopt(h, CURLOPT_USERPWD, s->keys);
	curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, (long)(left_ms < CONNECT_MS ? left_ms : CONNECT_MS));
	curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, (long)left_ms);
	curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, body_in);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, c);
	done = curl_easy_perform(h);
	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &c->status);
	if (done == CURLE_OK && c->verb == HEAD && c->status == 200) {
		curl_easy_getinfo(h, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &c->size);
		c->age = age_of(h);
	}
	curl_slist_free_all(headers);
	return done;
}

/* ---- a call ---- */

/* While closed one call in CLOSED_MS is let through, to see. */
static bool is_closed(struct shared *s)
{
	int64_t until = atomic_load(&s->closed_until), now = now_ms();

	if (!until)
		return false;
	return now < until || !atomic_compare_exchange_strong(&s->closed_until, &until, now + CLOSED_MS);
}

static bool may_pass(CURLcode done, long status, bool too_large)
{
	if (done == CURLE_OK)
		return status >= 500 || status == 429;
	return !too_large && done != CURLE_OUT_OF_MEMORY && done != CURLE_URL_MALFORMAT;
}

/* OK: answered 200 or 204. NOT_FOUND. FAILED: logged, without keys. */
static OUTCOME ask_s3(const struct s3 *s, struct call *c)
{
	int64_t from = now_ms(), wait = AGAIN_MS, left;
	CURL *h = is_closed(s->shared) ? NULL : handle_take(s->shared);
	CURLcode done;
	int tries = 0;

	if (!h) {
		log_line(LOG_WARN, "", "files", "s3 %s %s: not asked, it did not answer a moment ago",
			verbs[c->verb], c->place.path);
		return FAILED;
	}
	for (;;) {
		left = from + WHOLE_MS - now_ms();
		done = attempt(s, c, h, left > 1 ? left : 1);
		tries++;
		left = from + WHOLE_MS - now_ms();
		if (!may_pass(done, c->status, c->too_large) || left <= wait || tries == TRIES)
			break;
		nanosleep(&(struct timespec){ .tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000 }, NULL);
		wait *= 2;
	}
	handle_leave(s->shared, h);
	atomic_store(&s->shared->closed_until, may_pass(done, c->status, c->too_large) ? now_ms() + CLOSED_MS : 0);
	if (done == CURLE_OK && (c->status == 200 || c->status == 204))
		return OK;
	if (done == CURLE_OK && c->status == 404)
		return NOT_FOUND;
	log_line(LOG_ERROR, "", "files", "s3 %s %s: %s, status %ld, %d tries in %lld ms", verbs[c->verb], c->place.path,
		done == CURLE_OK ? "refused" : curl_easy_strerror(done), c->status, tries, (long long)(now_ms() - from));
	return FAILED;
}

static OUTCOME look(const struct files *files, struct hash name, struct call *out)
{
	*out = (struct call){ .verb = HEAD, .place = files_place(name), .size = -1, .age = -1 };
	return ask_s3(s3_of(files), out);
}

static enum outcome s3_put(const struct files *files, struct bytes content, struct hash name)
{
	struct call c;
	enum outcome there = look(files, name, &c);

	if (there == OK && c.size == (int64_t)content.len && c.age >= 0 && c.age < YOUNG_S / 2)
		return OK;
	if (there != OK && there != NOT_FOUND)
		return there;
	c = (struct call){ .verb = PUT, .place = files_place(name), .content = content };
	there = ask_s3(s3_of(files), &c);
	if (there == NOT_FOUND)                  /* there is no such bucket */
		log_line(LOG_ERROR, "", "files", "s3 PUT %s: 404, is there such a bucket?", c.place.path);
	return there == OK ? OK : FAILED;
}

static enum outcome s3_get(const struct files *files, struct arena *arena, struct hash name, struct bytes *out)
{
	struct call c = { .verb = GET, .place = files_place(name) };
	enum outcome got = ask_s3(s3_of(files), &c);

	if (got == OK && c.body) {
		arena_on_release(arena, free, c.body);
		*out = (struct bytes){ c.body, c.len };
	} else {
		free(c.body);
	}
	return got;
}

static enum outcome s3_size(const struct files *files, struct hash name, int64_t *out)
{
	struct call c;

	TRY(look(files, name, &c));
	*out = c.size;
	return OK;
}

static enum outcome s3_check(const struct files *files, struct arena *arena, struct hash name)
{
	struct call c = { .verb = GET, .place = files_place(name) };
	enum outcome got = ask_s3(s3_of(files), &c);
	bool same = hash_equal(hash_of((struct bytes){ c.body ? c.body : "", c.len }), name);

	(void)arena;
	free(c.body);
	return got != OK ? got : same ? OK : INVALID;
}

static enum outcome s3_remove(const struct files *files, struct hash name)
{
	struct call c;
	enum outcome there = look(files, name, &c);

	if (there == NOT_FOUND || (there == OK && c.age >= 0 && c.age < YOUNG_S))
		return OK;
	TRY(there);
	c = (struct call){ .verb = DELETE, .place = files_place(name) };
	there = ask_s3(s3_of(files), &c);
	return there == NOT_FOUND ? OK : there;
}

/* ---- open and close ---- */

static void s3_close(struct files *files)
{
	struct s3 *s = (struct s3 *)files;

	while (s->shared->n)
		curl_easy_cleanup(s->shared->idle[--s->shared->n]);
	pthread_mutex_destroy(&s->shared->lock);
	free(s->shared);
	wipe(s->keys, sizeof s->keys);
	free(s);
	curl_global_cleanup();
}

static const struct files_kind s3_kind = { s3_close, s3_put, s3_get, s3_size, s3_check, s3_remove, true };

OUTCOME files_open_s3(const struct s3_place *place, const struct s3_keys *keys, struct files **out)
{
	struct s3 *s = calloc(1, sizeof *s);
	struct shared *shared = calloc(1, sizeof *shared);
	int base, sigv4, pair;

	*out = NULL;
	if (!s || !shared || curl_global_init(CURL_GLOBAL_DEFAULT))
		goto failed;
	s->as.kind = &s3_kind;
	s->shared = shared;
	base = snprintf(s->base, sizeof s->base, "%s/%s/%s%s", place->endpoint, place->bucket,
		place->prefix, *place->prefix ? "/" : "");
	sigv4 = snprintf(s->sigv4, sizeof s->sigv4, "aws:amz:%s:s3", place->region);
	pair = snprintf(s->keys, sizeof s->keys, "%s:%s", keys->id, keys->secret);
	if (base >= (int)sizeof s->base || sigv4 >= (int)sizeof s->sigv4 || pair >= (int)sizeof s->keys)
		goto failed;
	pthread_mutex_init(&shared->lock, NULL);
	*out = &s->as;
	return OK;
failed:
	log_line(LOG_ERROR, "", "files", "s3: no memory, or an address or key that is too long");
	free(shared);
	free(s);
	return FAILED;
}
