/* SPDX-License-Identifier: MIT */
/* csv_table - a CSV file as rows: an allow list, an earlier report. */
#ifndef MEMSEE_RESULT_CSV_TABLE_H
#define MEMSEE_RESULT_CSV_TABLE_H

#include "result/result.h"

/* Reads a CSV (RFC 4180; LF alone ends a line too) whose first row names the columns.  A
 * field that is exactly an integer of 64 bits is one, an unquoted empty field is NULL,
 * everything else is text.  Short rows are filled with NULL; a row longer than the
 * header, a header without a name and a quote that is not closed are errors (STATUS_DATA,
 * with file and row).  The result is the caller's; NULL on failure.  O(bytes). */
struct result *csv_table_read(const char *path, struct error *err);

#endif
