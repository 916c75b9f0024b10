/* packs.h: bytes made from the store and kept beside it, mapped: what costs a long read to make and little to use (packed
 * columns). A pack is found by a key of two numbers and a stamp; another stamp of the same key takes its place. Nothing here is
 * the source of anything: a pack that is lost, torn or of another program's making is simply not found, and made again.
 *
 * Safe from any thread, and beside other processes on the same folder. A pack taken stays readable until it is left, also when a
 * newer one came meanwhile. */
#ifndef FILES_PACKS_H
#define FILES_PACKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/outcome.h"

struct packs;
struct pack_held;
struct pack { struct bytes content; struct pack_held *held; };   /* content is aligned to 64 bytes */
struct pack_key { int64_t a, b; };

/* dir "": in memory only, for one process. Else the folder is made (not its parents). FAILED with the reason logged. */
OUTCOME packs_open(const char *dir, struct packs **out);
void packs_close(struct packs *);                                /* NULL is fine; every pack has been left */
/* True: *out is held until packs_leave. */
bool packs_take(struct packs *, struct pack_key, int64_t stamp, struct pack *out);
/* Keeps a copy and takes it. A folder that cannot be written is logged and costs only the next start. FAILED: no memory. */
OUTCOME packs_put(struct packs *, struct pack_key, int64_t stamp, struct bytes content, struct pack *out);
void packs_leave(struct packs *, struct pack *);

#endif
