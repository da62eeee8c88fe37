/* SPDX-License-Identifier: MIT */
/* What Ruby's ObjectSpace writes: see formats.h. */
#include "tests/fuzz/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	formats_load("ruby", data, size);
	return 0;
}
