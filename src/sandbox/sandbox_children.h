/* sandbox_children.h: this same test program again, as a child. libvips must not run in the process that starts others, and what a
 * locked process may do is seen only from inside one; main() sends "--…" arguments to sandbox_test_child. */
#ifndef SANDBOX_SANDBOX_CHILDREN_H
#define SANDBOX_SANDBOX_CHILDREN_H

#include "base/bytes.h"

#define BYTES(text) ((struct bytes){ (text), sizeof(text) - 1 })

/* --image-worker        the worker that its program's name asks for: mock, unlocked, mute, or else the real one
 * --cage-probe LOCK P   tries P (below) under LOCK (none, landlock, seccomp, all); exit status: 0 it succeeded, errno, or CAGE_TRAPPED
 * --fixture NAME        writes a picture to stdout
 * --look                describes the JPEG on stdin */
int sandbox_test_child(char **argv);

enum probe_end { PROBE_SUCCEEDS, PROBE_TRAPPED, PROBE_REFUSED, PROBE_NO_MEMORY };

struct probe {
	const char *name;
	int (*run)(void);
	enum probe_end end;      /* under all locks */
};
extern const struct probe sandbox_probes[];
extern const size_t sandbox_n_probes;

#endif
