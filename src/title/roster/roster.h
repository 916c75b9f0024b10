/* roster.h: a list of people and their scores, as read (roster_read.h), looked at and then applied, all or nothing.
 *
 * Which columns a list may have and what their cells mean are roster_read.h's rules: .xlsx, .xls, .ods and .csv as officers send
 * them, or the plain form ho_ten, ngay_sinh, gioi_tinh, so_dinh_danh, dien_thoai, ap, nhom (code or title of a group of the
 * round's criteria), tc1 … tc10. An empty cell leaves what is stored. A hamlet is one below the unit, with or without “Ấp”;
 * none needs to be named when the unit is a leaf.
 *
 * Who a row is: the holder of its number; else the one person of the same folded name and year of birth in that leaf, unless
 * both have numbers that differ. A row with at least one score registers its person in the round and saves a draft; a row
 * without any only enters or changes the person: registering is each person's own will, and a list of names does not say it.
 *
 * Not written, with every reason: a row without a name; what was doubtful in the file and gave no value; what person_may_be
 * refuses, an unknown hamlet or group, a score that is no whole number of the framework, two people it could be, a number of
 * somebody elsewhere, the second of two rows alike, scores while the round is closed for the leaf or the sheet has been handed
 * in. Permission: PERMIT_ROSTER on the unit, then those of each operation. */
#ifndef TITLE_ROSTER_H
#define TITLE_ROSTER_H

#include "base/ask.h"
#include "registry/people/people.h"
#include "title/criteria/scores.h"
#include "title/roster/roster_read.h"
#include "title/rounds/rounds.h"

enum { ROSTER_ROWS = 25000 };
enum roster_verdict { ROSTER_NEW, ROSTER_SAME, ROSTER_CHANGED, ROSTER_REFUSED, ROSTER_VERDICTS };

/* Somebody of the register whom a row could be: of its name and year of birth, in its leaf. */
struct roster_namesake { int64_t person_id; const char *name, *birth, *number_end, *leaf; };

struct roster_row {
	struct roster_person read;       /* the row as the file has it: sheet, row, warnings, old number … */
	size_t line;                     /* read.row */
	enum roster_verdict verdict;
	const char *name, *place;        /* as in the file */
	const char *words;               /* what will be changed, or every reason of a refusal */
	const char *codes;               /* of a refusal, for programs: "birth hamlet" */
	int64_t person_id, version;      /* 0: new */
	struct person_new person;        /* as it will stand */
	struct scores scores;            /* of the file */
	int64_t twin_line;               /* the earlier row that this repeats; 0: none */
	bool has_scores, person_differs, scores_differ;
	size_t n_alike;                  /* more than one: it is not known who of them; refused as it is */
	const struct roster_namesake *alike;
};
struct roster {
	int64_t unit_id;
	bool has_round;
	struct round round;
	size_t n, counts[ROSTER_VERDICTS];
	const struct roster_row *rows;
};

/* What the store knows of a row, for programs: "new", "same", "changed"; "doubtful": not written as it is, row->words says
 * why. */
const char *roster_match_name(enum roster_verdict);

/* Judges every person and rejected row of the list; writes nothing. round_id 0: the newest. INVALID: no table in it, no row, more
 * than ROSTER_ROWS (field "file"), or no such unit or round. */
OUTCOME roster_judge(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *, struct roster *out);
/* Judges and writes every row that is not refused, in one transaction; `helper` and today's day stand as
 * consent on the sheets. *out is what was found before. The same list again finds all of them the same and writes nothing. */
OUTCOME roster_apply(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *, struct roster *out);
/* The same, telling every some hundred rows how far it is. NULL: nobody listens. */
typedef void (*roster_progress)(size_t done, size_t total);
OUTCOME roster_apply_telling(struct ask *ask, int64_t unit_id, int64_t round_id, const struct roster_reading *, roster_progress,
	struct roster *out);

/* A province may look at a list (roster_judge), not have it written: INVALID with a problem of "unit". */
OUTCOME roster_unit_takes_lists(struct ask *ask, int64_t unit_id);

/* The same of one row at a time, for lists of any size: what the store knows of it. Also for a province (a hamlet's name must
 * then be the only one of its kind there). The row's texts live in `scratch`. */
struct roster_judge;
OUTCOME roster_judge_open(struct ask *ask, int64_t unit_id, int64_t round_id, struct roster_judge **out);
OUTCOME roster_judge_row(struct roster_judge *, const struct roster_person *, struct arena *scratch, struct roster_row *out);
/* The same of a row of which somebody has said who it is, of those it could be: one of them, or (person_id 0) somebody else. */
OUTCOME roster_judge_row_as(struct roster_judge *, const struct roster_person *, int64_t person_id, struct arena *scratch,
	struct roster_row *out);

/* The year that two-digit and impossible years of birth are told by: that of today. */
int roster_year(const struct ask *ask);

#endif
