/* SPDX-License-Identifier: MIT */
#include "load/load_spill.h"

#include "load/load_check.h"
#include "load/load_log.h"
#include "load/load_notes.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct load_spill {
	struct db *db;
	struct db_stmt *insert;
	int64_t main_cache, temp_cache; /* settings to restore */
	int64_t size_high;              /* of all objects, see heap_part.h */
	uint64_t size_low;
};

/* One object in the temporary table; borrowed from its row. */
struct load_spilled {
	int64_t address;
	int64_t piece, line; /* within the piece */
	struct cell record, refs;
};

/* The object that was kept last; its repeats are compared with it. */
struct load_kept {
	int64_t address; /* 0: none yet */
	int64_t piece, line;
	struct buffer record, refs;
};

struct load_spill *load_spill_new(struct db *db, size_t memory, struct error *err)
{
	struct load_spill *spill = calloc(1, sizeof *spill);
	if (spill == NULL) {
		error_nomem(err);
		return NULL;
	}
	spill->db = db;
	/* A negative cache size is in units of 1024 bytes. */
	long long cache = -(long long)(memory / 4 / 1024) - 1;
	if (db_integer(db, &spill->main_cache, 0, err, "pragma main.cache_size") &&
		db_integer(db, &spill->temp_cache, 0, err, "pragma temp.cache_size") &&
		db_exec(db,
			"create temp table memsee_object (address int, piece int, line "
			"int,"
			" record blob, refs blob);"
			"create temp table memsee_sorted (address int, refs blob);"
			"create temp table memsee_child (child int)",
			err) &&
		db_execf(db, err,
			"pragma main.cache_size = %lld; pragma temp.cache_size = %lld",
			cache, cache) &&
		db_prepare(db, "insert into temp.memsee_object values (?, ?, ?, ?, ?)",
			&spill->insert, NULL, err))
		return spill;
	load_spill_free(spill);
	return NULL;
}

void load_spill_free(struct load_spill *spill)
{
	if (spill == NULL)
		return;
	db_stmt_free(spill->insert);
	db_exec(spill->db,
		"drop table if exists temp.memsee_object;"
		"drop table if exists temp.memsee_sorted;"
		"drop table if exists temp.memsee_child",
		NULL);
	db_execf(spill->db, NULL,
		"pragma main.cache_size = %lld; pragma temp.cache_size = %lld",
		(long long)spill->main_cache, (long long)spill->temp_cache);
	free(spill);
}

static struct cell load_blob(const void *bytes, size_t len)
{
	return (struct cell){ .type = CELL_BLOB, .text = bytes, .len = len };
}

bool load_spill_put(
	struct load_spill *spill, struct heap_part *part, size_t index, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < part->count; i++) {
		const struct heap_object *o = &part->objects[i];
		struct cell row[] = {
			cell_integer(o->address),
			cell_integer((int64_t)index),
			cell_integer((int64_t)heap_part_line(part, i)),
			load_blob(part->records + o->record, o[1].record - o->record),
			load_blob(part->refs == NULL ? NULL : part->refs + o->ref,
				(o[1].ref - o->ref) * sizeof *part->refs),
		};
		for (int c = 0; ok && c < (int)(sizeof row / sizeof *row); c++)
			ok = db_bind(spill->insert, c + 1, row[c], err);
		ok = ok && db_run(spill->insert, err);
	}
	heap_part_empty(part);
	return ok;
}

/* --- objects -------------------------------------------------------------------------
 */

static bool load_spill_cancelled(const struct load_options *options, struct error *err)
{
	if (options->cancel == NULL || *options->cancel == 0)
		return false;
	error_set(err, STATUS_DATA, "interrupted");
	return true;
}

static bool load_same(const struct buffer *kept, struct cell now)
{
	return kept->len == now.len &&
	       (now.len == 0 || memcmp(kept->data, now.text, now.len) == 0);
}

static uint64_t load_spill_line(const struct heap *heap, int64_t piece, int64_t line)
{
	assert(piece >= 0 && (size_t)piece < heap->part_count);
	return heap->parts[piece]->first_line - 1 + (uint64_t)line;
}

