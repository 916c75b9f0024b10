#include "title/certificates/certificates_cli.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "text/format.h"
#include "title/certificates/certificates.h"
#include "title/certificates/certificates_messages.h"

OUTCOME certificates_cli_verify(struct ask *ask, const char *code)
{
	struct arena *a = ask->arena;
	struct certificate_row c;
	bool over;
	enum outcome found = certificate_by_code(ask, code, &c);

	if (found == NOT_FOUND)
		fputs(CERTIFICATE_UNKNOWN "\n", stderr);
	TRY(found);
	over = strcmp(c.valid_until, day_of(ask->now).text) < 0;
	printf("%s: %s, %d, Công dân học tập năm %lld, Quyết định số %s ngày %s.\n",
		c.condition == CERTIFICATE_REVOKED ? "Đã thu hồi" : c.condition == CERTIFICATE_REPLACED
		? "Đã được thay bằng giấy khác"
			: over ? arena_format(a, "Hết hiệu lực từ sau ngày %s", format_date(a, c.valid_until)) : "Có giá trị",
		c.name, day_year(c.birth), (long long)c.round_id, c.decision_number, format_date(a, c.decision_day));
	return c.condition == CERTIFICATE_VALID && !over ? OK : INVALID;
}
