/* `hoctap serve`: one process, one store. A second on the same folder is refused by a lock file. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/gate.h"
#include "app/jobs.h"
#include "app/replica.h"
#include "app/routes.h"
#include "figures/reports/crowds.h"
#include "figures/targets/targets.h"
#include "files/files.h"
#include "files/packs.h"
#include "http/server.h"
#include "registry/tree/tree.h"
#include "sandbox/client.h"
#include "text/parse.h"
#include "title/criteria/criteria.h"
#include "web_files.h"

enum { PORT_DEFAULT = 8080, LISTEN_FD = 3, REMOTE_WORKERS = 8, HOLD_TRIES = 20, HOLD_PAUSE_US = 100000 };

static bool read_listen(struct app *app, const char *text, struct server_config *config)
{
	const char *colon = strrchr(text, ':');
	int64_t port;

	config->address = "127.0.0.1";
	config->port = PORT_DEFAULT;
	if (!*text)
		return true;
	if (!colon || !text_to_int(colon + 1, 0, 65535, &port)) {
		fprintf(stderr, "--listen: cần dạng ĐỊA_CHỈ:CỔNG, ví dụ 127.0.0.1:8080.\n");
		return false;
	}
	config->address = arena_textn(app->arena, text, (size_t)(colon - text));
	config->port = (int)port;
	return true;
}

static int lock_folder(struct app *app)
{
	int fd = open(arena_format(app->arena, "%s/lock", app->data_dir), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB))
		return fd;
	fprintf(stderr, fd < 0 ? "Không ghi được vào thư mục %s.\n" : "Thư mục %s đang có một hoctap serve khác dùng. Dừng tiến trình đó trước.\n",
		app->data_dir);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Several may serve a store on PostgreSQL when the evidence store is named, and so common to them. One that was just killed is
 * given a moment to be gone. */
static bool may_serve(struct app *app, struct db *db)
{
	enum outcome held = db_hold(db, DB_WORD_SERVE, app->files_shared);

	for (int i = 0; held == CONFLICT && i < HOLD_TRIES; i++) {
		usleep(HOLD_PAUSE_US);
		held = db_hold(db, DB_WORD_SERVE, app->files_shared);
	}
	if (held == CONFLICT)
		fputs("Một hoctap serve khác đang dùng cơ sở dữ liệu này. Muốn nhiều tiến trình cùng phục vụ thì mọi tiến trình"
			" phải chung một kho tệp và ghi rõ: --files s3://… hoặc --files THƯ_MỤC_CHUNG.\n", stderr);
	return held == OK;
}

/* A listening socket from systemd (sd_listen_fds(3)): it stays open while one hoctap stops and the next starts, so that who comes
 * meanwhile waits a moment instead of being turned away. -1: none, we open our own. */
static int handed_socket(void)
{
	const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");
	int64_t whose;

	if (!pid || !n || !text_to_int(pid, 1, INT32_MAX, &whose) || whose != getpid() || strcmp(n, "1") != 0)
		return -1;
	fcntl(LISTEN_FD, F_SETFD, FD_CLOEXEC);
	return LISTEN_FD;
}

/* "tỉnh Tây Ninh" and whom to ask, as set up; they do not change while serving. */
static void read_names(struct app *app, struct db *db)
{
	struct ask ask = app_ask(app, db, app->arena);
	const char *name;

	app->site = "học tập";
	app->place = "Việt Nam";
	app->help = "Cần giúp, hỏi chi hội khuyến học nơi bạn ở.";
	if (setting_get(&ask, "site", &name) == OK)
		app->site = name;
	if (setting_get(&ask, "place", &name) == OK)
		app->place = name;
	if (setting_get(&ask, "help", &name) == OK)
		app->help = name;
}

/* Only a PostgreSQL follows another. */
static bool is_followed(const struct app *app, const char *replica)
{
	if (!*replica || (db_url_is_remote(replica) && db_url_is_remote(app->db_url)))
		return true;
	fputs("--db-read: chỉ dùng với --db postgresql://…, và cũng là một địa chỉ postgresql://….\n", stderr);
	return false;
}

static int wait_and_stop(struct app *app, struct server *server, const char *address, struct db *db)
{
	struct jobs_thread *jobs;
	sigset_t stop;
	int signal;

	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	/* threads come after the mask: no signal ends up in one of them */
	if (db_checkpoints_start(app->db_url, NULL, &app->checkpoints) != OK || server_start(server) != OK) {
		db_close(db);
		return EXIT_REFUSED;
	}
	printf("http://%s:%d\n", address, server_port(server));
	fflush(stdout);
	jobs = jobs_thread_start(app, db);
	sigwait(&stop, &signal);
	jobs_thread_stop(jobs);
	server_stop(server);
	return EXIT_DONE;
}

int serve_run(struct app *app, const struct arguments *args)
{
	struct server_config config = { .listen_fd = handed_socket(), .behind_proxy = *argument_option(args, "behind-proxy") != '\0',
		.files = web_files, .n_files = web_files_n };
	struct route_table *tables = ARENA_ARRAY(app->arena, struct route_table, route_tables_n);
	struct server *server;
	struct gate gate;
	struct db *db;
	const char *replica = argument_option(args, "db-read");
	int lock, code = EXIT_REFUSED;

	if (!read_listen(app, argument_option(args, "listen"), &config) || !is_followed(app, replica))
		return EXIT_USAGE;
	if (app_open(app, DB_WRITER, &db) != OK)
		return EXIT_REFUSED;
	read_names(app, db);
	lock = lock_folder(app);
	if (lock < 0 || !may_serve(app, db) || app_keys(app) != OK || app_files(app) != OK) {
		db_close(db);
		return EXIT_REFUSED;
	}
	signal(SIGPIPE, SIG_IGN);
	app->sandbox = sandbox_new(&(struct sandbox_config){ 0 });
	app->criteria = criteria_cache_new();
	app_packs(app);
	app->crowds = crowd_cache_new();
	app->targets = target_cache_new();
	app->behind_proxy = config.behind_proxy;
	if (*replica)
		app->replica = replica_new(app, replica);
	gate_init(&gate, app);
	for (size_t i = 0; i < route_tables_n; i++)
		tables[i] = *route_tables[i];
	config.tables = tables;
	config.n_tables = route_tables_n;
	config.gate = &gate;
	config.workers = gate.remote ? REMOTE_WORKERS : 0;      /* they wait for the server more than they work */
	config.spool_dir = arena_format(app->arena, "%s/spool", app->data_dir);
	mkdir(config.spool_dir, 0700);
	server = server_new(&config);
	if (server) {
		code = wait_and_stop(app, server, config.address, db);
		server_free(server);
	} else {
		db_close(db);
	}
	db_checkpoints_stop(app->checkpoints);
	replica_free(app->replica);
	sandbox_free(app->sandbox);
	criteria_cache_free(app->criteria);
	packs_close(app->packs);
	crowd_cache_free(app->crowds);
	target_cache_free(app->targets);
	files_close(app->files);
	close(lock);
	return code;
}
