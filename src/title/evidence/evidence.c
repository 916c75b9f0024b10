/* Rows of evidence, their links, and how long a file stays. */
#include "title/evidence/evidence.h"

#include <string.h>

#include "base/day.h"
#include "base/id.h"
#include "base/log.h"
#include "db/ids.h"
#include "db/transaction.h"
#include "evidence_sql.h"
#include "files/files.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/people/people.h"
#include "text/text.h"
#include "title/evidence/evidence_messages.h"

static struct bytes bytes_of(const struct hash *h)
{
	return (struct bytes){ h->at, HASH_LEN };
}

static struct hash hash_from(struct bytes b)
{
	struct hash h = { 0 };

	if (b.ptr && b.len == HASH_LEN)
		memcpy(h.at, b.ptr, HASH_LEN);
	return h;
}

/* ---- reading ---- */

#define EVIDENCE_OF(r) ((struct evidence){ .person_id = (r).person_id, .id = (r).id, .version = (r).version, \
	.medium = (enum evidence_medium)(r).medium, .file = hash_from((r).file_hash), .thumb = hash_from((r).thumb_hash), \
	.received = hash_from((r).received_hash), .name = (r).name, .words = (r).words, .width = (int)(r).width, \
	.height = (int)(r).height, .added_at = (r).added_at })

static OUTCOME evidence_get(struct ask *ask, int64_t person_id, int64_t id, struct evidence *out)
{
	struct sql_evidence_get_row row;

	TRY(sql_evidence_get(ask, person_id, id, &row));
	*out = EVIDENCE_OF(row);
	return OK;
}

