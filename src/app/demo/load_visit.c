/* One connection and what is done over it, as a browser would: the page first, with its token and version, then the post. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/demo/load.h"
#include "json/json.h"

enum { PAGE_MAX = 4 << 20, REQUEST_MS = 30000, VALUE_MAX = 200, FIELDS_MAX = 800, INDICATORS = 10 };

struct load_visit {
	const struct load *load;
	struct load_visitor *who;
	CURL *h;
	struct curl_slist *as_script;    /* headers of a post by the grid's script */
	struct arena *arena;
	char *page;
	size_t len;
	float post_ms;
};

static size_t keep(char *data, size_t one, size_t n, void *context)
{
	struct load_visit *v = context;

	if (v->len + one * n < PAGE_MAX) {
		memcpy(v->page + v->len, data, one * n);
		v->len += one * n;
		v->page[v->len] = '\0';
	}
	return one * n;
}

struct load_visit *load_visit_new(const struct load *l, struct load_visitor *who)
{
	struct load_visit *v = calloc(1, sizeof *v);

	if (!v)
		return NULL;
	v->load = l;
	v->who = who;
	v->h = curl_easy_init();
	v->page = malloc(PAGE_MAX + 1);
	v->arena = arena_new(64 * MiB);
	v->as_script = curl_slist_append(NULL, "Accept: application/json");
	if (v->h && v->page && v->as_script)
		return v;
	load_visit_free(v);
	return NULL;
}

void load_visit_free(struct load_visit *v)
{
	curl_slist_free_all(v->as_script);
	curl_easy_cleanup(v->h);
	arena_free(v->arena);
	free(v->page);
	free(v);
}

