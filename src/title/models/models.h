/* models.h: households, clans, hamlets and organisations that hold the learning title of a year (Gia đình, Dòng họ, Cộng đồng, Đơn vị
 * học tập): what targets T2 and T3 count in. Their own recognition is elsewhere; here an officer writes down what was decided.
 *
 * Whom a title reaches: a household those who live in its hamlet under the same household name (folded: tone and marks do not
 * matter); a clan those of its commune under the same clan name; a hamlet who lives in it; an organisation who belongs to it. Their
 * standing rows of that year get STANDING_LEARNING_HOME (the first three) or STANDING_LEARNING_UNIT in the same transaction, each
 * person once however many titles reach them.
 *
 * Rules (a problem names the field): permission MODEL_EDIT on the unit; the year's round is there and not locked; the unit fits the
 * kind (leaf); name of 2 to 100 characters for households and clans, none for the others; the decision's number and date, 5 to 150
 * characters; told once. */
#ifndef TITLE_MODELS_H
#define TITLE_MODELS_H

#include "base/ask.h"
#include "base/form.h"
#include "registry/people/people.h"

enum model_kind { MODEL_HOUSEHOLD = 1, MODEL_CLAN, MODEL_HAMLET, MODEL_ORGANISATION, MODEL_KINDS = 4 };  /* stored as these numbers */
extern const struct choices model_kinds;         /* "gia_dinh", "dong_ho", "cong_dong", "don_vi": index + 1 is the kind */
const char *model_kind_label(enum model_kind);   /* "Gia đình học tập" */

struct model {
	int64_t id, round_id, unit_id, version, made_at;
	enum model_kind kind;
	const char *name, *decision, *folded;    /* name "" for a hamlet or an organisation */
};
struct model_list { size_t n; const struct model *at; };
struct model_new { int64_t round_id, unit_id; enum model_kind kind; const char *name, *decision; };

OUTCOME model_get(struct ask *ask, int64_t id, struct model *out);
/* Of a commune (its own and its leaves') or of one leaf, by kind, then name; 100 a page, after NULL: the first. No
 * permission asked. */
enum { MODEL_PAGE = 100 };
OUTCOME model_list(struct ask *ask, int64_t round_id, int64_t unit_id, const struct model *after, struct model_list *out);
OUTCOME model_count(struct ask *ask, int64_t round_id, int64_t unit_id, int64_t out[MODEL_KINDS + 1]);   /* by kind; [0] all */

/* *people: whom it reaches now (0: nobody of that name is in the register yet). */
OUTCOME model_add(struct ask *ask, const struct model_new *, int64_t *id, int64_t *people);
OUTCOME model_remove(struct ask *ask, int64_t id, int64_t version, const char *reason);          /* reason of 10 characters */
/* CSV `loai,ap,ten,quyet_dinh` of a commune: loai "Gia đình", "Dòng họ", "Cộng đồng", "Đơn vị"; ap the hamlet's or organisation's
 * name or code ("" for a clan); at most 2000 lines, all or nothing. A line that is there already is left as it is. */
struct model_import { int64_t lines, added, there, people; };
OUTCOME model_import(struct ask *ask, int64_t round_id, int64_t commune_id, struct bytes csv, struct model_import *out);

/* STANDING_LEARNING_HOME and _UNIT of a person in a round, from the titles there are now. */
OUTCOME models_flags_of(struct ask *ask, const struct person *, int64_t round_id, unsigned *flags);
/* hooks->person_changed, after standing_person_changed: the flags of rounds not locked follow home, clan and workplace. */
OUTCOME models_person_changed(struct ask *ask, int64_t person_id);
/* hooks->unit_succeeded: the clans of a commune that ended are those of its successor too, in rounds that are not locked. Its
 * people get the flags by models_apply once they have followed. */
OUTCOME models_succeed(struct ask *ask, int64_t from_id, int64_t to_id);
/* Once a round's rows are made: sets the flags of the titles after `after_id`, about `limit` people. *next 0: done. */
OUTCOME models_apply(struct ask *ask, int64_t round_id, int64_t after_id, int64_t limit, int64_t *next);

#endif
