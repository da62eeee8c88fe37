/* SPDX-License-Identifier: MIT */
/* What php-meminfo writes: see formats.h. */
#include "tests/fuzz/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	formats_load("php-meminfo", data, size);
	return 0;
}
