/* replica.h: reading from a server that follows the one where all is written (--db-read), without anybody missing what they
 * wrote.
 *
 * A thread asks both five times a second how far they are (db_position) and remembers up to which moment the replica is known to
 * have everything. A read may go there when
 * - that moment is at most 2 seconds ago for who is signed in (what others did, roles and locks), 30 for who is not, and
 * - it has come as far as the store was when this browser last wrote: a cookie carries that for a minute, longer than either
 *   bound.
 * It is asked again of the connection itself, once its moment is fixed. Everything else is read where it is written, and so is
 * all when the replica is away, is another server than the one asked, or holds another store. */
#ifndef APP_REPLICA_H
#define APP_REPLICA_H

#include "app/app.h"
#include "http/request.h"

struct replica;

/* Never waits for either server. The answer is valid until replica_free. */
struct replica *replica_new(struct app *, const char *url);
void replica_free(struct replica *);                             /* NULL is fine */
const char *replica_url(const struct replica *);
/* db: a connection to it in whose transaction the request would be read; NULL: is it worth opening one? */
bool replica_may(struct replica *, const struct request *, struct db *);
/* The request's answer will tell of something written: its browser reads it from now on. position < 0: not known how far. */
void replica_wrote(struct request *, int64_t position);

#endif
