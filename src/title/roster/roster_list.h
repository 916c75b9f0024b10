/* roster_list.h: a list from the moment it is sent in to the moment it is applied, or taken back: what was read of it, what the
 * officer decided, what came of each row. The file lies sealed, and so does what each row says of a person; the list belongs to
 * the account that sent it, and to nobody else. An account keeps its newest ROSTER_KEPT, and those applied today.
 *
 * Reading, applying and undoing are jobs (roster_jobs.h): the page is free meanwhile and may be left. */
#ifndef TITLE_ROSTER_LIST_H
#define TITLE_ROSTER_LIST_H

#include "title/roster/roster.h"
#include "title/roster/roster_doubts.h"

/* Stored as these numbers. */
enum list_state { LIST_READING, LIST_READ, LIST_UNREADABLE, LIST_APPLYING, LIST_APPLIED, LIST_UNDOING, LIST_UNDONE };
enum list_verdict { LIST_NEW, LIST_SAME, LIST_CHANGED, LIST_DOUBTFUL, LIST_REFUSED, LIST_VERDICTS };
enum list_scores { LIST_SCORES_UNSAID, LIST_SCORES_OWN, LIST_SCORES_AGREED };
enum { LIST_PAGE = 100, LIST_LEFT = LIST_VERDICTS /* a filter: rows that wait */ };

/* What the officer says of the whole list before it is applied. */
struct list_settings {
	enum list_scores scores_of;
	const char *consent_day, *consent_holder;        /* of the paper list; day ISO, "" not said */
	bool registers;          /* everybody on it registered, also who has no score yet */
	bool submits;            /* complete sheets are handed in */
	const char *group;       /* of people without one, "" none */
	int64_t leaf_id;         /* of people without a place, 0 none */
};
struct list {
	int64_t id, version, account_id, unit_id, round_id, from_round, job_id, at, applied_at;
	const char *name, *note, *columns, *choices;
	enum list_state state;
	struct list_settings settings;
	struct bytes shape;      /* opened JSON, empty before reading */
};
struct lists { size_t n; const struct list *at; };
struct list_counts { int64_t of[LIST_VERDICTS], waiting; };

struct list_row {
	int64_t line, person_id;
	enum list_verdict verdict;
	bool waits;
	const char *codes, *choices;
	/* as read */
	const char *sheet, *name, *birth, *number_end, *phone, *place, *group, *scores, *words, *found;
	size_t n_alike;                  /* whom of the register it could be, where there are several */
	const struct roster_namesake *alike;
	int64_t book, row;               /* which sheet of the book, from 0; row as a spreadsheet shows it */
	enum sex sex;
};
struct list_rows { size_t n; const struct list_row *at; };

/* The file is kept and a job to read it added. PERMIT_ROSTER on the unit. */
OUTCOME list_keep(struct ask *ask, int64_t unit_id, const char *name, struct bytes file, int64_t *id);
/* Instead of a file: who registered in a former round, to be asked again. INVALID: there was none. */
OUTCOME list_keep_former(struct ask *ask, int64_t unit_id, int64_t *id);
OUTCOME list_get(struct ask *ask, int64_t id, struct list *out);                 /* NOT_FOUND: of another, or gone */
OUTCOME list_file(struct ask *ask, int64_t id, struct bytes *out);
OUTCOME lists_of_actor(struct ask *ask, struct lists *out);                      /* newest first; shape is empty */
OUTCOME list_counts(struct ask *ask, int64_t id, struct list_counts *out);
/* filter: an enum list_verdict, LIST_LEFT, or -1 for all; LIST_PAGE a page after a line (0: the first). */
OUTCOME list_rows(struct ask *ask, const struct list *, int filter, int64_t after, struct list_rows *out);
OUTCOME list_row(struct ask *ask, const struct list *, int64_t line, struct list_row *out);
/* How many rows have each code, of those about which something may be decided. */
struct list_code { const struct doubt *doubt; int64_t n, waiting; enum list_choice choice; };
struct list_codes { size_t n; const struct list_code *at; };
OUTCOME list_codes(struct ask *ask, const struct list *, struct list_codes *out);

OUTCOME list_refused_for(struct ask *ask, const struct list *, const char *code, int64_t *rows);        /* "hamlet", "group" */

/* ---- what the officer says; only while the list is LIST_READ (INVALID tells), CONFLICT when the page is stale ---- */

OUTCOME list_decide(struct ask *ask, int64_t id, int64_t line, const char *code, enum list_choice);
/* That the row is one of its `alike`, of code "people_alike". */
OUTCOME list_decide_person(struct ask *ask, int64_t id, int64_t line, int64_t person_id);
OUTCOME list_decide_all(struct ask *ask, int64_t id, const char *code, enum list_choice);
/* What the columns are ("0:1=full_name …", roster_judge.h) and what people get who have no group or place: the list is read anew.
 * `sheet` with its headings is remembered for the unit: columns of it alone, "1=full_name …". */
struct list_columns {
	const char *all, *sheet, *group;
	struct bytes headings;
	int64_t leaf_id;
	bool moved;                      /* a column is something else now: rows may be others, and what was decided row by row goes */
};
OUTCOME list_set_columns(struct ask *ask, int64_t id, int64_t version, const struct list_columns *);
/* The settings must be whole (who agreed, the paper list); adds the job. Problems name scores_of, consent_day, consent_holder. */
OUTCOME list_apply(struct ask *ask, int64_t id, int64_t version, const struct list_settings *);
/* Within the day of applying. */
OUTCOME list_undo(struct ask *ask, int64_t id, int64_t version);

/* ---- for the jobs ---- */

OUTCOME list_get_any(struct ask *ask, int64_t id, struct list *out);             /* whoever's it is */
struct list_rows_judged;
OUTCOME list_store_rows(struct ask *ask, const struct list *, const struct roster_reading *, const struct list_rows_judged *);
/* What was decided row by row, in order of line: for list_judge. */
struct list_row_choice { int64_t line; const char *choices; };
struct list_row_choices { size_t n, at_last; const struct list_row_choice *at; };
OUTCOME list_row_choices(struct ask *ask, int64_t id, struct list_row_choices *out);
const char *list_row_choice(void *choices, int64_t line);        /* asked in order of line */
/* The same row by row, each once and in order (roster_stage.h); the end says what else there is of the list. */
struct list_storing {
	struct ask *ask, row;
	const struct list *list;
	const struct roster_reading *reading;
	const struct list_rows_judged *rows;
	struct list_row_choices choices;
};
OUTCOME list_storing_open(struct ask *ask, const struct list *, const struct roster_reading *, const struct list_rows_judged *,
	struct list_storing *out);
OUTCOME list_storing_row(struct list_storing *, size_t i);
OUTCOME list_storing_end(struct list_storing *);
OUTCOME list_end(struct ask *ask, const struct list *, enum list_state, const char *note);

#endif
