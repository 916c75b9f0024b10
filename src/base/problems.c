#include "base/problems.h"

#include <string.h>

void problem(struct problems *p, const char *field, const char *text)
{
	struct problem *new = ARENA_NEW(p->arena, struct problem);

	new->field = arena_text(p->arena, field);
	new->text = arena_text(p->arena, text);
	if (p->last)
		p->last->next = new;
	else
		p->first = new;
	p->last = new;
	p->n++;
}

const char *problem_of(const struct problems *p, const char *field)
{
	for (const struct problem *at = p->first; at; at = at->next)
		if (!strcmp(at->field, field))
			return at->text;
	return "";
}
