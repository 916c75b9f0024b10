/* XLS through libfreexl. */
#include <stdint.h>

#include "tests/fuzz/fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);

/* libfreexl forgets some memory of a broken file; its worker is renewed after 200 files. */
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* libfreexl writes nothing back, but it is not asked to promise so. */
	uint8_t *copy = malloc(size ? size : 1);

	BUG_ON(!copy);
	if (size)
		memcpy(copy, data, size);
	fuzz_read((struct bytes){ copy, size });
	free(copy);
	return 0;
}
