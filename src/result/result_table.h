/* SPDX-License-Identifier: MIT */
/* result_table - a result as a temporary table, so that SQL can read it. */
#ifndef MEMSEE_RESULT_RESULT_TABLE_H
#define MEMSEE_RESULT_RESULT_TABLE_H

#include "result/result.h"
#include "store/db.h"

/* Makes the temporary table `table` (a name, unquoted) with the columns and rows of `r`,
 * replacing one of that name.  Columns have no affinity, so no value changes; of equal
 * names the first keeps it, the others get `:2`, `:3`, …  All or nothing. O(cells). */
bool result_table_make(
	const struct result *r, struct db *db, const char *table, struct error *err);

#endif
