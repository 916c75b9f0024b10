/* year.h: people of the world and their sheets, brought along the year by the features' own operations.
 *
 *	world_open(&w); world_round(&w);
 *	id = year_submitted(&w, "Nguyễn Văn An", w.hamlet, YEAR_PASS);
 *	year_reviewed(&w, id); */
#ifndef TESTS_YEAR_H
#define TESTS_YEAR_H

#include "tests/world.h"
#include "title/assessments/assessments.h"

#define YEAR_PASS "[8,8,8,8,8,8,8,8,8,9]"       /* 81, digital and proficient */
#define YEAR_SHORT "[8,8,8,8,8,8,8,8,4,8]"      /* 76, indicator 9 under 5 */

/* A world with its round opened, in which `hoctap check` finds nothing: its own accounts have no trail, so they ask for none. */
void year_open(struct world *);
/* Jobs are done and everything recounted: fails with the first fault. Leaves the world acting as the installation. */
void year_agrees(struct world *);

/* All act as the installation and leave the world acting as nobody. */
int64_t year_person(struct world *, const char *name, int64_t leaf);
int64_t year_submitted(struct world *, const char *name, int64_t leaf, const char *scores);
void year_reviewed(struct world *, int64_t person);      /* as the person scored, by the branch's account */
struct sheet year_sheet(struct world *, int64_t person);
/* The whole way to a tờ trình of all who are reviewed: meeting and posting in October, on the day it ends. *proposal may be NULL. */
void year_proposed(struct world *, int64_t *proposal);

#endif
