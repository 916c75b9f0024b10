/* demo.h: a believable, made-up province on real communes. Deterministic: the same seed, number of people and day give the same
 * ids, dates and figures on both engines. Every person is invented; numbers have the right structure and serials of 9xxxxx.
 *
 * It writes rows in bulk, past the features' operations, which would take an hour for 2.4 million people; what those operations
 * promise (one audit row a version, counters equal to a recount, books without gaps) holds here too, and `hoctap check` says so. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/command.h"

/* `bench load`, on a demo that is served: exit 1 when any answer was not what it should be. */
int load_run(struct app *, const struct arguments *);
int demo_run(struct app *, const struct arguments *);

#endif
