/* `hoctap bench load`: an evening at year end in miniature, against a serving demo. Requests start at times fixed
 * beforehand (open loop): one that waits because all connections are busy has waited since its time, so a server that
 * stalls is seen (no coordinated omission). A request is late, never left out. */
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/demo/demo.h"
#include "crypto/crypto.h"
#include "json/json.h"
#include "load_sql.h"

enum { CONNECTIONS = 64, CERTIFICATES = 1000, SAMPLES_MAX = 4000000, PAGE_MAX = 4 << 20, REQUEST_MS = 30000,
	ACCOUNTS_MAX = 64 << 10, SHARES = 100 };

enum kind { SHEET, LIST, GRID, LEAF, COMMUNE, VERIFY, ADD, KINDS };
/* Of a hundred requests; who asks. An addition is two, timed as one: its form, then the post. */
static const struct { const char *name, *login; int share; } kinds[KINDS] = {
	{ "own_sheet", "nguoidan", 20 }, { "people_list", "chihoi", 20 }, { "grid_rows", "chihoi", 15 },
	{ "dashboard_leaf", "chihoi", 13 },
	{ "dashboard_commune", "hoixa", 2 }, { "certificate", "", 20 }, { "add_person", "chihoi", 10 },
};

struct login { const char *cookie; int64_t unit; };

struct load {
	const char *base;
	struct login citizen, branch, commune;
	int64_t person, round;
	struct sql_load_certificates_row *certificates;
	size_t n_certificates;
	int64_t rate, n;
	double from;
	atomic_llong next;
	float *ms;                      /* of each request, from its time to its last byte; < 0: an error */
	unsigned char *kind;
	atomic_llong status[6];         /* errors by class of status; 0: no answer */
};

struct page { char *at; size_t len; };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t keep(char *data, size_t one, size_t n, void *context)
{
	struct page *p = context;

	if (p->len + one * n < PAGE_MAX) {
		memcpy(p->at + p->len, data, one * n);
		p->len += one * n;
		p->at[p->len] = '\0';
	}
	return one * n;
}

/* The status; 0: no answer. The page is in `page`. */
static long ask(CURL *h, struct page *page, const char *url, const char *cookie, const char *post)
{
	long status = 0;

	page->len = 0;
	page->at[0] = '\0';
	curl_easy_setopt(h, CURLOPT_URL, url);
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, (long)REQUEST_MS);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, keep);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, page);
	curl_easy_setopt(h, CURLOPT_COOKIE, *cookie ? cookie : NULL);
	if (post)
		curl_easy_setopt(h, CURLOPT_POSTFIELDS, post);
	else
		curl_easy_setopt(h, CURLOPT_HTTPGET, 1L);
	if (curl_easy_perform(h) == CURLE_OK)
		curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

/* The first form's token of a page; "" when there is none. */
static const char *token_of(const struct page *page, char *out, size_t cap)
{
	static const char mark[] = "name=\"token\" value=\"";
	const char *at = strstr(page->at, mark);
	size_t len = at ? strcspn(at + strlen(mark), "\"") : 0;

	out[0] = '\0';
	if (at && len < cap) {
		memcpy(out, at + strlen(mark), len);
		out[len] = '\0';
	}
	return out;
}

/* ---- before it begins ---- */

static const char *cookie_of(struct arena *a, CURL *h)
{
	struct curl_slist *all = NULL;
	const char *found = "";

	curl_easy_getinfo(h, CURLINFO_COOKIELIST, &all);
	for (const struct curl_slist *c = all; c; c = c->next) {
		const char *value = strrchr(c->data, '\t'), *name = value;

		while (name && name > c->data && name[-1] != '\t')
			name--;
		if (name && !strncmp(name, "phien\t", 6))
			found = arena_format(a, "phien=%s", value + 1);
	}
	curl_slist_free_all(all);
	return found;
}

