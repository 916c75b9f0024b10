/* spool.h: one received file on disk without a name: nothing is left behind whatever happens. Owned by the arena. */
#ifndef HTTP_SPOOL_H
#define HTTP_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct spool_file;

struct spool_file *spool_open(struct arena *, const char *dir);          /* NULL: no room, logged */
bool spool_write(struct spool_file *, const void *data, size_t len);     /* false: no room, logged */
void spool_drop(struct spool_file *);                                    /* gives the disk space back at once */
/* Maps what was written, read-only, until the arena is released. ptr NULL when it could not be mapped. */
struct bytes spool_map(struct spool_file *);

#endif
