/* crosstabs.h: any two or three of a sheet's sides counted against each other: how many people, how many have scores, their sum.
 *
 * Answered from packed columns of `standing` (packs of ask->packs, one a round and commune, made again when the commune's stamp
 * has moved), never from the counters: those know group, sex, age and state only. The same transaction gives the stamps and the
 * rows, so an answer is of one moment. A total of 0 is a sheet without scores.
 *
 * Units are those of each round's own time, or (restated) today's: each leaf then counts where it lies today, a divided one
 * person by person as they were placed (title/transfers/boundaries.h), and what is not placed stands below its province as "chưa
 * xếp", code "". */
#ifndef FIGURES_CROSSTABS_H
#define FIGURES_CROSSTABS_H

#include "base/ask.h"

/* unit: those directly below the unit asked for (communes of a province, hamlets and organisations of a commune).
 * digital: what the sheet's scores say of digital skills; entry: by the person, or helped. */
#define CROSSTAB_SIDES(X) \
	X(UNIT, "unit", "Đơn vị") X(LEAF, "leaf", "Ấp, cơ quan") X(GROUP, "group", "Nhóm") X(SEX, "sex", "Giới") \
	X(AGE, "age", "Tuổi") X(STATE, "state", "Tình trạng phiếu") X(BAND, "band", "Mức điểm") \
	X(DIGITAL, "digital", "Kỹ năng số") \
	X(ENTRY, "entry", "Người nhập") X(YEAR, "year", "Năm")
enum crosstab_side {
#define CROSSTAB_ENUM(name, code, label) SIDE_##name,
	CROSSTAB_SIDES(CROSSTAB_ENUM)
#undef CROSSTAB_ENUM
	CROSSTAB_SIDE_N
};
const char *crosstab_side_code(enum crosstab_side);
const char *crosstab_side_label(enum crosstab_side);
bool crosstab_side_of(const char *code, enum crosstab_side *out);

enum { CROSSTAB_BY = 3, CROSSTAB_WHERE = 8, CROSSTAB_CELLS = 1 << 20, CROSSTAB_BANDS = 6 };
int crosstab_band(int64_t total);        /* 0: no scores; 1: below 50; 2: 50-64; 3: 65-79; 4: 80-89; 5: 90 and more */

struct crosstab_query {
	int64_t unit_id, round_id;               /* round_id 0: the newest; with `year` as a side, every round */
	bool restated;                           /* in today's units; the unit must be one of them, else NOT_FOUND */
	enum crosstab_side by[CROSSTAB_BY];
	size_t n_by;                             /* 1 to 3, none twice */
	struct { enum crosstab_side side; const char *value; } where[CROSSTAB_WHERE];   /* value: a code of that side */
	size_t n_where;
};
struct crosstab_value { const char *code, *label; int64_t unit_id; };   /* unit_id: of sides unit and leaf, else 0 */
struct crosstab_axis { enum crosstab_side side; size_t n; const struct crosstab_value *at; };
struct crosstab_cell { int64_t n, scored, total; };
struct crosstab {
	size_t n_by;
	struct crosstab_axis axes[CROSSTAB_BY];  /* values with people only, in their own order */
	const struct crosstab_cell *cells;       /* [(i * axes[1].n + j) * axes[2].n + k] */
	struct crosstab_cell all;
};

/* PERMIT_FIGURES_READ on the unit. INVALID with problems of field "by" or "where": no such side or value, one side twice, a table
 * of more than CROSSTAB_CELLS. NOT_FOUND: no such unit or round. Makes missing packs: for WORK routes. */
OUTCOME crosstab(struct ask *ask, const struct crosstab_query *, struct crosstab *out);

/* ---- as lines with sums ---- */

enum crosstab_measure { MEASURE_PEOPLE, MEASURE_SHARE, MEASURE_AVERAGE };
enum { CROSSTAB_SMALL = 5 };             /* fewer people than this are not shown to everybody */

/* A table of one or two sides with its sums: (rows + 1) × (columns + 1), the last of each is the sum. */
struct crosstab_sums {
	size_t n_rows, n_columns;        /* columns 0 where there is one side */
	const struct crosstab_cell *at;  /* [i * (n_columns + 1) + j]; with one side only the sums */
	bool *hidden;                    /* all false until crosstab_hide */
};
struct crosstab_sums crosstab_sums_of(struct arena *, const struct crosstab *);
/* Hides every number of 1 to 4 people, and in each row and column where one alone is hidden the smallest other one: a sum beside
 * it would tell. Again until no line has a lone one. Pure. */
void crosstab_hide(struct crosstab_sums *);
/* "1.234", "38,8 %" of its row, "83,4"; "ẩn" */
const char *crosstab_words(struct arena *, const struct crosstab_sums *, size_t i, size_t j, enum crosstab_measure);

/* ---- the packs ---- */

/* Makes every missing pack of a round for a unit: at start, in the background. *made: how many. */
OUTCOME crosstab_warm(struct ask *ask, int64_t round_id, int64_t unit_id, int64_t *made);
/* Every pack kept for a round and unit whose stamp is today's, against the stored rows (hoctap check). Needs ask->packs. */
OUTCOME crosstab_check(struct ask *ask, int64_t round_id, int64_t unit_id, void (*each)(void *context, int64_t commune_id,
	bool same),
	void *context);

#endif
