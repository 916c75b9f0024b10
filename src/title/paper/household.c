/* One telephone, several people: codes on slips, and what each of a household still has to do. */
#include <string.h>

#include "base/bug.h"
#include "base/day.h"
#include "db/transaction.h"
#include "paper_sql.h"
#include "registry/access/access.h"
#include "registry/access/accounts.h"
#include "registry/people/codes.h"
#include "text/format.h"
#include "title/paper/paper.h"

/* ---- codes ---- */

OUTCOME paper_batches(struct ask *ask, int64_t leaf_id, struct paper_batches *out)
{
	struct sql_paper_without_account_row *rows;
	struct paper_batch *list;

	TRY(sql_paper_without_account(ask, leaf_id, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct paper_batch, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct paper_batch){ i ? rows[i - 1].id : 0, i ? rows[i - 1].n + 1 : 1, rows[i].n };
	out->at = list;
	return OK;
}

OUTCOME paper_codes_make(struct ask *ask, int64_t leaf_id, int64_t after, const char **ticket)
{
	DB_TRANSACTION(tx, ask->db);
	struct sql_paper_batch_without_account_row *rows;
	size_t n;

	TRY(access_require(ask, PERMIT_ACCOUNT_MANAGE, leaf_id));
	TRY(sql_paper_batch_without_account(ask, leaf_id, after, &rows, &n));
	if (!n)
		return NOT_FOUND;
	*ticket = ticket_make(ask->arena);
	for (size_t i = 0; i < n; i++)
		TRY(person_code_make(ask, rows[i].id, *ticket));
	return db_commit(&tx);
}

OUTCOME paper_codes_again(struct ask *ask, int64_t leaf_id, int64_t after, const char *ticket, struct paper_codes *out)
{
	struct sql_paper_batch_without_account_row *rows;
	struct paper_code *list;
	size_t n;

	TRY(access_require(ask, PERMIT_ACCOUNT_MANAGE, leaf_id));
	TRY(sql_paper_batch_without_account(ask, leaf_id, after, &rows, &n));
	list = ARENA_ARRAY(ask->arena, struct paper_code, n);
	*out = (struct paper_codes){ 0, list };
	for (size_t i = 0; i < n; i++) {
		struct paper_code *c = &list[out->n];
		enum outcome found = person_code_again(ask, rows[i].id, ticket, &c->code, &c->expires_at);

		if (found != OK && found != NOT_FOUND)
			return found;
		c->name = rows[i].name;
		c->birth = rows[i].birth;
		out->n += found == OK;
	}
	return OK;
}

/* ---- the household ---- */

OUTCOME paper_household(struct ask *ask, int64_t round_id, const struct person *p, struct paper_household *out)
{
	struct sql_paper_household_row *rows;
	struct paper_member *list;

	TRY(access_require_person(ask, PERMIT_PERSON_READ, p->id, p->leaf_id));
	*out = (struct paper_household){ 0 };
	if (!*p->household || !p->hamlet_id)
		return OK;
	TRY(sql_paper_household(ask, round_id, p->hamlet_id, p->household, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct paper_member, out->n);
	for (size_t i = 0; i < out->n; i++) {
		list[i] = (struct paper_member){ .person_id = rows[i].id, .name = rows[i].name, .birth = rows[i].birth,
			.group = rows[i].group_code, .code = rows[i].code, .due_day = rows[i].due_day, .reason =
				rows[i].state_reason,
			.sex = (enum sex)rows[i].sex, .state = (enum sheet_state)rows[i].state, .has_account =
				rows[i].has_account != 0 };
		BUG_ON(!scores_read(rows[i].self, &list[i].self));
	}
	out->at = list;
	return OK;
}

static size_t scored(const struct scores *s)
{
	size_t n = 0;

	for (int i = 0; i < s->n; i++)
		n += s->at[i].is;
	return n;
}

const char *paper_member_todo(struct arena *a, const struct paper_member *m, size_t n_indicators)
{
	switch (m->state) {
	case SHEET_NONE:
		return "Chưa đăng ký. Đăng ký hộ được ngay.";
	case SHEET_REGISTERED:
		return "Đã đăng ký. Còn tự chấm điểm.";
	case SHEET_DRAFT:
		return scored(&m->self) < n_indicators ? arena_format(a, "Đã chấm %zu trên %zu chỉ số. Chấm tiếp rồi nộp.",
			scored(&m->self), n_indicators) : "Đã chấm đủ. Còn nộp phiếu.";
	case SHEET_RETURNED:
		return arena_format(a, "Bổ sung trước ngày %s: %s", format_date(a, m->due_day), m->reason);
	case SHEET_SUBMITTED: case SHEET_REVIEWED: case SHEET_LISTED: case SHEET_POSTED: case SHEET_PROPOSED:
		return arena_format(a, "%s. Không phải làm gì thêm.", sheet_state_words(m->state));
	case SHEET_RECOGNISED: case SHEET_NOT_MET: case SHEET_REVOKED: case SHEET_WITHDRAWN: case SHEET_LAPSED: case
		SHEET_STATE_N:
		break;
	}
	return arena_format(a, "%s.", sheet_state_words(m->state));
}
