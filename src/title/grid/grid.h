/* grid.h: a branch's people × the indicators of the round on one screen, and what is done for many of them in one go
 * (model.md 4; the officer's year). Each act is the sheet's own (title/assessments, title/review) with all its rules; here are
 * the rows, the
 * rows of a page saved together, and the loops.
 *
 * Two modes. SELF: scores typed in a person's name (permission SHEET_ASSIST; who helped and how the person agreed are named
 * once a sheet); REVIEW: the branch's own (SHEET_REVIEW; never one's own sheet; one reason for all that is changed in a
 * row). Any published framework: 1 to SCORES_MAX indicators, each of its own most. */
#ifndef TITLE_GRID_H
#define TITLE_GRID_H

#include "base/form.h"
#include "registry/access/access.h"
#include "title/assessments/assessments.h"

enum { GRID_PAGE = 500, GRID_FORM_ROWS = FORM_LIST, GRID_BULK = 500, GRID_NOTE_MAX = 200 };
enum grid_mode { GRID_SELF, GRID_REVIEW };
extern const struct choices grid_modes;                          /* "tu-cham", "xet": in the order of enum grid_mode */

struct grid_line {
	struct sheet_key key;
	int64_t leaf_id, version;                /* version 0: not registered */
	const char *name, *birth, *group;
	enum sex sex;
	enum sheet_state state;
	/* agreed: final, else reviewed, n 0 when none; last: that counted in the round before, n 0 also when it asked
	 * otherwise */
	struct scores self, agreed, last;
	bool is_named;                           /* who helped and how the person agreed stand in the sheet */
	bool is_assisted;                        /* an officer typed scores of it */
	bool is_own;                             /* the actor's */
	struct bytes name_key;
};
struct grid_lines { size_t n; const struct grid_line *at; };

/* People of a leaf by name, `limit` (1 … GRID_PAGE) after a person (0: from the first). Permission is the caller's. */
OUTCOME grid_lines(struct ask *, int64_t round_id, int64_t leaf_id, int64_t after_person, int64_t limit, struct grid_lines *out);
OUTCOME grid_line_get(struct ask *, struct sheet_key, struct grid_line *out);    /* NOT_FOUND: no such row in the round */
/* What the row shows in that mode: the person's own, or the agreed ones (the own while nothing is agreed). */
const struct scores *grid_scores(const struct grid_line *, enum grid_mode);
/* May the row be written in that mode, as far as its state and owner say? (the operations ask windows and permissions too) */
bool grid_is_writable(const struct grid_line *, enum grid_mode);
/* Who wrote the sheet last, and when. NOT_FOUND: nobody yet. */
OUTCOME grid_last_hand(struct ask *, struct sheet_key, const char **actor, int64_t *at);

/* A row as typed. `reason` is one for all scores that differ, "" where none does; `note` stands in the audit row (NULL:
 * none): a score taken over from last year and confirmed. help: who typed and how the person agreed, NULL when the sheet
 * has it already. */
struct grid_row {
	struct sheet_key key;
	int64_t version;
	struct scores scores;
	const char *reason, *note;
	size_t number;                           /* grid_save_rows: which row of the page, from 1 */
};
/* SELF: registers who has not registered (the person's group of the register), then writes all: an absent score is
 * taken away. REVIEW: review_save. Problems: score_1 … score_20, reason, group, helper, consent, "". CONFLICT: the version
 * has moved. */
OUTCOME grid_save(struct ask *, enum grid_mode, const struct grid_row *, const struct sheet_help *);

/* Rows of one page, all or nothing. Problems name c3_7 (indicator 3 of row 7), ly_do_7, helper, consent; what is of a whole
 * row stands at its first box with the person's name. moved[i]: that row's version had moved (it has a problem that says
 * who changed what). INVALID when any row cannot be saved. *done: what grid_undo takes, 0 when all stood so already. */
OUTCOME grid_save_rows(struct ask *, enum grid_mode, const struct grid_row *, size_t n, const struct sheet_help *, bool *moved,
	int64_t *done);

/* ---- one act for many people ---- */

