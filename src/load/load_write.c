/* SPDX-License-Identifier: MIT */
#include "load/load_write.h"

#include "base/parallel.h"
#include "load/load_log.h"
#include "load/load_notes.h"
#include "store/bulk.h"
#include "store/generation.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

enum {
	LOAD_BATCH = 4096, /* rows between two checks of options->cancel */
};

static bool load_cancelled(const struct load_options *options, struct error *err)
{
	if (options->cancel == NULL || *options->cancel == 0)
		return false;
	error_set(err, STATUS_DATA, "interrupted");
	return true;
}

/* --- page by page --------------------------------------------------------------------
 */

static void load_object_records(
	const void *context, uint64_t first, size_t n, struct pages_record *record)
{
	const struct heap *heap = context;
	assert(first + n <= heap->count);
	const struct heap_row *row = heap->rows + first;
	if (first / heap->store.stride != (first + n) / heap->store.stride)
		heap_store_rest(&heap->store);
	for (size_t i = 0; i < n; i++) {
		record[i].bytes = row[i].record;
		record[i].size = row[i].size;
	}
}

static void load_object_rowids(
	const void *context, uint64_t first, size_t n, int64_t *rowid)
{
	for (size_t i = 0; i < n; i++)
		rowid[i] = heap_address(context, (size_t)first + i);
}

static void load_ref_rows(
	const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	heap_ref_rows(context, (size_t)first, n, column[0], column[1]);
}

static void load_parent_rows(
	const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	heap_ref_rows(context, (size_t)first, n, column[0], NULL);
	for (size_t i = 0; i < n; i++)
		column[1][i] = (int64_t)(first + i + 1);
}

static void load_child_rows(
	const void *context, uint64_t first, size_t n, int64_t *const *column)
{
	heap_child_rows(context, (size_t)first, n, column[0], column[1]);
}

/* Makes the generation row by row, in a transaction. */
static bool load_write_rows(struct db *db, struct heap *heap,
	const struct load_options *options, struct load_report *report, struct error *err)
{
	int64_t parent[LOAD_BATCH], child[LOAD_BATCH];
	struct db_stmt *object = NULL, *reference = NULL;
	if (!db_begin(db, err))
		return false;
	bool ok = generation_new(db, &report->generation, err) &&
		  unfinished_note(db, options->together, report->generation, err) &&
		  db_prepare(db, "insert into main.obj values (?, ?, ?, ?, ?, ?, ?, ?)",
			  &object, NULL, err) &&
		  db_prepare(db, "insert into main.ref values (?, ?)", &reference, NULL,
			  err);
	for (size_t i = 0; ok && i < heap->count; i++) {
		struct cell row[HEAP_COLUMNS];
		heap_part_decode(heap->rows[i].record, row);
		row[HEAP_ADDRESS] = cell_integer(heap_address(heap, i));
		ok = i % LOAD_BATCH != 0 || !load_cancelled(options, err);
		for (int c = 0; ok && c < HEAP_COLUMNS; c++)
			ok = db_bind(object, c + 1, row[c], err);
		ok = ok && db_run(object, err);
	}
	size_t rows = heap_rows(heap);
	for (size_t at = 0; ok && at < rows; at += LOAD_BATCH) {
		size_t n = rows - at < LOAD_BATCH ? rows - at : LOAD_BATCH;
		heap_ref_rows(heap, at, n, parent, child);
		ok = !load_cancelled(options, err);
		for (size_t i = 0; ok && i < n; i++)
			ok = db_bind(reference, 1, cell_integer(parent[i]), err) &&
			     db_bind(reference, 2, cell_integer(child[i]), err) &&
			     db_run(reference, err);
	}
	db_stmt_free(object);
	db_stmt_free(reference);
	if (ok && generation_index(db, report->generation, err) &&
		load_log_write(db, report, err) &&
		load_notes_write(db, heap, report->generation, NULL, err) &&
		db_commit(db, err))
		return true;
	db_rollback(db);
	return false;
}

bool load_write(struct db *db, struct heap *heap, const struct load_options *options,
	struct load_report *report, struct error *err)
{
	if (options->ordinary || !bulk_supported(db))
		return load_write_rows(db, heap, options, report, err);
	struct bulk *bulk = bulk_begin(db, err);
	if (bulk == NULL)
		return false;
	bool ok = generation_new(db, &report->generation, err) &&
		  unfinished_note(db, options->together, report->generation, err) &&
		  generation_index(db, report->generation, err) &&
		  load_log_write(db, report, err) &&
		  load_notes_write(db, heap, report->generation, bulk, err);
	/* The tables, and their indexes, whose names have the generation. */
	const struct {
		const char *name;
		bool numbered;
		struct pages_rows rows;
	} trees[] = {
		{ "obj", false,
			{ .count = heap->count,
				.records = load_object_records,
				.rowids = load_object_rowids } },
		{ "ref", false,
			{ .count = heap_rows(heap),
				.columns = 2,
				.integers = load_ref_rows } },
		{ "parent", true,
			{ .count = heap_rows(heap),
				.columns = 2,
				.integers = load_parent_rows } },
		{ "child", true,
			{ .count = heap_rows(heap),
				.columns = 2,
				.integers = load_child_rows } },
	};
	for (size_t i = 0; ok && i < sizeof trees / sizeof *trees; i++) {
		struct pages_rows rows = trees[i].rows;
		rows.context = heap;
		/* The records of a chunk are in memory together. */
		if (heap->store.stride < PAGES_CHUNK)
			rows.chunk = heap->store.stride;
		heap_store_rest(&heap->store);
		char name[GENERATION_TABLE_MAX];
		snprintf(name, sizeof name, trees[i].numbered ? "%s%" PRId64 : "%s",
			trees[i].name, report->generation);
		ok = !load_cancelled(options, err) &&
		     bulk_fill(
			     bulk, name, &rows, parallel_threads(options->threads), err);
	}
	if (ok)
		return bulk_commit(bulk, err);
	bulk_abort(bulk);
	return false;
}
