/* transfers.h: what moves in the register once it is filled: people between units, duplicates, hamlets and communes that are
 * merged, divided, placed; and figures of a year read in the units of another day (boundaries.h).
 *
 * The rule (model.md 2): a person's rows follow at once where nothing is registered; an open sheet goes along with its counters
 * up to `reviewed`; from `listed` on it stays where it is listed until the decision; locked rounds and rounds of a year gone by
 * never move. Where a commune ended, its successor takes the lists over too. Counters move through title/standing alone. */
#ifndef TITLE_TRANSFERS_H
#define TITLE_TRANSFERS_H

#include "base/ask.h"
#include "base/form.h"
#include "registry/access/accounts.h"
#include "registry/tree/tree.h"

/* ---- after units changed ---- */

/* A leaf lies in another commune or province than its people say: they follow, and their rows of rounds that are not locked.
 * Doing it again changes nothing. *people: who followed. */
OUTCOME transfers_follow_leaf(struct ask *ask, int64_t leaf_id, int64_t *people);
/* Job "leaves_moved": those that came to another parent on `day`, and those that wait to be placed: a slice of the leaves after
 * `after_leaf`, about `limit` people. *next 0: done. */
OUTCOME transfers_follow_leaves(struct ask *ask, const char *day, int64_t after_leaf, int64_t limit, int64_t *next,
	int64_t *people);

/* How many leaves came to another parent on a day. */
OUTCOME transfers_leaves_of_day(struct ask *ask, const char *day, int64_t *n);

/* hooks->unit_closing: a leaf that has people is merged into another, not closed. */
OUTCOME transfers_unit_closing(struct ask *ask, int64_t unit_id);

/* ---- acts ----
 *
 * Each is one row of `transfer` that says what was done, by whom and why, and what undoing needs; one audit row a version,
 * beside those of each person, sheet and unit it touched. Undoing is all or nothing: what has changed since then hinders it,
 * and is named. Problems name the fields people, to, from_day, reason. */

enum transfer_act { TRANSFER_PEOPLE = 1, TRANSFER_DUPLICATE, TRANSFER_UNITS, TRANSFER_DIVIDED, TRANSFER_PLACED, TRANSFER_RENAMED,
	TRANSFER_MOVED, TRANSFER_CLOSED };                                                         /* stored */
bool transfer_is_of_units(enum transfer_act);    /* done with UNIT_EDIT or STATE_UNIT_EDIT, not with people alone */
enum transfer_state { TRANSFER_WAITS = 1, TRANSFER_DONE, TRANSFER_UNDONE };                                        /* stored */
const char *transfer_act_label(enum transfer_act);

struct transfer {
	int64_t id, version;
	enum transfer_act act;
	int64_t unit_id, to_id;          /* from, to; of a duplicate: the leaf of who stays, of who went; of a unit closed into
					  * nothing: where it belonged */
	const char *from_day, *reason, *plan, *actor;
	int64_t people, account_id, made_at;
	enum transfer_state state;
};
struct transfer_list { size_t n; const struct transfer *at; };

/* NOT_FOUND; FORBIDDEN unless the actor reads people of where it came from or went to, or (acts of units) edits units there. */
OUTCOME transfer_get(struct ask *ask, int64_t id, struct transfer *out);
/* Out of or into the unit and its leaves, newest first, at most 50 of each. PERMIT_PERSON_READ or UNIT_EDIT on the unit (of one
 * that has ended: on where it belonged). */
OUTCOME transfers_of_unit(struct ask *ask, int64_t unit_id, struct transfer_list *out);
/* reason of 10 characters. INVALID: says what hinders it. */
OUTCOME transfer_undo(struct ask *ask, int64_t id, int64_t version, const char *reason);

/* -- people -- */

