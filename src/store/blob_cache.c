/* SPDX-License-Identifier: MIT */
#include "store/blob_cache.h"

#include "base/array.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Arrays are stored as they are in memory: only a program and a machine with the same
 * layout may read them.  Change it with the meaning of any part. */
#define BLOB_FORMAT "2"

/* The tables, exactly as the schema must have them: memsee neither reads nor replaces
 * another table of that name. */
static const char blob_table[] = "CREATE TABLE graph_cache (generation int, part text, "
				 "chunk int, data blob)";
static const char blob_stamp_table[] =
	"CREATE TABLE graph_cache_stamp (counter int, inode int, seconds int, "
	"nanoseconds int, format text)";
/* That of format 1, which may be replaced. */
static const char blob_old_stamp_table[] =
	"CREATE TABLE graph_cache_stamp (counter int, format text)";

/* SQLite's default limit for a value is 10^9 bytes. */
static const size_t blob_chunk = (size_t)256 << 20;

/* The state of the file at a moment: see the header. */
struct blob_stamp {
	int64_t counter, inode, seconds, nanoseconds;
};

/* The file's stamp; false when it has none to trust.  To be called while a lock keeps
 * others from writing. */
static bool blob_read_stamp(struct db *db, struct blob_stamp *stamp)
{
	sqlite3 *handle = db_handle(db);
	sqlite3_file *file = NULL;
	unsigned char bytes[4], wal[2];
	struct stat st;
	int moved = 0;
	const char *path = sqlite3_db_filename(handle, "main");
	if (db_is_temporary(db) || path == NULL ||
		sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
			SQLITE_OK ||
		file == NULL || file->pMethods == NULL ||
		file->pMethods->xRead(file, bytes, 4, 24) != SQLITE_OK ||
		file->pMethods->xRead(file, wal, 2, 18) != SQLITE_OK || wal[0] != 1 ||
		wal[1] != 1)
		return false;
	sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (moved || stat(path, &st) != 0)
		return false;
	*stamp = (struct blob_stamp){
		.counter = (int64_t)((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
				     (uint32_t)bytes[2] << 8 | bytes[3]),
		.inode = (int64_t)st.st_ino,
		.seconds = (int64_t)st.st_mtim.tv_sec,
		.nanoseconds = (int64_t)st.st_mtim.tv_nsec,
	};
	return true;
}

/* The layout of arrays on this machine. */
static const char *blob_format(void)
{
	const uint16_t one = 1;
	unsigned char first;
	memcpy(&first, &one, 1);
	return first == 1 ? BLOB_FORMAT " little" : BLOB_FORMAT " big";
}

enum blob_tables {
	BLOB_NONE,    /* no table has one of the names */
	BLOB_OLD,     /* those of an older memsee */
	BLOB_OURS,    /* both are as they should be */
	BLOB_FOREIGN, /* something else has a name */
	BLOB_FAILED,
};

static enum blob_tables blob_find_tables(struct db *db)
{
	int64_t named, data, stamp, old;
	if (!db_integer(db, &named, 0, NULL,
		    "select count(*) from main.sqlite_schema where lower(name) in "
		    "('graph_cache', 'graph_cache_stamp') "
		    "or lower(tbl_name) in ('graph_cache', 'graph_cache_stamp')") ||
		!db_integer(db, &data, 0, NULL,
			"select count(*) from main.sqlite_schema where sql = %Q",
			blob_table) ||
		!db_integer(db, &stamp, 0, NULL,
			"select count(*) from main.sqlite_schema where sql = %Q",
			blob_stamp_table) ||
		!db_integer(db, &old, 0, NULL,
			"select count(*) from main.sqlite_schema where sql = %Q",
			blob_old_stamp_table))
		return BLOB_FAILED;
	if (named == 0)
		return BLOB_NONE;
	if (named != 2 || data != 1 || stamp + old != 1)
		return BLOB_FOREIGN;
	return stamp == 1 ? BLOB_OURS : BLOB_OLD;
}

/* Are the tables there, and valid for the file as it is? */
static bool blob_is_true(struct db *db, const struct blob_stamp *now)
{
	int64_t rows;
	return blob_find_tables(db) == BLOB_OURS &&
	       db_integer(db, &rows, 0, NULL,
		       "select count(*) from main.graph_cache_stamp where "
		       "counter = %lld and inode = %lld and seconds = %lld "
		       "and nanoseconds = %lld and format = %Q",
		       (long long)now->counter, (long long)now->inode,
		       (long long)now->seconds, (long long)now->nanoseconds,
		       blob_format()) &&
	       rows == 1;
}

/* May the cache be used, which takes a transaction of its own?  In somebody's transaction
 * tables may differ from the file, and a statement that writes is one. */
static bool blob_is_free(struct db *db)
{
	struct sqlite3_stmt *stmt = NULL;
	if (db_is_temporary(db) || db_in_transaction(db))
		return false;
	while ((stmt = sqlite3_next_stmt(db_handle(db), stmt)) != NULL)
		if (sqlite3_stmt_busy(stmt) && !sqlite3_stmt_readonly(stmt))
			return false;
	return true;
}

/* --- loading ------------------------------------------------------------------------ */

/* Reads a part straight to where it stays; false unless it is there to its last byte. */
static bool blob_load_part(struct db *db, int64_t num, struct blob_part *part)
{
	/* The size of all chunks; -1 when one is missing or not whole. */
	int64_t size;
	if (!db_integer(db, &size, -1, NULL,
		    "select case when count(*) = max(chunk) + 1 and min(chunk) = 0"
		    "  and sum(typeof(data) = 'blob') = count(*)"
		    "  then sum(length(data)) else -1 end from main.graph_cache"
		    " where generation = %lld and part = %Q",
		    (long long)num, part->name) ||
		size < 0)
		return false;
	part->data = array_new((size_t)size, 1);
	if (part->data == NULL)
		return false;
	part->size = (size_t)size;
	struct db_stmt *stmt = NULL;
	if (!db_preparef(db, &stmt, NULL,
		    "select rowid from main.graph_cache where generation = %lld "
		    "and part = %Q order by chunk",
		    (long long)num, part->name))
		return false;
	size_t at = 0;
	int row = 0;
	bool ok = true;
	while (ok && (row = db_step(stmt, NULL)) == 1) {
		assert(at <= part->size);
		sqlite3_blob *blob = NULL;
		ok = sqlite3_blob_open(db_handle(db), "main", "graph_cache", "data",
			     db_column_integer(stmt, 0), 0, &blob) == SQLITE_OK;
		size_t len = ok ? (size_t)sqlite3_blob_bytes(blob) : 0;
		ok = ok && len <= part->size - at;
		if (ok && len > 0)
			ok = sqlite3_blob_read(blob, (char *)part->data + at, (int)len,
				     0) == SQLITE_OK;
		sqlite3_blob_close(blob);
		at += len;
	}
	db_stmt_free(stmt);
	return ok && row == 0 && at == part->size;
}

bool blob_cache_load(struct db *db, int64_t num, struct blob_part *part, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		part[i].data = NULL;
		part[i].size = 0;
	}
	if (!blob_is_free(db) || !db_exec(db, "begin", NULL))
		return false;
	/* The first read takes the lock that keeps the file as it is. */
	int64_t generations;
	struct blob_stamp now;
	bool found =
		db_integer(db, &generations, 0, NULL, "select count(*) from main.gen") &&
		blob_read_stamp(db, &now) && blob_is_true(db, &now);
	for (size_t i = 0; found && i < n; i++) {
		found = blob_load_part(db, num, &part[i]);
		/* A generation without any part is not damage: nobody has asked for its
		 * graph. */
		int64_t rows = 0;
		if (!found &&
			(i > 0 ||
				!db_integer(db, &rows, 1, NULL,
					"select count(*) from main.graph_cache where "
					"generation = %lld and part = %Q",
					(long long)num, part[i].name) ||
				rows > 0))
			db_remark(db, BLOB_DAMAGED);
	}
	/* Nothing was written, so this fails only where the file does. */
	if (!db_exec(db, "commit", NULL))
		db_end(db);
	for (size_t i = 0; !found && i < n; i++) {
		free(part[i].data);
		part[i].data = NULL;
		part[i].size = 0;
	}
	return found;
}