#define GRID_ACTS(X) X(REGISTER, "dang-ky") X(SUBMIT, "nop") X(SUBMIT_OWN, "nop-giup") X(AGREE, "dong-y") X(WITHDRAW, "rut") \
	X(RESTORE, "nhan-lai")
enum grid_act {
#define GRID_ACT_ENUM(name, code) GRID_##name,
	GRID_ACTS(GRID_ACT_ENUM)
#undef GRID_ACT_ENUM
	GRID_ACT_N,
	/* rows of a page saved together: no act of its own, and undone as one */
	GRID_ROWS_SELF = GRID_ACT_N, GRID_ROWS_REVIEW, GRID_DONE_N
};
extern const struct choices grid_acts;
/* of a withdrawal: died, moved away, refused, not found (the title's own list) */
extern const struct choices grid_reasons;

/* Whom an act can be done for:
 *   REGISTER    not registered
 *   SUBMIT      drafts that an officer typed, scored to the last indicator
 *   SUBMIT_OWN  the same that people scored themselves; not the actor's own
 *   AGREE       handed in, not one's own
 *   WITHDRAW    still under way; RESTORE: withdrawn or lapsed
 * By name, the first GRID_BULK after a person; *next 0: no more. */
OUTCOME grid_candidates(struct ask *, enum grid_act, int64_t round_id, int64_t leaf_id, int64_t after_person,
	struct grid_lines *out, int64_t *next);
/* 16 hexadecimal digits of who stands in a list with which version: another text means that the list has changed since. */
const char *grid_stamp(struct arena *, const struct grid_lines *);

/* `lines` are the chosen ones, with the versions that were seen. What cannot be done for somebody is told with the reason
 * and keeps nobody else waiting; the others are done in one transaction. Each sheet's audit row says that it was one of
 * many, and one more row (subject round, of the leaf) says what was done for how many. reason: of WITHDRAW and RESTORE,
 * else "". help: of REGISTER, of sheets in which nobody is named yet; of SUBMIT_OWN who hands in and how the people agreed,
 * kept in each sheet: a person's own scores are handed in by another hand only so. Problems helper, consent of INVALID.
 * Permission SHEET_REVIEW for AGREE, else SHEET_ASSIST, on the leaf. */
struct grid_bulk { enum grid_act act; int64_t round_id, leaf_id; const char *reason; const struct sheet_help *help; };
struct grid_left { int64_t person_id; const char *name, *why; };
/* done: what grid_undo takes, 0 when nothing was done */
struct grid_result { size_t n_done, n_left; const struct grid_left *left; int64_t done; };
OUTCOME grid_bulk(struct ask *, const struct grid_bulk *, const struct grid_lines *, struct grid_result *out);

/* ---- undone as one step ----
 *
 * An act for many, or rows of a page saved together, goes back on its own day by anybody with its permission: each sheet as it
 * was, or to never registered. A sheet that has changed since, moved away, got evidence or is the actor's own review is named
 * and left. What an earlier act did to the same sheets can be undone after that. All in one transaction with one audit row a
 * sheet and one of the round. */
struct grid_done { int64_t id, round_id, leaf_id, people, at, undone_at, undone; enum grid_act act; const char *actor; };
struct grid_dones { size_t n; const struct grid_done *at; };
enum permit grid_permit(enum grid_act);
OUTCOME grid_done_get(struct ask *, int64_t id, struct grid_done *out);          /* NOT_FOUND also when its day is long over */
/* Of a leaf today, newest first, at most 50. Permission is the caller's. */
OUTCOME grid_dones(struct ask *, int64_t round_id, int64_t leaf_id, struct grid_dones *out);
/* What undoing would do. A problem of "" says why not at all (its day is over, undone already, the round is locked, every sheet
 * has changed); then INVALID, with *out filled. */
OUTCOME grid_undo_look(struct ask *, const struct grid_done *, struct grid_result *out);
/* CONFLICT: undone by somebody else meanwhile. */
OUTCOME grid_undo(struct ask *, const struct grid_done *, struct grid_result *out);

#endif