static OUTCOME sign_in(struct app *app, const struct load *load, const char *login, const char *passphrase,
	const char **cookie)
{
	struct page page = { malloc(PAGE_MAX + 1), 0 };
	CURL *h = curl_easy_init();
	const char *url = arena_format(app->arena, "%s/dang-nhap", load->base);
	char token[200], *words;
	long status = 0;

	if (page.at && h) {
		curl_easy_setopt(h, CURLOPT_COOKIEFILE, "");
		(void)ask(h, &page, url, "", NULL);
		words = curl_easy_escape(h, passphrase, 0);
		status = ask(h, &page, url, "", arena_format(app->arena, "ve=&login=%s&passphrase=%s&token=%s", login, words,
			token_of(&page, token, sizeof token)));
		curl_free(words);
		*cookie = cookie_of(app->arena, h);
	}
	curl_easy_cleanup(h);
	free(page.at);
	if (status == 303 && **cookie)
		return OK;
	fprintf(stderr, "Không đăng nhập được %s ở %s (trả lời %ld)."
		" Chạy hoctap serve trên đúng bản trình diễn của --data.\n", login, load->base, status);
	return FAILED;
}

static OUTCOME sign_all_in(struct app *app, struct load *load)
{
	struct problems problems = PROBLEMS(app->arena);
	struct { const char *login; struct login *to; } who[] = {
		{ "nguoidan", &load->citizen }, { "chihoi", &load->branch }, { "hoixa", &load->commune } };
	const struct json *root;
	struct bytes text;

	TRY(app_read_file(app->arena, arena_format(app->arena, "%s/demo-accounts.json", app->data_dir), ACCOUNTS_MAX, &text));
	TRY(json_parse(app->arena, text, &problems, &root));
	for (size_t w = 0; w < COUNT(who); w++) {
		who[w].to->cookie = "";
		for (size_t i = 0; i < json_count(root); i++) {
			const struct json *a = json_item(root, i);

			if (!strcmp(json_text(json_member(a, "login"), 100), who[w].login))
				TRY(sign_in(app, load, who[w].login, json_text(json_member(a, "passphrase"), 200),
					&who[w].to->cookie));
		}
		if (!*who[w].to->cookie) {
			fprintf(stderr, "Bản trình diễn không có %s: dựng với ít nhất 2000 người.\n", who[w].login);
			return FAILED;
		}
	}
	return OK;
}

static OUTCOME read_places(struct app *app, struct load *load)
{
	struct sql_load_grant_row branch, commune;
	struct sql_load_citizen_row citizen;
	struct db *db = NULL;
	struct ask ask;
	enum outcome done;

	TRY(app_open(app, DB_READER, &db));
	ask = app_ask(app, db, app->arena);
	done = sql_load_grant(&ask, "chihoi", &branch);
	if (done == OK)
		done = sql_load_grant(&ask, "hoixa", &commune);
	if (done == OK)
		done = sql_load_citizen(&ask, &citizen);
	if (done == OK)
		done = sql_load_certificates(&ask, CERTIFICATES, &load->certificates, &load->n_certificates);
	db_close(db);
	if (done != OK || !load->n_certificates) {
		fputs("Dữ liệu ở --data không phải bản trình diễn đủ lớn:"
			" dựng bằng hoctap demo --people 20000.\n", stderr);
		return FAILED;
	}
	load->branch.unit = branch.unit_id;
	load->commune.unit = commune.unit_id;
	load->person = citizen.person_id;
	load->round = citizen.round_id;
	return OK;
}

/* ---- one connection ---- */

struct connection { struct load *load; pthread_t thread; bool started; };

static enum kind kind_at(int64_t i)
{
	unsigned char at[2];
	int share;

	random_seeded(at, sizeof at, 2026, (uint64_t)i);
	share = (at[0] + at[1] * 256) % SHARES;
	for (int k = 0; k < KINDS; k++)
		if ((share -= kinds[k].share) < 0)
			return (enum kind)k;
	return SHEET;
}

