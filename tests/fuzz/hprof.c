/* SPDX-License-Identifier: MIT */
/* A heap dump of a Java machine: see formats.h. */
#include "tests/fuzz/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	formats_load("hprof", data, size);
	return 0;
}
