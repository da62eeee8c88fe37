/* SPDX-License-Identifier: MIT */
#include "compare/baseline.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/outfile.h"
#include "base/search.h"
#include "paths/signature.h"
#include "result/csv_table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void baseline_fini(struct baseline *b)
{
	for (size_t i = 0; i < b->count; i++) {
		free(b->items[i].signature);
		free(b->items[i].note);
	}
	free(b->items);
	*b = (struct baseline){ 0 };
}

/* The first entry whose signature is not less. */
static size_t baseline_place(const struct baseline *b, const char *signature)
{
	size_t at;
	SEARCH_FIRST(at, b->count, strcmp(b->items[at].signature, signature) >= 0);
	return at;
}

static struct baseline_entry *baseline_find(
	const struct baseline *b, const char *signature)
{
	size_t at = baseline_place(b, signature);
	return at < b->count && strcmp(b->items[at].signature, signature) == 0
		       ? &b->items[at]
		       : NULL;
}

/* The entry of a finding, which it may have under an older signature. */
static struct baseline_entry *baseline_match(
	const struct baseline *b, const char *signature)
{
	struct baseline_entry *entry = baseline_find(b, signature);
	for (size_t i = 0; entry == NULL && i < b->count; i++)
		if (signature_was(b->items[i].signature, signature))
			entry = &b->items[i];
	return entry;
}

/* Adds an entry, taking its strings, also when it fails. */
static bool baseline_take(
	struct baseline *b, struct baseline_entry entry, struct error *err)
{
	if (entry.signature == NULL ||
		!array_reserve(&b->items, &b->cap, b->count + 1, sizeof *b->items)) {
		free(entry.signature);
		free(entry.note);
		return error_nomem(err);
	}
	size_t at = baseline_place(b, entry.signature);
	memmove(b->items + at + 1, b->items + at, (b->count - at) * sizeof *b->items);
	b->items[at] = entry;
	b->count++;
	return true;
}

/* A field as text, whatever it looks like: malloc'ed. */
static char *baseline_text(struct cell cell)
{
	struct buffer text = BUFFER_INIT;
	if (cell.type == CELL_INTEGER)
		buffer_printf(&text, "%" PRId64, cell.integer);
	else if (cell.type == CELL_TEXT)
		buffer_put(&text, cell.text, cell.len);
	return buffer_take(&text);
}

bool baseline_read(struct baseline *b, const char *path, bool update, struct error *err)
{
	static const char *const names[] = { "signature", "count", "note" };
	int column[3];
	*b = (struct baseline){ 0 };
	if (update && access(path, F_OK) != 0)
		return true;
	struct result *r = csv_table_read(path, err);
	if (r == NULL)
		return false;
	for (size_t i = 0; i < 3; i++)
		column[i] = result_find_column(r, names[i], strlen(names[i]));
	bool ok = (column[0] >= 0 && column[1] >= 0) ||
		  error_set(err, STATUS_DATA,
			  "'%s' has no columns 'signature' and 'count'", path);
	for (size_t row = 0; ok && row < r->rows; row++) {
		struct cell signature = result_cell(r, row, column[0]);
		struct cell count = result_cell(r, row, column[1]);
		struct cell note =
			column[2] < 0 ? cell_null() : result_cell(r, row, column[2]);
		if (signature.type == CELL_NULL || count.type != CELL_INTEGER) {
			ok = error_set(err, STATUS_DATA,
				"'%s', row %zu: expected a signature and an integer "
				"count",
				path, row + 2);
			break;
		}
		struct baseline_entry entry = { .signature = baseline_text(signature),
			.count = count.integer,
			.note = note.type == CELL_NULL ? NULL : baseline_text(note) };
		if (entry.signature == NULL ||
			baseline_find(b, entry.signature) == NULL) {
			ok = baseline_take(b, entry, err);
			continue;
		}
		free(entry.signature);
		free(entry.note);
		ok = error_set(err, STATUS_DATA,
			"'%s', row %zu: the signature occurs twice", path, row + 2);
	}
	result_free(r);
	return ok;
}

enum baseline_state baseline_judge(
	struct baseline *b, const char *signature, int64_t count)
{
	struct baseline_entry *entry = baseline_match(b, signature);
	if (entry == NULL)
		return BASELINE_NEW;
	b->older += !entry->found && strcmp(entry->signature, signature) != 0;
	entry->found = true;
	entry->seen += count;
	return entry->seen <= entry->count ? BASELINE_KNOWN : BASELINE_GROWN;
}

bool baseline_accept(
	struct baseline *b, const char *signature, int64_t count, struct error *err)
{
	struct baseline_entry *entry = baseline_match(b, signature);
	if (entry != NULL && strcmp(entry->signature, signature) != 0) {
		/* It moves to where its new signature belongs. */
		struct baseline_entry renewed = *entry;
		size_t at = (size_t)(entry - b->items);
		memmove(entry, entry + 1, (--b->count - at) * sizeof *entry);
		free(renewed.signature);
		renewed.signature = strdup(signature);
		if (!baseline_take(b, renewed, err))
			return false;
		entry = baseline_find(b, signature);
	}
	if (entry == NULL)
		return baseline_take(b,
			(struct baseline_entry){ .signature = strdup(signature),
				.count = count,
				.found = true,
				.seen = count },
			err);
	entry->found = true;
	entry->count = entry->seen > count ? entry->seen : count;
	return true;
}

bool baseline_write(const struct baseline *b, struct places *places, const char *path,
	struct error *err)
{
	struct buffer out = BUFFER_INIT;
	buffer_put_text(&out, "signature,count,note\n");
	for (size_t i = 0; i < b->count; i++) {
		const struct baseline_entry *entry = &b->items[i];
		if (!entry->found)
			continue;
		/* RFC 4180: always in quotes, so that every text is written in one way.
		 */
		buffer_put_char(&out, '"');
		buffer_put_doubled(&out, entry->signature, strlen(entry->signature), '"');
		buffer_printf(&out, "\",%" PRId64 ",", entry->count);
		if (entry->note != NULL) {
			buffer_put_char(&out, '"');
			buffer_put_doubled(&out, entry->note, strlen(entry->note), '"');
			buffer_put_char(&out, '"');
		}
		buffer_put_text(&out, "\n");
	}
	bool ok = out.failed ? error_nomem(err)
			     : outfile_save(places, path, out.data, out.len, err);
	buffer_fini(&out);
	return ok;
}

const char *baseline_state_name(enum baseline_state state)
{
	static const char *const names[] = { "new", "known", "grown" };
	return names[state];
}
