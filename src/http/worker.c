#include "http/parts.h"

void exchange_finish(struct exchange *x)
{
	exchange_complete(x);
	listener_resume(x);
}

void exchange_pass(struct exchange *x)
{
	struct server *s = x->server;
	bool is_write = x->plan == PLAN_WRITE || x->plan == PLAN_KEEP;
	enum queue_rank rank = x->account || x->plan == PLAN_KEEP ? QUEUE_SIGNED_IN : QUEUE_ANYONE;

	if (queue_push(is_write ? &s->write : &s->work, x, rank))
		return;
	exchange_error(x, HTTP_UNAVAILABLE, NULL);
	exchange_finish(x);
}

static void work(struct exchange *x, bool stopped)
{
	if (x->sending) {
		if (stopped)
			x->stream->failed = true;
		else
			stream_fill(x);
		listener_resume(x);
		return;
	}
	if (stopped)             /* the grace of server_stop is over */
		exchange_error(x, HTTP_UNAVAILABLE, NULL);
	else
		frame_run(x, false);
	if (x->plan == PLAN_ANSWERED)
		exchange_finish(x);
	else
		exchange_pass(x);
}

void *worker_main(void *server)
{
	struct server *s = server;

	for (;;) {
		struct exchange *x = queue_pop(&s->work, -1);

		if (!x)
			return NULL;
		work(x, queue_is_stopped(&s->work));
	}
}
