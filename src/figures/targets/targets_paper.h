/* targets_paper.h: the table of targets as a file. */
#ifndef FIGURES_TARGETS_PAPER_H
#define FIGURES_TARGETS_PAPER_H

#include "document/document.h"
#include "figures/targets/targets.h"
#include "title/rounds/rounds.h"
#include "title/transfers/boundaries.h"

/* A line a unit directly below, the unit itself last as the sum: numerator, denominator, per cent, missing of T1 … T5. */
OUTCOME targets_paper(struct ask *ask, const struct scope *, enum boundaries, const struct round *, const struct target_set *,
	struct document **out);

#endif
