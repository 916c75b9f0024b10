/* problems.h: what is wrong with a person's input, all at once. Each names the field it belongs to ("" = the whole form).
 * A text has what is wrong and what to do, in Vietnamese (a feature's X_messages.c, or a form's own checks). */
#ifndef BASE_PROBLEMS_H
#define BASE_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct problem {
	const char *field;      /* name in the form; "" for the whole */
	const char *text;
	struct problem *next;
};

struct problems {
	struct arena *arena;
	struct problem *first, *last;
	size_t n;
};

#define PROBLEMS(a) ((struct problems){ .arena = (a) })

void problem(struct problems *, const char *field, const char *text);       /* both are copied */
static inline bool problems_none(const struct problems *p) { return p->n == 0; }
const char *problem_of(const struct problems *, const char *field);         /* the first of that field, or "" */

#endif
