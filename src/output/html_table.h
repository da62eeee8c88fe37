/* SPDX-License-Identifier: MIT */
/* html_table - a result as a table of a page.
 *
 * The first rows are markup and read without script.  Those beyond HTML_TABLE_ROWS are
 * in a block of data, one array a row, which the page's script reads when they are asked
 * for, up to HTML_TABLE_MOST; rows beyond these are in a CSV file only, and the table
 * says so. */
#ifndef MEMSEE_OUTPUT_HTML_TABLE_H
#define MEMSEE_OUTPUT_HTML_TABLE_H

#include "output/writer.h"

#define HTML_TABLE_ROWS 50
#define HTML_TABLE_MOST 20000

/* What a column means, which decides how it looks and sorts; the letter is what the
 * page's script calls it. */
enum html_kind {
	HTML_TEXT = 't',
	HTML_NAME = 'm', /* a name of the program: type, path, value */
	HTML_COUNT = 'n',
	HTML_BYTES = 'b',
	HTML_PERCENT = 'p',
	HTML_REAL = 'r',
	HTML_ADDRESS = 'a',
	HTML_GROWTH = 'g',       /* a count, with its sign */
	HTML_BYTES_GROWTH = 'c', /* bytes, with their sign */
};

/* What column `column` of `r` means, by its name and its cells.  O(rows). */
enum html_kind html_table_kind(const struct result *r, int column);

/* Appends the table; `number` makes its ids, and must be unique in the page. */
void html_put_table(
	struct writer *w, const struct result *r, size_t number, struct buffer *out);

#endif
