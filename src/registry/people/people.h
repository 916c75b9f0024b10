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
enum { PERSON_NAME_MAX = 100, PERSON_AGE_MIN = 16, PERSON_ADULT = 18, PERSON_ELDER = 60 };

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
	struct bytes name_key;
};
struct person_list { size_t n; const struct person *at; };

/* What is written: national_id as digits, "" for none, NULL to leave what is stored. */
struct person_new {
	const char *name, *birth, *national_id, *phone, *address, *household, *clan, *group, *trained_on, *guardian;
	enum sex sex;
	int64_t leaf_id, hamlet_id, organisation_id;     /* leaf is one of the two */
	bool member;
};

OUTCOME person_get(struct ask *ask, int64_t id, struct person *out);             /* no permission asked: for features */
OUTCOME person_read(struct ask *ask, int64_t id, struct person *out);            /* for pages: own data or PERMIT_PERSON_READ */
/* The number itself, for its owner and the officer who must compare it; the caller notes it (SEES). */
OUTCOME person_national_id(struct ask *ask, int64_t id, const char **out);
OUTCOME person_add(struct ask *ask, const struct person_new *, int64_t *id);
OUTCOME person_change(struct ask *ask, int64_t id, int64_t version, const struct person_new *, const char *reason);
OUTCOME person_set_condition(struct ask *ask, int64_t id, int64_t version, enum person_condition, const char *reason);
OUTCOME person_of_national_id(struct ask *ask, const char *digits, int64_t *id); /* NOT_FOUND */

/* Rules for what is typed, all problems at once; fields named as in struct person_new (name, birth, national_id, …).
 * Doubts (sex or year against the number) are warnings, never a block. today: ISO. */
bool person_may_be(const struct person_new *, const char *today, struct problems *);

/* By leaf (or commune, when the unit is one): active people in Vietnamese order, 100 a page. */
OUTCOME person_list_of_unit(struct ask *ask, int64_t unit_id, const struct person *after, struct person_list *out);
/* Folded prefixes of words of the name; a year of birth may stand among them. Within the unit; above a commune two words or a word
 * and a year are needed (INVALID says so). Up to 50. */
OUTCOME person_search(struct ask *ask, int64_t unit_id, const char *query, struct person_list *out);
/* Same number, or same folded name and year of birth in the commune: shown before saving and on the person's page. */
OUTCOME person_twins(struct ask *ask, const struct person_new *, int64_t self, struct person_list *out);

#endif
