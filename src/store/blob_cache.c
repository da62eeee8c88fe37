/* SPDX-License-Identifier: MIT */
#include "store/blob_cache.h"

#include "base/array.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* Arrays are kept as they are in memory: another program or machine must have the same
 * idea of them.  Change it with the meaning of any part. */
#define BLOB_FORMAT "1"

/* SQLite's default limit for a value is 10^9 bytes. */
static const size_t blob_chunk = (size_t)256 << 20;

/* The counter in the file's header; false when there is none to trust. */
static bool blob_read_counter(struct db *db, int64_t *counter)
{
	sqlite3_file *file = NULL;
	unsigned char bytes[4], wal[2];
	if (db_is_temporary(db) ||
		sqlite3_file_control(db_handle(db), "main", SQLITE_FCNTL_FILE_POINTER,
			&file) != SQLITE_OK ||
		file == NULL || file->pMethods == NULL ||
		file->pMethods->xRead(file, bytes, 4, 24) != SQLITE_OK ||
		file->pMethods->xRead(file, wal, 2, 18) != SQLITE_OK || wal[0] != 1 ||
		wal[1] != 1)
		return false;
	*counter = (int64_t)((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
			     (uint32_t)bytes[2] << 8 | bytes[3]);
	return true;
}

/* This machine's idea of an array. */
static const char *blob_format(void)
{
	const uint16_t one = 1;
	unsigned char first;
	memcpy(&first, &one, 1);
	return first == 1 ? BLOB_FORMAT " little" : BLOB_FORMAT " big";
}

/* Is there a cache, and is it true?  Call it in a transaction, so that nobody writes. */
static bool blob_is_true(struct db *db, int64_t counter, bool *is, struct error *err)
{
	int64_t there, stamp;
	*is = false;
	if (!db_integer(db, &there, 0, err,
		    "select count(*) from sqlite_schema where type = 'table' "
		    "and name in ('graph_cache', 'graph_cache_stamp')"))
		return false;
	if (there != 2)
		return true;
	if (!db_integer(db, &stamp, -1, err,
		    "select counter from graph_cache_stamp where format = %Q",
		    blob_format()))
		return false;
	*is = stamp == counter;
	return true;
}

/* Makes room for all chunks of a part, which `*found` tells. */
static bool blob_make_room(struct db *db, int64_t num, struct blob_part *part,
	bool *found, struct error *err)
{
	int64_t size;
	if (!db_integer(db, &size, -1, err,
		    "select coalesce(sum(length(data)), -1) from graph_cache where "
		    "generation = %lld "
		    "and part = %Q and typeof(data) = 'blob'",
		    (long long)num, part->name))
		return false;
	*found = size >= 0;
	part->size = size < 0 ? 0 : (size_t)size;
	part->data = size < 0 ? NULL : array_new(part->size, 1);
	return size < 0 || part->data != NULL || error_nomem(err);
}

/* Reads the chunk of that row to `at` in the part; its length is added to `*at`. */
static bool blob_read_chunk(struct db *db, int64_t row, const struct blob_part *part,
	size_t *at, struct error *err)
{
	sqlite3_blob *blob = NULL;
	int code = sqlite3_blob_open(
		db_handle(db), "main", "graph_cache", "data", row, 0, &blob);
	size_t len = code == SQLITE_OK ? (size_t)sqlite3_blob_bytes(blob) : 0;
	bool fits = len <= part->size - *at;
	if (code == SQLITE_OK && fits && len > 0)
		code = sqlite3_blob_read(blob, (char *)part->data + *at, (int)len, 0);
	sqlite3_blob_close(blob);
	*at += fits ? len : 0;
	if (code != SQLITE_OK)
		return db_error(db, err);
	return fits || error_set(err, STATUS_DATA, "the graph's cache is damaged");
}

/* `*found` when there is anything of the part.  It is read straight to where it stays. */
static bool blob_load_part(struct db *db, int64_t num, struct blob_part *part,
	bool *found, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int row = -1;
	size_t at = 0;
	if (!blob_make_room(db, num, part, found, err))
		return false;
	if (db_preparef(db, &stmt, err,
		    "select rowid from graph_cache where generation = %lld and part = %Q "
		    "and typeof(data) = 'blob' order by chunk",
		    (long long)num, part->name))
		while ((row = db_step(stmt, err)) == 1)
			if (!blob_read_chunk(
				    db, db_column_integer(stmt, 0), part, &at, err)) {
				row = -1;
				break;
			}
	db_stmt_free(stmt);
	return row == 0;
}

static bool blob_load_parts(struct db *db, int64_t num, struct blob_part *part, size_t n,
	bool *found, struct error *err)
{
	int64_t counter;
	*found = false;
	/* The first read takes the lock that keeps the file as it is. */
	if (!db_integer(db, &counter, 0, err, "select count(*) from gen"))
		return false;
	if (!blob_read_counter(db, &counter))
		return true;
	if (!blob_is_true(db, counter, found, err) || !*found)
		return *found || err == NULL || err->status == STATUS_OK;
	for (size_t i = 0; i < n && *found; i++)
		if (!blob_load_part(db, num, &part[i], found, err))
			return false;
	return true;
}

bool blob_cache_load(struct db *db, int64_t num, struct blob_part *part, size_t n,
	bool *found, struct error *err)
{
	*found = false;
	for (size_t i = 0; i < n; i++) {
		part[i].data = NULL;
		part[i].size = 0;
	}
	/* In somebody's transaction tables may differ from the file. */
	if (db_is_temporary(db) || sqlite3_get_autocommit(db_handle(db)) == 0)
		return true;
	bool ok = db_exec(db, "begin", err) &&
		  blob_load_parts(db, num, part, n, found, err);
	db_end(db);
	if (!ok || !*found) {
		*found = false;
		for (size_t i = 0; i < n; i++) {
			free(part[i].data);
			part[i].data = NULL;
		}
	}
	return ok;
}

static bool blob_save_part(struct db *db, int64_t num, const struct blob_part *part)
{
	struct db_stmt *stmt;
	bool ok = db_execf(db, NULL,
			  "delete from graph_cache where generation = %lld and part = %Q",
			  (long long)num, part->name) &&
		  db_prepare(db, "insert into graph_cache values (?, ?, ?, ?)", &stmt,
			  NULL, NULL);
	if (!ok)
		return false;
	size_t at = 0;
	int64_t chunk = 0;
	do {
		size_t len = part->size - at < blob_chunk ? part->size - at : blob_chunk;
		struct cell data = { .type = CELL_BLOB,
			.text = (const char *)part->data + at,
			.len = len };
		ok = db_bind(stmt, 1, cell_integer(num), NULL) &&
		     db_bind(stmt, 2, cell_text(part->name), NULL) &&
		     db_bind(stmt, 3, cell_integer(chunk++), NULL) &&
		     db_bind(stmt, 4, data, NULL) && db_run(stmt, NULL);
		at += len;
	} while (ok && at < part->size);
	db_stmt_free(stmt);
	return ok;
}

/* In a transaction that writes: when it ends the counter is one higher. */
static bool blob_save_parts(
	struct db *db, int64_t num, const struct blob_part *part, size_t n)
{
	int64_t counter;
	bool is;
	if (!blob_read_counter(db, &counter) || !blob_is_true(db, counter, &is, NULL))
		return false;
	if (!is && !db_exec(db,
			   "drop table if exists graph_cache;"
			   "drop table if exists graph_cache_stamp;"
			   "create table graph_cache (generation int, part text, "
			   "chunk int, data blob);"
			   "create table graph_cache_stamp (counter int, format text)",
			   NULL))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!blob_save_part(db, num, &part[i]))
			return false;
	return db_exec(db, "delete from graph_cache_stamp", NULL) &&
	       db_execf(db, NULL, "insert into graph_cache_stamp values (%lld, %Q)",
		       (long long)(uint32_t)(counter + 1), blob_format());
}

void blob_cache_save(struct db *db, int64_t num, const struct blob_part *part, size_t n)
{
	if (db_is_temporary(db) || sqlite3_get_autocommit(db_handle(db)) == 0 ||
		!db_exec(db, "begin immediate", NULL))
		return;
	if (!blob_save_parts(db, num, part, n) || !db_exec(db, "commit", NULL))
		db_end(db);
}
