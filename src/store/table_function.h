/* SPDX-License-Identifier: MIT */
/* table_function - functions of the layers above that SQL sees as tables.
 *
 * `select … from reachable(140) join obj using (address)`: the arguments are in
 * parentheses, the rows are what the function yields.  Every cell is an integer or NULL.
 * It is SQLite's eponymous virtual table, https://sqlite.org/vtab.html. */
#ifndef MEMSEE_STORE_TABLE_FUNCTION_H
#define MEMSEE_STORE_TABLE_FUNCTION_H

#include "store/db.h"

#include <stddef.h>
#include <stdint.h>

#define TABLE_FUNCTION_ARGUMENTS 2

/* NULL among the integers. */
#define TABLE_NULL INT64_MIN

/* Rows on their way out, `columns` integers each. */
struct table_rows {
	int64_t *cell;
	size_t count, cap;
	int columns;
	size_t next;        /* see fill(): 0 at first */
	const void *source; /* likewise; NULL at first */
};

/* A table of all objects yields so many rows at a time. */
#define TABLE_BATCH 4096

/* Appends a row, copied. */
bool table_rows_push(struct table_rows *rows, const int64_t *row, struct error *err);

struct table_function {
	const char *name;
	const char *columns; /* "address integer, depth integer" */
	int column_count;
	const char *arguments; /* "start hidden, goal hidden"; NULL without */
	int argument_count;
	/* Appends the rows for these arguments, one each.  It may stop after TABLE_BATCH
	 * of them and leave in rows->next, not 0, where it goes on when it is called
	 * again, and in rows->source what the rows were made from. */
	bool (*fill)(void *context, const int64_t *arguments, struct table_rows *rows,
		struct error *err);
	/* May be NULL.  The same, but only those whose first column is `value`: a join on
	 * that column asks for one row after the other. */
	bool (*find)(void *context, const int64_t *arguments, int64_t value,
		struct table_rows *rows, struct error *err);
};

/* Makes the function known to SQL on this connection.  `f` and `context` must outlive it.
 */
bool table_function_register(
	struct db *db, const struct table_function *f, void *context, struct error *err);

#endif
