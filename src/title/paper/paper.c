#include "title/paper/paper.h"

#include <string.h>

#include "base/id.h"
#include "db/transaction.h"
#include "paper_sql.h"
#include "registry/access/access.h"
#include "title/paper/paper_messages.h"

const struct choices paper_consents = CHOICES({ "ky", "Ký trên phiếu giấy" }, { "diem-chi", "Điểm chỉ trên phiếu giấy" },
	{ "noi", "Nói đồng ý khi gặp trực tiếp" }, { "dien-thoai", "Nói đồng ý qua điện thoại" });

/* ---- sheets to print ---- */

OUTCOME paper_sheets(struct ask *ask, int64_t round_id, int64_t leaf_id, const struct paper_sheet *after,
	struct paper_sheet_list *out)
{
	struct sql_paper_sheets_of_leaf_row *rows;
	struct paper_sheet *list;

	TRY(sql_paper_sheets_of_leaf(ask, round_id, leaf_id, after ? after->name_key : (struct bytes){ "", 0 },
		after ? after->person_id : 0, &rows, &out->n));
	list = ARENA_ARRAY(ask->arena, struct paper_sheet, out->n);
	for (size_t i = 0; i < out->n; i++)
		list[i] = (struct paper_sheet){ rows[i].person_id, rows[i].criteria_id, rows[i].name, rows[i].birth, rows[i].code,
			rows[i].group_code, (enum sheet_state)rows[i].state, rows[i].name_key };
	out->at = list;
	return OK;
}

OUTCOME paper_sheet_of(struct ask *ask, struct sheet_key key, struct paper_sheet *out)
{
	struct person person;
	struct sheet sheet;

	TRY(sheet_get(ask, key, &sheet));
	TRY(person_get(ask, key.person_id, &person));
	*out = (struct paper_sheet){ key.person_id, sheet.criteria_id, person.name, person.birth, sheet.code, sheet.group,
		sheet.state, person.name_key };
	return OK;
}

bool paper_fits(const struct criteria *c)
{
	bool fits = c->step == 1;

	for (size_t i = 0; i < c->n_indicators; i++)
		fits = fits && c->indicators[i].max == PAPER_POINTS;
	return fits;
}

/* ---- typed back ---- */

OUTCOME paper_sheet_typed(struct ask *ask, const char *typed, struct sheet_key *out)
{
	const char *slash = strchr(typed, '/');
	struct person person;
	char code[CODE_MAX + 1];
	enum outcome may;

	if (!code_read(slash ? arena_textn(ask->arena, typed, (size_t)(slash - typed)) : typed, code, CODE_SHEET_LEN))
		return NOT_FOUND;
	TRY(sheet_by_code(ask, code, out));
	TRY(person_get(ask, out->person_id, &person));
	may = access_require_person(ask, PERMIT_SHEET_ASSIST, person.id, person.leaf_id);
	return may == FORBIDDEN ? NOT_FOUND : may;
}

static bool is_blank(const struct scores *s)
{
	for (int i = 0; i < s->n; i++)
		if (s->at[i].is)
			return false;
	return true;
}

/* A sheet that is handed in names every score that is missing, each beside its box. */
static OUTCOME check_complete(struct ask *ask, const struct paper_typed *t, const struct sheet *sheet)
{
	const struct criteria *criteria;

	TRY(criteria_get(ask, sheet->criteria_id, &criteria));
	for (int i = 0; t->submit && i < (int)criteria->n_indicators; i++)
		if (!(i < t->scores.n && t->scores.at[i].is) && !(i < sheet->self.n && sheet->self.at[i].is))
			problem(ask->problems, arena_format(ask->arena, "score_%d", i + 1), paper_score_missing(ask->arena, i +
				1));
	if (!t->submit && is_blank(&t->scores))
		problem(ask->problems, "score_1", PAPER_NO_SCORES);
	return OK;
}

OUTCOME paper_type(struct ask *ask, const struct paper_typed *t)
{
	DB_TRANSACTION(tx, ask->db);
	struct sheet_help help = { t->helper, t->consent < 0 ? "" : paper_consents.at[t->consent].label };
	bool named = *help.helper || *help.consent;
	enum outcome saved;
	struct sheet sheet;

	TRY(sheet_get(ask, t->key, &sheet));
	TRY(access_require_person(ask, PERMIT_SHEET_ASSIST, t->key.person_id, sheet.leaf_id));
	TRY(check_complete(ask, t, &sheet));
	saved = sheet_save_scores(ask, t->key, t->version, &t->scores, *t->remark ? t->remark : NULL, named ? &help : NULL);
	TRY(saved);
	if (!problems_none(ask->problems))
		return INVALID;
	if (t->submit) {
		TRY(sheet_get(ask, t->key, &sheet));
		TRY(sheet_submit(ask, t->key, sheet.version, NULL));
	}
	return db_commit(&tx);
}
