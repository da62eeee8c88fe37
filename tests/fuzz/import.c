/* SPDX-License-Identifier: MIT */
/* A CSV file: rows, or one line that says why not. */
#include "result/csv_table.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	char path[64];
	int fd = fuzz_file(data, size, path);
	struct result *r = csv_table_read(path, &err);
	fuzz_check((r != NULL) == (err.status == STATUS_OK));
	for (size_t row = 0; r != NULL && row < r->rows; row++)
		result_cell(r, row, r->columns - 1);
	result_free(r);
	close(fd);
	return 0;
}
