/* The authority's part: a decision over a tờ trình, its correction, its signed file, a revocation. */
#include "base/id.h"
#include "title/recognition/people_stream.h"
#include "title/recognition/recognition.h"

#include <string.h>

#include "base/day.h"
#include "crypto/crypto.h"
#include "db/transaction.h"
#include "recognition_sql.h"
#include "registry/access/access.h"
#include "registry/access/accounts.h"
#include "registry/tree/tree.h"
#include "title/recognition/move.h"
#include "title/recognition/recognition_messages.h"

enum { EFFECT_RECOGNISES = 1, EFFECT_REVOKES };
enum { RESULT_RECOGNISED = 1, RESULT_NOT_MET, RESULT_SENT_BACK, RESULT_REVOKED };

/* ---- one person of a decision ---- */

struct deciding {
	struct ask *ask;
	struct move move;
	struct exceptions left;
	const struct criteria *criteria;
	struct certificate_new certificate;
	int64_t decision_id, round_id, people, not_met;
};

static OUTCOME recognise(struct deciding *d, struct sheet *sheet)
{
	struct certificate_row issued;
	unsigned flags = STANDING_HOLDER;

	if (!d->criteria || d->criteria->id != sheet->criteria_id)
		TRY(criteria_get(d->ask, sheet->criteria_id, &d->criteria));
	sheet->state = SHEET_RECOGNISED;
	sheet->state_reason = "";
	sheet->final = sheet->reviewed;
	flags |= criteria_has_digital(d->criteria, &sheet->final) ? STANDING_DIGITAL : 0;
	flags |= criteria_is_proficient(d->criteria, &sheet->final) ? STANDING_PROFICIENT : 0;
	TRY(move_write(&d->move, sheet, (struct sheet_write){ .action = AUDIT_SHEET_RECOGNISED, .set_flags = flags }));
	d->certificate.person_id = sheet->key.person_id;
	TRY(certificate_issue(&d->move.row, &d->certificate, &issued));
	d->people++;
	return sql_decision_person_insert(&d->move.row, d->decision_id, sheet->key.person_id, RESULT_RECOGNISED, "");
}

static OUTCOME pass_over(struct deciding *d, struct sheet *sheet, const struct exception *e)
{
	bool back = e->kind == EXCEPTION_SENT_BACK;

	sheet->state = back ? SHEET_REVIEWED : SHEET_NOT_MET;
	sheet->state_reason = e->reason;
	TRY(move_write(&d->move, sheet, (struct sheet_write){ .action = back ? AUDIT_SHEET_REOPENED : AUDIT_SHEET_NOT_MET,
		.reason = e->reason }));
	d->not_met += !back;
	return sql_decision_person_insert(&d->move.row, d->decision_id, sheet->key.person_id, (int64_t)e->kind, e->reason);
}

static OUTCOME decide_one(struct deciding *d, int64_t person_id)
{
	const struct exception *e = exception_of(&d->left, person_id);
	struct sheet sheet;

	TRY(move_next(&d->move, (struct sheet_key){ person_id, d->round_id }, &sheet));
	if (sheet.state != SHEET_PROPOSED)               /* withdrawn meanwhile: died, moved away */
		return OK;
	return e ? pass_over(d, &sheet, e) : recognise(d, &sheet);
}

/* ---- the decision ---- */

static OUTCOME write_decision(struct ask *ask, const struct decision *d, int64_t proposal_id, int64_t people, int64_t not_met,
	bool revokes,
	const char *reason)
{
	TRY(sql_decision_insert(ask, &(struct sql_decision_insert_in){ .id = d->id, .round_id = d->round_id,
		.commune_id = d->commune_id,
		.proposal_id = proposal_id, .effect = revokes ? EFFECT_REVOKES : EFFECT_RECOGNISES, .authority = d->authority,
		.authority_unit_id = d->authority_unit_id, .number = d->number, .day = d->day, .signer = d->signer,
		.signer_role = d->signer_role, .people = people, .not_met = not_met, .made_at = ask->now }));
	return recognition_trace(ask, AUDIT_DECISION_MADE, "decision", d->id, 1, d->commune_id, NULL, audit_json(ask->arena,
		"number", d->number, "day",
		d->day, "signer", d->signer, "people", arena_format(ask->arena, "%lld", (long long)people), "not_met",
		arena_format(ask->arena, "%lld", (long long)not_met), NULL), reason);
}

/* The decision as it will be stored, with the authority of its day. */
static OUTCOME complete(struct ask *ask, const struct decision *new, int64_t round_id, int64_t commune_id, struct decision *out,
	struct authority *authority)
{
	*out = *new;
	out->round_id = round_id;
	out->commune_id = commune_id;
	TRY(authority_of(ask, commune_id, new->day, authority));
	out->authority = authority->name;
	out->authority_unit_id = authority->unit_id;
	return tree_new_id(ask, "decision", &out->id);
}

