/* wire.h: what the client and a worker say to each other over one stream socket. Both are the same binary, so structs go as they
 * are; the client still believes no length (client.c).
 *
 *	worker → client   frame HELLO + wire_hello, once, when locked
 *	client → worker   wire_job with one or two descriptors (SCM_RIGHTS): the input, a file to spill to
 *	worker → client   any number of frames PIECE + bytes, then one frame END + bytes: the answer */
#ifndef SANDBOX_WIRE_H
#define SANDBOX_WIRE_H

#include <stdint.h>

#include "base/bytes.h"

#define WIRE_PIECE_MAX (64 * KiB)

enum wire_type { WIRE_HELLO = 1, WIRE_PIECE, WIRE_END };

struct wire_frame {
	uint32_t type, len;
};

struct wire_hello {
	int32_t landlock;
	uint32_t seccomp;
};

struct wire_job {
	uint32_t kind, seconds, spills;
};

/* The answer of the image worker: this, then `clean` and `thumb` bytes. */
struct wire_image {
	uint32_t kind;
	int32_t width, height;
	uint32_t clean, thumb;
};

#endif
