/* evidence.h: what stands behind a score: a photo, a PDF or a written statement of a person, linked to indicators of rounds and
 * reused across both. Files lie in the content-addressed store; a row here names them by hash.
 *
 * Strangers' files are read in the sandbox, in the prepare step, before the write: evidence_prepare (evidence_page.h) stores the
 * good ones and evidence_add_files makes them rows. A file nobody refers to any more is kept 7 days (stored_file.free_since),
 * then removed by files_sweep.
 *
 * Permission to read: the person themselves, or PERMIT_SHEET_READ on the leaf (evidence_read). Whether a sheet may still be
 * changed is title/assessments' question, and it calls the operations that change, which ask no permission of their own. Each
 * change is one audit row (subject "evidence", subject_id = id, person_id = the person; version of the row). */
#ifndef TITLE_EVIDENCE_H
#define TITLE_EVIDENCE_H

#include "base/ask.h"
#include "base/form.h"
#include "crypto/keyring.h"

enum evidence_medium { EVIDENCE_PHOTO = 1, EVIDENCE_PDF, EVIDENCE_STATEMENT };
enum { EVIDENCE_KEEP_DAYS = 7, EVIDENCE_NAME_MAX = 200, STATEMENT_MIN = 10, STATEMENT_MAX = 1000, EVIDENCE_OF_PERSON_MAX = 500 };

struct evidence {
	int64_t person_id, id, version;
	enum evidence_medium medium;
	struct hash file, thumb;         /* of a photo both, of a PDF the first */
	struct hash received;            /* keyed hash of what was sent */
	const char *name;                /* of the file, as sent; "" of a statement */
	const char *words;               /* a statement */
	int width, height;
	int64_t added_at;
};
struct evidence_list { size_t n; const struct evidence *at; };
struct evidence_use { int64_t evidence_id, round_id; int indicator; };
struct evidence_uses { size_t n; const struct evidence_use *at; };

/* ---- files that come in ---- */

struct evidence_file {               /* one file of an upload, good or refused */
	const char *name;
	const char *refused;             /* "" when good; else what is wrong and what to do */
	enum evidence_medium medium;
	struct hash file, thumb, received;
	int64_t file_size, thumb_size;
	int width, height;
};
struct evidence_files { size_t n, n_good; const struct evidence_file *at; };

/* Rows for the good files, linked to indicator 1 … 20 of the round, or to none (0). The same file (or words) again of the same
 * person is that row: linked, and back when it had been removed. So sending twice has one effect. */
OUTCOME evidence_add_files(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int indicator,
	const struct evidence_files *);
OUTCOME evidence_add_statement(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int indicator,
	const char *words);

/* ---- links, removal ---- */

/* Linking what is linked, or the other way round, is OK and writes nothing. NOT_FOUND: no such evidence of this person. */
OUTCOME evidence_set_link(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int indicator, int64_t id,
	bool linked);
/* From the person's pages; links of rounds that are over hold it back: INVALID ("" says so). CONFLICT: the version has moved. */
OUTCOME evidence_remove(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int64_t id, int64_t version);

/* ---- reading ---- */

OUTCOME evidence_of_person(struct ask *ask, int64_t person_id, struct evidence_list *out); /* newest first, not the removed */
OUTCOME evidence_uses(struct ask *ask, int64_t person_id, struct evidence_uses *out);            /* of all rounds */
OUTCOME evidence_of_round(struct ask *ask, int64_t person_id, int64_t round_id, struct evidence_uses *out);
/* The same received file is evidence of other people too: for reviewers. At most 20, without names. */
struct evidence_twin { int64_t evidence_id, person_id, other_person_id, other_evidence_id; };
struct evidence_twins { size_t n; const struct evidence_twin *at; };
OUTCOME evidence_twins(struct ask *ask, int64_t person_id, struct evidence_twins *out);

/* One, for its owner and PERMIT_SHEET_READ on the leaf; NOT_FOUND for everybody else (its existence is not theirs to know). */
OUTCOME evidence_read(struct ask *ask, int64_t person_id, int64_t id, struct evidence *out);

/* ---- what the store keeps, for every feature that names a file (a signed decision, a job's result) ----
 * A row that names a file holds it once, and releases it once. Held for the first time it must be in the store already. */
OUTCOME stored_file_hold(struct ask *ask, struct hash file, int64_t size, const char *type);
OUTCOME stored_file_release(struct ask *ask, struct hash file);

/* Every file the store should hold, in order of name, for a backup; `held`: some row refers to it (one that nothing refers to
 * may be swept any moment). What `each` returns ends it unless OK. No permission of its own. */
OUTCOME stored_files_each(struct ask *ask, enum outcome (*each)(void *context, struct hash file, int64_t size, bool held),
	void *context);

/* Daily job: up to `limit` files free for 7 days leave table and store. *removed 0: done. */
OUTCOME files_sweep(struct ask *ask, int64_t limit, int64_t *removed);

#endif
