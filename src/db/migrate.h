/* migrate.h: the store's shape. Migrations are numbered, forward only, one text for both engines, part of the binary. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

struct migration { int number; const char *name, *sql; };
extern const struct migration migrations[];              /* generated from migrations/, ended by number 0 */

int migrations_newest(void);
enum { MIGRATION_UNFINISHED = 1000000 };
/* 0: an empty store; MIGRATION_UNFINISHED: a copy into it was begun and not ended. Reads only. */
OUTCOME migrate_version(struct db *, int *out);
OUTCOME migrate_mark(struct db *, bool unfinished);
/* Brings the store to the newest version, each migration in its own transaction. */
OUTCOME migrate(struct db *);
/* The text of one migration for an engine: words replaced as docs/decisions/0001 says. */
const char *migrate_text(struct arena *, const char *sql, const char *engine);

#endif
