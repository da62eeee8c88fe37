/* SPDX-License-Identifier: MIT */
/* text - the grid of the original memsee: a label per row, columns of fixed widths.
 *
 * Text that does not fit is cut and ends in an ellipsis, but a path loses its beginning:
 * its end says what it is about.  A number is never cut: its column grows instead.
 * Columns are aligned right where the original aligned them so. */
#include "output/writer.h"

#include "base/array.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define GRID_LABEL_WIDTH 8

struct grid_column {
	const char *name;
	enum { GRID_LEFT, GRID_RIGHT, GRID_PATH } side; /* that keeps its end */
	size_t width;
};

static const struct grid_column grid_known[] = {
	{ "address", GRID_RIGHT, 16 },
	{ "type", GRID_LEFT, 20 },
	{ "name", GRID_LEFT, 20 },
	{ "value", GRID_LEFT, 60 },
	{ "size", GRID_RIGHT, 10 },
	{ "len", GRID_RIGHT, 10 },
	{ "parent", GRID_RIGHT, 15 },
	{ "child", GRID_RIGHT, 15 },
	{ "path", GRID_LEFT, 80 },
	{ "count(*)", GRID_RIGHT, 10 },
	{ "num", GRID_RIGHT, 10 },
	{ "refs", GRID_RIGHT, 10 },
	{ "n", GRID_RIGHT, 10 },
	{ "why", GRID_LEFT, 40 }, /* of `roots` */
	/* Of commands that the original did not have. */
	{ "signature", GRID_PATH, 60 },
	{ "class", GRID_LEFT, 20 },
	{ "owner", GRID_LEFT, 20 },
	{ "count_before", GRID_LEFT, 12 },
	{ "count_after", GRID_LEFT, 12 },
	{ "count_growth", GRID_LEFT, 12 },
	{ "bytes_before", GRID_LEFT, 12 },
	{ "bytes_after", GRID_LEFT, 12 },
	{ "bytes_growth", GRID_LEFT, 12 },
	{ NULL, GRID_LEFT, 10 },
};

struct grid {
	size_t label_width;
	struct grid_column *columns;
	struct buffer cell; /* its text before it is cut; empty between two cells */
};

/* Appends g->cell in exactly the width of a column, and empties it. */
static void grid_put(struct grid *g, const struct grid_column *column, struct buffer *out)
{
	const char *text = buffer_text(&g->cell);
	size_t len = g->cell.len, width = column->width;
	assert(width > 0);
	size_t seen = utf8_text_width(text, len);
	bool cut = seen > width;
	if (cut && column->side == GRID_PATH) {
		/* One more where a character of two columns is in the way. */
		size_t skip = utf8_fit(text, len, seen - (width - 1));
		if (utf8_text_width(text + skip, len - skip) > width - 1)
			skip = utf8_fit(text, len, seen - (width - 1) + 1);
		text += skip;
		len -= skip;
		seen = utf8_text_width(text, len) + 1;
	} else if (cut) {
		len = utf8_fit(text, len, width - 1);
		seen = utf8_text_width(text, len) + 1;
	}
	assert(seen <= width);
	if (column->side == GRID_RIGHT)
		writer_put_repeated(out, ' ', width - seen);
	if (cut && column->side == GRID_PATH)
		buffer_put_text(out, "…");
	buffer_put(out, text, len);
	if (cut && column->side != GRID_PATH)
		buffer_put_text(out, "…");
	if (column->side != GRID_RIGHT)
		writer_put_repeated(out, ' ', width - seen);
	if (g->cell.failed)
		out->failed = true;
	buffer_clear(&g->cell);
}

/* The label by which a script refers to the row; a result without a number has none. */
static void grid_set_label(struct grid *g, const struct result *r, size_t row)
{
	if (r->number >= 0)
		buffer_printf(&g->cell, "#%d.%zu", r->number, row);
}

static void text_put_line(struct buffer *out, const char *text)
{
	utf8_put_visible(out, text, strlen(text));
	buffer_put_char(out, '\n');
}

