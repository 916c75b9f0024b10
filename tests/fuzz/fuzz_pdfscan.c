/* Whatever a PDF holds, the scan ends with one of its own verdicts; and nothing that stands before it hides a script. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "sandbox/pdfscan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char script[] = "\n<< /S /Java#53cript >>\n%%EOF\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes file = { data, size };
	enum image_kind kind = pdf_scan(file);
	char *longer = malloc(size + sizeof script);

	BUG_ON(!longer || (kind != PDF_CLEAN && (kind < PDF_TRUNCATED || kind > PDF_UNREADABLE)));
	pdf_begins(file);
	if (size)
		memcpy(longer, data, size);
	memcpy(longer + size, script, sizeof script);
	kind = pdf_scan((struct bytes){ longer, size + sizeof script - 1 });
	BUG_ON(kind == PDF_CLEAN || kind == PDF_TRUNCATED);
	free(longer);
	return 0;
}