static struct certificate_new certificate_for(struct ask *ask, const struct decision *d, const struct authority *authority,
	const struct round *round)
{
	return (struct certificate_new){ .round_id = d->round_id, .decision_id = d->id, .authority_unit_id = d->authority_unit_id,
		.decision_number = d->number, .decision_day = d->day, .authority = d->authority, .place = authority->place,
		.signer = d->signer, .signer_role = d->signer_role,
		.valid_until = arena_format(ask->arena, "%d-12-31", round->year + round->title_years - 1) };
}

struct leaving leaving_of(const struct proposal *p)
{
	return (struct leaving){ LEAVING_DECISION, p->round_id, p->commune_id, p->id, p->version };
}

OUTCOME decision_make(struct ask *ask, const struct decision *new, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct deciding *d = ARENA_NEW(ask->arena, struct deciding);
	struct sql_proposal_ids_row *people;
	struct authority authority;
	struct decision decision;
	struct proposal proposal;
	struct leaving leaving;
	struct round round;
	size_t n;

	TRY(proposal_get(ask, new->proposal_id, &proposal));
	leaving = leaving_of(&proposal);
	TRY(recognition_begin(ask, PERMIT_DECIDE, proposal.round_id, proposal.commune_id, &round));
	TRY(sql_proposal_ids(ask, proposal.round_id, proposal.id, &people, &n));
	recognition_check_past(ask, "day", new->day);
	if (strcmp(new->day, proposal.day) < 0)
		problem(ask->problems, "day", decision_day_early(ask->arena, proposal.day));
	if (proposal.decided)
		problem(ask->problems, "", PROPOSAL_DECIDED);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_proposal_decided(ask, proposal.id, new->version));
	TRY(recognition_trace(ask, AUDIT_DECISION_MADE, "proposal", proposal.id, new->version + 1, proposal.commune_id, NULL,
		NULL, NULL));
	TRY(complete(ask, new, proposal.round_id, proposal.commune_id, &decision, &authority));
	*d = (struct deciding){ .ask = ask, .decision_id = decision.id, .round_id = round.id,
		.certificate = certificate_for(ask, &decision, &authority, &round) };
	TRY(left_out(ask, &leaving, &d->left));
	move_begin(&d->move, ask);
	for (size_t i = 0; i < n; i++)
		TRY(decide_one(d, people[i].person_id));
	TRY(move_end(&d->move));
	TRY(left_out_end(ask, &leaving, &d->left));
	if (!d->people && !d->left.n) {
		problem(ask->problems, "", DECISION_NOBODY);
		return INVALID;
	}
	*id = decision.id;
	TRY(write_decision(ask, &decision, proposal.id, d->people, d->not_met, false, NULL));
	return db_commit(&tx);
}

OUTCOME decision_correct(struct ask *ask, const struct decision *to, const char *reason)
{
	DB_TRANSACTION(tx, ask->db);
	struct decision old;

	TRY(decision_get(ask, to->id, &old));
	TRY(access_require(ask, PERMIT_DECIDE, old.commune_id));
	recognition_check_past(ask, "day", to->day);
	recognition_check_reason(ask, "reason", reason);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(sql_decision_correct(ask, to->number, to->day, to->signer, to->signer_role, to->id, to->version));
	TRY(recognition_trace(ask, AUDIT_DECISION_CHANGED, "decision", to->id, to->version + 1, old.commune_id,
		audit_json(ask->arena, "number",
		old.number, "day", old.day, "signer", old.signer, NULL), audit_json(ask->arena, "number", to->number, "day",
		to->day, "signer",
		to->signer, NULL), reason));
	if (!old.revokes)
		TRY(certificates_correct(ask, &(struct certificate_new){ .decision_id = to->id, .decision_number = to->number,
			.decision_day = to->day, .signer = to->signer, .signer_role = to->signer_role }, reason));
	return db_commit(&tx);
}

OUTCOME decision_list_check(struct ask *ask, const struct decision *d, const char **out)
{
	struct proposal *p = ARENA_NEW(ask->arena, struct proposal);

	TRY(proposal_get(ask, d->proposal_id, p));
	return people_check(people_of_proposal(ask, p), true, ask->arena, out);
}

