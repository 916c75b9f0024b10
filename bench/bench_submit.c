/* bench_submit: durable submissions a second through HTTP (10 scores kept, state, audit row, standing, counters of leaf and commune
 * with their day's end, the form's answer; one fsync a batch), against a bare libmicrohttpd + SQLite group-commit loop that writes
 * the same rows on a copy of the same store. Both run in this process with the same client threads. Prints both and their ratio.
 *
 *	bench-submit [PEOPLE [CONNECTIONS]]          default 60000 people (about a tenth of them have a sheet to hand in), 64
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "app/gate.h"
#include "app/hooks.h"
#include "app/routes.h"
#include "base/day.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "http/server.h"
#include "registry/access/access.h"
#include "registry/access/session.h"
#include "registry/tree/tree.h"
#include "title/criteria/criteria.h"

extern char **environ;

enum { SENDERS_MAX = 512 };

struct sheet_row { int64_t person, version, leaf, commune, sex, age, total; char group[24]; };
struct post { char *text; size_t len; };
struct sheets { struct sheet_row *rows; struct post *posts; size_t n; int64_t round; };

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench-submit: %s failed\n", what);
	exit(1);
}

static void run(char *const argv[])
{
	pid_t pid;
	int status = 1;

	must(posix_spawn(&pid, argv[0], NULL, NULL, argv, environ) == 0, argv[0]);
	waitpid(pid, &status, 0);
	must(status == 0, argv[0]);
}

/* ---- the store: everybody with a whole draft, an account and a session each ---- */

static void read_rows(const char *path, struct sheets *f)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	size_t room = 0;

	must(sqlite3_open(path, &db) == SQLITE_OK, "open");
	must(sqlite3_prepare_v2(db, "SELECT a.person_id, a.version, s.leaf_id, s.commune_id, s.sex, s.age_band, s.total, s.group_code, a.round_id"
		" FROM assessment a JOIN standing s ON s.person_id = a.person_id AND s.round_id = a.round_id"
		" WHERE a.round_id = (SELECT max(id) FROM round) AND a.state = 2", -1, &s, NULL) == SQLITE_OK, "select");
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct sheet_row *r;

		if (f->n == room) {
			room = room ? room * 2 : 1024;
			f->rows = realloc(f->rows, room * sizeof *f->rows);
			must(f->rows != NULL, "memory");
		}
		r = &f->rows[f->n++];
		*r = (struct sheet_row){ .person = sqlite3_column_int64(s, 0), .version = sqlite3_column_int64(s, 1), .leaf = sqlite3_column_int64(s, 2),
			.commune = sqlite3_column_int64(s, 3), .sex = sqlite3_column_int64(s, 4), .age = sqlite3_column_int64(s, 5),
			.total = sqlite3_column_int64(s, 6) };
		snprintf(r->group, sizeof r->group, "%s", (const char *)sqlite3_column_text(s, 7));
		f->round = sqlite3_column_int64(s, 8);
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	must(f->n > 0, "a sheet to hand in");
}

static void make_posts(struct app *app, struct db *db, struct sheets *f)
{
	struct arena *work = arena_new(16 * MiB);

	f->posts = calloc(f->n, sizeof *f->posts);
	must(f->posts != NULL && db_batch_begin(db) == OK, "begin");
	for (size_t i = 0; i < f->n; i++) {
		struct ask ask = app_ask(app, db, work);
		struct session session;
		const char *secret, *body, *token;
		int64_t account = 9000000 + (int64_t)i;
		int len;

		must(db_script(db, arena_format(work, "INSERT INTO account (id, login, name, folded, name_key, person_id, phone, passphrase, locked,"
			" failures, closed_until, made_at, version) VALUES (%lld, '', 'n', 'n', x'00', %lld, '', 'x', 0, 0, 0, 0, 1)", (long long)account,
			(long long)f->rows[i].person), "account") == OK, "account");
		must(session_open(&ask, account, &secret) == OK && session_read(&ask, secret, &session) == OK, "session");
		token = token_make(&ask, session.key);
		body = arena_format(work, "token=%s&version=%lld", token, (long long)f->rows[i].version);
		len = asprintf(&f->posts[i].text, "POST /phieu/%lld/%lld/gui HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: phien=%s\r\n"
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s", (long long)f->rows[i].person,
			(long long)f->round, secret, strlen(body), body);
		must(len > 0, "memory");
		f->posts[i].len = (size_t)len;
		arena_reset(work);
	}
	must(db_batch_commit(db) == OK, "commit");
	arena_free(work);
}