enum { TRANSFER_PEOPLE_MAX = 5000, TRANSFER_REASON_MIN = 10, TRANSFER_DAYS_BACK = 366, TRANSFER_DAYS_AHEAD = 366 };
struct people_move {
	struct id_list people;
	int64_t to_leaf;
	const char *from_day;            /* up to a year back or ahead; ahead: it waits and is done by the day's job */
	const char *reason;
};
struct moved_person { int64_t id, from_leaf; const char *name, *birth, *leaf_name; int64_t goes, stays; bool is_there; };
struct people_move_preview {
	size_t n;
	const struct moved_person *at;   /* by name */
	int64_t moving, goes, stays;     /* people; their open sheets that go along; those that stay on a list until the decision
					  * */
};
/* Looks, writes nothing: rules and permission as transfer_people asks them. INVALID: problems; the people are filled in all
 * the same. */
OUTCOME transfer_people_preview(struct ask *ask, const struct people_move *, struct people_move_preview *out);
/* PERMIT_PERSON_EDIT on the leaf of each person and on the new one. Who is there already is left out. */
OUTCOME transfer_people(struct ask *ask, const struct people_move *, int64_t *id);
/* Everybody active of a leaf, for a move of all; at most TRANSFER_PEOPLE_MAX. */
OUTCOME transfer_people_of_leaf(struct ask *ask, int64_t leaf_id, struct id_list *out);
struct transfer_people_list { size_t n; const struct moved_person *at; };
OUTCOME transfer_people_of(struct ask *ask, int64_t transfer_id, struct transfer_people_list *out);
/* Job of the day: moves that waited for it. *done: how many. */
OUTCOME transfers_due(struct ask *ask, int64_t *done);

/* -- hamlets that wait -- */

struct place_choice { int64_t unit_id; const char *code, *name; bool is_suggested; };
struct waiting_leaf {
	struct unit unit;                /* its parent_id: what was divided */
	const char *parent_name, *on_day;
	int64_t people;
	const struct place_choice *choices;      /* the successors, the suggested one first */
	size_t n_choices;
	const char *why;                 /* of the suggestion; "" where there is none */
};
struct waiting_list { size_t n; const struct waiting_leaf *at; };
/* Those of a province (0: all), by what was divided, then name. A suggestion is the successor that holds the most of, in this
 * order: hamlets of the same stem already placed ("Ấp Bình Hoà 1" beside "Ấp Bình Hoà 2"), the hamlet's name in its own, the
 * divided commune's name, hamlets of the divided commune. */
OUTCOME transfers_waiting(struct ask *ask, int64_t province_id, struct waiting_list *out);
/* PERMIT_STATE_UNIT_EDIT on the new commune. From the day on which its commune ended. People, rows and counters follow at once.
 * CONFLICT: the unit has moved. INVALID: it does not wait, or `to` is no commune of the province. */
OUTCOME transfer_place(struct ask *ask, int64_t leaf_id, int64_t version, int64_t to_id, int64_t *id);

/* -- somebody entered twice -- */

/* What may be taken over from the one who goes; a bit each. */
enum duplicate_field { DUPLICATE_NAME, DUPLICATE_BIRTH, DUPLICATE_SEX, DUPLICATE_NUMBER, DUPLICATE_GROUP, DUPLICATE_PLACE,
	DUPLICATE_PHONE,
	DUPLICATE_ADDRESS, DUPLICATE_HOUSEHOLD, DUPLICATE_CLAN, DUPLICATE_MEMBER, DUPLICATE_TRAINED, DUPLICATE_GUARDIAN,
	DUPLICATE_FIELDS };
struct duplicate_value { enum duplicate_field field; const char *label, *keep, *drop; };         /* only those that differ */
struct duplicate_round { int64_t year; const char *keep, *drop; bool will_withdraw; };           /* states in words; "" none */
struct duplicate_preview {
	int64_t keep_id, drop_id, keep_version, drop_version;
	const char *keep_name, *drop_name, *keep_leaf, *drop_leaf;
	const struct duplicate_value *values;
	const struct duplicate_round *rounds;
	size_t n_values, n_rounds;
	int64_t keep_evidence, drop_evidence, keep_certificates, drop_certificates;
};
struct duplicate_merge { int64_t keep_id, drop_id, keep_version, drop_version; unsigned take; const char *reason; };
/* PERMIT_PERSON_EDIT on both leafs. NOT_FOUND: one of them is not in the register. */
OUTCOME duplicate_preview(struct ask *ask, int64_t keep_id, int64_t drop_id, struct duplicate_preview *out);
/* The one who goes leaves the register in favour of the other, who takes over the values named; past rounds, evidence and
 * certificates stay where they were won (the address of each still tells them), an open sheet of the one who goes is withdrawn.
 * INVALID: both have numbers and they differ (two people); the one who goes has an open sheet where the other has none (keep
 * that one instead). CONFLICT: a version moved. Undoing brings everything back, unless the one who stayed was changed since. */