/* In a transaction that writes: `*next` is what the file will be after it. */
static bool blob_save_parts(struct db *db, int64_t num, const struct blob_part *part,
	size_t n, struct blob_stamp *next)
{
	struct blob_stamp now;
	enum blob_tables tables = blob_find_tables(db);
	if (tables == BLOB_FAILED || tables == BLOB_FOREIGN || !blob_read_stamp(db, &now))
		return false;
	if (!blob_is_true(db, &now) &&
		(!db_exec(db,
			 "drop table if exists main.graph_cache;"
			 "drop table if exists main.graph_cache_stamp",
			 NULL) ||
			!db_exec(db, blob_table, NULL) ||
			!db_exec(db, blob_stamp_table, NULL)))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < n; i++) {
		struct db_stmt *stmt = NULL;
		ok = db_execf(db, NULL,
			     "delete from main.graph_cache where generation = %lld"
			     " and part = %Q",
			     (long long)num, part[i].name) &&
		     db_prepare(db, "insert into main.graph_cache values (?, ?, ?, ?)",
			     &stmt, NULL, NULL);
		/* An empty part is one empty chunk. */
		size_t at = 0;
		for (int64_t chunk = 0; ok && (chunk == 0 || at < part[i].size);
			chunk++) {
			size_t left = part[i].size - at;
			struct cell data = { .type = CELL_BLOB,
				.text = (const char *)part[i].data + at,
				.len = left < blob_chunk ? left : blob_chunk };
			ok = db_bind(stmt, 1, cell_integer(num), NULL) &&
			     db_bind(stmt, 2, cell_text(part[i].name), NULL) &&
			     db_bind(stmt, 3, cell_integer(chunk), NULL) &&
			     db_bind(stmt, 4, data, NULL) && db_run(stmt, NULL);
			at += data.len;
		}
		db_stmt_free(stmt);
	}
	if (!ok)
		return false;
	/* What the file will be after this transaction, once its time is set: a hundred
	 * nanoseconds are the finest that every file system keeps. */
	enum { TICK = 100, TICKS = 1000000000 / TICK };
	uint32_t random;
	sqlite3_randomness(sizeof random, &random);
	*next = (struct blob_stamp){
		.counter = (int64_t)(uint32_t)(now.counter + 1),
		.inode = now.inode,
		.seconds = (int64_t)time(NULL),
		.nanoseconds = (int64_t)(random % TICKS) * TICK,
	};
	return db_exec(db, "delete from main.graph_cache_stamp", NULL) &&
	       db_execf(db, NULL,
		       "insert into main.graph_cache_stamp values "
		       "(%lld, %lld, %lld, %lld, %Q)",
		       (long long)next->counter, (long long)next->inode,
		       (long long)next->seconds, (long long)next->nanoseconds,
		       blob_format());
}

void blob_cache_save(struct db *db, int64_t num, const struct blob_part *part, size_t n)
{
	struct blob_stamp next;
	if (!blob_is_free(db))
		return;
	/* A query must not wait for another process only to be faster next time. */
	db_hurry(db, true);
	if (db_exec(db, "begin immediate", NULL)) {
		if (blob_save_parts(db, num, part, n, &next) &&
			db_exec(db, "commit", NULL)) {
			/* Where setting the time is not allowed, the stamp does not match
			 * the file and the cache is not used. */
			const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
				{ .tv_sec = (time_t)next.seconds,
					.tv_nsec = (long)next.nanoseconds } };
			const char *path = sqlite3_db_filename(db_handle(db), "main");
			if (path != NULL && utimensat(AT_FDCWD, path, times, 0) != 0)
				errno = 0;
		} else {
			db_end(db);
		}
	}
	db_hurry(db, false);
}
