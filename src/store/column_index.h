/* SPDX-License-Identifier: MIT */
/* column_index - indexes on the columns of the current generation, beyond those that
 * every generation has. */
#ifndef MEMSEE_STORE_COLUMN_INDEX_H
#define MEMSEE_STORE_COLUMN_INDEX_H

#include "store/db.h"

/* What lists the indexes of the current generation: one row an index, its name, table and
 * columns, by table and name. */
extern const char column_index_list[];

/* Has `obj` or `ref` a column of that name? */
bool column_index_knows(
	struct db *db, const char *column, bool *known, struct error *err);

/* Makes an index on that column, which exists, of the current generation `num`; it is
 * called COLUMNnum, as the original's are.  `*made` is false when there is one already,
 * or the column is the table's key.  All or nothing.  O(n log n). */
bool column_index_make(
	struct db *db, int64_t num, const char *column, bool *made, struct error *err);

#endif