static bool text_result(
	struct writer *w, const struct result *r, struct buffer *out, const char **note)
{
	(void)note;
	struct grid g = { .columns = array_new((size_t)r->columns, sizeof *g.columns) };
	if (g.columns == NULL) {
		out->failed = true;
		return true;
	}
	for (int i = 0; i < r->columns; i++) {
		const struct grid_column *known = grid_known;
		while (known->name != NULL && strcmp(known->name, r->names[i]) != 0)
			known++;
		g.columns[i] = (struct grid_column){ .name = r->names[i],
			.side = known->side,
			.width = writer_width(w, r->names[i], known->width) };
	}
	writer_put_gap(w, out);
	if (r->caption != NULL)
		text_put_line(out, r->caption);
	/* Makes each column as wide as its widest number. */
	g.label_width = GRID_LABEL_WIDTH;
	grid_set_label(&g, r, r->rows == 0 ? 0 : r->rows - 1);
	if (g.cell.len > g.label_width)
		g.label_width = g.cell.len;
	buffer_clear(&g.cell);
	for (size_t row = 0; row < r->rows; row++) {
		const struct cell *cells = writer_row(w, r, row, out);
		for (int i = 0; cells != NULL && i < r->columns; i++) {
			if (cells[i].type != CELL_INTEGER && cells[i].type != CELL_REAL)
				continue;
			writer_put_visible(w, r->names[i], &cells[i], &g.cell);
			size_t seen = utf8_text_width(buffer_text(&g.cell), g.cell.len);
			if (seen > g.columns[i].width)
				g.columns[i].width = seen;
			buffer_clear(&g.cell);
		}
	}
	/* The names of the columns, and a rule below them. */
	assert(g.label_width >= GRID_LABEL_WIDTH);
	buffer_put_char(out, '#');
	writer_put_repeated(out, ' ', g.label_width - 1);
	for (int i = 0; i < r->columns; i++) {
		buffer_put_char(out, ' ');
		utf8_put_visible(&g.cell, r->names[i], strlen(r->names[i]));
		grid_put(&g, &g.columns[i], out);
	}
	buffer_put_char(out, '\n');
	writer_put_repeated(out, '-', g.label_width);
	for (int i = 0; i < r->columns; i++) {
		buffer_put_char(out, ' ');
		writer_put_repeated(out, '-', g.columns[i].width);
	}
	buffer_put_char(out, '\n');
	for (size_t row = 0; row < r->rows; row++) {
		const struct cell *cells = writer_row(w, r, row, out);
		grid_set_label(&g, r, row);
		grid_put(&g, &(struct grid_column){ .width = g.label_width }, out);
		for (int i = 0; cells != NULL && i < r->columns; i++) {
			buffer_put_char(out, ' ');
			writer_put_visible(w, r->names[i], &cells[i], &g.cell);
			grid_put(&g, &g.columns[i], out);
		}
		buffer_put_char(out, '\n');
		writer_drain(w, out);
	}
	buffer_fini(&g.cell);
	free(g.columns);
	return true;
}

static void text_title(struct writer *w, const char *text, struct buffer *out)
{
	writer_put_gap(w, out);
	size_t start = out->len;
	utf8_put_visible(out, text, strlen(text));
	size_t width = utf8_text_width(buffer_text(out) + start, out->len - start);
	buffer_put_char(out, '\n');
	writer_put_repeated(out, w->titles == 0 ? '=' : '-', width);
	buffer_put_char(out, '\n');
	w->titles++;
}

static void text_text(struct writer *w, const char *text, struct buffer *out)
{
	writer_put_gap(w, out);
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		utf8_put_visible(out, text, len);
		buffer_put_char(out, '\n');
		text += len + (text[len] == '\n');
	}
}

/* No empty line separates lines that follow each other. */
static void text_line(struct writer *w, const char *text, struct buffer *out)
{
	if (!w->in_lines)
		writer_put_gap(w, out);
	text_put_line(out, text);
	w->in_lines = true;
}

const struct writer_format writer_text = {
	.name = "text",
	.extension = "txt",
	.title = text_title,
	.text = text_text,
	.line = text_line,
	.result = text_result,
};
