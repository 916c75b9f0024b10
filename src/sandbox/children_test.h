/* children_test.h: this same test program again, as a child. libvips must not run in the process that starts others, and
 * what a locked process may do is seen only from inside one; main() sends "--…" arguments to sandbox_test_child. */
#ifndef SANDBOX_CHILDREN_TEST_H
#define SANDBOX_CHILDREN_TEST_H

#include "base/arena.h"
#include "base/bytes.h"
#include "sandbox/client.h"

#define BYTES(text) ((struct bytes){ (text), sizeof(text) - 1 })

/* ThreadSanitizer does not see into GLib's own locks: its build tests the client with the mock worker, and leaves libvips out. */
#if defined(__SANITIZE_THREAD__)
#define WITHOUT_LIBVIPS 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WITHOUT_LIBVIPS 1
#endif
#endif
#ifndef WITHOUT_LIBVIPS
#define WITHOUT_LIBVIPS 0
#endif

/* --image-worker        the worker that its program's name asks for: mock, unlocked, mute, or else the real one
 * --cage-probe LOCK P   tries P (below) under LOCK (none, landlock, seccomp, all); exits with 0 (success), errno or CAGE_TRAPPED
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

/* For the tests. A child of ours runs to its end: its exit status, or 128 + signal; output may be NULL. */
int child_run(struct arena *, const char *const *arguments, struct bytes input, struct bytes *output);
struct bytes fixture(struct arena *, const char *name);
const char *look(struct arena *, struct bytes jpeg);
struct sandbox *real_sandbox(struct sandbox_config);     /* skips the test where libvips cannot run */
struct image_result image_of(struct sandbox *, struct arena *, struct bytes file);

#endif
