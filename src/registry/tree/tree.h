/* tree.h: administrative units in time (model.md 2): ids, codes, dates, ancestors. Knows nothing of permission; registry/units
 * adds that, audit and pages.
 *
 * A unit keeps its id through a change of name, code, kind or parent; each is a version that holds from a day until (excluding)
 * another. A code without a day means nothing: all 96 codes of today's Tây Ninh belonged to other communes before 1 July 2025.
 * Levels: 1 province, 2 district (until 30 June 2025), 3 commune, 4 hamlet or organisation (the leaf that counts people);
 * an organisation of the province stands directly below it. */
#ifndef REGISTRY_TREE_H
#define REGISTRY_TREE_H

#include "base/ask.h"
#include "base/day.h"
#include "base/form.h"

enum unit_level { LEVEL_PROVINCE = 1, LEVEL_DISTRICT, LEVEL_COMMUNE, LEVEL_LEAF };
enum { UNIT_NAME_MAX = 150, UNIT_CODE_MAX = 20, UNIT_DEPTH = 4 };
#define DAY_OPEN "9999-12-31"

/* Kinds as stored (the code) and as shown (the label): tinh, thanh_pho, quan, huyen, thi_xa, xa, phuong, thi_tran, dac_khu, ap,
 * khu_pho, co_quan, truong, doanh_nghiep, luc_luong_vu_trang. */
extern const struct choices unit_kinds, leaf_kinds;
const char *unit_kind_label(const char *kind);
/* The kind and level a state list means ("Thành phố" with or without a parent). NULL when it is no kind of the state's. */
const char *unit_kind_of_state(const char *label, bool has_parent, enum unit_level *level);
bool unit_kind_is_organisation(const char *kind);

struct unit {
	int64_t id;
	enum unit_level level;
	int64_t version;                         /* of the unit: what a change must name */
	const char *code, *name, *kind;          /* name as printed: "Xã Đức Hoà", "Ấp Bình Hoà" */
	int64_t parent_id;                       /* 0 for a province */
	const char *from_day, *until_day;        /* of this version; DAY_OPEN while it holds */
};
struct unit_list { size_t n; const struct unit *at; };

/* The version that holds on `day` (ISO, whole). NOT_FOUND when there is none that day. */
OUTCOME tree_get(struct ask *ask, int64_t id, const char *day, struct unit *out);
/* The same, or the last version there was (pages of closed units). */
OUTCOME tree_get_last(struct ask *ask, int64_t id, struct unit *out);
OUTCOME tree_by_code(struct ask *ask, const char *code, const char *day, struct unit *out);
/* Direct children on `day`, in Vietnamese order of name; up to 500 a page, `after` NULL for the first. */
OUTCOME tree_children(struct ask *ask, int64_t parent_id, const char *day, const struct unit *after, struct unit_list *out);
/* The hamlets and organisations among them, the first 500 in the same order, without the rest of a unit: for choosing. */
struct unit_leaf { int64_t id; const char *name, *kind; };
struct unit_leaves { size_t n; const struct unit_leaf *at; };
OUTCOME tree_leaves(struct ask *ask, int64_t parent_id, const char *day, struct unit_leaves *out);
/* Names of some units (each may be named often), as of `day`; of one that had ended by then the last it had, where `ended`. */
struct unit_name { int64_t id; const char *name; };
struct unit_names { size_t n; const struct unit_name *at; };
OUTCOME tree_names(struct ask *ask, struct id_list units, const char *day, bool ended, struct unit_names *out);
const char *unit_name_of(const struct unit_names *, int64_t id);           /* "" where it has none */
/* From the province down to the unit itself: 1 to 4. A hamlet or organisation that waits to be placed (tree_unplaced) lies in the
 * ended unit it belonged to, below the province into which that one went. */
OUTCOME tree_path(struct ask *ask, int64_t id, const char *day, struct unit_list *out);
/* The same without words, from the unit itself upwards: what permissions and windows ask for with every request. */
struct unit_ids { int64_t at[UNIT_DEPTH]; size_t n; enum unit_level level; };
OUTCOME tree_ids(struct ask *ask, int64_t id, const char *day, struct unit_ids *out);
OUTCOME tree_is_below(struct ask *ask, int64_t id, int64_t ancestor_id, const char *day, bool *out);   /* or the unit itself */
OUTCOME tree_history(struct ask *ask, int64_t id, struct unit_list *out);                             /* oldest first */
struct unit_edge { int64_t from_id, to_id; const char *from_name, *to_name, *from_code, *to_code, *on_day; };
struct unit_edge_list { size_t n; const struct unit_edge *at; };
OUTCOME tree_edges(struct ask *ask, int64_t id, bool into, struct unit_edge_list *out);     /* into: what it was made of */
/* Units of today (or `day`) that have all words of `query` as prefixes of words of a name they have or had: "hoa thanh" finds
 * Hoà Thành. Folded; up to `limit` (1..100), communes before hamlets, then by name. Below `within` (0: anywhere). */
