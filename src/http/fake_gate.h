/* fake_gate.h: a house of cards for http/'s tests: one number as its store, cookie "s" as its session.
 * s=7 is account 7, s=9 the one with every permission, s=e7 an ended session of account 7. */
#ifndef HTTP_FAKE_GATE_H
#define HTTP_FAKE_GATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/server.h"

enum { FAKE_PUBLIC, FAKE_SIGNED_IN, FAKE_CHIEF };
enum { FAKE_TOKENS = 4096 };

struct fake_token { char token[130]; unsigned char hash[32]; const char *location; int64_t account; };

struct fake {
	pthread_mutex_t lock;            /* around value, tokens, kept */
	int64_t value;                   /* committed */
	struct fake_token tokens[FAKE_TOKENS];
	size_t n_tokens;
	char kept[256];
	atomic_int seen, used, opened, closed, begun, commits, enters;
	atomic_int fail_commit, fail_step_end;   /* the next n fail */
	atomic_int lose_read, lose_commit, lose_begin;   /* the next n are ended by the world: again; the next n do not begin */
	atomic_bool always_late;         /* every read on the loop is abandoned */
	atomic_bool slow_enter;          /* asking who is there waits as handlers do (fake_hold) */
	_Atomic int64_t cut_before;
	pthread_cond_t released;
	bool held;                       /* handlers that ask wait until the test releases them */
};

struct db {
	struct fake *fake;
	bool writer, late, again, whole, spoiled;
	int64_t value, step_value;
	size_t n_tokens, step_tokens;
};

struct gate fake_gate(struct fake *);
struct fake *fake_new(void);
void fake_free(struct fake *);
void fake_hold(struct fake *, bool held);
void fake_wait(struct fake *);           /* in a handler */

#endif
