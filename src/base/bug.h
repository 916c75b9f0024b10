/* bug.h: our own mistakes abort, also in production: systemd restarts, open transactions roll back. */
#ifndef BASE_BUG_H
#define BASE_BUG_H

_Noreturn void bug_found(const char *file, int line, const char *what);

#define BUG_ON(condition) \
	do { \
		if (__builtin_expect(!!(condition), 0)) \
			bug_found(__FILE__, __LINE__, #condition); \
	} while (0)

#endif
