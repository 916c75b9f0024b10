/* corrections.h: what a citizen asks to be put right in their own data, and the officer's answer. One may be open a person.
 * Asked: name, birth, sex, phone, address, household, clan, group; anything else (identity number, another hamlet) is said in the
 * note and done by the officer, for what is asked lies open until it is answered. */
#ifndef REGISTRY_CORRECTIONS_H
#define REGISTRY_CORRECTIONS_H

#include "registry/people/people.h"

enum correction_state { CORRECTION_OPEN, CORRECTION_ACCEPTED, CORRECTION_REFUSED };
enum { CORRECTION_FIELDS = 8 };

/* One value: as stored when read, and as asked. `field` is that of struct person_new, values as stored there (sex "0".."2"). */
struct correction_change { const char *field, *label, *now, *asked; };
struct correction {
	int64_t person_id, id, version, leaf_id, asked_at;
	const char *name, *leaf_name, *note, *answer_note;
	enum correction_state state;
	int64_t answered_at;
	struct correction_change changes[CORRECTION_FIELDS];
	size_t n_changes;
};
struct correction_list { size_t n; const struct correction *at; };

/* By the person themselves. `wanted` in full: what differs is what is asked. INVALID: nothing differs and no note, a rule of
 * person_may_be, or one is still open. */
OUTCOME correction_ask(struct ask *ask, int64_t person_id, const struct person_new *wanted, const char *note, int64_t *id);
/* PERMIT_PERSON_EDIT on the leaf. Accepting writes the person and the answer as one; refusing needs a reason. Answered already:
 * CONFLICT. */
OUTCOME correction_answer(struct ask *ask, int64_t person_id, int64_t id, int64_t version, bool accept, const char *note);
/* Open ones of the unit and all below it, oldest first, up to 100. PERMIT_PERSON_EDIT. */
OUTCOME correction_list_open(struct ask *ask, int64_t unit_id, struct correction_list *out);
/* The person's own, newest first, up to 20. */
OUTCOME correction_list_of(struct ask *ask, int64_t person_id, struct correction_list *out);
/* Open ones go with their person to another leaf; inside the change's transaction. */
OUTCOME correction_follow(struct ask *ask, int64_t person_id, int64_t leaf_id);

#endif
