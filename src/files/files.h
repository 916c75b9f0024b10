/* files.h: the evidence store: content-addressed files in a folder (S3 later behind the same calls).
 * A file is named by the BLAKE2b-256 of its bytes, kept once, never changed: DIR/ab/cdef….
 * Put is durable before it returns (file and folder fsynced); which rows refer to a file is the features' business. */
#ifndef FILES_FILES_H
#define FILES_FILES_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/outcome.h"
#include "crypto/crypto.h"

struct files;

OUTCOME files_open(const char *dir, struct files **out);         /* makes the folder; FAILED with the reason logged */
void files_close(struct files *);
/* The same bytes again are a quick look, no write. FAILED on a full disk: nothing is half there. */
OUTCOME files_put(const struct files *, struct bytes, struct hash *name);
OUTCOME files_get(const struct files *, struct arena *, struct hash name, struct bytes *out);    /* mapped; NOT_FOUND */
OUTCOME files_size(const struct files *, struct hash name, int64_t *out);                        /* NOT_FOUND; no content read */
OUTCOME files_check(const struct files *, struct arena *, struct hash name);                     /* INVALID: content is not its name */
OUTCOME files_remove(const struct files *, struct hash name);

#endif
