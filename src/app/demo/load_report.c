/* What came of it, as a table or as JSON. */
#include <stdio.h>
#include <stdlib.h>

#include "app/demo/load.h"
#include "json/json.h"

enum { WRITES = LOAD_KINDS + 1, ROWS };                  /* LOAD_KINDS: of all; WRITES: the posts alone, from their sending */

struct row { const char *name; int64_t n, errors; float p50, p95, p99, max; };

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* Errors have their time too: a refusal is an answer that was waited for. */
static struct row row_of(const struct load *l, int kind, float *room)
{
	struct row r = { .name = kind == LOAD_KINDS ? "all" : kind == WRITES ? "posts_alone" : load_shares[kind].name };
	size_t n = 0;

	for (int64_t i = 0; i < l->n; i++) {
		float ms = kind == WRITES ? l->post_ms[i] : l->ms[i];

		if (kind == WRITES ? ms <= 0 : kind != LOAD_KINDS && l->kind[i] != kind)
			continue;
		r.errors += l->ms[i] < 0;
		room[n++] = ms < 0 ? -ms : ms;
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

static void put_int(struct json_out *j, const char *key, int64_t value)
{
	json_put_key(j, key);
	json_put_int(j, value);
}

static void put_row(struct json_out *j, const struct row *r)
{
	json_begin_object(j);
	json_put_key(j, "kind");
	json_put_text(j, r->name);
	put_int(j, "requests", r->n);
	put_int(j, "errors", r->errors);
	put_int(j, "p50_us", (int64_t)(r->p50 * 1000));
	put_int(j, "p95_us", (int64_t)(r->p95 * 1000));
	put_int(j, "p99_us", (int64_t)(r->p99 * 1000));
	put_int(j, "max_us", (int64_t)(r->max * 1000));
	json_end(j);
}

static void print_json(struct app *app, const struct load *l, const struct row *rows)
{
	struct buf out = BUF(app->arena);
	struct json_out j = { .out = &out, .pretty = true };

	json_begin_object(&j);
	put_int(&j, "rate", l->rate);
	put_int(&j, "answers_per_second", (int64_t)((double)l->n / l->took));
	json_put_key(&j, "kinds");
	json_begin_array(&j);
	for (int k = 0; k < ROWS; k++)
		put_row(&j, &rows[k]);
	json_end(&j);
	json_put_key(&j, "seconds");
	json_begin_array(&j);
	for (size_t i = 0; i < l->n_seconds; i++) {
		json_begin_object(&j);
		put_int(&j, "resident_kib", l->seconds[i].resident);
		put_int(&j, "log_pages", l->seconds[i].log);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	puts(buf_cstr(&out));
}

static void print_memory(const struct load *l)
{
	int64_t most = 0, log = 0;

	if (!l->n_seconds)
		return;
	for (size_t i = 0; i < l->n_seconds; i++) {
		most = l->seconds[i].resident > most ? l->seconds[i].resident : most;
		log = l->seconds[i].log > log ? l->seconds[i].log : log;
	}
	printf("bộ nhớ: đầu %lld, giữa %lld, cuối %lld, nhiều nhất %lld KiB;"
		" nhật ký SQLite nhiều nhất %lld trang\n",
		(long long)l->seconds[0].resident, (long long)l->seconds[l->n_seconds / 2].resident,
		(long long)l->seconds[l->n_seconds - 1].resident, (long long)most, (long long)log);
}

static void print_table(const struct load *l, const struct row *rows)
{
	printf("%lld yêu cầu/giây định trước, %.0f trả lời/giây, %d kết nối\n", (long long)l->rate,
		(double)l->n / l->took, LOAD_CONNECTIONS);
	printf("%-20s %8s %7s %9s %9s %9s %9s\n", "", "requests", "errors", "p50 ms", "p95 ms", "p99 ms", "max ms");
	for (int k = 0; k < ROWS; k++)
		printf("%-20s %8lld %7lld %9.1f %9.1f %9.1f %9.1f\n", rows[k].name, (long long)rows[k].n,
			(long long)rows[k].errors, (double)rows[k].p50, (double)rows[k].p95, (double)rows[k].p99,
			(double)rows[k].max);
	for (size_t s = 0; s < COUNT(l->status); s++)
		if (atomic_load(&l->status[s]))
			printf("errors %zuxx: %lld\n", s, atomic_load(&l->status[s]));
	print_memory(l);
}

bool load_report(struct app *app, const struct load *l, bool json)
{
	float *room = malloc((size_t)l->n * sizeof *room);
	struct row rows[ROWS];

	if (!room)
		return false;
	for (int k = 0; k < ROWS; k++)
		rows[k] = row_of(l, k, room);
	free(room);
	if (json)
		print_json(app, l, rows);
	else
		print_table(l, rows);
	return !rows[LOAD_KINDS].errors;
}
