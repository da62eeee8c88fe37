/* SPDX-License-Identifier: MIT */
#include "output/writer.h"

#include "base/array.h"
#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WRITER_DRAIN_AT ((size_t)1 << 18)

/* No object has an address in the first page, so a small number in a column that is not
 * about addresses is a count, even when a made-up dump has an object of that address. */
#define WRITER_LEAST_ADDRESS 4096

/* The digits of a real in formats for people: a mean has no more that matter. */
#define WRITER_SEEN_DIGITS 12

static const struct writer_format *const writer_table[] = {
	&writer_markdown,
	&writer_csv,
	&writer_dot,
	&writer_text,
	&writer_json,
	&writer_html,
	&writer_svg,
	NULL,
};

const struct writer_format *const *writer_formats(void)
{
	return writer_table;
}

/* Whether `word` is among the space-separated `words`. */
static bool writer_is_among(const char *words, const char *word, size_t len)
{
	while (words != NULL && *words != '\0') {
		size_t n = strcspn(words, " ");
		if (n == len && strncasecmp(words, word, len) == 0)
			return true;
		words += n + strspn(words + n, " ");
	}
	return false;
}

const struct writer_format *writer_find_format(const char *name, size_t len)
{
	for (size_t i = 0; writer_table[i] != NULL; i++)
		if (writer_is_among(writer_table[i]->name, name, len) ||
			writer_is_among(writer_table[i]->extension, name, len) ||
			writer_is_among(writer_table[i]->aliases, name, len))
			return writer_table[i];
	return NULL;
}

void writer_init(struct writer *w, const struct writer_format *format,
	const struct writer_options *options)
{
	assert(format != NULL && options != NULL);
	*w = (struct writer){ .format = format, .options = options };
}

void writer_fini(struct writer *w)
{
	if (w->format != NULL && w->format->fini != NULL)
		w->format->fini(w);
	free(w->cells);
	w->cells = NULL;
	w->cell_cap = 0;
}

const struct cell *writer_row(
	struct writer *w, const struct result *r, size_t row, struct buffer *out)
{
	if (!array_reserve(
		    &w->cells, &w->cell_cap, (size_t)r->columns, sizeof *w->cells)) {
		out->failed = true;
		return NULL;
	}
	assert(row < r->rows && w->cell_cap >= (size_t)r->columns);
	result_row(r, row, w->cells);
	return w->cells;
}

void writer_drain(struct writer *w, struct buffer *out)
{
	if (w->drain != NULL && !out->failed && out->len >= WRITER_DRAIN_AT)
		w->drain(w->drain_context, out);
}

void writer_put_gap(struct writer *w, struct buffer *out)
{
	if (w->started)
		buffer_put_char(out, '\n');
	w->started = true;
	w->in_lines = false;
}

void writer_put_repeated(struct buffer *out, char c, size_t count)
{
	char *to = buffer_reserve(out, count);
	if (to == NULL)
		return;
	memset(to, c, count);
	out->len += count;
	out->data[out->len] = '\0';
}

void writer_put_number(struct buffer *out, const struct cell *cell)
{
	assert(cell->type == CELL_INTEGER || cell->type == CELL_REAL);
	if (cell->type == CELL_INTEGER)
		buffer_printf(out, "%" PRId64, cell->integer);
	else
		buffer_put_real(out, cell->real);
}

void writer_put_visible(const struct writer *w, const char *column,
	const struct cell *cell, struct buffer *out)
{
	const char *name = NULL;
	if (cell->type == CELL_INTEGER && w->options->name_of != NULL) {
		bool speaks = strcasestr(column, "address") != NULL ||
			      strcasecmp(column, "parent") == 0 ||
			      strcasecmp(column, "child") == 0;
		if (speaks || cell->integer >= WRITER_LEAST_ADDRESS)
			name = w->options->name_of(w->options->context, cell->integer);
	}
	if (name != NULL) {
		buffer_put_char(out, '$');
		utf8_put_visible(out, name, strlen(name));
	} else if (cell->type == CELL_NULL) {
		buffer_put_text(out, "∘");
	} else if (cell->type == CELL_TEXT) {
		utf8_put_visible(out, cell->text, cell->len);
	} else if (cell->type == CELL_BLOB) {
		buffer_put_hex(out, cell->text, cell->len);
	} else if (cell->type == CELL_INTEGER) {
		writer_put_number(out, cell);
	} else {
		char digits[40];
		snprintf(digits, sizeof digits, "%.*g", WRITER_SEEN_DIGITS, cell->real);
		buffer_put_text(out, digits);
		if (isfinite(cell->real) && strpbrk(digits, ".e") == NULL)
			buffer_put_text(out, ".0");
	}
}

size_t writer_width(const struct writer *w, const char *column, size_t otherwise)
{
	int width = w->options->width == NULL
			    ? 0
			    : w->options->width(w->options->context, column);
	return width > 0 ? (size_t)width : otherwise;
}
