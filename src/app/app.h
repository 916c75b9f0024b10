/* app.h: the installation as a process sees it: its folder, store, keys. Passed down; nothing of it is global. */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/ask.h"
#include "crypto/keyring.h"
#include "db/checkpoint.h"
#include "db/db.h"

/* serve: the longest a page, a file or a job waits for one statement (db_set_patience). */
enum { PATIENCE_SECONDS = 120 };

struct app {
	const char *data_dir, *db_url, *keys_dir;        /* "./data", "sqlite:data/hoctap.db", "data/keys" */
	const char *files_url;                           /* "data/files", "s3://bucket/…" */
	bool files_shared;                               /* it was named: other processes may use it too */
	struct keyring *keys;
	struct db_checkpoints *checkpoints;              /* serve on SQLite only */
	struct sandbox *sandbox;                         /* serve and imports only */
	struct packs *packs;                             /* DATA/columns; serve and figures only; NULL: none kept */
	struct files *files;                             /* at files_url; NULL where a command needs none */
	const struct hooks *hooks;                       /* app_hooks; NULL in tests of rules */
	struct crowd_cache *crowds;                      /* serve; NULL: read at each call */
	struct target_cache *targets;                    /* serve; NULL: parsed at each call */
	struct criteria_cache *criteria;                 /* serve and long commands; NULL: parsed at each call */
	const char *site, *place, *help;                 /* of the pages; read from the store at start */
	int64_t fixed_now;                               /* demo and tests: the time it is; 0: the clock */
	struct arena *arena;                             /* the process's */
	struct replica *replica;                         /* serve with --db-read; else NULL */
	bool behind_proxy;
};

int64_t app_now(const struct app *);
/* Opens the store for a command. It must be there and of this program's version: else a reason on stderr and FAILED. */
OUTCOME app_open(struct app *, enum db_mode, struct db **out);
/* Why db_open answered FAILED, on stderr: the file, or the server. */
void app_say_unreachable(struct app *);
OUTCOME app_keys(struct app *);
/* The evidence store at files_url into app->files (the caller's to close). S3 takes its keys from HOCTAP_S3_ID and
 * HOCTAP_S3_SECRET, or from KEYS/s3 (two lines: id, secret; readable by the owner alone). Reason on stderr. */
OUTCOME app_files(struct app *);
/* Packed columns kept beside the store, into app->packs (the caller's to close). A folder that cannot be used leaves it NULL. */
void app_packs(struct app *);
/* An ask of the installation itself (access_system), for commands. Problems are collected in the arena given. */
struct ask app_ask(struct app *, struct db *, struct arena *);
/* Problems on stderr, one a line. */
void app_print_problems(const struct problems *);
/* A whole file, at most `max` bytes, into the arena. Reason on stderr. */
OUTCOME app_read_file(struct arena *, const char *path, size_t max, struct bytes *out);

#endif
