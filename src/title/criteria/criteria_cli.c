#include "title/criteria/criteria_cli.h"

#include <stdio.h>

#include "title/criteria/criteria.h"

OUTCOME criteria_cli_import(struct ask *ask, struct bytes file)
{
	const struct criteria *c;
	int64_t id;

	TRY(criteria_import(ask, file, &id));
	TRY(criteria_get(ask, id, &c));
	printf("%s, bản %s: %zu chỉ số, %zu nhóm. %s\n", c->title, c->release, c->n_indicators, c->n_groups, c->published_at
		? "Đã công bố." : "Là bản nháp: mở trang Tiêu chí để xem lại và công bố.");
	return OK;
}
