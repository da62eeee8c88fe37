/* SPDX-License-Identifier: MIT */
/* result - the rows of a command, kept for the rest of the script.
 *
 * Rows are packed: a tag byte and a short integer or the bytes for a cell, so that a
 * million rows of `obj` take about as much memory as in the database.  Reading a row
 * decodes it; reading rows in order is O(cells), any row O(its cells). */
#ifndef MEMSEE_RESULT_RESULT_H
#define MEMSEE_RESULT_RESULT_H

#include "base/buffer.h"
#include "base/cell.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct drawing;
struct card_list;

struct result {
	int number;    /* R of `#R.N`; -1 before the session has numbered it */
	char *caption; /* owned; NULL without */
	int columns;
	char **names; /* owned, one a column */
	char **heads; /* owned: what a page calls a column instead; NULL, or one a column,
		       * which may be NULL */
	size_t rows;
	struct buffer cells;
	size_t *start; /* of each row in `cells` */
	size_t start_cap;
	struct drawing *drawing; /* owned; NULL when there is nothing to draw */
	struct card_list *cards; /* owned: of rows that are findings; NULL without */
	bool aside; /* it explains the one before it; CSV, which has no captions, leaves
		     * it out */
};

/* An empty result with these columns; the names are copied.  NULL out of memory. */
struct result *result_new(int columns, const char *const names[]);
void result_free(struct result *r); /* NULL is accepted */

/* Appends a row of `r->columns` cells, copied. */
bool result_push(struct result *r, const struct cell *row, struct error *err);

/* Decodes row `row` (which exists) into `cells`, one a column; text is borrowed from the
 * result, valid until the next push. */
void result_row(const struct result *r, size_t row, struct cell *cells);
struct cell result_cell(const struct result *r, size_t row, int column);

/* Does the row that begins with this cell sum up all rows, or those that are not shown:
 * `(total)`, `(12 others)`?  V8's type `(string)` does not. */
bool result_is_whole(const struct cell *first);

/* The column of that name (case folded as SQL does), -1 when there is none.  Of several
 * the first. */
int result_find_column(const struct result *r, const char *name, size_t len);

#endif