OUTCOME duplicate_merge(struct ask *ask, const struct duplicate_merge *, int64_t *id);

/* -- units -- */

enum { UNITS_MERGED_MAX = 20 };
/* Hamlets or communes into another of the same kind and province that is there: they end on `on_day` (their first day not to
 * be; not after today), edges lead to it, people and hamlets follow, lists under way too. PERMIT_STATE_UNIT_EDIT for communes,
 * PERMIT_UNIT_EDIT for hamlets, on all. */
struct units_merge { struct id_list from; int64_t to_id; const char *on_day, *reason; };
/* What lies in a unit: leaves, active people, rows of rounds that are not locked and not `none` (of them `listed` on a list of
 * their commune or decided), rows of locked rounds, which stay. */
struct unit_weight { int64_t leaves, people, sheets, listed, past; };
/* roles: of those that end, with what becomes of each at the one they go into. authorities: how many of those that end had lines
 * of their own about who recognises, which do not go along; authority: who recognises from then on. */
struct units_merge_preview { int64_t units; struct unit_weight weight; struct role_on_list roles; int64_t authorities;
	const char *authority; };
OUTCOME units_merge_preview(struct ask *ask, const struct units_merge *, struct units_merge_preview *out);
OUTCOME units_merge(struct ask *ask, const struct units_merge *, int64_t *id);
/* A hamlet is divided in two new ones: `people` come to the second, all others to the first; where each came is kept for
 * figures of past years (placement). Its officers go on where it is said (grants of the hamlet; one may be in both), else their
 * role ends with it. PERMIT_UNIT_EDIT and PERMIT_PERSON_EDIT on the hamlet; on_day not after today. */
struct leaf_division {
	int64_t leaf_id, version;
	const char *first, *second;
	struct id_list people, roles[2];
	const char *on_day, *reason;
};
struct leaf_division_preview {
	struct unit_weight weight;
	int64_t first, second;                   /* people */
	struct role_on_list roles;
};
OUTCOME leaf_divide_preview(struct ask *ask, const struct leaf_division *, struct leaf_division_preview *out);
OUTCOME leaf_divide(struct ask *ask, const struct leaf_division *, int64_t *id);

/* -- one unit -- */

/* Another name (name), another place (to_id: the new parent) or its end (to_id: into what, or 0) from a day on, by the rules of
 * registry/units; officers of a unit that ends go along or end with it (registry/access/follow.c). CONFLICT: `version` moved. */
struct unit_change {
	enum transfer_act act;
	int64_t unit_id, version;
	const char *name;
	int64_t to_id;
	const char *day, *reason;
};
struct unit_change_preview {
	struct unit unit;                        /* as it is before */
	const char *to_name, *branch;            /* "" none */
	struct unit_weight weight;
	int64_t first_year;                      /* own figures speak of the new state from this year on */
	int64_t locked_years;                    /* rounds of these years that are locked */
	struct role_on_list here, gain, lose;    /* officers of the unit; a move: of the new and of the old parent */
	const char *authority, *new_authority;   /* who recognises, before and after; "" where it goes nowhere */
	int64_t own_authorities;                 /* lines of the unit's own about it: they stay as they are written */
};
/* Does it, looks and lets it go: problems and permission are the act's own. */
OUTCOME unit_change_preview(struct ask *ask, const struct unit_change *, struct unit_change_preview *out);
OUTCOME unit_change_make(struct ask *ask, const struct unit_change *, int64_t *id);
/* Of a TRANSFER_RENAMED: the names it led from and to. */
OUTCOME unit_change_names(struct ask *ask, const struct transfer *, const char **before, const char **after);

#endif
