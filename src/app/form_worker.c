#include "app/form_worker.h"

#include <stdlib.h>

#include "document/form.h"
#include "sandbox/worker.h"

enum { ROOM = 400 << 20 };       /* under the cage's limit of addresses; a file that wants more ends the worker, and is refused */

static void read_form(struct worker *w, const struct worker_job *job)
{
	struct arena *arena = arena_new(ROOM);
	struct buf out = BUF(arena, .max = FORM_TAKEN_MAX + MiB);
	struct bytes answer;

	form_read(arena, job->input, &out);
	answer = buf_bytes(&out);
	worker_end(w, &answer, 1);
	arena_free(arena);
}

static int by_byte(const void *a, const void *b)
{
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

int form_worker_main(int fd)
{
	unsigned char many[4096] = { 1 };

	/* glibc's qsort asks once how much memory the machine has (sysinfo), for more than 1,024 bytes: before the cage
	 * forbids it. */
	qsort(many, sizeof many, 1, by_byte);
	worker_run(fd, read_form, 0);
}
