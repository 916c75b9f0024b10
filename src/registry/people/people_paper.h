/* people_paper.h: the people of a hamlet, organisation or commune as a file, by name; streams. */
#ifndef REGISTRY_PEOPLE_PAPER_H
#define REGISTRY_PEOPLE_PAPER_H

#include "document/document.h"
#include "registry/people/people.h"
#include "registry/tree/tree.h"

struct document *people_paper(struct ask *ask, const struct unit *unit);

#endif
