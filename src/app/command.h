/* command.h: the command line (a contract: design.md 6). Each command declares what it takes; anything else is wrong usage.
 * Exit 0 done, 1 refused with a reason on stderr, 2 wrong usage. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/app.h"

enum { EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, ARGUMENTS = 8, OPTIONS = 16 };

struct arguments {
	const char *at[ARGUMENTS];               /* without the command's own words */
	size_t n;
	struct { const char *name, *value; } options[OPTIONS];
	size_t n_options;
};
const char *argument_option(const struct arguments *, const char *name);     /* "" when absent; "1" for a flag given */
/* The i-th time an option that may be repeated was given; "" past the last. */
const char *argument_option_at(const struct arguments *, const char *name, size_t i);
/* A whole number of an option; `or_else` when absent. False with a reason on stderr when it is none. */
bool argument_number(const struct arguments *, const char *name, int64_t min, int64_t max, int64_t or_else, int64_t *out);
/* An ISO day of an option; "" when absent. False with a reason when it is none. */
bool argument_day(const struct arguments *, const char *name, const char **out);

struct command {
	const char *words;                       /* "import units" */
	const char *takes;                       /* options: "from= until= json" (= takes a value) */
	int min, max;                            /* further arguments */
	const char *usage, *what;                /* "FILE --from DATE", what it does */
	int (*run)(struct app *, const struct arguments *);
};
extern const struct command commands[];          /* ended by words NULL */

int command_main(int argc, char **argv);

#endif