/* ---- clients: each thread one connection, one post after the other ---- */

struct load { const struct sheets *f; int port; atomic_size_t next; atomic_size_t ok, other; };

static int dial(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

	must(fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0, "connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return fd;
}

/* One answer: its status; the body is read away. */
static int answer(int fd)
{
	char text[32768];
	size_t got = 0, whole = 0;

	while (!whole || got < whole) {
		ssize_t n = read(fd, text + got, sizeof text - 1 - got);
		char *end, *length;

		if (n <= 0)
			return 0;
		got += (size_t)n;
		text[got] = '\0';
		end = strstr(text, "\r\n\r\n");
		if (!whole && end) {
			length = strcasestr(text, "\r\nContent-Length:");
			whole = (size_t)(end - text) + 4 + (length && length < end ? strtoul(length + 17, NULL, 10) : 0);
			must(whole < sizeof text, "a short answer");
		}
	}
	return (int)strtol(text + 9, NULL, 10);
}

static void *send_all(void *arg)
{
	struct load *l = arg;
	int fd = dial(l->port);
	size_t i;

	while ((i = atomic_fetch_add(&l->next, 1)) < l->f->n) {
		const struct post *p = &l->f->posts[i];
		int status;

		must(write(fd, p->text, p->len) == (ssize_t)p->len, "send");
		status = answer(fd);
		atomic_fetch_add(status == 303 ? &l->ok : &l->other, 1);
		if (!status) {
			close(fd);
			fd = dial(l->port);
		}
	}
	close(fd);
	return NULL;
}

/* Of this process, its clients included: what neighbours on the machine take is not in it. */
static double processor(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double processor_each;            /* of the last measure, in seconds a submission */

static double measure(const char *name, const struct sheets *f, int port, int connections)
{
	pthread_t threads[SENDERS_MAX];
	struct load l = { .f = f, .port = port };
	double from = seconds(), busy = processor(), took;

	for (int i = 0; i < connections; i++)
		must(pthread_create(&threads[i], NULL, send_all, &l) == 0, "thread");
	for (int i = 0; i < connections; i++)
		pthread_join(threads[i], NULL);
	took = seconds() - from;
	processor_each = l.ok ? (processor() - busy) / (double)l.ok : 0;
	printf("%-28s %8.0f submissions/s (%zu in %.2f s, %zu not accepted), %.0f us of processor each\n", name, (double)l.ok / took, (size_t)l.ok, took,
		(size_t)l.other, processor_each * 1e6);
	return (double)l.ok / took;
}

/* ---- the bare loop: the same rows, nothing else ---- */

struct waiting { struct MHD_Connection *connection; size_t row; struct waiting *next; bool done; };

struct bare {
	sqlite3 *db;
	const struct sheets *f;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct waiting *first, *last;
	bool stop;
	sqlite3_stmt *s[16];
	int n;
	atomic_llong audit;
};

static const char *const bare_sql[] = {
	"BEGIN IMMEDIATE", "COMMIT",
	"UPDATE assessment SET state = 4, submitted_at = ?1, version = version + 1 WHERE person_id = ?2 AND round_id = ?3 AND version = ?4",
	"UPDATE standing SET state = 4 WHERE person_id = ?2 AND round_id = ?3",
	"UPDATE counter SET n = n - 1, total = total - ?1 WHERE round_id = ?2 AND unit_id = ?3 AND group_code = ?4 AND sex = ?5 AND age_band = ?6 AND state = 2",
	"INSERT INTO counter (round_id, unit_id, group_code, sex, age_band, state, n, total, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13,"
	" s14, s15, s16, s17, s18, s19, s20) VALUES (?2, ?3, ?4, ?5, ?6, 4, 1, ?1, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
	" ON CONFLICT DO UPDATE SET n = n + 1, total = total + ?1, s1 = s1 + 8, s2 = s2 + 8, s3 = s3 + 8, s4 = s4 + 8, s5 = s5 + 8, s6 = s6 + 8,"
	" s7 = s7 + 8, s8 = s8 + 8, s9 = s9 + 8, s10 = s10 + 8",
	"INSERT INTO counter_day (round_id, unit_id, group_code, sex, age_band, state, day, n, total) VALUES (?2, ?3, ?4, ?5, ?6, ?7, '2999-01-01', 1, ?1)"
	" ON CONFLICT DO UPDATE SET n = n + 1, total = total + ?1",
	"INSERT INTO audit (person_id, id, at, account_id, actor, action, subject, subject_id, version, unit_id, old, new, reason)"
	" VALUES (?1, ?2, ?3, 7, 'n', 'sheet_submitted', 'assessment', ?4, ?5, ?6, '{\"state\":\"draft\"}', '{\"state\":\"submitted\"}', '')",
	"INSERT INTO form_answer (token_hash, body_hash, status, location, at) VALUES (randomblob(32), randomblob(32), 303, '/phieu/1/2026', ?1)",
	"INSERT INTO counter_sum (round_id, unit_id, state, n, total) VALUES (?2, ?3, ?4, ?5, ?1) ON CONFLICT DO UPDATE SET n = n + ?5, total = total + ?1",
	"INSERT INTO counter_sum_day (round_id, unit_id, state, day, n, total) VALUES (?2, ?3, ?4, '2999-01-01', ?5, ?1)"
	" ON CONFLICT DO UPDATE SET n = n + ?5, total = total + ?1",
	"INSERT INTO counter_stamp (round_id, unit_id, day, stamp) VALUES (?1, ?2, '2999-01-01', 1) ON CONFLICT DO UPDATE SET stamp = stamp + 1",
};
enum { BEGIN, COMMIT, SHEET, STANDING, LESS, MORE, DAY, AUDIT, ANSWER, SUM, SUM_DAY, STAMP };

static void step(sqlite3_stmt *s)
{
	must(sqlite3_step(s) == SQLITE_DONE, "step");
	sqlite3_reset(s);
}

static void bind_cell(const struct bare *b, sqlite3_stmt *s, const struct sheet_row *r, int64_t unit)
{
	sqlite3_bind_int64(s, 1, r->total);
	sqlite3_bind_int64(s, 2, b->f->round);
	sqlite3_bind_int64(s, 3, unit);
	sqlite3_bind_text(s, 4, r->group, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 5, r->sex);
	sqlite3_bind_int64(s, 6, r->age);
}

/* By state alone, with its day. */
static void bare_sums(struct bare *b, const struct sheet_row *r, int64_t unit, int64_t state)
{
	for (int i = SUM; i <= SUM_DAY; i++) {
		sqlite3_bind_int64(b->s[i], 1, state == 2 ? -r->total : r->total);
		sqlite3_bind_int64(b->s[i], 2, b->f->round);
		sqlite3_bind_int64(b->s[i], 3, unit);
		sqlite3_bind_int64(b->s[i], 4, state);
		sqlite3_bind_int64(b->s[i], 5, state == 2 ? -1 : 1);
		step(b->s[i]);
	}
}

static void bare_write(struct bare *b, const struct sheet_row *r)
{
	const int64_t units[] = { r->leaf, r->commune };

	sqlite3_bind_int64(b->s[SHEET], 1, 1795000000);
	sqlite3_bind_int64(b->s[SHEET], 2, r->person);
	sqlite3_bind_int64(b->s[SHEET], 3, b->f->round);
	sqlite3_bind_int64(b->s[SHEET], 4, r->version);
	step(b->s[SHEET]);
	sqlite3_bind_int64(b->s[STANDING], 2, r->person);
	sqlite3_bind_int64(b->s[STANDING], 3, b->f->round);
	step(b->s[STANDING]);
	for (int i = 0; i < 2; i++) {
		bind_cell(b, b->s[LESS], r, units[i]);
		step(b->s[LESS]);
		bind_cell(b, b->s[MORE], r, units[i]);
		step(b->s[MORE]);
		for (int state = 2; state <= 4; state += 2) {
			bind_cell(b, b->s[DAY], r, units[i]);
			sqlite3_bind_int64(b->s[DAY], 7, state);
			step(b->s[DAY]);
			bare_sums(b, r, units[i], state);
		}
		sqlite3_bind_int64(b->s[STAMP], 1, b->f->round);
		sqlite3_bind_int64(b->s[STAMP], 2, units[i]);
		step(b->s[STAMP]);
	}
	sqlite3_bind_int64(b->s[AUDIT], 1, r->person);
	sqlite3_bind_int64(b->s[AUDIT], 2, ((int64_t)29 << 43) + (1LL << 40) + atomic_fetch_add(&b->audit, 1));
	sqlite3_bind_int64(b->s[AUDIT], 3, 1795000000);
	sqlite3_bind_int64(b->s[AUDIT], 4, b->f->round);
	sqlite3_bind_int64(b->s[AUDIT], 5, r->version + 1);
	sqlite3_bind_int64(b->s[AUDIT], 6, r->leaf);
	step(b->s[AUDIT]);
	sqlite3_bind_int64(b->s[ANSWER], 1, 1795000000);
	step(b->s[ANSWER]);
}

static void *bare_writer(void *arg)
{
	struct bare *b = arg;

	for (;;) {
		struct waiting *batch[64];
		int n = 0;

		pthread_mutex_lock(&b->lock);
		while (!b->first && !b->stop)
			pthread_cond_wait(&b->more, &b->lock);
		while (b->first && n < 64) {
			batch[n++] = b->first;
			b->first = b->first->next;
		}
		if (!b->first)
			b->last = NULL;
		pthread_mutex_unlock(&b->lock);
		if (!n)
			return NULL;
		step(b->s[BEGIN]);
		for (int i = 0; i < n; i++)
			bare_write(b, &b->f->rows[batch[i]->row]);
		step(b->s[COMMIT]);
		for (int i = 0; i < n; i++) {
			batch[i]->done = true;
			MHD_resume_connection(batch[i]->connection);
		}
	}
}

static enum MHD_Result bare_answer(struct MHD_Connection *connection)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
	enum MHD_Result queued;

	MHD_add_response_header(r, "Location", "/phieu/1/2026");
	queued = MHD_queue_response(connection, 303, r);
	MHD_destroy_response(r);
	return queued;
}

/* The row is found by the person in the path, as a server would. */
static size_t row_of(const struct sheets *f, const char *url)
{
	int64_t person = strtoll(url + strlen("/phieu/"), NULL, 10);
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (f->rows[middle].person < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum MHD_Result bare_handle(void *arg, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
	const char *data, size_t *size, void **state)
{
	struct bare *b = arg;
	struct waiting *w = *state;

	(void)method; (void)version; (void)data;
	if (!w) {
		w = calloc(1, sizeof *w);
		must(w != NULL, "memory");
		*w = (struct waiting){ .connection = connection, .row = row_of(b->f, url) };
		*state = w;
		return MHD_YES;
	}
	if (*size) {
		*size = 0;
		return MHD_YES;
	}
	if (w->done)
		return bare_answer(connection);
	MHD_suspend_connection(connection);
	pthread_mutex_lock(&b->lock);
	if (b->last)
		b->last->next = w;
	else
		b->first = w;
	b->last = w;
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
	return MHD_YES;
}

static void bare_completed(void *arg, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
	(void)arg; (void)connection; (void)code;
	free(*state);
	*state = NULL;
}

static double measure_bare(const char *path, const struct sheets *f, int connections)
{
	struct bare b = { .f = f, .lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER };
	struct MHD_Daemon *daemon;
	pthread_t writer;
	double rate;

	must(sqlite3_open(path, &b.db) == SQLITE_OK, "open");
	sqlite3_exec(b.db, "PRAGMA synchronous = full; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456; PRAGMA wal_autocheckpoint = 4096", NULL, NULL, NULL);
	for (size_t i = 0; i < COUNT(bare_sql); i++)
		must(sqlite3_prepare_v2(b.db, bare_sql[i], -1, &b.s[i], NULL) == SQLITE_OK, sqlite3_errmsg(b.db));
	must(pthread_create(&writer, NULL, bare_writer, &b) == 0, "thread");
	daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL, bare_handle, &b,
		MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_NOTIFY_COMPLETED, bare_completed, NULL, MHD_OPTION_END);
	must(daemon != NULL, "bare server");
	rate = measure("bare loop, the same rows", f, MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port, connections);
	pthread_mutex_lock(&b.lock);
	b.stop = true;
	pthread_cond_signal(&b.more);
	pthread_mutex_unlock(&b.lock);
	pthread_join(writer, NULL);
	MHD_stop_daemon(daemon);
	for (size_t i = 0; i < COUNT(bare_sql); i++)
		sqlite3_finalize(b.s[i]);
	sqlite3_close(b.db);
	return rate;
}

/* ---- ours ---- */

static double measure_hoctap(struct app *app, const struct sheets *f, int connections)
{
	struct route_table *tables = ARENA_ARRAY(app->arena, struct route_table, route_tables_n);
	struct server_counts counts;
	struct server *server;
	struct gate gate;
	double rate;

	for (size_t i = 0; i < route_tables_n; i++)
		tables[i] = *route_tables[i];
	gate_init(&gate, app);
	server = server_new(&(struct server_config){ .address = "127.0.0.1", .listen_fd = -1, .tables = tables, .n_tables = route_tables_n,
		.gate = &gate, .spool_dir = app->data_dir, .quiet = true });
	must(server != NULL && server_start(server) == OK, "server");
	rate = measure("hoctap", f, server_port(server), connections);
	server_counts(server, &counts);
	printf("%-28s %8.1f operations a commit\n", "", counts.batches ? (double)counts.writes / (double)counts.batches : 0.0);
	server_stop(server);
	server_free(server);
	return rate;
}

int main(int argc, char **argv)
{
	const char *people = argc > 1 ? argv[1] : "60000";
	int connections = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 64;
	char dir[] = "bench-data-XXXXXX", *program = NULL, *path = NULL, *copy = NULL, *command = NULL;
	struct app app = { 0 };
	struct sheets f = { 0 };
	struct db *db = NULL;
	double ours, bare, bare_processor;

	must(connections > 0 && connections <= SENDERS_MAX && mkdtemp(dir) != NULL, "a folder here");
	must(asprintf(&program, "%.*s/../hoctap", (int)(strrchr(argv[0], '/') ? strrchr(argv[0], '/') - argv[0] : 1), strrchr(argv[0], '/') ? argv[0] : ".") > 0 &&
		asprintf(&path, "%s/hoctap.db", dir) > 0 && asprintf(&copy, "%s/bare.db", dir) > 0, "memory");
	run((char *const[]){ program, (char *)"demo", (char *)"--data", dir, (char *)"--people", (char *)people, (char *)"--today", (char *)"2026-11-24", NULL });
	crypto_start();
	app.arena = arena_new(256 * MiB);
	app.data_dir = dir;
	app.db_url = arena_format(app.arena, "sqlite:%s", path);
	app.keys_dir = arena_format(app.arena, "%s/keys", dir);
	app.fixed_now = day_start("2026-11-24") + 12 * 3600;
	app.site = app.place = app.help = "";
	app.hooks = &app_hooks;
	app.criteria = criteria_cache_new();
	must(app_keys(&app) == OK && db_open(app.db_url, DB_WRITER, &db) == OK, "store");
	read_rows(path, &f);
	make_posts(&app, db, &f);
	db_close(db);
	must(asprintf(&command, "%s", copy) > 0, "memory");
	run((char *const[]){ (char *)"/bin/cp", path, copy, NULL });
	printf("%s people, %zu sheets, %d connections, %ld cores, one process, loopback, fsync of each commit\n", people, f.n, connections,
		sysconf(_SC_NPROCESSORS_ONLN));
	bare = measure_bare(copy, &f, connections);
	bare_processor = processor_each;
	ours = measure_hoctap(&app, &f, connections);
	printf("%-28s %8.2f of the bare loop (bar 0.50; 10,000/s); by processor time %.2f\n", "ratio", ours / bare,
		processor_each > 0 ? bare_processor / processor_each : 0.0);
	run((char *const[]){ (char *)"/bin/rm", (char *)"-r", dir, NULL });
	return 0;
}
