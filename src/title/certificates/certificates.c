#include "title/certificates/certificates.h"

#include <string.h>

#include "base/day.h"
#include "base/buf.h"
#include "base/id.h"
#include "certificates_sql.h"
#include "crypto/crypto.h"
#include "db/ids.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "registry/audit/audit.h"
#include "registry/tree/tree.h"
#include "text/text.h"
#include "title/certificates/certificates_messages.h"

enum { REASON_MIN = 10, GROUP = 4 };

#define ROW_OF(r) ((struct certificate_row){ .person_id = (r).person_id, .id = (r).id, .round_id = (r).round_id, \
	.decision_id = (r).decision_id, .authority_unit_id = (r).authority_unit_id, .book_number = (r).book_number, \
	.version = (r).version, .code = (r).code, .name = (r).name, .birth = (r).birth, .home = (r).home, \
	.valid_until = (r).valid_until, .revoked_reason = (r).revoked_reason, .ended_on = (r).ended_on, \
	.decision_number = (r).decision_number, .decision_day = (r).decision_day, .authority = (r).authority, \
	.place = (r).place, \
	.signer = (r).signer, .signer_role = (r).signer_role, .condition = (enum certificate_condition)(r).condition, \
	.replaced_by = (r).replaced_by })

const char *certificate_code_shown(struct arena *arena, const char *code)
{
	size_t len = strlen(code);
	struct buf out = BUF(arena);

	for (size_t i = 0; i < len; i++) {
		if (i && i % GROUP == 0 && len - i >= GROUP)
			buf_char(&out, '-');
		buf_char(&out, code[i]);
	}
	return buf_cstr(&out);
}

static OUTCOME trace(struct ask *ask, enum audit_action action, const struct certificate_row *c, const char *old,
	const char *reason)
{
	const char *new = audit_json(ask->arena, "book", arena_format(ask->arena, "%lld", (long long)c->book_number), "name",
		c->name,
		"decision", c->decision_number, "day", c->decision_day, "signer", c->signer, NULL);

	return audit_add(ask, &(struct audit_entry){ .action = action, .subject = "certificate", .subject_id = c->id,
		.version = c->version,
		.person_id = c->person_id, .unit_id = c->authority_unit_id, .old = old, .new = new, .reason = reason });
}

static const char *home_of(struct arena *arena, const struct sql_certificate_holder_row *holder)
{
	return *holder->commune ? arena_format(arena, "%s, %s", holder->leaf, holder->commune) : holder->leaf;
}

static OUTCOME insert(struct ask *ask, struct certificate_row *c)
{
	unsigned char random[CODE_CERTIFICATE_LEN];
	char code[CODE_MAX + 1];
	struct sql_certificate_holder_row holder;
	int64_t next;

	TRY(sql_certificate_holder(ask, day_of(ask->now).text, c->person_id, &holder));
	TRY(sql_certificate_book_take(ask, c->authority_unit_id, c->round_id, &next));
	TRY(id_next(ask->db, "certificate", id_register(c->person_id), &c->id));
	random_bytes(random, sizeof random);
	code_make(code, CODE_CERTIFICATE_LEN, random);
	TRY(unique_claim(ask, UNIQUE_CERTIFICATE, (struct bytes){ code, CODE_CERTIFICATE_LEN }, c->person_id));
	c->code = arena_text(ask->arena, code);
	c->name = holder.name;
	c->birth = holder.birth;
	c->home = home_of(ask->arena, &holder);
	c->book_number = next - 1;
	c->version = 1;
	c->condition = CERTIFICATE_VALID;
	c->revoked_reason = c->ended_on = "";
	c->replaced_by = 0;
	return sql_certificate_insert(ask, &(struct sql_certificate_insert_in){ .person_id = c->person_id, .id = c->id,
		.round_id = c->round_id, .decision_id = c->decision_id, .decision_number = c->decision_number,
		.decision_day = c->decision_day, .authority = c->authority, .authority_unit_id = c->authority_unit_id,
		.place = c->place,
		.signer = c->signer, .signer_role = c->signer_role, .book_number = c->book_number, .code = c->code,
		.name = c->name,
		.birth = c->birth, .home = c->home, .valid_until = c->valid_until, .made_at = ask->now });
}

OUTCOME certificate_issue(struct ask *ask, const struct certificate_new *new, struct certificate_row *out)
{
	*out = (struct certificate_row){ .person_id = new->person_id, .round_id = new->round_id, .decision_id = new->decision_id,
		.authority_unit_id = new->authority_unit_id, .decision_number = new->decision_number,
		.decision_day = new->decision_day,
		.authority = new->authority, .place = new->place, .signer = new->signer, .signer_role = new->signer_role,
		.valid_until = new->valid_until };
	TRY(insert(ask, out));
	return trace(ask, AUDIT_CERTIFICATE_ISSUED, out, NULL, NULL);
}