/* Each kept object becomes a row of obj, a row with its references for later, and a row
 * per child, to be sorted. */
struct load_spill_rows {
	struct db_stmt *object, *sorted, *child;
};

static bool load_spill_keep(struct load_spill *spill, const struct load_spill_rows *rows,
	const struct load_spilled *o, struct error *err)
{
	struct cell row[HEAP_COLUMNS];
	heap_part_decode((const uint8_t *)o->record.text, row);
	spill->size_high += row[HEAP_SIZE].integer >> 32;
	spill->size_low += (uint32_t)row[HEAP_SIZE].integer;
	row[HEAP_ADDRESS] = cell_integer(o->address);
	for (int i = 0; i < HEAP_COLUMNS; i++)
		if (!db_bind(rows->object, i + 1, row[i], err))
			return false;
	if (!db_run(rows->object, err))
		return false;
	assert(o->refs.len % sizeof(int64_t) == 0);
	for (size_t at = 0; at < o->refs.len; at += sizeof(int64_t)) {
		int64_t child;
		memcpy(&child, o->refs.text + at, sizeof child);
		if (!db_bind(rows->child, 1, cell_integer(child), err) ||
			!db_run(rows->child, err))
			return false;
	}
	return o->refs.len == 0 ||
	       (db_bind(rows->sorted, 1, cell_integer(o->address), err) &&
		       db_bind(rows->sorted, 2, o->refs, err) &&
		       db_run(rows->sorted, err));
}

/* Fills obj by address; of several objects at one address it takes the first one. */
static bool load_spill_objects(struct load_spill *spill, const struct heap *heap,
	struct load_report *report, struct error *err)
{
	struct db *db = spill->db;
	struct db_stmt *all = NULL;
	struct load_spill_rows rows = { 0 };
	struct load_kept kept = { 0 };
	report->objects = 0;
	bool ok = db_prepare(db,
			  "select address, piece, line, record, refs from "
			  "temp.memsee_object order by address, piece, rowid",
			  &all, NULL, err) &&
		  db_prepare(db, "insert into main.obj values (?, ?, ?, ?, ?, ?, ?, ?)",
			  &rows.object, NULL, err) &&
		  db_prepare(db, "insert into temp.memsee_sorted values (?, ?)",
			  &rows.sorted, NULL, err) &&
		  db_prepare(db, "insert into temp.memsee_child values (?)", &rows.child,
			  NULL, err);
	int more = 0;
	while (ok && (more = db_step(all, err)) == 1) {
		struct load_spilled o = { .address = db_column_integer(all, 0),
			.piece = db_column_integer(all, 1),
			.line = db_column_integer(all, 2),
			.record = db_column(all, 3),
			.refs = db_column(all, 4) };
		assert(o.address >= kept.address);
		if (o.address == kept.address) {
			if (load_same(&kept.record, o.record) &&
				load_same(&kept.refs, o.refs)) {
				report->repeats++;
				continue;
			}
			if (report->clash_count < HEAP_FAULTS_MAX)
				report->clashes[report->clash_count] =
					(struct heap_clash){
						.address = o.address,
						.first_line = load_spill_line(
							heap, kept.piece, kept.line),
						.line = load_spill_line(
							heap, o.piece, o.line),
					};
			report->clash_count++;
			continue;
		}
		report->objects++;
		report->references += o.refs.len / sizeof(int64_t);
		ok = load_spill_keep(spill, &rows, &o, err);
		kept.address = o.address;
		kept.piece = o.piece;
		kept.line = o.line;
		buffer_clear(&kept.record);
		buffer_clear(&kept.refs);
		buffer_put(&kept.record, o.record.text, o.record.len);
		buffer_put(&kept.refs, o.refs.text, o.refs.len);
		if (ok && (kept.record.failed || kept.refs.failed))
			ok = error_nomem(err);
	}
	ok = ok && more == 0;
	buffer_fini(&kept.record);
	buffer_fini(&kept.refs);
	db_stmt_free(rows.child);
	db_stmt_free(rows.sorted);
	db_stmt_free(rows.object);
	db_stmt_free(all);
	report->size = heap_size(spill->size_high, spill->size_low);
	return ok && db_exec(db, "drop table temp.memsee_object", err);
}