/* The status; 0: no answer. */
static long ask(struct load_visit *v, const char *path, const char *cookie, const char *post)
{
	long status = 0;

	v->len = 0;
	v->page[0] = '\0';
	curl_easy_setopt(v->h, CURLOPT_URL, arena_format(v->arena, "%s%s", v->load->base, path));
	curl_easy_setopt(v->h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(v->h, CURLOPT_TIMEOUT_MS, (long)REQUEST_MS);
	curl_easy_setopt(v->h, CURLOPT_WRITEFUNCTION, keep);
	curl_easy_setopt(v->h, CURLOPT_WRITEDATA, v);
	curl_easy_setopt(v->h, CURLOPT_COOKIE, *cookie ? cookie : NULL);
	if (post)
		curl_easy_setopt(v->h, CURLOPT_POSTFIELDS, post);
	else
		curl_easy_setopt(v->h, CURLOPT_HTTPGET, 1L);
	if (curl_easy_perform(v->h) == CURLE_OK)
		curl_easy_getinfo(v->h, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static long send_post(struct load_visit *v, const char *path, const char *cookie, const char *fields)
{
	double from = load_now();
	long status = ask(v, path, cookie, fields);

	v->post_ms = (float)((load_now() - from) * 1e3);
	return status;
}

/* The first hidden field of that name; "" when there is none. */
static const char *hidden(struct load_visit *v, const char *name)
{
	const char *mark = arena_format(v->arena, "name=\"%s\" value=\"", name), *at = strstr(v->page, mark);

	return at ? arena_textn(v->arena, at + strlen(mark), strcspn(at + strlen(mark), "\"")) : "";
}

/* ---- what is saved ---- */

static bool add_person(struct load_visit *v, int64_t i, long *status)
{
	const char *cookie = v->who->officer, *letters = "abcdefghij";
	long long unit = (long long)v->who->leaf;
	char name[12] = "";

	for (int d = 0; d < 9; d++, i /= 10)
		name[d] = letters[i % 10];
	*status = ask(v, arena_format(v->arena, "/nguoi/them?unit=%lld", unit), cookie, NULL);
	if (*status != 200)
		return false;
	*status = send_post(v, "/nguoi/them", cookie, arena_format(v->arena, "token=%s&unit=%lld&name=T%%E1%%BA%%A3i%%20%s"
		"&birth=1990&sex=1&group=nong_dan&leaf=noi-o&hamlet=%lld", hidden(v, "token"), unit, name, unit));
	return *status == 303;
}

/* A citizen scores the next indicator of the own sheet. */
static bool save_page(struct load_visit *v, long *status)
{
	int64_t turn = v->who->turn++;
	size_t c = (size_t)(turn % LOAD_CITIZENS);
	int64_t round_of = turn / LOAD_CITIZENS;
	const char *cookie = v->who->citizens[c].cookie;
	const char *path = arena_format(v->arena, "/phieu/%lld/%lld/cham/%d", (long long)v->who->citizens[c].person,
		(long long)v->load->round, (int)(round_of % INDICATORS) + 1);

	*status = ask(v, path, cookie, NULL);
	if (*status != 200)
		return false;
	*status = send_post(v, path, cookie, arena_format(v->arena, "token=%s&version=%s&score=%d&then=tiep", hidden(v, "token"),
		hidden(v, "version"), (int)((round_of / INDICATORS + round_of) % 10) + 1));
	return *status == 303;
}

/* The turn-th of the rows that may still be scored; NULL: none. */
static const struct json *open_row(const struct json *rows, int64_t turn)
{
	size_t n = json_count(rows), open = 0, wanted;

	for (int pass = 0; pass < 2; pass++) {
		wanted = open ? (size_t)turn % open : 0;
		for (size_t i = 0, seen = 0; i < n; i++) {
			const char *state = json_text(json_member(json_item(rows, i), "state"), VALUE_MAX);

			if (strcmp(state, "registered") != 0 && strcmp(state, "draft") != 0)
				continue;
			if (!pass)
				open++;
			else if (seen++ == wanted)
				return json_item(rows, i);
		}
	}
	return NULL;
}

/* An officer leaves a row of the live grid. */
static bool save_row(struct load_visit *v, long *status)
{
	struct problems problems = PROBLEMS(v->arena);
	struct buf fields = BUF(v->arena);
	const struct json *root, *row;
	int64_t turn = v->who->turn++;

	*status = ask(v, arena_format(v->arena, "/luoi/%lld/%lld/hang", (long long)v->who->leaf, (long long)v->load->round),
		v->who->officer, NULL);
	if (*status != 200 || json_parse(v->arena, (struct bytes){ v->page, v->len }, &problems, &root) != OK)
		return false;
	row = open_row(json_member(root, "rows"), turn);
	if (!row)
		return false;
	buf_format(&fields, "token=%s&version=%" PRId64 "&helper=Th%%E1%%BB%%AD&consent=Th%%E1%%BB%%AD",
		json_text(json_member(root, "token"), VALUE_MAX), json_int(json_member(row, "version"), 0, INT32_MAX));
	for (int k = 0; k < INDICATORS; k++)
		buf_format(&fields, "&score=%d", (int)((turn + k) % 10) + 1);
	curl_easy_setopt(v->h, CURLOPT_HTTPHEADER, v->as_script);
	*status = send_post(v, arena_format(v->arena, "/luoi/%" PRId64 "/%lld/tu-cham",
		json_int(json_member(row, "id"), 1, INT64_MAX), (long long)v->load->round), v->who->officer, buf_cstr(&fields));
	curl_easy_setopt(v->h, CURLOPT_HTTPHEADER, NULL);
	return *status == 200;
}

/* ---- what is read ---- */

static bool show(struct load_visit *v, enum load_kind kind, int64_t i, long *status)
{
	const struct load *l = v->load;
	long long leaf = (long long)v->who->leaf;
	size_t c = (size_t)i % LOAD_CITIZENS;
	struct arena *a = v->arena;

	switch (kind) {
	case LOAD_SHEET:
		*status = ask(v, arena_format(a, "/phieu/%lld/%lld", (long long)v->who->citizens[c].person, (long long)l->round),
			v->who->citizens[c].cookie, NULL);
		break;
	case LOAD_LIST:
		*status = ask(v, arena_format(a, "/nguoi?unit=%lld", leaf), v->who->officer, NULL);
		break;
	case LOAD_GRID:
		*status = ask(v, arena_format(a, "/luoi?unit=%lld", leaf), v->who->officer, NULL);
		break;
	case LOAD_LEAF:
		*status = ask(v, arena_format(a, "/so-lieu/%lld", leaf), v->who->officer, NULL);
		break;
	case LOAD_COMMUNE:
		*status = ask(v, arena_format(a, "/so-lieu/%lld", (long long)l->commune), l->commune_cookie, NULL);
		break;
	case LOAD_VERIFY: case LOAD_PAGE: case LOAD_ROW: case LOAD_ADD: case LOAD_KINDS:
		*status = ask(v, arena_format(a, "/xac-minh/%s", l->certificates[(size_t)i % l->n_certificates]), "", NULL);
		break;
	}
	return *status == 200;
}

bool load_visit_one(struct load_visit *v, enum load_kind kind, int64_t i, long *status, float *post_ms)
{
	bool good;

	arena_reset(v->arena);
	v->post_ms = 0;
	good = kind == LOAD_ADD ? add_person(v, i, status) : kind == LOAD_PAGE ? save_page(v, status)
		: kind == LOAD_ROW ? save_row(v, status) : show(v, kind, i, status);
	*post_ms = v->post_ms;
	return good;
}

static int64_t metric(const struct load_visit *v, const char *name)
{
	const char *at = strstr(v->page, name);

	return at ? strtoll(at + strlen(name), NULL, 10) : 0;
}

struct load_second load_visit_metrics(struct load_visit *v)
{
	arena_reset(v->arena);
	(void)ask(v, "/metrics", "", NULL);
	return (struct load_second){ metric(v, "\nprocess_resident_memory_bytes ") / 1024, metric(v, "\nhoctap_log_pages ") };
}