static OUTCOME end(struct ask *ask, struct certificate_row *c, enum certificate_condition condition, int64_t replaced_by,
	const char *reason)
{
	const char *today = arena_text(ask->arena, day_of(ask->now).text);

	TRY(sql_certificate_end(ask, &(struct sql_certificate_end_in){ .condition = (int64_t)condition,
		.replaced_by = replaced_by,
		.revoked_reason = condition == CERTIFICATE_REVOKED ? reason : "", .ended_on = today, .person_id = c->person_id,
		.id = c->id,
		.version = c->version }));
	c->version++;
	return trace(ask, condition == CERTIFICATE_REVOKED ? AUDIT_CERTIFICATE_REVOKED : AUDIT_CERTIFICATE_REISSUED, c, NULL,
		reason);
}

OUTCOME certificate_revoke(struct ask *ask, int64_t person_id, int64_t round_id, const char *reason)
{
	struct certificate_row c;

	TRY(certificate_of(ask, person_id, round_id, &c));
	return c.condition == CERTIFICATE_VALID ? end(ask, &c, CERTIFICATE_REVOKED, 0, reason) : OK;
}

OUTCOME certificate_reissue(struct ask *ask, int64_t person_id, int64_t id, int64_t version, const char *reason,
	struct certificate_row *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_certificate_get_row row;
	struct certificate_row old;

	TRY(sql_certificate_get(ask, person_id, id, &row));
	old = ROW_OF(row);
	TRY(access_require(ask, PERMIT_CERTIFICATE_EDIT, old.authority_unit_id));
	if (old.version != version)
		return CONFLICT;
	if (text_length(reason) < REASON_MIN)
		problem(ask->problems, "reason", CERTIFICATE_REASON_SHORT);
	if (old.condition != CERTIFICATE_VALID)
		problem(ask->problems, "", CERTIFICATE_NOT_VALID);
	if (!problems_none(ask->problems))
		return INVALID;
	*out = old;
	TRY(insert(ask, out));
	TRY(end(ask, &old, CERTIFICATE_REPLACED, out->id, reason));
	TRY(trace(ask, AUDIT_CERTIFICATE_ISSUED, out, NULL, reason));
	return db_commit(&tx);
}

static OUTCOME correct_one(struct ask *ask, const struct certificate_row *old, const struct certificate_new *to,
	const char *reason)
{
	struct certificate_row now = *old;

	now.decision_number = to->decision_number;
	now.decision_day = to->decision_day;
	now.signer = to->signer;
	now.version++;
	TRY(sql_certificate_correct(ask, &(struct sql_certificate_correct_in){ .decision_number = to->decision_number,
		.decision_day = to->decision_day, .signer = to->signer, .signer_role = to->signer_role,
		.person_id = old->person_id,
		.id = old->id, .version = old->version }));
	return trace(ask, AUDIT_DECISION_CHANGED, &now, audit_json(ask->arena, "decision", old->decision_number, "day",
		old->decision_day,
		"signer", old->signer, NULL), reason);
}

OUTCOME certificates_correct(struct ask *ask, const struct certificate_new *to, const char *reason)
{
	struct arena *arena = arena_new(8 * MiB);        /* of one page of 500: a decision may have 12,000 */
	struct ask page = *ask;
	struct certificate_list list = { 0 };
	enum outcome done = OK;
	int64_t after = 0;

	page.arena = arena;
	do {
		arena_reset(arena);
		done = certificates_of_decision(&page, to->decision_id, after, &list);
		for (size_t i = 0; done == OK && i < list.n; i++)
			done = correct_one(&page, &list.at[i], to, reason);
		after = done == OK && list.n ? list.at[list.n - 1].book_number : after;
	} while (done == OK && list.n == CERTIFICATES_PAGE);
	arena_free(arena);
	return done;
}

OUTCOME certificate_note_export(struct ask *ask, const struct certificate_row *c, int64_t leaf_id)
{
	DB_TRANSACTION(tx, ask->db);

	TRY(access_require(ask, PERMIT_SHEET_READ, leaf_id));
	TRY(audit_add(ask, &(struct audit_entry){ .action = AUDIT_EXPORTED, .subject = "certificate", .subject_id = c->id,
		.person_id = c->person_id, .unit_id = leaf_id,
		.new = audit_json(ask->arena, "list", "giay-chung-nhan", "format", "pdf", NULL) }));
	return db_commit(&tx);
}

OUTCOME certificate_of(struct ask *ask, int64_t person_id, int64_t round_id, struct certificate_row *out)
{
	struct sql_certificate_newest_row row;

	TRY(sql_certificate_newest(ask, person_id, round_id, &row));
	*out = ROW_OF(row);
	return OK;
}

OUTCOME certificate_by_code(struct ask *ask, const char *code, struct certificate_row *out)
{
	struct sql_certificate_with_code_row row;

	TRY(sql_certificate_with_code(ask, code, (struct bytes){ code, strlen(code) }, &row));
	*out = ROW_OF(row);
	return OK;
}

OUTCOME certificates_of_decision(struct ask *ask, int64_t decision_id, int64_t after_number, struct certificate_list *out)
{
	struct sql_certificates_of_decision_row *rows;
	struct certificate_row *list;

	TRY(sql_certificates_of_decision(ask, decision_id, after_number, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct certificate_row, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = ROW_OF(rows[i]);
	out->at = list;
	return OK;
}
