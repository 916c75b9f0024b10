/* The list of successors as an operation: what it would do, what it did, and where everybody is afterwards. */
#include "title/transfers/succession.h"

#include "base/day.h"
#include "db/transaction.h"
#include "registry/access/access.h"
#include "text/format.h"
#include "title/transfers/transfers.h"
#include "transfers_sql.h"

static OUTCOME fill_moved(struct ask *ask, const char *on_day, struct succession *out)
{
	struct sql_moved_to_row *rows;
	struct succession_line *lines;

	TRY(sql_moved_to(ask, on_day, &rows, &out->n_lines));
	lines = ARENA_ARRAY(ask->arena, struct succession_line, out->n_lines);
	for (size_t i = 0; i < out->n_lines; i++)
		lines[i] = (struct succession_line){ rows[i].code, rows[i].name, rows[i].leaves, rows[i].people, rows[i].sheets };
	out->lines = lines;
	return OK;
}

/* A province's officers stand above its communes' in the tree, not here: each goes where its own unit went. */
static OUTCOME roles_follow(struct ask *ask, const char *reason, struct succession *out)
{
	struct role_on_list gone;
	struct role_on *left;

	TRY(roles_gone(ask, &gone));
	left = ARENA_ARRAY(ask->arena, struct role_on, gone.n);
	out->roles_left = (struct role_on_list){ 0, left };
	for (size_t i = 0; i < gone.n; i++) {
		struct role_on *r = &gone.at[i];
		struct unit to = { .name = "" };
		int64_t grant;

		if (r->to_id) {
			TRY(role_fate(ask, r, r->to_id));
			TRY(tree_get_last(ask, r->to_id, &to));
		}
		if (!r->to_id || !role_fits(r->role, to.level)) {
			left[out->roles_left.n++] = *r;
			continue;
		}
		TRY(role_follow(ask, r, &(struct role_to){ to.id, to.name }, 1, reason, &grant));
		out->roles_followed++;
	}
	return OK;
}

OUTCOME succession_import(struct ask *ask, struct bytes csv, const char *on_day, bool dry_run, struct succession *out)
{
	DB_TRANSACTION(tx, ask->db);
	struct waiting_list list;

	*out = (struct succession){ 0 };
	TRY(units_import_successors(ask, csv, on_day, &out->counts));
	TRY(fill_moved(ask, on_day, out));
	TRY(roles_follow(ask, arena_format(ask->arena, "Danh mục nhà nước từ %s", format_date(ask->arena, on_day)), out));
	TRY(transfers_waiting(ask, 0, &list));
	out->waiting_leaves = (int64_t)list.n;
	for (size_t i = 0; i < list.n; i++)
		out->waiting_people += list.at[i].people;
	return dry_run ? OK : db_commit(&tx);
}

OUTCOME succession_where(struct ask *ask, struct whereabouts *out)
{
	struct sql_people_where_row row;

	TRY(access_require(ask, PERMIT_STATE_UNIT_EDIT, 0));
	TRY(sql_people_where(ask, day_of(ask->now).text, &row));
	*out = (struct whereabouts){ row.placed, row.waiting, row.lost, row.behind, 0, 0 };
	TRY(sql_authorities_behind(ask, day_of(ask->now).text, &out->authorities));
	return sql_grants_behind(ask, day_of(ask->now).text, &out->grants);
}