/* --- references ----------------------------------------------------------------------
 */

static bool load_spill_ref(
	struct db_stmt *insert, int64_t parent, int64_t child, struct error *err)
{
	return db_bind(insert, 1, cell_integer(parent), err) &&
	       db_bind(insert, 2, cell_integer(child), err) && db_run(insert, err);
}

/* Inserts the references of the pseudo object 0. */
static bool load_spill_tops(
	struct load_spill *spill, struct load_report *report, struct error *err)
{
	struct db_stmt *children = NULL, *objects = NULL, *insert = NULL;
	bool ok = db_prepare(spill->db,
			  "select child, count(*) from temp.memsee_child group by child",
			  &children, NULL, err) &&
		  db_prepare(spill->db, "select address from main.obj order by address",
			  &objects, NULL, err) &&
		  db_prepare(spill->db, "insert into main.ref values (?, ?)", &insert,
			  NULL, err);
	/* Walks children and objects side by side, both by address. */
	int child = ok ? db_step(children, err) : -1;
	int object = child >= 0 ? db_step(objects, err) : -1;
	while (child >= 0 && object >= 0 && child + object > 0) {
		int64_t c = child == 1 ? db_column_integer(children, 0) : INT64_MAX;
		int64_t o = object == 1 ? db_column_integer(objects, 0) : INT64_MAX;
		int64_t count = child == 1 ? db_column_integer(children, 1) : 0;
		bool top = child != 1 || (object == 1 && o < c);
		bool dangling = object != 1 || c < o;
		if (top && !load_spill_ref(insert, 0, o, err))
			break;
		report->top += top;
		if (!top && dangling) {
			report->dangling += (uint64_t)count;
			report->dangling_targets++;
		}
		if (!top)
			child = db_step(children, err);
		if (child >= 0 && (top || !dangling))
			object = db_step(objects, err);
	}
	ok = child == 0 && object == 0;
	db_stmt_free(children);
	db_stmt_free(objects);
	db_stmt_free(insert);
	return ok && db_exec(spill->db, "drop table temp.memsee_child", err);
}

static bool load_spill_refs(
	struct load_spill *spill, const struct load_options *options, struct error *err)
{
	struct db_stmt *sorted = NULL, *insert = NULL;
	bool ok = db_prepare(spill->db,
			  "select address, refs from temp.memsee_sorted order by rowid",
			  &sorted, NULL, err) &&
		  db_prepare(spill->db, "insert into main.ref values (?, ?)", &insert,
			  NULL, err);
	int more = ok ? db_step(sorted, err) : 0;
	while (ok && more == 1) {
		int64_t parent = db_column_integer(sorted, 0);
		struct cell refs = db_column(sorted, 1);
		ok = !load_spill_cancelled(options, err);
		for (size_t at = 0; ok && at < refs.len; at += sizeof(int64_t)) {
			int64_t child;
			memcpy(&child, refs.text + at, sizeof child);
			ok = load_spill_ref(insert, parent, child, err);
		}
		more = ok ? db_step(sorted, err) : 0;
	}
	db_stmt_free(sorted);
	db_stmt_free(insert);
	return ok && more == 0;
}

bool load_spill_write(struct load_spill *spill, struct heap *heap,
	const struct load_options *options, struct load_report *report, struct error *err)
{
	report->size_read = heap->size_read;
	db_stmt_free(spill->insert);
	spill->insert = NULL;
	if (!db_begin(spill->db, err))
		return false;
	if (generation_new(spill->db, &report->generation, err) &&
		unfinished_note(spill->db, options->together, report->generation, err) &&
		load_spill_objects(spill, heap, report, err) &&
		load_check_clashes(options, report, err) &&
		!load_spill_cancelled(options, err) &&
		load_spill_tops(spill, report, err) &&
		load_spill_refs(spill, options, err) &&
		generation_index(spill->db, report->generation, err) &&
		load_log_write(spill->db, report, err) &&
		load_notes_write(spill->db, heap, report->generation, NULL, err) &&
		db_commit(spill->db, err))
		return true;
	db_rollback(spill->db);
	return false;
}