static bool add_person(struct load *l, CURL *h, struct page *page, int64_t i, long *status)
{
	char url[300], token[200], fields[600];
	long long unit = (long long)l->branch.unit;
	const char *digits = "abcdefghij";
	char name[12] = "";

	for (int d = 0; d < 9; d++, i /= 10)
		name[d] = digits[i % 10];
	snprintf(url, sizeof url, "%s/nguoi/them?unit=%lld", l->base, unit);
	*status = ask(h, page, url, l->branch.cookie, NULL);
	if (*status != 200)
		return false;
	snprintf(fields, sizeof fields, "token=%s&unit=%lld&name=T%%E1%%BA%%A3i%%20%s&birth=1990&sex=1&group=nong_dan&leaf=noi-o"
		"&hamlet=%lld",
		token_of(page, token, sizeof token), unit, name, unit);
	snprintf(url, sizeof url, "%s/nguoi/them", l->base);
	*status = ask(h, page, url, l->branch.cookie, fields);
	return *status == 303;
}

static bool one(struct load *l, CURL *h, struct page *page, enum kind kind, int64_t i, long *status)
{
	char url[400];
	const char *cookie = kind == SHEET ? l->citizen.cookie : kind == VERIFY ? "" : kind == COMMUNE ? l->commune.cookie
		: l->branch.cookie;

	if (kind == ADD)
		return add_person(l, h, page, i, status);
	if (kind == SHEET)
		snprintf(url, sizeof url, "%s/phieu/%lld/%lld", l->base, (long long)l->person, (long long)l->round);
	else if (kind == LIST)
		snprintf(url, sizeof url, "%s/nguoi?unit=%lld", l->base, (long long)l->branch.unit);
	else if (kind == GRID)
		snprintf(url, sizeof url, "%s/luoi?unit=%lld", l->base, (long long)l->branch.unit);
	else if (kind == VERIFY)
		snprintf(url, sizeof url, "%s/xac-minh/%s", l->base,
			l->certificates[(size_t)i % l->n_certificates].code);
	else
		snprintf(url, sizeof url, "%s/so-lieu/%lld", l->base,
			(long long)(kind == LEAF ? l->branch.unit : l->commune.unit));
	*status = ask(h, page, url, cookie, NULL);
	return *status == 200;
}

static void *work(void *context)
{
	struct load *l = ((struct connection *)context)->load;
	struct page page = { malloc(PAGE_MAX + 1), 0 };
	CURL *h = curl_easy_init();

	while (page.at && h) {
		int64_t i = atomic_fetch_add(&l->next, 1);
		double due = l->from + (double)i / (double)l->rate, early = due - now();
		long status;
		bool good;

		if (i >= l->n)
			break;
		if (early > 0)
			nanosleep(&(struct timespec){ .tv_sec = (time_t)early,
				.tv_nsec = (long)((early - (double)(time_t)early) * 1e9) }, NULL);
		l->kind[i] = (unsigned char)kind_at(i);
		good = one(l, h, &page, (enum kind)l->kind[i], i, &status);
		l->ms[i] = (float)((now() - due) * 1e3) * (good ? 1.0f : -1.0f);
		if (!good)
			atomic_fetch_add(&l->status[status >= 100 && status < 600 ? status / 100 : 0], 1);
	}
	curl_easy_cleanup(h);
	free(page.at);
	return NULL;
}

/* ---- what came of it ---- */

struct row { const char *name; int64_t n, errors; float p50, p95, p99, max; };

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* kind KINDS: of all. Errors have their time too: a refusal is an answer that was waited for. */
static struct row row_of(const struct load *l, int kind, float *room)
{
	struct row r = { .name = kind == KINDS ? "all" : kinds[kind].name };
	size_t n = 0;

	for (int64_t i = 0; i < l->n; i++)
		if (kind == KINDS || l->kind[i] == kind) {
			r.errors += l->ms[i] < 0;
			room[n++] = l->ms[i] < 0 ? -l->ms[i] : l->ms[i];
		}
	r.n = (int64_t)n;
	if (!n)
		return r;
	qsort(room, n, sizeof *room, by_size);
	r.p50 = room[n / 2];
	r.p95 = room[n * 95 / 100];
	r.p99 = room[n * 99 / 100];
	r.max = room[n - 1];
	return r;
}

