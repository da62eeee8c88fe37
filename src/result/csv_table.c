/* SPDX-License-Identifier: MIT */
#include "result/csv_table.h"

#include "base/array.h"

#include <assert.h>
#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The row that libcsv is putting together.  libcsv's callbacks cannot fail, so the first
 * failure is kept in `err` and everything after it ignored. */
struct csv_reader {
	const char *path;
	struct buffer text;  /* the fields of the row, one after the other */
	struct cell *fields; /* `text` is an offset into `text` until the row ends */
	size_t count, cap;
	size_t *offsets;
	size_t offset_cap;
	size_t row; /* from 1, the header's */
	struct result *result;
	struct error *err;
	bool failed;
};

static void csv_field(void *data, size_t len, void *context)
{
	struct csv_reader *reader = context;
	if (reader->failed)
		return;
	if (!array_reserve(&reader->fields, &reader->cap, reader->count + 1,
		    sizeof *reader->fields) ||
		!array_reserve(&reader->offsets, &reader->offset_cap, reader->count + 1,
			sizeof *reader->offsets)) {
		reader->failed = !error_nomem(reader->err);
		return;
	}
	reader->offsets[reader->count] = reader->text.len;
	reader->fields[reader->count++] =
		data == NULL ? cell_null() : cell_bytes(NULL, len);
	if (data != NULL) {
		buffer_put(&reader->text, data, len);
		buffer_put_char(&reader->text, '\0');
	}
}

static bool csv_push(struct csv_reader *reader)
{
	size_t columns = (size_t)reader->result->columns;
	if (reader->count > columns)
		return error_set(reader->err, STATUS_DATA,
			"%s: row %zu has %zu fields, the first row names %zu",
			reader->path, reader->row, reader->count, columns);
	if (!array_reserve(
		    &reader->fields, &reader->cap, columns, sizeof *reader->fields))
		return error_nomem(reader->err);
	for (size_t i = 0; i < columns; i++) {
		if (i >= reader->count)
			reader->fields[i] = cell_null();
		if (reader->fields[i].type == CELL_NULL)
			continue;
		/* Exactly what an integer is written as, so that no text changes by being
		 * read. */
		assert(reader->offsets[i] < reader->text.len);
		const char *text = reader->text.data + reader->offsets[i];
		size_t len = reader->fields[i].len;
		char again[32], *end;
		errno = 0;
		long long number = strtoll(text, &end, 10);
		snprintf(again, sizeof again, "%lld", number);
		bool integer =
			errno == 0 && end == text + len && strcmp(again, text) == 0;
		reader->fields[i] =
			integer ? cell_integer(number) : cell_bytes(text, len);
	}
	return result_push(reader->result, reader->fields, reader->err);
}

static void csv_row(int end, void *context)
{
	(void)end;
	struct csv_reader *reader = context;
	reader->row++;
	if (!reader->failed && reader->text.failed)
		reader->failed = !error_nomem(reader->err);
	if (!reader->failed && reader->result != NULL) {
		reader->failed = !csv_push(reader);
	} else if (!reader->failed) {
		/* The first row names the columns. */
		assert(reader->result == NULL && reader->row == 1);
		const char **names = array_new(reader->count, sizeof *names);
		bool ok = names != NULL || error_nomem(reader->err);
		for (size_t i = 0; ok && i < reader->count; i++) {
			names[i] = reader->fields[i].type == CELL_NULL
					   ? ""
					   : reader->text.data + reader->offsets[i];
			if (*names[i] == '\0')
				ok = error_set(reader->err, STATUS_DATA,
					"%s: column %zu has no name in the first row",
					reader->path, i + 1);
		}
		reader->result = ok ? result_new((int)reader->count, names) : NULL;
		if (ok && reader->result == NULL)
			ok = error_nomem(reader->err);
		free(names);
		reader->failed = !ok;
	}
	reader->count = 0;
	buffer_clear(&reader->text);
}

struct result *csv_table_read(const char *path, struct error *err)
{
	struct csv_reader reader = { .path = path, .err = err };
	struct csv_parser parser;
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		error_errno(err, "cannot read", path);
		return NULL;
	}
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL |
				      CSV_EMPTY_IS_NULL) != 0) {
		(void)fclose(file);
		error_nomem(err);
		return NULL;
	}
	char block[65536];
	size_t n;
	while (!reader.failed && (n = fread(block, 1, sizeof block, file)) > 0) {
		if (csv_parse(&parser, block, n, csv_field, csv_row, &reader) != n)
			reader.failed = !error_set(err, STATUS_DATA, "%s: row %zu: %s",
				path, reader.row + 1, csv_strerror(csv_error(&parser)));
	}
	if (!reader.failed && ferror(file))
		reader.failed = !error_errno(err, "cannot read", path);
	if (!reader.failed && csv_fini(&parser, csv_field, csv_row, &reader) != 0)
		reader.failed = !error_set(err, STATUS_DATA,
			"%s: row %zu: a quote is not closed", path, reader.row + 1);
	bool ok = !reader.failed;
	if (ok && reader.result == NULL)
		ok = error_set(err, STATUS_DATA, "%s: no rows, not even a header", path);
	csv_free(&parser);
	(void)fclose(file);
	free(reader.fields);
	free(reader.offsets);
	buffer_fini(&reader.text);
	if (!ok) {
		result_free(reader.result);
		return NULL;
	}
	return reader.result;
}
