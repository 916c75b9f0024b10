/* worker.h: the other side of client.h, the same for every reader. A worker program is a main that prepares its libraries and
 * then calls worker_run with the function that reads one file:
 *
 *	int image_worker_main(int fd) { …; worker_run(fd, image_read, 0); }
 *
 * src/app/main.c calls it when argv[1] says so, before anything else: no thread, no open file, no configuration. */
#ifndef SANDBOX_WORKER_H
#define SANDBOX_WORKER_H

#include "base/bytes.h"

enum { SANDBOX_WORKER_FD = 3 };          /* where the client puts the socket */

int image_worker_main(int fd);           /* --image-worker */
int sheet_worker_main(int fd);           /* --sheet-worker */

struct worker;

struct worker_job {
	unsigned kind;                   /* enum sandbox_kind */
	struct bytes input;              /* mapped, read-only */
	int fd;                          /* the same as a descriptor, at its first byte, for libraries that want one */
	int spill;                       /* an empty file to write to and read from; -1: none */
};

/* Reads one file and answers with worker_end, exactly once. */
typedef void worker_read(struct worker *, const struct worker_job *);

/* Locks the process, says hello, serves until the client hangs up, ends the process (0; 1 when it cannot be locked). */
_Noreturn void worker_run(int fd, worker_read *, size_t spill_max);      /* bytes it may write to a spill file; 0: none */

void worker_piece(struct worker *, struct bytes);                        /* at most WIRE_PIECE_MAX bytes */
void worker_end(struct worker *, const struct bytes *parts, size_t n);   /* the answer, as up to 4 parts one after the other */

#endif
