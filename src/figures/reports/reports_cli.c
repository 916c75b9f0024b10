#include "figures/reports/reports_cli.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "figures/reports/reports.h"
#include "figures/reports/reports_messages.h"
#include "figures/reports/reports_paper.h"

static const struct { const char *name, *what; } reports[] = {
	{ "result", "Báo cáo kết quả 6 tháng, năm (mẫu CDHT-10)" },
};

void reports_cli_list(void)
{
	for (size_t i = 0; i < COUNT(reports); i++)
		printf("%-12s %s\n", reports[i].name, reports[i].what);
}

static bool is_report(const char *name)
{
	for (size_t i = 0; i < COUNT(reports); i++)
		if (!strcmp(reports[i].name, name))
			return true;
	return false;
}

/* A code without a day means nothing: the holder at the end of the round asked for, else today's; in today's units always
 * today's. */
static OUTCOME unit_of_code(struct ask *ask, const struct report_args *args, const struct round *round, struct unit *out)
{
	const char *code = args->unit_code;
	bool own = args->round_id && !args->now && round->id;
	enum outcome found = tree_by_code(ask, code, own ? figures_own_day(ask, round->id) : day_of(ask->now).text, out);

	if (found == NOT_FOUND && own)
		found = tree_by_code(ask, code, day_of(ask->now).text, out);
	if (found == NOT_FOUND)
		problem(ask->problems, "unit", report_unit_unknown(ask->arena, code));
	return found;
}

OUTCOME reports_cli_write(struct ask *ask, const struct report_args *args, int fd)
{
	enum document_format format = DOCUMENT_PDF;
	struct report report;
	struct round round = { 0 };
	struct unit unit = { 0 };
	enum outcome found = args->round_id ? round_get(ask, args->round_id, &round) : round_newest(ask, &round);

	if (found == FAILED)
		return FAILED;
	if (found == NOT_FOUND)
		problem(ask->problems, "round", REPORT_NO_ROUND);
	if (!is_report(args->name))
		problem(ask->problems, "name", REPORT_UNKNOWN);
	if (!document_format_of(args->format, &format))
		problem(ask->problems, "format", REPORT_FORMAT);
	if (unit_of_code(ask, args, &round, &unit) == FAILED)
		return FAILED;
	if (!problems_none(ask->problems))
		return INVALID;
	TRY(report_result(ask, &(struct report_asked){ round.id, unit.id, args->is_half ? REPORT_HALF : REPORT_YEAR,
		args->now ? BOUNDARIES_NOW : BOUNDARIES_OWN, args->as_of }, &report));
	return document_render(report_paper(ask, &report), format, sink_fd(&(struct sink_file){ fd }));
}
