/* crowds.h: people of a unit by group, with women and those of 60 and over apart, from the counters of title/standing. */
#ifndef FIGURES_CROWDS_H
#define FIGURES_CROWDS_H

#include "base/ask.h"
#include "title/standing/standing.h"
#include "title/transfers/boundaries.h"

struct crowd {
	struct figure_counts all, women, elders;
	int64_t adults, women_adults;    /* in the register: 18 and over on 31 December of the round, whatever their state */
	int64_t young_submitted;         /* 16 and 17 years old */
	int64_t points;                  /* sum of the scores of `all.submitted` */
};
struct crowd_group { const char *code; struct crowd crowd; };
struct crowds { struct crowd whole; size_t n; const struct crowd_group *groups; };       /* groups in order of code */
/* as_of "": now; else the end of that day. One statement beside those that find the units, or two where ask->crowds
 * remembers. No permission asked. */
OUTCOME crowds_of_unit(struct ask *ask, int64_t round_id, int64_t unit_id, const char *as_of, struct crowds *out);
/* The same over anything that is counted together (title/transfers/boundaries.h). */
OUTCOME crowds_of(struct ask *ask, int64_t round_id, const struct counted *, const char *as_of, struct crowds *out);
/* Groups as people read them, in the order of person_groups (registry/people), unknown ones last. */
void crowds_sort(struct arena *, struct crowds *);

/* What crowds_of_unit has read of communes that are part of a sum (a province), for as long as their counters stay as they
 * were: it asks for their stamps each time and reads anew only those that moved. Shared by all threads of a process that
 * serves; about 6 KiB a commune and round, at most 2,000 of them. An ask without one reads all each time. */
struct crowd_cache *crowd_cache_new(void);
void crowd_cache_free(struct crowd_cache *);                     /* NULL is fine */

#endif
