#include "http/parts.h"

void exchange_finish(struct exchange *x)
{
	exchange_complete(x);
	listener_resume(x);
}

static struct queue *queue_of(struct exchange *x)
{
	return x->plan == PLAN_WRITE || x->plan == PLAN_KEEP ? &x->server->write : &x->server->work;
}

static enum queue_rank rank_of(const struct exchange *x)
{
	const struct gate *gate = x->server->config.gate;
	/* Where the store is remote nobody has asked it yet: who shows a session's cookie is believed for a place in the line. */
	bool is_signed_in = x->account || x->plan == PLAN_KEEP || (gate->remote && gate->has_session(&x->req));

	return is_signed_in ? QUEUE_SIGNED_IN : QUEUE_ANYONE;
}

bool exchange_can_pass(struct exchange *x)
{
	return !queue_is_full(queue_of(x), rank_of(x));
}

void exchange_pass(struct exchange *x)
{
	if (queue_push(queue_of(x), x, rank_of(x)))
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
	if (x->plan == PLAN_GREET && !stopped) {
		exchange_greet(x);
		if (x->plan == PLAN_ANSWERED)
			exchange_finish(x);
		else
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
