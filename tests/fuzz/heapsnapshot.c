/* SPDX-License-Identifier: MIT */
/* A heap snapshot of V8: see formats.h. */
#include "tests/fuzz/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	formats_load("heapsnapshot", data, size);
	return 0;
}
