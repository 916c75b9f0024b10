/* cage.h: what a worker may still do once it is locked: compute, take memory, start threads, talk over the descriptors it holds.
 *
 * Four locks, each good when another fails: resource limits; no_new_privs; Landlock with nothing allowed (no file may be
 * opened, no TCP port used, no outside process signalled: as far as this kernel's ABI goes); a seccomp list of system calls.
 * What libraries try out of habit (open, ioctl, sched_*, executable memory) gets an error; what they have no business with ends
 * the process: a line on stderr says which call, and the exit status is CAGE_TRAPPED.
 *
 * Lock before the first byte is read and before threads exist: Landlock binds the calling thread and its later children (seccomp
 * binds all threads). Nothing unlocks. */
#ifndef SANDBOX_CAGE_H
#define SANDBOX_CAGE_H

#include <stdbool.h>
#include <stddef.h>

enum { CAGE_TRAPPED = 99 };

/* Sanitizers reserve terabytes of addresses: their builds lift this one of all limits, RLIMIT_AS, and nothing else. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAGE_LIFTS_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CAGE_LIFTS_MEMORY 1
#endif
#endif
#ifndef CAGE_LIFTS_MEMORY
#define CAGE_LIFTS_MEMORY 0
#endif

struct cage_state {
	int landlock;    /* ABI in force; 0: this kernel has none, seccomp stands alone */
	bool seccomp;    /* false: not locked, nothing may be read */
};

/* All four, once a process. spill_max: bytes a file may have that it writes (one it was passed; it can open none). */
struct cage_state cage_lock(size_t spill_max);

/* The parts, so that a test can tell which one holds. no_new_privs must be set before either of the last two. */
void cage_limits(size_t spill_max);
void cage_no_new_privs(void);
int cage_landlock(void);         /* the ABI, 0 when absent */
bool cage_seccomp(void);

#endif
