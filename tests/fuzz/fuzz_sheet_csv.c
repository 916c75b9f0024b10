/* CSV: any bytes, in any encoding, with any separator. */
#include <stdint.h>

#include "tests/fuzz/fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_read((struct bytes){ data, size });
	return 0;
}