/* What was typed off the signed list, or stands in the file, becomes its nine characters. A revocation has no list. */
static OUTCOME compare_lists(struct ask *ask, const struct decision *d, const char **typed, const char *in_file)
{
	char code[CODE_MAX + 1];
	const char *ours;

	if ((!**typed && !*in_file) || d->revokes) {
		*typed = "";
		return OK;
	}
	TRY(decision_list_check(ask, d, &ours));
	if (!**typed && strcmp(in_file, ours) != 0) {
		problem(ask->problems, "file", decision_file_differs(ask->arena, code_show(ask->arena, in_file),
			code_show(ask->arena, ours)));
		return INVALID;
	}
	if (**typed && (!code_read(*typed, code, CODE_SHEET_LEN) || strcmp(code, ours) != 0)) {
		problem(ask->problems, "list_check", decision_list_differs(ask->arena, d->people));
		return INVALID;
	}
	*typed = ours;
	return OK;
}

OUTCOME decision_attach(struct ask *ask, int64_t id, int64_t version, struct hash file, int64_t size, const char *type,
	const char *list_check, const char *in_file)
{
	DB_TRANSACTION(tx, ask->db);
	struct decision old;

	TRY(decision_get(ask, id, &old));
	TRY(access_require(ask, PERMIT_DECIDE, old.commune_id));
	TRY(compare_lists(ask, &old, &list_check, in_file));
	TRY(sql_decision_set_file(ask, (struct bytes){ &file, sizeof file }, list_check, id, version));
	TRY(stored_file_hold(ask, file, size, type));
	if (old.has_file)
		TRY(stored_file_release(ask, old.file));
	TRY(recognition_trace(ask, AUDIT_DECISION_CHANGED, "decision", id, version + 1, old.commune_id, NULL,
		audit_json(ask->arena, "file", hash_hex(ask->arena, file), "list_check", list_check, NULL), NULL));
	return db_commit(&tx);
}

OUTCOME decision_revoke(struct ask *ask, int64_t person_id, const struct decision *new, const char *reason, int64_t *id)
{
	DB_TRANSACTION(tx, ask->db);
	struct authority authority;
	struct standing standing;
	struct sheet before, after;
	struct decision decision;

	TRY(sheet_get(ask, (struct sheet_key){ person_id, new->round_id }, &before));
	TRY(standing_get(ask, person_id, new->round_id, &standing));
	TRY(access_require(ask, PERMIT_DECIDE, standing.commune_id));
	recognition_check_past(ask, "day", new->day);
	recognition_check_reason(ask, "reason", reason);
	if (before.state != SHEET_RECOGNISED)
		problem(ask->problems, "", DECISION_REVOKE_STATE);
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(complete(ask, new, new->round_id, standing.commune_id, &decision, &authority));
	after = before;
	after.state = SHEET_REVOKED;
	after.state_reason = reason;
	TRY(sheet_write(ask, &before, &after, &(struct sheet_write){ .action = AUDIT_SHEET_REVOKED, .reason = reason,
		.clear_flags = STANDING_HOLDER | STANDING_DIGITAL | STANDING_PROFICIENT }));
	TRY(certificate_revoke(ask, person_id, new->round_id, reason));
	TRY(sql_decision_person_insert(ask, decision.id, person_id, RESULT_REVOKED, reason));
	*id = decision.id;
	TRY(write_decision(ask, &decision, 0, 1, 0, true, reason));
	return db_commit(&tx);
}

/* ---- reading ---- */

static struct decision with_file(struct decision d, struct bytes file)
{
	d.has_file = file.len == sizeof d.file;
	if (d.has_file)
		memcpy(&d.file, file.ptr, sizeof d.file);
	return d;
}

#define DECISION_OF(r) with_file((struct decision){ .id = (r).id, .round_id = (r).round_id, .commune_id = (r).commune_id, \
	.proposal_id = (r).proposal_id, .people = (r).people, .not_met = (r).not_met, .made_at = (r).made_at, \
	.version = (r).version, .revokes = (r).effect == EFFECT_REVOKES, .authority = (r).authority, \
	.authority_unit_id = (r).authority_unit_id, .number = (r).number, .day = (r).day, .signer = (r).signer, \
	.signer_role = (r).signer_role, .list_check = (r).list_check }, (r).file_hash)

OUTCOME decision_get(struct ask *ask, int64_t id, struct decision *out)
{
	struct sql_decision_get_row row;

	TRY(sql_decision_get(ask, id, &row));
	*out = DECISION_OF(row);
	return OK;
}

OUTCOME decision_list(struct ask *ask, int64_t round_id, int64_t commune_id, struct decision_list *out)
{
	struct sql_decisions_of_row *rows;
	struct decision *list;

	TRY(sql_decisions_of(ask, commune_id, round_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct decision, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = DECISION_OF(rows[i]);
	out->at = list;
	return OK;
}
