/* units_paper.h: lists of units as files. */
#ifndef REGISTRY_UNITS_PAPER_H
#define REGISTRY_UNITS_PAPER_H

#include "document/document.h"
#include "registry/units/units.h"

/* The units directly below `unit` on a day, in order of name, with their branch. Rendered once; rows stream. */
struct document *units_paper(struct ask *ask, const struct unit *unit, const char *day);

#endif
