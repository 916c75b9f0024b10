/* XLS through libfreexl. */
#include <stdint.h>

#include "tests/fuzz/fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
