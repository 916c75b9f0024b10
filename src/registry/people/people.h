/* people.h: one human of the register.
 *
 * A person's leaf is the hamlet or organisation that counts them (form CDHT-01 item 8), exactly one, today. The identity number
 * (CCCD) is optional, sealed at rest, found by keyed hash, shown masked; only one active person may hold one. A phone is no key:
 * households share one. No religion, no ethnicity is asked. Officers see people below their unit; a person sees themselves.
 * Every change: permission on the leaf, one audit row (never the number itself), version, and hooks->person_changed. */
#ifndef REGISTRY_PEOPLE_H
#define REGISTRY_PEOPLE_H

#include "base/ask.h"
#include "base/form.h"
#include "text/sex.h"

enum person_condition { PERSON_ACTIVE = 1, PERSON_MOVED, PERSON_DIED, PERSON_MERGED };
enum { PERSON_NAME_MAX = 100, PERSON_AGE_MIN = 16, PERSON_ADULT = 18, PERSON_ELDER = 60, PERSON_BIRTH_FIRST = 1906,
	PERSON_PAGE = 100,
	PERSON_FOUND = 50 };

struct person {
	int64_t id, version;
	const char *name;                /* as on the identity card */
	const char *birth;               /* ISO, year to day precision */
	enum sex sex;
	bool has_national_id;
	const char *national_id_end;     /* last four digits, "" for none */
	const char *phone, *address;     /* phone: digits or "" */
	int64_t leaf_id, hamlet_id, organisation_id, commune_id, province_id;
	const char *household, *clan, *group;    /* group: code of the criteria */
	bool member;
	const char *trained_on;          /* day, or "" */
	const char *guardian;
	enum person_condition condition;
	int64_t merged_into;             /* 0 unless PERSON_MERGED */
	struct bytes name_key;
	const char *leaf_name, *commune_name;    /* as called today; "" when there is none */
};
struct person_list { size_t n; const struct person *at; };

/* What is written: national_id as digits, "" for none, NULL to leave what is stored. */
struct person_new {
	const char *name, *birth, *national_id, *phone, *address, *household, *clan, *group, *trained_on, *guardian;
	enum sex sex;
	int64_t leaf_id, hamlet_id, organisation_id;     /* leaf is one of the two */
	bool member;
};
struct person_new person_as_new(const struct person *);          /* what is stored, ready to be changed; the number is left */

/* Groups of the plan and of the reference criteria: what a form offers. A newer framework's code that is not here is kept and
 * shown as it is. */
extern const struct choices person_groups;
const char *person_group_label(const char *code);

OUTCOME person_get(struct ask *ask, int64_t id, struct person *out);             /* no permission asked: for features */
OUTCOME person_read(struct ask *ask, int64_t id, struct person *out);            /* for pages: own data or PERMIT_PERSON_READ */
/* The number itself, for its owner and the officer who must compare it (PERMIT_PERSON_EDIT): one audit row each time, so a
 * writer's. NOT_FOUND: there is none. */
OUTCOME person_national_id(struct ask *ask, int64_t id, const char **out);
OUTCOME person_add(struct ask *ask, const struct person_new *, int64_t *id);
/* A change of name, birth, sex, number or leaf needs a reason of 10 characters. What changes nothing is OK and leaves no trace.
 * Going to another leaf needs permission on both. */
OUTCOME person_change(struct ask *ask, int64_t id, int64_t version, const struct person_new *, const char *reason);
/* To another leaf, nothing else: the hamlet or the organisation is the leaf's, the other of the two stays as it is. Permission
 * on both, reason of 10 characters; other faults of what is stored never hinder it. `place` NULL; else hamlet and organisation
 * as they are to be (undoing). */
struct person_place { int64_t leaf_id, hamlet_id, organisation_id; };
OUTCOME person_move(struct ask *ask, int64_t id, int64_t leaf_id, const struct person_place *, const char *reason);
/* Moved away, died, or back (PERSON_ACTIVE): the number is free while they are away, the name is not searched. Never
 * PERSON_MERGED. */
