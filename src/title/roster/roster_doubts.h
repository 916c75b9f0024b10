/* roster_doubts.h: what each code of a row means to the officer, and what may be decided about it. The codes are those of the
 * reading (README.md); a code that is not here is shown as it is and asks nothing. */
#ifndef TITLE_ROSTER_DOUBTS_H
#define TITLE_ROSTER_DOUBTS_H

#include "base/arena.h"
#include "base/form.h"

enum list_choice {
	CHOICE_NONE,
	CHOICE_TAKE,             /* as it was read: the value that was filled in, the note that stands there, both kept */
	CHOICE_SAME,             /* it is the person found */
	CHOICE_NEW,              /* it is somebody else */
	CHOICE_CLEAR,            /* without the identity number */
	CHOICE_BLANK,            /* without the value that is in doubt */
	CHOICE_DOWN, CHOICE_UP,  /* a half point */
	CHOICE_LEAVE,            /* not this row */
	CHOICE_PERSON,           /* one of those it could be: roster_chosen_person */
	LIST_CHOICES
};
extern const struct choices ways_to_decide;      /* codes as stored and sent, words of a button; in the order above */

struct doubt {
	const char *code;
	const char *words;       /* what is wrong, a sentence */
	unsigned may;            /* bits of what may be decided; 0: only to know */
};
/* NULL: no such code. */
const struct doubt *roster_doubt(const char *code);
extern const size_t roster_doubts_n;
const struct doubt *roster_doubt_at(size_t);     /* all of them, those that ask something first */
bool roster_has_code(const char *codes, const char *code);
/* One after the other, each a sentence. */
const char *roster_sentences(struct arena *, const char *first, const char *second);
/* Words of all codes of a row ("dup_name score_half"), as one text. */
const char *roster_codes_words(struct arena *, const char *codes);

/* Decisions are kept as "code:choice code:choice". */
enum list_choice roster_chosen(const char *choices, const char *code);
/* That of the row, else that of the list. */
enum list_choice roster_chosen_for(const char *row_choices, const char *all_choices, const char *code);
const char *roster_choose(struct arena *, const char *choices, const char *code, enum list_choice);
/* The same of CHOICE_PERSON, kept as "code:nguoi-123"; whom a row was said to be, 0 nobody. */
const char *roster_choose_person(struct arena *, const char *choices, const char *code, int64_t person_id);
int64_t roster_chosen_person(const char *choices, const char *code);
/* "nguoi-123", as it is kept and sent. False: no such word. */
bool roster_person_word(const char *word, int64_t *person_id);
/* Does one of the codes still wait for a decision? */
bool roster_waits(struct arena *, const char *codes, const char *row_choices, const char *all_choices);

#endif
