/* log.h: one JSON line an event on stderr. Never personal data: ids and codes of statements, not values. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/arena.h"

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

/* Written at once. request_id may be "". `what` is a short constant ("db_step"), the rest says more. */
void log_line(enum log_level, const char *request_id, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Lines that come by the thousand (a request each) are gathered and written together, when 64 KiB are full or somebody
 * flushes: each has the moment at which it came. For several threads. Whoever has one flushes it every second or so, and
 * before the arena goes. */
struct log_gather;
struct log_gather *log_gather_new(struct arena *);
void log_gathered(struct log_gather *, enum log_level, const char *request_id, const char *what, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
void log_flush(struct log_gather *);

#endif
