#include "figures/targets/targets_cli.h"

#include <stdio.h>

#include "figures/targets/targets.h"
#include "title/rounds/rounds.h"

OUTCOME targets_cli_import(struct ask *ask, struct bytes file)
{
	struct target_set set;
	int64_t id;

	TRY(targets_import(ask, file, &id));
	TRY(target_set_get(ask, &set));
	printf("Đã nạp %s.\n", set.title);
	return OK;
}

OUTCOME population_cli_import(struct ask *ask, int64_t round_id, struct bytes file)
{
	struct population_counts counts;
	struct round round;
	enum outcome found = round_id ? round_get(ask, round_id, &round) : round_newest(ask, &round);

	if (found == NOT_FOUND) {
		problem(ask->problems, "round", "Không có đợt của năm ấy. Mở đợt trước, rồi nạp dân số.");
		return INVALID;
	}
	TRY(found);
	TRY(population_import(ask, round.id, file, &counts));
	printf("Đọc %lld dòng, ghi %lld đơn vị cho năm %d.\n", (long long)counts.lines, (long long)counts.written, round.year);
	return OK;
}