OUTCOME evidence_of_person(struct ask *ask, int64_t person_id, struct evidence_list *out)
{
	struct sql_evidence_of_person_row *rows;
	struct evidence *list;

	TRY(sql_evidence_of_person(ask, person_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct evidence, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = EVIDENCE_OF(rows[i]);
	out->at = list;
	return OK;
}

OUTCOME evidence_uses(struct ask *ask, int64_t person_id, struct evidence_uses *out)
{
	struct sql_evidence_uses_row *rows;
	struct evidence_use *list;

	TRY(sql_evidence_uses(ask, person_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct evidence_use, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct evidence_use){ rows[i].evidence_id, rows[i].round_id, (int)rows[i].indicator };
	out->at = list;
	return OK;
}

OUTCOME evidence_of_round(struct ask *ask, int64_t person_id, int64_t round_id, struct evidence_uses *out)
{
	struct sql_evidence_of_round_row *rows;
	struct evidence_use *list;

	TRY(sql_evidence_of_round(ask, person_id, round_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct evidence_use, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct evidence_use){ rows[i].evidence_id, rows[i].round_id, (int)rows[i].indicator };
	out->at = list;
	return OK;
}

OUTCOME evidence_twins(struct ask *ask, int64_t person_id, struct evidence_twins *out)
{
	struct sql_evidence_twins_row *rows;
	struct evidence_twin *list;

	TRY(sql_evidence_twins(ask, person_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct evidence_twin, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct evidence_twin){rows[i].evidence_id, person_id, rows[i].other_person_id,
			rows[i].other_evidence_id};
	out->at = list;
	return OK;
}

OUTCOME evidence_read(struct ask *ask, int64_t person_id, int64_t id, struct evidence *out)
{
	struct person person;
	enum outcome may;

	TRY(person_get(ask, person_id, &person));
	may = access_require_person(ask, PERMIT_SHEET_READ, person_id, person.leaf_id);
	if (may == FORBIDDEN)
		return NOT_FOUND;
	TRY(may);
	return evidence_get(ask, person_id, id, out);
}

/* ---- what a row holds of the store ---- */

/* Between the prepare step and now the sweep may have taken a copy that nothing referred to: then the person sends it again. */
OUTCOME stored_file_hold(struct ask *ask, struct hash file, int64_t size, const char *type)
{
	int64_t stored;

	/* a store over the network keeps what was just put there (s3.h), and the writer does not wait for it */
	if (ask->files && !files_is_remote(ask->files)) {
		enum outcome there = files_size(ask->files, file, &stored);

		if (there != OK) {
			log_line(LOG_ERROR, ask->request_id, "evidence_file_gone", "%s", hash_hex(ask->arena, file));
			return FAILED;
		}
	}
	return sql_stored_file_hold(ask, bytes_of(&file), size, type, ask->now);
}

OUTCOME stored_file_release(struct ask *ask, struct hash file)
{
	return sql_stored_file_release(ask, ask->now, bytes_of(&file));
}

static OUTCOME hold_both(struct ask *ask, const struct evidence_file *f)
{
	TRY(stored_file_hold(ask, f->file, f->file_size, f->medium == EVIDENCE_PDF ? "application/pdf" : "image/jpeg"));
	return f->medium == EVIDENCE_PHOTO ? stored_file_hold(ask, f->thumb, f->thumb_size, "image/jpeg") : OK;
}

static OUTCOME release(struct ask *ask, const struct evidence *e)
{
	if (e->medium == EVIDENCE_STATEMENT)
		return OK;
	TRY(stored_file_release(ask, e->file));
	return e->medium == EVIDENCE_PHOTO ? stored_file_release(ask, e->thumb) : OK;
}

/* In a folder the file goes before the commit: a row without a file is swept again, a file without a row never. */
static OUTCOME sweep_rows(struct ask *ask, const struct sql_stored_file_free_row *rows, size_t n, bool with_files)
{
	for (size_t i = 0; i < n; i++) {
		if (with_files)
			TRY(files_remove(ask->files, hash_from(rows[i].content_hash)));
		TRY(sql_stored_file_delete(ask, rows[i].content_hash));
	}
	return OK;
}

/* Over the network nobody waits for it in a transaction: the rows go first. What an outage leaves
 * there is logged and costs room. */
static void sweep_remote(struct ask *ask, const struct sql_stored_file_free_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (files_remove(ask->files, hash_from(rows[i].content_hash)) != OK)
			log_line(LOG_WARN, ask->request_id, "evidence_file_left", "%s",
				hash_hex(ask->arena, hash_from(rows[i].content_hash)));
}

OUTCOME files_sweep(struct ask *ask, int64_t limit, int64_t *removed)
{
	bool remote = files_is_remote(ask->files);
	struct sql_stored_file_free_row *rows;
	size_t n;

	*removed = 0;
	TRY(access_require(ask, PERMIT_SYSTEM, 0));
	{
		DB_TRANSACTION(tx, ask->db);

		TRY(sql_stored_file_free(ask, ask->now - EVIDENCE_KEEP_DAYS * (int64_t)DAY_SECONDS, limit, &rows, &n));
		TRY(sweep_rows(ask, rows, n, !remote));
		TRY(db_commit(&tx));
	}
	if (remote)
		sweep_remote(ask, rows, n);
	*removed = (int64_t)n;
	return OK;
}

struct every_file { enum outcome (*each)(void *, struct hash, int64_t, bool); void *context; };

static enum outcome every_file_row(void *context, const struct sql_stored_file_all_row *r)
{
	const struct every_file *e = context;

	return e->each(e->context, hash_from(r->content_hash), r->size, r->refs > 0);
}

OUTCOME stored_files_each(struct ask *ask, enum outcome (*each)(void *, struct hash, int64_t, bool), void *context)
{
	struct every_file e = { each, context };

	return sql_stored_file_all_each(ask, every_file_row, &e);
}

/* ---- changes ---- */

struct place { int64_t person_id, leaf_id, round_id; int indicator; };

static OUTCOME trace(struct ask *ask, enum audit_action action, const struct place *at, int64_t id, int64_t version,
	const char *name)
{
	struct arena *a = ask->arena;

	return audit_add(
		ask, &(struct audit_entry){ .action = action, .subject = "evidence", .subject_id = id, .version = version,
		.person_id = at->person_id, .unit_id = at->leaf_id, .new = audit_json(a, "name", name, "round",
		at->round_id ? arena_format(a, "%lld", (long long)at->round_id) : "",
		"indicator",
		at->indicator ? arena_format(a, "%d", at->indicator) : "", NULL)});
}

static OUTCOME use(struct ask *ask, const struct place *at, int64_t id, bool *added)
{
	int64_t n;

	*added = false;
	if (!at->indicator)
		return OK;
	TRY(sql_evidence_is_used(ask, at->person_id, at->round_id, at->indicator, id, &n));
	*added = n == 0;
	return n ? OK : sql_evidence_use_insert(ask, at->person_id, at->round_id, at->indicator, id);
}

static OUTCOME insert_row(struct ask *ask, const struct place *at, const struct evidence_file *f, const char *words)
{
	bool is_file = f->medium != EVIDENCE_STATEMENT, added;
	int64_t id;

	TRY(id_next(ask->db, "evidence", id_register(at->person_id), &id));
	TRY(sql_evidence_insert(ask, &(struct sql_evidence_insert_in){
		.person_id = at->person_id, .id = id, .medium = f->medium,
		.file_hash = is_file ? bytes_of(&f->file) : (struct bytes){0},
		.thumb_hash = f->medium == EVIDENCE_PHOTO ? bytes_of(&f->thumb) : (struct bytes){0},
		.received_hash = is_file ? bytes_of(&f->received) : (struct bytes){0}, .name = f->name, .words = words,
		.width = f->width, .height = f->height, .added_at = ask->now,
		.added_by = ask->actor ? ask->actor->account_id : 0 }));
	if (is_file)
		TRY(hold_both(ask, f));
	TRY(use(ask, at, id, &added));
	return trace(ask, AUDIT_EVIDENCE_ADDED, at, id, 1, f->name);
}

static OUTCOME bring_back(struct ask *ask, const struct place *at, const struct evidence_file *f,
	const struct sql_evidence_same_row *had)
{
	bool added;

	TRY(sql_evidence_bring_back(ask, &(struct sql_evidence_bring_back_in){ .person_id = at->person_id, .id = had->id,
		.version = had->version, .name = f->name, .file_hash = bytes_of(&f->file),
		.thumb_hash = f->medium == EVIDENCE_PHOTO
		? bytes_of(&f->thumb)
		: (struct bytes){0},
		.width = f->width, .height = f->height }));
	TRY(hold_both(ask, f));
	TRY(use(ask, at, had->id, &added));
	return trace(ask, AUDIT_EVIDENCE_ADDED, at, had->id, had->version + 1, f->name);
}

static OUTCOME link_row(struct ask *ask, const struct place *at, int64_t id, int64_t version, const char *name)
{
	bool added;

	TRY(use(ask, at, id, &added));
	if (!added)
		return OK;
	TRY(sql_evidence_bump(ask, at->person_id, id, version));
	return trace(ask, AUDIT_EVIDENCE_LINKED, at, id, version + 1, name);
}

static OUTCOME add_file(struct ask *ask, const struct place *at, const struct evidence_file *f)
{
	struct sql_evidence_same_row had;
	enum outcome found = sql_evidence_same(ask, bytes_of(&f->received), at->person_id, &had);

	if (found == NOT_FOUND)
		return insert_row(ask, at, f, "");
	TRY(found);
	return had.removed_at ? bring_back(ask, at, f, &had) : link_row(ask, at, had.id, had.version, f->name);
}

static OUTCOME check_room(struct ask *ask, int64_t person_id, size_t more)
{
	int64_t n;

	TRY(sql_evidence_count(ask, person_id, &n));
	if (n + (int64_t)more > EVIDENCE_OF_PERSON_MAX)
		problem(ask->problems, "", EVIDENCE_TOO_MANY);
	return problems_none(ask->problems) ? OK : INVALID;
}

OUTCOME evidence_add_files(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int indicator,
	const struct evidence_files *files)
{
	DB_TRANSACTION(tx, ask->db);
	struct place at = { person_id, leaf_id, round_id, indicator };

	TRY(check_room(ask, person_id, files->n_good));
	for (size_t i = 0; i < files->n; i++)
		if (!*files->at[i].refused)
			TRY(add_file(ask, &at, &files->at[i]));
	return db_commit(&tx);
}

OUTCOME evidence_add_statement(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int indicator,
	const char *words)
{
	DB_TRANSACTION(tx, ask->db);
	struct place at = { person_id, leaf_id, round_id, indicator };
	struct sql_evidence_same_words_row had;
	enum outcome found;

	if (text_length(words) < STATEMENT_MIN)
		problem(ask->problems, "words", EVIDENCE_WORDS_SHORT);
	TRY(check_room(ask, person_id, 1));
	found = sql_evidence_same_words(ask, person_id, words, &had);
	if (found == NOT_FOUND)
		TRY(insert_row(ask, &at, &(struct evidence_file){ .medium = EVIDENCE_STATEMENT, .name = "" }, words));
	else
		TRY(found);
	if (found == OK)
		TRY(link_row(ask, &at, had.id, had.version, ""));
	return db_commit(&tx);
}

OUTCOME evidence_set_link(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int indicator, int64_t id,
	bool linked)
{
	DB_TRANSACTION(tx, ask->db);
	struct place at = { person_id, leaf_id, round_id, indicator };
	struct evidence e;
	int64_t n;

	TRY(evidence_get(ask, person_id, id, &e));
	if (linked) {
		TRY(link_row(ask, &at, id, e.version, e.name));
		return db_commit(&tx);
	}
	TRY(sql_evidence_is_used(ask, person_id, round_id, indicator, id, &n));
	if (n) {
		TRY(sql_evidence_use_delete(ask, person_id, round_id, indicator, id));
		TRY(sql_evidence_bump(ask, person_id, id, e.version));
		TRY(trace(ask, AUDIT_EVIDENCE_REMOVED, &at, id, e.version + 1, e.name));
	}
	return db_commit(&tx);
}

OUTCOME evidence_remove(struct ask *ask, int64_t person_id, int64_t leaf_id, int64_t round_id, int64_t id, int64_t version)
{
	DB_TRANSACTION(tx, ask->db);
	struct place at = { person_id, leaf_id, round_id, 0 };
	struct evidence e;
	int64_t other;
	enum outcome used;

	TRY(evidence_get(ask, person_id, id, &e));
	used = sql_evidence_other_round(ask, person_id, round_id, id, &other);
	if (used == OK) {
		problem(ask->problems, "", evidence_used_elsewhere(ask->arena, other));
		return INVALID;
	}
	if (used != NOT_FOUND)
		return used;
	TRY(sql_evidence_set_removed(ask, ask->now, person_id, id, version));
	TRY(sql_evidence_use_clear(ask, person_id, round_id, id));
	TRY(release(ask, &e));
	TRY(trace(ask, AUDIT_EVIDENCE_REMOVED, &at, id, version + 1, e.name));
	return db_commit(&tx);
}
