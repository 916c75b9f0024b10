/* roster_write.h (private): one row into the register and its sheet, through the operations of people, assessments and review:
 * their rules, traces and permissions hold. */
#ifndef TITLE_ROSTER_WRITE_H
#define TITLE_ROSTER_WRITE_H

#include "title/assessments/assessments.h"
#include "title/roster/roster_list.h"

struct roster_writer {
	struct ask held;                 /* holds the counters (standing_batch_hold); end with roster_writer_end */
	struct ask ask;                  /* of one row: its arena is emptied before the next */
	struct problems problems;        /* of one row */
	int64_t round_id;                /* 0: there is none to enter anybody in */
	struct list_settings settings;
	const char *reason;              /* of a change of a person */
	struct sheet_help help;
};
/* What a row did, for undoing it. Lives until the next row. */
struct roster_written {
	int64_t person_id, person_version, sheet_version;        /* versions as left; 0: not touched */
	bool added;
	struct person person;            /* before; when changed */
	bool had_sheet;
	struct sheet sheet;              /* before; when had_sheet */
};

/* Within the caller's transaction. */
void roster_writer_begin(struct roster_writer *, struct ask *ask, int64_t round_id, const struct list_settings *);
/* INVALID: writer->problems says why; the counters held are then no longer right and the transaction must be given up. */
OUTCOME roster_write_row(struct roster_writer *, const struct roster_row *, struct roster_written *out);
OUTCOME roster_writer_end(struct roster_writer *);

/* What was, as kept with the row, and back again. */
struct bytes written_json(struct arena *, const struct roster_written *);
OUTCOME written_undo(struct ask *ask, struct bytes json, int64_t round_id, int64_t person_id, int64_t person_version,
	int64_t sheet_version, const char *reason);

#endif