OUTCOME tree_search(struct ask *ask, const char *query, const char *day, int64_t within, int64_t limit, struct unit_list *out);
/* Every unit that holds on `day`, levels 1 to max_level (at most 3: a few thousand), by level, then code. For imports. */
OUTCOME tree_all(struct ask *ask, const char *day, enum unit_level max_level, struct unit_list *out);
OUTCOME tree_count_children(struct ask *ask, int64_t id, const char *day, int64_t *out);
/* Leaves of `day` whose parent had ended by then, with successors: they wait to be placed. By parent, then name; province_id 0:
 * all, else those whose parent went into that province. */
OUTCOME tree_unplaced(struct ask *ask, int64_t province_id, const char *day, struct unit_list *out);
/* The province in which a unit lies on `day`; for one that has ended, the one into which all its successors went. 0: none,
 * several. */
OUTCOME tree_province(struct ask *ask, int64_t id, const char *day, int64_t *out);

/* Changes: inside the caller's transaction; permission and audit are the caller's. */
struct unit_new { int64_t id; enum unit_level level; const char *code, *name, *kind; int64_t parent_id; const char *from_day, *until_day; };
OUTCOME tree_add(struct ask *ask, const struct unit_new *);                 /* with the id given (tree_state_id) */
OUTCOME tree_add_new(struct ask *ask, struct unit_new *);                   /* takes a new id of this register into ->id */
/* A new version from `from_day`: the one that holds then ends. CONFLICT when `version` is no longer the unit's. */
OUTCOME tree_change(struct ask *ask, int64_t id, int64_t version, const struct unit_new *);
OUTCOME tree_end(struct ask *ask, int64_t id, int64_t version, const char *on_day);
OUTCOME tree_add_edge(struct ask *ask, int64_t from_id, int64_t to_id, const char *on_day);
/* Undoing: the version that began on `from_day` goes and the one before holds on (CONFLICT: it is the first, or no longer the
 * last); a unit that ended on `on_day` goes on (CONFLICT: it did not); an edge goes. */
OUTCOME tree_unchange(struct ask *ask, int64_t id, int64_t version, const char *from_day);
OUTCOME tree_reopen(struct ask *ask, int64_t id, int64_t version, const char *on_day);
OUTCOME tree_remove_edge(struct ask *ask, int64_t from_id, int64_t to_id, const char *on_day);
/* The id that a unit of the state's lists has everywhere: from its code and first day. */
int64_t tree_state_id(const char *code, const char *first_day);

/* Settings of the installation: "register", "province", "province_name", "units_from" … */
OUTCOME setting_get(struct ask *ask, const char *name, const char **out);   /* NOT_FOUND when unset */
OUTCOME setting_set(struct ask *ask, const char *name, const char *value);
OUTCOME setting_register(struct ask *ask, int64_t *out);                    /* the installation's register; 0 before setup */
/* A new id of `table` in the installation's register. */
OUTCOME tree_new_id(struct ask *ask, const char *table, int64_t *out);

/* What only one may hold in the nation (model.md 1). */
enum unique_kind { UNIQUE_LOGIN = 1, UNIQUE_PHONE, UNIQUE_NATIONAL_ID, UNIQUE_SHEET_CODE, UNIQUE_CERTIFICATE };
OUTCOME unique_claim(struct ask *ask, enum unique_kind, struct bytes value, int64_t owner_id);     /* CONFLICT: another holds it */
/* For who knows that nobody has it: one row and no question, so that db/bulk.h need not wait for what was written before. */
OUTCOME unique_add(struct ask *ask, enum unique_kind use, struct bytes value, int64_t owner_id);
OUTCOME unique_find(struct ask *ask, enum unique_kind, struct bytes value, int64_t *owner_id);
OUTCOME unique_release(struct ask *ask, enum unique_kind, struct bytes value, int64_t owner_id);

#endif
