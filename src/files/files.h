/* files.h: the evidence store: content-addressed files in a folder, or behind the same calls in S3 (s3.h).
 * A file is named by the BLAKE2b-256 of its bytes, kept once, never changed: DIR/ab/cdef….
 * Put is durable before it returns (file and folder fsynced; S3: acknowledged);
 * which rows refer to a file is the features' business.
 * All calls are safe from any thread and beside other processes on the same folder. */
#ifndef FILES_FILES_H
#define FILES_FILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "crypto/crypto.h"

struct files;

/* Makes the folder (not its parents), removes what a crash left half written. FAILED with the reason logged. */
OUTCOME files_open(const char *dir, struct files **out);
void files_close(struct files *);                                /* NULL is fine */
/* True: each call asks over the network and may take 30 s: never on the event loop, never inside a transaction. */
bool files_is_remote(const struct files *);
/* The same bytes again are a quick look, no write. FAILED on a full disk: nothing is half there. */
OUTCOME files_put(const struct files *, struct bytes, struct hash *name);
OUTCOME files_get(const struct files *, struct arena *, struct hash name, struct bytes *out);    /* the arena's; NOT_FOUND */
OUTCOME files_size(const struct files *, struct hash name, int64_t *out);                        /* NOT_FOUND; no content read */
OUTCOME files_check(const struct files *, struct arena *, struct hash name);     /* INVALID: content is not its name; NOT_FOUND */
/* One that is not there is OK: a removal may be run again. Not synced: a removal that a crash loses leaves a file too many. */
OUTCOME files_remove(const struct files *, struct hash name);

#endif
