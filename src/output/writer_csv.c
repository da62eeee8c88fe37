/* SPDX-License-Identifier: MIT */
/* CSV as in RFC 4180, in UTF-8, written by libcsv: a header row, then the rows.
 *
 * Lines end with LF alone: every reader of CSV accepts it, and cut, diff and git would
 * take CR for part of the last field.  Only fields that need quotes have them: a field
 * with a comma, a quote, a line end or a space at either end, and the empty string, which
 * distinguishes it from NULL.  In a result of one column NULL is `""` too, since an empty
 * line is not a row.  Bytes that are not UTF-8 become U+FFFD, blobs become hexadecimal
 * digits; control characters stay.
 *
 * With csv_guard a text that a spreadsheet would take for a formula gets an apostrophe in
 * front of it.  That changes the data, so the user has to ask for it. */
#include "output/writer.h"

#include "base/utf8.h"

#include <assert.h>
#include <csv.h>
#include <string.h>

/* Appends valid UTF-8 as one field. */
static void csv_put_field(struct buffer *out, const char *text, size_t len)
{
	bool quoted = len == 0 || text[0] == ' ' || text[0] == '\t' ||
		      text[len - 1] == ' ' || text[len - 1] == '\t';
	for (size_t i = 0; !quoted && i < len; i++)
		quoted = memchr(",\"\r\n", text[i], 4) != NULL;
	if (!quoted) {
		buffer_put(out, text, len);
		return;
	}
	size_t need = csv_write(NULL, 0, text, len);
	char *to = buffer_reserve(out, need);
	if (to == NULL)
		return;
	size_t written = csv_write(to, need, text, len);
	assert(written == need && need >= len + 2);
	out->len += written;
	out->data[out->len] = '\0';
}

static void csv_put_text(
	const struct writer *w, const char *text, size_t len, struct buffer *out)
{
	/* A spreadsheet takes a text that begins like this for a formula. */
	bool guard = w->options->csv_guard && len > 0 && text[0] != '\0' &&
		     strchr("=+-@\t\r\n", text[0]) != NULL;
	if (!guard && utf8_is_valid(text, len)) {
		csv_put_field(out, text, len);
		return;
	}
	struct buffer field = BUFFER_INIT;
	if (guard)
		buffer_put_char(&field, '\'');
	utf8_put_valid(&field, text, len);
	if (field.failed)
		out->failed = true;
	csv_put_field(out, buffer_text(&field), field.len);
	buffer_fini(&field);
}

static bool csv_result(
	struct writer *w, const struct result *r, struct buffer *out, const char **note)
{
	(void)note;
	/* Between tables the next one's caption is a row of one field; a file begins with
	 * columns, as whoever reads a single table expects. */
	bool between = w->started;
	writer_put_gap(w, out);
	if (between && r->caption != NULL && *r->caption != '\0') {
		csv_put_text(w, r->caption, strlen(r->caption), out);
		buffer_put_char(out, '\n');
	}
	for (int i = 0; i < r->columns; i++) {
		if (i > 0)
			buffer_put_char(out, ',');
		csv_put_text(w, r->names[i], strlen(r->names[i]), out);
	}
	buffer_put_char(out, '\n');
	for (size_t row = 0; row < r->rows; row++) {
		const struct cell *cells = writer_row(w, r, row, out);
		for (int i = 0; cells != NULL && i < r->columns; i++) {
			const struct cell *cell = &cells[i];
			if (i > 0)
				buffer_put_char(out, ',');
			if (cell->type == CELL_TEXT)
				csv_put_text(w, cell->text, cell->len, out);
			else if (cell->type == CELL_BLOB && cell->len > 0)
				buffer_put_hex(out, cell->text, cell->len);
			else if (cell->type == CELL_BLOB ||
				 (cell->type == CELL_NULL && r->columns == 1))
				buffer_put_text(out, "\"\"");
			else if (cell->type != CELL_NULL)
				writer_put_number(out, cell);
		}
		buffer_put_char(out, '\n');
		writer_drain(w, out);
	}
	return true;
}

const struct writer_format writer_csv = {
	.name = "csv",
	.extension = "csv",
	.result = csv_result,
};