OUTCOME person_set_condition(struct ask *ask, int64_t id, int64_t version, enum person_condition, const char *reason);
/* The person was entered twice: `id` ends in favour of `into_id`, who takes nothing over. Both leafs are the actor's. */
OUTCOME person_merge(struct ask *ask, int64_t id, int64_t version, int64_t into_id, const char *reason);
/* Somebody just added goes again as if they had not been entered, all but the trace: for undoing a list. Their sheets
 * must be gone. CONFLICT: changed since `version`. INVALID: an account, a correction or a sheet hangs on them. */
OUTCOME person_remove(struct ask *ask, int64_t id, int64_t version, const char *reason);
OUTCOME person_of_national_id(struct ask *ask, const char *digits, int64_t *id); /* NOT_FOUND */

/* Rules for what is typed, all problems at once; fields named as in struct person_new (name, birth, national_id, …):
 *   name         2 to 100 characters; letters, spaces, ' - . (no digits, no brackets)
 *   birth        1906 to today; 16 or older on 31 December of this year
 *   group        given;  guardian: given for 16 and 17 year olds (counted on 31 December)
 *   phone        as text_to_phone;  national_id: as text_to_national_id, "" none, NULL not written
 *   trained_on   "" or a day up to today
 *   leaf         the hamlet or the organisation
 * today: ISO. */
bool person_may_be(const struct person_new *, const char *today, struct problems *);
/* Never a block: sex or year against the number (digits, "" none), a name of one word. One text, "" for none. */
const char *person_doubts(struct arena *, const struct person *, const char *national_id);
/* The same of somebody stored, who is known to be for the actor. */
OUTCOME person_doubts_of(struct ask *ask, const struct person *, const char **out);

/* By leaf (or commune, when the unit is one): active people in Vietnamese order, PERSON_PAGE a page. Above a commune: none. */
OUTCOME person_list_of_unit(struct ask *ask, int64_t unit_id, const struct person *after, struct person_list *out);
struct unit;                             /* registry/tree/tree.h */
/* The same with no more than a list shows: what a page of it is read for. */
struct person_entry { int64_t id; const char *name, *birth, *group, *leaf_name; enum sex sex; };
struct person_entries { size_t n; const struct person_entry *at; };
OUTCOME person_entries_of_unit(struct ask *ask, const struct unit *, const struct person *after, struct person_entries *out);
/* Folded prefixes of words of the name; a year of birth may stand among them. Within the unit; above a commune two words or a
 * word and a year are needed (INVALID says so, field "q"). Up to PERSON_FOUND, by name. */
OUTCOME person_search(struct ask *ask, int64_t unit_id, const char *query, struct person_list *out);
/* Same number, or same folded name and year of birth in the commune: shown before saving and on the person's page. `self` is left
 * out (0: nobody). Up to 20. */
OUTCOME person_twins(struct ask *ask, const struct person_new *, int64_t self, struct person_list *out);
/* People of the same household name and leaf, without the person. Up to 30. */
OUTCOME person_household(struct ask *ask, const struct person *, struct person_list *out);
/* People of a commune who share folded name and year of birth, and not all of them have a number: by name, whole groups, 50
 * groups a page. *next: the person after whose group the next page begins, 0: none. PERMIT_PERSON_READ. */
OUTCOME person_doubles(struct ask *ask, int64_t commune_id, const struct person *after, struct person_list *out, int64_t *next);

/* After a leaf came to another commune or province: its people's commune and words follow, in slices of `limit`. *next 0 when
 * done; the first call has after_person 0. *followed: whose place it changed. No version, no audit row: nobody changed the
 * person. */
OUTCOME person_follow_leaf(struct ask *ask, int64_t leaf_id, int64_t after_person, int64_t limit, int64_t *next,
	int64_t *followed);

#endif
