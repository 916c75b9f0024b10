/* ODS: a container as it is, or its content and manifest, parted by 0xFF. */
#include <stdint.h>

#include "tests/fuzz/fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "content.xml", "META-INF/manifest.xml", "mimetype" };
	static const char *const otherwise[] = { "<office:document-content/>", "<manifest:manifest/>",
		"application/vnd.oasis.opendocument.spreadsheet" };

	if (size > 4 && !memcmp(data, "PK", 2))
		fuzz_read((struct bytes){ data, size });
	else
		fuzz_container(data, size, names, otherwise, COUNT(names));
	return 0;
}
