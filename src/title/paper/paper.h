/* paper.h: people without telephones: their sheets on paper (form CDHT-02), printed for a branch and typed back by code.
 *
 * A printed sheet is two sides of one A4. Its code (8 + 1 characters, base/id.h) is printed, and stands in a QR code on each
 * side as
 * CODE/1 and CODE/2. Where bubbles and marks stand: docs/paper-sheet.md. */
#ifndef TITLE_PAPER_H
#define TITLE_PAPER_H

#include "base/form.h"
#include "title/assessments/assessments.h"

enum { PAPER_SHEETS_PAGE = 200, PAPER_POINTS = 10 };    /* points: of the bubbles, 0 to 10 */

struct paper_sheet {
	int64_t person_id, criteria_id;
	const char *name, *birth, *code, *group;
	enum sheet_state state;
	struct bytes name_key;
};
struct paper_sheet_list { size_t n; const struct paper_sheet *at; };
/* People of a leaf whose sheet is still theirs to fill in (registered, draft, returned), by name, PAPER_SHEETS_PAGE a page.
 * Permission is the caller's. */
OUTCOME paper_sheets(struct ask *ask, int64_t round_id, int64_t leaf_id, const struct paper_sheet *after,
	struct paper_sheet_list *out);
/* The sheet of one person, whatever its state. NOT_FOUND: not registered. */
OUTCOME paper_sheet_of(struct ask *ask, struct sheet_key, struct paper_sheet *out);
/* Are these criteria scored from 0 to 10 in whole points, as the bubbles are? */
bool paper_fits(const struct criteria *);

/* The sheet of a code as typed or scanned: any case, O for 0, I and L for 1, with or without the side's "/1". NOT_FOUND: no such
 * code, or not of a person the actor may help (SHEET_ASSIST). */
OUTCOME paper_sheet_typed(struct ask *ask, const char *typed, struct sheet_key *out);

/* ---- activation codes on slips, a household's telephone ---- */

enum { PAPER_BATCH = 200 };
/* Batches of people of a leaf who cannot sign in yet, by name: each begins after a person (0: the first). */
struct paper_batch { int64_t after, from, to; };         /* from, to: the how-manieth, from 1 */
struct paper_batches { size_t n; const struct paper_batch *at; };
OUTCOME paper_batches(struct ask *ask, int64_t leaf_id, struct paper_batches *out);
/* A code for each of a batch, under one new ticket: all or none. ACCOUNT_MANAGE on the leaf. The journal has a row for each. */
OUTCOME paper_codes_make(struct ask *ask, int64_t leaf_id, int64_t after, const char **ticket);
/* The slips of that ticket that are still good (accounts.h: half an hour, by who made them). */
struct paper_code { const char *name, *birth, *code; int64_t expires_at; };
struct paper_codes { size_t n; const struct paper_code *at; };
OUTCOME paper_codes_again(struct ask *ask, int64_t leaf_id, int64_t after, const char *ticket, struct paper_codes *out);

/* Who lives with a person (same hamlet, same head of household, they themselves too) and where each stands in a round. */
struct paper_member {
	int64_t person_id;
	const char *name, *birth, *group, *code, *due_day, *reason;
	enum sex sex;
	enum sheet_state state;
	struct scores self;
	bool has_account;
};
struct paper_household { size_t n; const struct paper_member *at; };
/* PERSON_READ on the person. Without a head of household: the person alone. */
OUTCOME paper_household(struct ask *ask, int64_t round_id, const struct person *, struct paper_household *out);
/* What is still to be done for a member: "Chưa đăng ký", "Đã chấm 6 trên 10 chỉ số, chưa nộp", "Không phải làm gì …". */
const char *paper_member_todo(struct arena *, const struct paper_member *, size_t n_indicators);

/* How the person agreed that somebody else types their sheet. */
extern const struct choices paper_consents;
/* What stands on the paper, typed in: scores (absent ones stay), remark, who typed and how the person agreed (needed once:
 * when the
 * sheet names both already, helper "" and consent -1 leave it so), handed in at once if wanted. Problems name score_1 …, helper,
 * consent. All in one transaction, or nothing. */
struct paper_typed {
	struct sheet_key key;
	int64_t version;
	struct scores scores;
	const char *remark, *helper;
	int consent;                     /* index into paper_consents, -1: none chosen */
	bool submit;
};
OUTCOME paper_type(struct ask *ask, const struct paper_typed *);

#endif
