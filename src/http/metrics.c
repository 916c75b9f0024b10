/* What a watcher asks at /metrics, in Prometheus' text form: how many, how long by route, what stands in line. Counted with
 * atomic adds where a request ends; nothing is locked. Paths are those of the route table ("/xac-minh/{code}"), never of a
 * request: no code, no name, no number of anybody is in it. */
#include "http/parts.h"

#include <string.h>

/* Microseconds; the last bucket has no bound. 20 ms and 50 ms are bars of the pages and of a commit. */
static const int64_t bounds[TIMES_BUCKETS - 1] = { 500, 1000, 2500, 5000, 10000, 20000, 50000, 100000, 250000, 500000,
	1000000, 5000000 };

void metrics_init(struct server *s)
{
	s->n_times = s->router.n_routes + 1;
	s->times = ARENA_ARRAY(s->arena, struct times, s->n_times);
	for (size_t i = 0; i < s->router.n_routes; i++)
		s->times[i].route = s->router.routes[i];
}

void metrics_count(const struct exchange *x)
{
	struct server *s = x->server;
	struct times *t = &s->times[x->row ? x->row->index : s->n_times - 1];
	int64_t us = exchange_microseconds(x);
	size_t bucket = 0;
	int class = x->req.response.status / 100;

	while (bucket < COUNT(bounds) && us > bounds[bucket])
		bucket++;
	atomic_fetch_add(&t->buckets[bucket], 1);
	atomic_fetch_add(&t->microseconds, us);
	atomic_fetch_add(&s->tally.answers[class >= 1 && class <= 5 ? class : 0], 1);
}

static void put_times(struct buf *out, const char *labels, const struct times *t)
{
	int64_t below = 0;

	for (size_t i = 0; i < TIMES_BUCKETS; i++) {
		below += atomic_load(&t->buckets[i]);
		if (i < COUNT(bounds))
			buf_format(out, "hoctap_http_seconds_bucket{%s,le=\"%lld.%06lld\"} %lld\n", labels,
				(long long)bounds[i] / 1000000, (long long)bounds[i] % 1000000, (long long)below);
	}
	buf_format(out, "hoctap_http_seconds_bucket{%s,le=\"+Inf\"} %lld\nhoctap_http_seconds_count{%s} %lld\n", labels,
		(long long)below, labels, (long long)below);
	buf_format(out, "hoctap_http_seconds_sum{%s} %lld.%06lld\n", labels, (long long)atomic_load(&t->microseconds) / 1000000,
		(long long)atomic_load(&t->microseconds) % 1000000);
}

static bool is_used(const struct times *t)
{
	for (size_t i = 0; i < TIMES_BUCKETS; i++)
		if (atomic_load(&t->buckets[i]))
			return true;
	return false;
}

static void put_one(struct buf *out, const char *name, const char *type, const char *help, int64_t value)
{
	buf_format(out, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, type, name, (long long)value);
}

static void put_totals(struct buf *out, const struct server *s)
{
	struct server_counts c;

	server_counts(s, &c);
	put_one(out, "hoctap_http_requests_total", "counter", "Requests begun.", c.requests);
	put_one(out, "hoctap_http_in_flight", "gauge", "Requests under way.", c.in_flight);
	put_one(out, "hoctap_http_queued", "gauge", "Requests waiting for a worker or the writer.", c.queued);
	put_one(out, "hoctap_http_replica_reads_total", "counter", "Pages read from the replica.", c.lagging);
	put_one(out, "hoctap_http_writes_total", "counter", "Operations that the writer ran.", c.writes);
	put_one(out, "hoctap_http_batches_total", "counter", "Commits of the writer.", c.batches);
	put_one(out, "hoctap_http_shed_total", "counter", "Answers 503: too busy, or a commit that failed.", c.shed);
	put_one(out, "hoctap_http_refused_total", "counter", "Connections refused.", c.refused);
}

const char *metrics_text(const struct server *s, struct arena *arena)
{
	struct buf out = BUF(arena, .max = 4 * MiB);

	put_totals(&out, s);
	if (s->config.gate->measure)
		s->config.gate->measure(s->config.gate->app, &out);
	buf_text(&out, "# HELP hoctap_http_answers_total Answers by class of status.\n"
		"# TYPE hoctap_http_answers_total counter\n");
	for (int class = 1; class <= 5; class++)
		buf_format(&out, "hoctap_http_answers_total{class=\"%dxx\"} %lld\n", class,
			(long long)atomic_load(&s->tally.answers[class]));
	buf_text(&out, "# HELP hoctap_http_seconds Time from the first line of a request to its last byte, by route.\n"
		"# TYPE hoctap_http_seconds histogram\n");
	for (size_t i = 0; i < s->n_times; i++) {
		const struct times *t = &s->times[i];

		if (is_used(t))
			put_times(&out, !t->route ? "method=\"-\",route=\"-\"" : arena_format(arena, "method=\"%s\",route=\"%s\"",
				t->route->method == METHOD_POST ? "POST" : "GET", t->route->path), t);
	}
	return buf_cstr(&out);
}
