/* roster.h: a list of people and their scores as plain UTF-8 CSV, looked at and then applied, all or nothing. (Lists as officers
 * really keep them, in workbooks and old fonts, are another importer's work.)
 *
 * Columns, in any order, heading folded: ho_ten (needed), ngay_sinh, gioi_tinh (Nam, Nữ, x or empty: not said), so_dinh_danh,
 * dien_thoai, ap, nhom (code or title of a group of the round's criteria), tc1 … tc10 (whole points). An empty cell leaves what
 * is stored. `ap` names a hamlet or organisation below the unit, with or without “Ấp”; empty when the unit is a leaf.
 *
 * Who a row is: the holder of its number; else the one person of the same folded name and year of birth in that leaf, unless
 * both have numbers that differ. A row with at least one score registers its person in the round and saves a draft; a row
 * without any only enters or changes the person: registering is each person's own will, and a list of names does not say it.
 *
 * Refused, with every reason: what person_may_be refuses, an unknown hamlet or group, a score that is no whole number of the
 * framework, two people it could be, a number of somebody elsewhere, the second of two rows alike, scores while the round is
 * closed for the leaf or the sheet has been handed in. Permission: PERMIT_ROSTER on the unit, then those of each operation. */
#ifndef TITLE_ROSTER_H
#define TITLE_ROSTER_H

#include "base/ask.h"
#include "registry/people/people.h"
#include "title/criteria/scores.h"
#include "title/rounds/rounds.h"

enum { ROSTER_ROWS = 20000, ROSTER_PAGE_ROWS = 2000, ROSTER_KEPT = 5 };
enum roster_verdict { ROSTER_NEW, ROSTER_SAME, ROSTER_CHANGED, ROSTER_REFUSED, ROSTER_VERDICTS };

struct roster_row {
	size_t line;                     /* record of the file, from 1 */
	enum roster_verdict verdict;
	const char *name, *place;        /* as in the file */
	const char *words;               /* what will be changed, or every reason of a refusal */
	const char *codes;               /* of a refusal, for programs: "birth hamlet" */
	int64_t person_id, version;      /* 0: new */
	struct person_new person;        /* as it will stand */
	struct scores scores;            /* of the file */
	int64_t twin_line;               /* the earlier row that this repeats; 0: none */
	bool has_scores, person_differs, scores_differ;
};
struct roster {
	int64_t unit_id;
	bool has_round;
	struct round round;
	size_t n, counts[ROSTER_VERDICTS];
	const struct roster_row *rows;
	const char *const *columns;      /* field of each column, "ignored" for one that is not read */
	size_t n_columns;
};

/* Reads and judges; writes nothing. round_id 0: the newest. INVALID: no such list ("file"), or no such unit or round. */
OUTCOME roster_read(struct ask *ask, int64_t unit_id, int64_t round_id, struct bytes csv, struct roster *out);
/* Reads, judges and writes every row that is not refused, in one transaction; `helper` and today's day stand as
 * consent on the sheets. *out is what was found before. The same list again finds all of them the same and writes nothing. */
OUTCOME roster_apply(struct ask *ask, int64_t unit_id, int64_t round_id, struct bytes csv, struct roster *out);

/* ---- between looking and applying: the list lies sealed, for the account that sent it ---- */

struct roster_file { int64_t id, unit_id, at; const char *name; struct bytes content; };
OUTCOME roster_keep(struct ask *ask, int64_t unit_id, const char *name, struct bytes csv, int64_t *id);
OUTCOME roster_kept(struct ask *ask, int64_t id, struct roster_file *out);       /* NOT_FOUND: of another, or gone */

#endif
