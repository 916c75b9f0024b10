#include "figures/check/check_cli.h"

#include <stdio.h>

#include "figures/check/check.h"
#include "json/json.h"

static void print_json(struct arena *arena, const struct check_report *report)
{
	struct buf out = BUF(arena);
	struct json_out j = { .out = &out };

	json_begin_object(&j);
	json_put_key(&j, "wrong");
	json_put_int(&j, check_wrong(report));
	json_put_key(&j, "checks");
	json_begin_array(&j);
	for (size_t i = 0; i < report->n; i++) {
		const struct check *c = &report->at[i];

		json_begin_object(&j);
		json_put_key(&j, "name");
		json_put_text(&j, c->name);
		json_put_key(&j, "looked");
		json_put_int(&j, c->looked);
		json_put_key(&j, "wrong");
		json_put_int(&j, c->wrong);
		json_put_key(&j, "faults");
		json_begin_array(&j);
		for (size_t f = 0; f < c->n_faults; f++)
			json_put_text(&j, c->faults[f]);
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	puts(buf_cstr(&out));
}

static void print_text(const struct check_report *report)
{
	int64_t wrong = check_wrong(report);

	for (size_t i = 0; i < report->n; i++) {
		const struct check *c = &report->at[i];

		printf("%-20s %10lld  %s: %s\n", c->name, (long long)c->looked, c->wrong ? "SAI" : "đúng", c->what);
		for (size_t f = 0; f < c->n_faults; f++)
			printf("    %s\n", c->faults[f]);
		if (c->wrong > (int64_t)c->n_faults)
			printf("    và %lld chỗ nữa\n", (long long)(c->wrong - (int64_t)c->n_faults));
	}
	if (wrong)
		printf("%lld chỗ sai.\n", (long long)wrong);
	else
		puts("Tất cả đều khớp.");
}

OUTCOME check_cli(struct ask *ask, const struct check_cli_args *args, bool *agrees)
{
	struct check_report *report = ARENA_NEW(ask->arena, struct check_report);

	*agrees = false;
	TRY(check_all(ask, args->deep, report));
	if (args->json)
		print_json(ask->arena, report);
	else
		print_text(report);
	*agrees = check_wrong(report) == 0;
	return OK;
}
