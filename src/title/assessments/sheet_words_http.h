/* sheet_words_http.h: where a sheet is on its way, in words: what holds, what comes next, the steps of the year. */
#ifndef TITLE_SHEET_WORDS_HTTP_H
#define TITLE_SHEET_WORDS_HTTP_H

#include "title/assessments/sheet_place_http.h"

/* A notice on top of a page whose form cannot be sent now: why, until when it was, whom to ask. Nothing while it can. */
OUTCOME sheet_say_closed(struct request *, const struct sheet_place *, struct sheet_top *);
/* The state, a sentence, and the one next action of the start page; a banner for what is returned, lapsed or not met. */
OUTCOME sheet_say_next(struct request *, const struct sheet_place *, struct sheet_home *);
/* Registering, scoring, review, recognition: with the days that hold for the leaf. */
OUTCOME sheet_steps(struct request *, const struct sheet_place *, struct steps *out);
/* "Trần Thị Lành, sinh 1961 · nông dân · Ấp Bình Hoà, Xã Đức Hoà" */
OUTCOME sheet_who(struct request *, const struct sheet_place *, const char **out);

#endif
