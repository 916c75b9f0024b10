/* log.h: one JSON line an event on stderr. Never personal data: ids and codes of statements, not values. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

/* request_id may be "". `what` is a short constant ("db_step"), the rest says more. */
void log_line(enum log_level, const char *request_id, const char *what, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
