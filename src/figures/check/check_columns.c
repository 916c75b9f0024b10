/* The packed columns that cross-tables are counted from, against the rows they were made of. */
#include "figures/check/check_parts.h"

#include "figures/crosstabs/crosstabs.h"
#include "registry/tree/tree.h"
#include "title/rounds/rounds.h"

struct columns_pass { struct checking *c; int64_t round_id; };

static void pack_seen(void *context, int64_t commune_id, bool same)
{
	struct columns_pass *p = context;

	p->c->at->looked++;
	if (!same)
		check_fault(p->c,
		"cột đóng gói của đơn vị %lld, đợt %lld: không như các dòng đã ghi."
			" Xoá thư mục columns để làm lại",
			(long long)commune_id, (long long)p->round_id);
}

OUTCOME check_columns(struct checking *c)
{
	struct columns_pass p = { .c = c };
	struct round_list rounds;
	struct unit province;
	const char *code;
	enum outcome found;

	check_begin(c, "columns", "cột đóng gói để đếm chéo như các dòng đã ghi");
	found = setting_get(c->ask, "province", &code);
	if (found != OK)
		return found == NOT_FOUND ? OK : found;
	TRY(round_list(c->ask, &rounds));
	for (size_t i = 0; i < rounds.n; i++) {
		p.round_id = rounds.at[i].id;
		TRY(tree_by_code(c->ask, code, figures_own_day(c->ask, p.round_id), &province));
		TRY(crosstab_check(c->ask, p.round_id, province.id, pack_seen, &p));
	}
	return OK;
}
