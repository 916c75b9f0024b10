/* roster_judge.h (private): the rows of a list as they would be written: what was read, what the officer decided, what the
 * register holds.
 *
 * Reading (roster_read.h) marks what is doubtful; roster_judge says what the register takes. Between them stand the officer's
 * decisions: a decision changes what was read (a number left out, a half point rounded) before the register is asked. What is
 * only to be known refuses nothing here. */
#ifndef TITLE_ROSTER_JUDGE_H
#define TITLE_ROSTER_JUDGE_H

#include "title/roster/roster_list.h"

struct list_judged {
	struct roster_row row;           /* as it would be written */
	enum list_verdict verdict;
	const char *codes;               /* all there is to know or to decide */
	bool left;                       /* decided: not this row */
};
struct list_rows_judged {
	bool has_round;
	struct round round;
	size_t n;
	struct list_judged *at;
};

/* What was read of the file, by the officer's columns or those remembered for the unit; outside any transaction, for it waits for
 * the sandbox. INVALID: problems of "file" say why it is no list. A list of a former round reads nothing. */
OUTCOME list_read_file(struct ask *owner, const struct list *, struct roster_reading *out);
/* choices(state, line): what was decided for that row, "" nothing. */
typedef const char *(*list_choices_of)(void *state, int64_t line);
OUTCOME list_judge(struct ask *owner, const struct list *, const struct roster_reading *, list_choices_of, void *state,
	struct list_rows_judged *out);

/* "0:1=full_name 0:2=birth": sheet, column from 0, field. False when a word of it is none of these. */
bool list_columns_parse(struct arena *, const char *columns, const struct roster_choice **out, size_t *n);
/* The folded heading words of a sheet, by which its columns are remembered. */
struct bytes list_headings(struct arena *, const struct roster_sheet *);

#endif
