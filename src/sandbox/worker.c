#include "sandbox/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/bug.h"
#include "sandbox/cage.h"
#include "sandbox/wire.h"

enum { PARTS = 4 };

struct worker {
	int fd;
	bool ended;
};

/* Sends all of it, or ends the process: without the client there is nobody to work for. */
static void send_all(int fd, struct iovec *at, size_t n)
{
	while (n) {
		struct msghdr message = { .msg_iov = at, .msg_iovlen = n };
		ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			_exit(0);
		for (; n && (size_t)sent >= at->iov_len; at++, n--)
			sent -= (ssize_t)at->iov_len;
		if (n) {
			at->iov_base = (char *)at->iov_base + sent;
			at->iov_len -= (size_t)sent;
		}
	}
}

static void send_frame(struct worker *w, enum wire_type type, const struct bytes *parts, size_t n)
{
	struct wire_frame frame = { .type = type };
	struct iovec at[PARTS + 1] = { { &frame, sizeof frame } };
	size_t len = 0;

	BUG_ON(n > PARTS || w->ended);
	for (size_t i = 0; i < n; i++) {
		at[i + 1] = (struct iovec){ (void *)(uintptr_t)parts[i].ptr, parts[i].len };
		len += parts[i].len;
	}
	BUG_ON(len > UINT32_MAX);
	frame.len = (uint32_t)len;
	send_all(w->fd, at, n + 1);
}

void worker_piece(struct worker *w, struct bytes piece)
{
	BUG_ON(piece.len > WIRE_PIECE_MAX);
	send_frame(w, WIRE_PIECE, &piece, 1);
}

void worker_end(struct worker *w, const struct bytes *parts, size_t n)
{
	send_frame(w, WIRE_END, parts, n);
	w->ended = true;
}

/* The next job and its descriptors, or the end of the process when the client is gone. */
static void receive(int fd, struct wire_job *job, int files[2])
{
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct iovec at = { job, sizeof *job };
	struct msghdr message = { .msg_iov = &at, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	struct cmsghdr *c;
	size_t size;
	ssize_t got;

	do
		got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
	while (got < 0 && errno == EINTR);
	if (got != (ssize_t)sizeof *job)
		_exit(0);
	c = CMSG_FIRSTHDR(&message);
	size = sizeof *files * (job->spills ? 2 : 1);
	BUG_ON(!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(size));
	files[1] = -1;
	memcpy(files, CMSG_DATA(c), size);
}

static void serve(struct worker *w, worker_read *read)
{
	struct wire_job wire;
	struct worker_job job;
	off_t size;
	void *map;
	int files[2], fd;

	receive(w->fd, &wire, files);
	fd = files[0];
	job = (struct worker_job){ .kind = wire.kind, .fd = fd, .spill = files[1] };
	size = lseek(fd, 0, SEEK_END);
	map = size > 0 ? mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
	BUG_ON(size < 0 || (size > 0 && map == MAP_FAILED) || lseek(fd, 0, SEEK_SET) != 0);
	job.input = size > 0 ? (struct bytes){ map, (size_t)size } : (struct bytes){ "", 0 };
	w->ended = false;
	/* The client kills by the wall clock. Should it be gone, the alarm does: an orphan must not spin. */
	alarm(wire.seconds + 2);
	read(w, &job);
	alarm(0);
	BUG_ON(!w->ended);
	if (size > 0)
		munmap(map, (size_t)size);
	close(fd);
	if (files[1] >= 0)
		close(files[1]);
}

void worker_run(int fd, worker_read *read, size_t spill_max)
{
	struct worker w = { .fd = fd };
	struct cage_state cage;
	struct wire_hello hello;
	struct bytes part = { &hello, sizeof hello };

	/* A stop reaches the whole control group, but the server still answers what is under way: we go when it hangs up. */
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	cage = cage_lock(spill_max);
	hello = (struct wire_hello){ cage.landlock, cage.seccomp };
	send_frame(&w, WIRE_HELLO, &part, 1);
	if (!cage.seccomp)
		_exit(1);
	for (;;)
		serve(&w, read);
}