static void print_json(struct app *app, const struct load *l, const struct row *rows, double took)
{
	struct buf out = BUF(app->arena);
	struct json_out j = { .out = &out, .pretty = true };

	json_begin_object(&j);
	json_put_key(&j, "rate");
	json_put_int(&j, l->rate);
	json_put_key(&j, "answers_per_second");
	json_put_int(&j, (int64_t)((double)l->n / took));
	json_put_key(&j, "kinds");
	json_begin_array(&j);
	for (int k = 0; k <= KINDS; k++) {
		const struct { const char *key; float value; } times[] = {
			{ "p50_us", rows[k].p50 }, { "p95_us", rows[k].p95 }, { "p99_us", rows[k].p99 },
			{ "max_us", rows[k].max } };

		json_begin_object(&j);
		json_put_key(&j, "kind");
		json_put_text(&j, rows[k].name);
		json_put_key(&j, "requests");
		json_put_int(&j, rows[k].n);
		json_put_key(&j, "errors");
		json_put_int(&j, rows[k].errors);
		for (size_t t = 0; t < COUNT(times); t++) {
			json_put_key(&j, times[t].key);
			json_put_int(&j, (int64_t)(times[t].value * 1000));
		}
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	puts(buf_cstr(&out));
}

static bool report(struct app *app, const struct load *l, double took, bool json)
{
	float *room = malloc((size_t)l->n * sizeof *room);
	struct row rows[KINDS + 1];

	if (!room)
		return false;
	for (int k = 0; k <= KINDS; k++)
		rows[k] = row_of(l, k, room);
	free(room);
	if (json) {
		print_json(app, l, rows, took);
		return !rows[KINDS].errors;
	}
	printf("%lld yêu cầu/giây định trước, %.0f trả lời/giây, %d kết nối\n", (long long)l->rate, (double)l->n / took,
		CONNECTIONS);
	printf("%-20s %8s %7s %9s %9s %9s %9s\n", "", "requests", "errors", "p50 ms", "p95 ms", "p99 ms", "max ms");
	for (int k = 0; k <= KINDS; k++)
		printf("%-20s %8lld %7lld %9.1f %9.1f %9.1f %9.1f\n", rows[k].name, (long long)rows[k].n,
			(long long)rows[k].errors,
			(double)rows[k].p50, (double)rows[k].p95, (double)rows[k].p99, (double)rows[k].max);
	for (size_t s = 0; s < COUNT(l->status); s++)
		if (atomic_load(&l->status[s]))
			printf("errors %zuxx: %lld\n", s, atomic_load(&l->status[s]));
	return !rows[KINDS].errors;
}

static double run(struct load *l)
{
	struct connection *all = calloc(CONNECTIONS, sizeof *all);

	l->from = now() + 0.1;
	for (int i = 0; all && i < CONNECTIONS; i++) {
		all[i].load = l;
		all[i].started = !pthread_create(&all[i].thread, NULL, work, &all[i]);
	}
	for (int i = 0; all && i < CONNECTIONS; i++)
		if (all[i].started)
			pthread_join(all[i].thread, NULL);
	free(all);
	return now() - l->from;
}

int load_run(struct app *app, const struct arguments *args)
{
	struct load l = { .base = argument_option(args, "url") };
	int64_t seconds;
	bool good = false;

	if (!*l.base || !argument_number(args, "rate", 1, 20000, 200, &l.rate)
		|| !argument_number(args, "seconds", 1, 3600, 10, &seconds))
		return EXIT_USAGE;
	l.n = l.rate * seconds;
	if (l.n > SAMPLES_MAX) {
		fputs("Nhiều yêu cầu quá: --rate nhân --seconds không quá 4 triệu.\n", stderr);
		return EXIT_USAGE;
	}
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (read_places(app, &l) != OK || sign_all_in(app, &l) != OK)
		return EXIT_REFUSED;
	l.ms = calloc((size_t)l.n, sizeof *l.ms);
	l.kind = calloc((size_t)l.n, 1);
	if (l.ms && l.kind) {
		double took = run(&l);

		good = report(app, &l, took, *argument_option(args, "json"));
	}
	free(l.ms);
	free(l.kind);
	return good ? EXIT_DONE : EXIT_REFUSED;
}
