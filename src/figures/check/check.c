#include "figures/check/check.h"

#include <stdarg.h>

#include "figures/check/check_parts.h"

void check_begin(struct checking *c, const char *name, const char *what)
{
	BUG_ON(c->report->n == CHECKS_MAX);
	c->at = &c->report->at[c->report->n++];
	*c->at = (struct check){ .name = name, .what = what };
}

void check_fault(struct checking *c, const char *format, ...)
{
	va_list args;

	c->at->wrong++;
	if (c->at->n_faults == CHECK_FAULTS)
		return;
	va_start(args, format);
	c->at->faults[c->at->n_faults++] = arena_vformat(c->ask->arena, format, args);
	va_end(args);
}

int64_t check_wrong(const struct check_report *report)
{
	int64_t wrong = 0;

	for (size_t i = 0; i < report->n; i++)
		wrong += report->at[i].wrong;
	return wrong;
}

OUTCOME check_all(struct ask *ask, bool deep, struct check_report *out)
{
	struct checking c = { .ask = ask, .report = out };

	*out = (struct check_report){ 0 };
	TRY(check_units(&c));
	TRY(check_standing(&c));
	TRY(check_counters(&c));
	TRY(check_days(&c));
	TRY(check_trail(&c));
	TRY(check_certificates(&c));
	if (ask->packs)
		TRY(check_columns(&c));
	return ask->files ? check_files(&c, deep) : OK;
}
