/* SPDX-License-Identifier: MIT */
/* JSON lines (RFC 8259): an object per row, with its label and the caption of its result
 * first, then the columns in order.
 *
 * Integers stay integers, and reals read back as the same double; infinity is 9e999,
 * which readers turn into it.  NULL is null, a blob is a string of hexadecimal digits.
 * Bytes that are not UTF-8 become U+FFFD, and characters that would act on a terminal are
 * escaped.  The second column of a name is called `name_2`, and so on, since most readers
 * keep only one value for a key. */
#include "output/writer.h"

#include "base/array.h"
#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void json_put_unit(struct buffer *out, uint32_t unit)
{
	buffer_printf(out, "\\u%04x", (unsigned)unit);
}

static void json_put_string(struct buffer *out, const char *text, size_t len)
{
	static const char *const short_form[] = { ['\b'] = "\\b",
		['\t'] = "\\t",
		['\n'] = "\\n",
		['\f'] = "\\f",
		['\r'] = "\\r" };
	size_t good = 0, at = 0, used; /* bytes from `good` to `at` go as they are */
	buffer_put_char(out, '"');
	for (; at < len; at += used) {
		uint32_t c = utf8_decode(text + at, len - at, &used);
		if (c != UTF8_INVALID && c != '"' && c != '\\' && !utf8_is_unseen(c))
			continue;
		assert(used > 0 && good <= at);
		buffer_put(out, text + good, at - good);
		if (c == UTF8_INVALID)
			utf8_put(out, UTF8_REPLACEMENT);
		else if (c <= '\r' && short_form[c] != NULL)
			buffer_put_text(out, short_form[c]);
		else if (c == '"' || c == '\\')
			buffer_printf(out, "\\%c", (int)c);
		else if (c < 0x10000)
			json_put_unit(out, c);
		else {
			json_put_unit(out, 0xd800 + ((c - 0x10000) >> 10));
			json_put_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
		}
		good = at + used;
	}
	buffer_put(out, text + good, len - good);
	buffer_put_char(out, '"');
}

static bool json_is_taken(
	const struct result *r, const char *const *keys, int count, const char *key)
{
	if (strcmp(key, "#") == 0 || (r->caption != NULL && strcmp(key, "caption") == 0))
		return true;
	for (int i = 0; i < count; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static void json_free_keys(char **keys, int count)
{
	for (int i = 0; keys != NULL && i < count; i++)
		free(keys[i]);
	free(keys);
}

/* The keys of a row, malloc'ed: each column's name, or, when a column before it has that
 * name, a key unlike those so far and unlike any column's name. */
static char **json_new_keys(const struct result *r)
{
	char **keys = array_new_zeroed((size_t)r->columns, sizeof *keys);
	for (int i = 0; keys != NULL && i < r->columns; i++) {
		const char *const *taken = (const char *const *)keys;
		struct buffer key = BUFFER_INIT;
		buffer_put_text(&key, r->names[i]);
		bool is_free = !json_is_taken(r, taken, i, r->names[i]);
		for (int n = 2; !is_free && !key.failed; n++) {
			buffer_clear(&key);
			buffer_printf(&key, "%s_%d", r->names[i], n);
			const char *text = buffer_text(&key);
			is_free = !json_is_taken(r, taken, i, text) &&
				  result_find_column(r, text, key.len) < 0;
		}
		keys[i] = buffer_take(&key);
		if (keys[i] == NULL) {
			json_free_keys(keys, i);
			return NULL;
		}
	}
	return keys;
}

static bool json_result(
	struct writer *w, const struct result *r, struct buffer *out, const char **note)
{
	(void)note;
	char **keys = json_new_keys(r);
	if (keys == NULL)
		out->failed = true;
	for (size_t row = 0; !out->failed && row < r->rows; row++) {
		const struct cell *cells = writer_row(w, r, row, out);
		const char *comma = "";
		buffer_put_char(out, '{');
		if (r->number >= 0) {
			buffer_printf(out, "\"#\": \"#%d.%zu\"", r->number, row);
			comma = ", ";
		}
		if (r->caption != NULL) {
			buffer_printf(out, "%s\"caption\": ", comma);
			json_put_string(out, r->caption, strlen(r->caption));
			comma = ", ";
		}
		for (int i = 0; cells != NULL && i < r->columns; i++) {
			buffer_put_text(out, comma);
			json_put_string(out, keys[i], strlen(keys[i]));
			buffer_put_text(out, ": ");
			comma = ", ";
			const struct cell *cell = &cells[i];
			bool real = cell->type == CELL_REAL;
			if (cell->type == CELL_TEXT) {
				json_put_string(out, cell->text, cell->len);
			} else if (cell->type == CELL_BLOB) {
				buffer_put_char(out, '"');
				buffer_put_hex(out, cell->text, cell->len);
				buffer_put_char(out, '"');
			} else if (real && isinf(cell->real)) {
				buffer_put_text(out, cell->real < 0 ? "-9e999" : "9e999");
			} else if (cell->type == CELL_NULL ||
				   (real && isnan(cell->real))) {
				buffer_put_text(out, "null");
			} else {
				writer_put_number(out, cell);
			}
		}
		buffer_put_text(out, "}\n");
		writer_drain(w, out);
	}
	json_free_keys(keys, r->columns);
	w->started = true;
	return true;
}

const struct writer_format writer_json = {
	.name = "json",
	.extension = "json",
	.aliases = "jsonl ndjson",
	.result = json_result,
};
