/* SPDX-License-Identifier: MIT */
#include "store/bulk.h"

#include "base/array.h"
#include "pages/bytes.h"
#include "pages/pages_out.h"
#include "store/sqlite_old.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Offsets in the database header. */
enum {
	BULK_PAGE_SIZE = 16,
	BULK_RESERVED = 20,
	BULK_CHANGE_COUNTER = 24,
	BULK_PAGE_COUNT = 28,
	BULK_SCHEMA_FORMAT = 44,
	BULK_VERSION_VALID_FOR = 92,
	BULK_HEADER_SIZE = 100,
};

struct bulk_root {
	uint32_t page;
	uint8_t *image;
};

struct bulk {
	/* The methods of SQLite's open file, with three of them replaced; first, so that
	 * they lead from the file to here. */
	struct sqlite3_io_methods methods;
	const struct sqlite3_io_methods *original;
	struct sqlite3_file *handle;

	struct db *db;
	struct pages_file file;
	uint64_t old_size;    /* of the file, in bytes */
	uint32_t old_counter; /* of changes, in the header */
	int64_t old_entries;  /* the last row of the schema */
	struct bulk_root *root;
	size_t roots;
	size_t root_cap;
	bool failed; /* a tree is incomplete */
	bool committing;
	bool patched;
	uint32_t sql_count;  /* pages as SQLite knows them when the filling began */
	int64_t sql_changes; /* and the rows it had changed */
	struct error *err;   /* of bulk_commit()'s caller */
};

bool bulk_supported(struct db *db)
{
	int64_t fit;
	if (!db_integer(db, &fit, 0, NULL,
		    "select (select encoding from pragma_encoding) = 'UTF-8'"
		    " and (select auto_vacuum from pragma_auto_vacuum) = 0"
		    " and (select locking_mode from pragma_locking_mode) = 'normal'"
		    " and (select journal_mode from pragma_journal_mode)"
		    "  in ('delete', 'truncate', 'persist')") ||
		fit == 0)
		return false;
	struct sqlite3_file *file = NULL;
	uint8_t header[BULK_HEADER_SIZE];
	sqlite3_file_control(db_handle(db), "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (file == NULL || file->pMethods == NULL)
		return false;
	/* The header of a database that has no page yet reads as zeros. */
	int code = file->pMethods->xRead(file, header, BULK_HEADER_SIZE, 0);
	if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
		return false;
	uint32_t format = bytes_get32(header + BULK_SCHEMA_FORMAT);
	/* A file written by SQLite before 3.7.0 does not say how long it is. */
	return (format == 4 || format == 0) &&
	       bytes_get32(header + BULK_CHANGE_COUNTER) ==
		       bytes_get32(header + BULK_VERSION_VALID_FOR);
}

static struct bulk *bulk_of(struct sqlite3_file *handle)
{
	return (struct bulk *)handle->pMethods;
}

/* At the sync of its commit, SQLite's pages are in the file, and its journal can take
 * them back: now come the roots, and the header that lets the appended pages be seen. The
 * counter moves once more than SQLite knows, so that it forgets the pages it has cached,
 * as it does when another process has written. */
static int bulk_control(struct sqlite3_file *handle, int op, void *argument)
{
	struct bulk *bulk = bulk_of(handle);
	const struct pages_file *file = &bulk->file;
	uint8_t header[BULK_HEADER_SIZE];
	if (op != SQLITE_FCNTL_SYNC || !bulk->committing || bulk->patched)
		return bulk->original->xFileControl(handle, op, argument);
	if (pread(file->fd, header, sizeof header, 0) != sizeof header) {
		error_errno(bulk->err, "cannot read database", file->name);
		return SQLITE_IOERR_WRITE;
	}
	assert(bulk->sql_count <= file->count);
	uint32_t counter = bytes_get32(header + BULK_CHANGE_COUNTER);
	/* The sync may be that of the rollback of a commit that failed. */
	if (counter == bulk->old_counter)
		return bulk->original->xFileControl(handle, op, argument);
	bool ok = true;
	for (size_t i = 0; ok && i < bulk->roots; i++) {
		const struct bulk_root *root = &bulk->root[i];
		/* SQLite made the roots; the appended pages are behind all that it knows.
		 */
		assert(root->page > 0 && root->page <= bulk->sql_count);
		uint64_t offset = (uint64_t)(root->page - 1) * file->page_size;
		ok = pages_write(file, root->image, file->page_size, offset, bulk->err);
	}
	bytes_put32(header + BULK_CHANGE_COUNTER, counter + 1);
	bytes_put32(header + BULK_VERSION_VALID_FOR, counter + 1);
	bytes_put32(header + BULK_PAGE_COUNT, file->count);
	bulk->patched = ok && pages_write(file, header, sizeof header, 0, bulk->err);
	if (!bulk->patched)
		return errno == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
	return bulk->original->xFileControl(handle, op, argument);
}

/* A commit whose last new page was freed again sets the file's length.  SQLite means to
 * grow the file then, but here it would cut off what was appended. */
static int bulk_truncate(struct sqlite3_file *handle, sqlite3_int64 size)
{
	struct bulk *bulk = bulk_of(handle);
	assert(size >= 0);
	uint64_t end = (uint64_t)bulk->file.count * bulk->file.page_size;
	if (bulk->committing && (uint64_t)size > bulk->old_size && (uint64_t)size < end)
		return SQLITE_OK;
	return bulk->original->xTruncate(handle, size);
}

/* Where a file system writes many blocks as one, SQLite may do without a journal. */
static int bulk_characteristics(struct sqlite3_file *handle)
{
	int atomic = SQLITE_IOCAP_BATCH_ATOMIC | (SQLITE_IOCAP_ATOMIC64K * 2 - 1);
	return bulk_of(handle)->original->xDeviceCharacteristics(handle) & ~atomic;
}

/* A statement that is half-way through its rows keeps pages cached that will be out of
 * date. */
static bool bulk_check_idle(struct db *db, struct error *err)
{
	struct sqlite3_stmt *stmt = NULL;
	while ((stmt = sqlite3_next_stmt(db_handle(db), stmt)) != NULL)
		if (sqlite3_stmt_busy(stmt))
			return error_set(err, STATUS_DATA,
				"database '%s' is being read by this program",
				db_path(db));
	return true;
}

/* Opens the file a second time: SQLite's descriptor is its own.  Closing this one drops
 * the locks that the process has on the file, so it stays open as long as there are any
 * (https://www.sqlite.org/howtocorrupt.html, 2.2). */
static bool bulk_open(struct bulk *bulk, uint32_t max_count, struct error *err)
{
	struct pages_file *file = &bulk->file;
	const char *path = sqlite3_db_filename(db_handle(bulk->db), "main");
	struct stat st;
	int moved = 0;
	uint8_t header[BULK_HEADER_SIZE];
	file->name = db_path(bulk->db);
	file->fd = open(path, O_RDWR | O_CLOEXEC);
	if (file->fd < 0 || fstat(file->fd, &st) != 0)
		return error_errno(err, "cannot open database", file->name);
	sqlite3_file_control(db_handle(bulk->db), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (moved)
		return error_set(err, STATUS_DATA,
			"database '%s' was replaced by another file", file->name);
	if (pread(file->fd, header, sizeof header, 0) != sizeof header)
		return error_errno(err, "cannot read database", file->name);
	uint32_t page_size = bytes_get16(header + BULK_PAGE_SIZE);
	file->page_size = page_size == 1 ? 65536 : page_size;
	file->usable = file->page_size - header[BULK_RESERVED];
	file->lock_byte = PAGES_LOCK_BYTE;
	file->max_count = max_count;
	bulk->old_size = (uint64_t)st.st_size;
	bulk->old_counter = bytes_get32(header + BULK_CHANGE_COUNTER);
	return true;
}

struct bulk *bulk_begin(struct db *db, struct error *err)
{
	if (!sqlite3_get_autocommit(db_handle(db))) {
		error_set(err, STATUS_DATA, "database '%s' is in a transaction already",
			db_path(db));
		return NULL;
	}
	/* A database without pages has no header to patch: this writes one. */
	int64_t pages, max_count;
	if (!bulk_check_idle(db, err) ||
		!db_integer(db, &pages, 0, err, "pragma page_count") ||
		(pages == 0 && !db_exec(db, "pragma user_version = 0", err)))
		return NULL;
	struct bulk *bulk = calloc(1, sizeof *bulk);
	if (bulk == NULL) {
		error_nomem(err);
		return NULL;
	}
	bulk->db = db;
	bulk->file.fd = -1;
	/* From here on SQLite's calls of three methods of its file come through here. */
	bool ok = true;
	sqlite3_file_control(
		db_handle(db), "main", SQLITE_FCNTL_FILE_POINTER, &bulk->handle);
	if (bulk->handle == NULL || bulk->handle->pMethods == NULL) {
		ok = error_set(
			err, STATUS_DATA, "database '%s' is not in a file", db_path(db));
	} else {
		bulk->original = bulk->handle->pMethods;
		bulk->methods = *bulk->original;
		bulk->methods.xFileControl = bulk_control;
		bulk->methods.xTruncate = bulk_truncate;
		bulk->methods.xDeviceCharacteristics = bulk_characteristics;
		bulk->handle->pMethods = &bulk->methods;
	}
	ok = ok && db_begin(db, err) &&
	     db_integer(db, &bulk->old_entries, 0, err,
		     "select max(rowid) from main.sqlite_schema") &&
	     db_integer(db, &max_count, 0, err, "pragma max_page_count") &&
	     bulk_open(bulk, (uint32_t)max_count, err);
	if (ok)
		return bulk;
	bulk_abort(bulk);
	return NULL;
}

/* Is SQLite's part of the file the same as when the filling began? */
static bool bulk_check_still(struct bulk *bulk, struct error *err)
{
	int64_t count;
	if (!db_integer(bulk->db, &count, 0, err, "pragma page_count"))
		return false;
	if (bulk->roots == 0) {
		bulk->sql_count = (uint32_t)count;
		bulk->sql_changes = sqlite_total_changes(db_handle(bulk->db));
		bulk->file.count = bulk->sql_count;
	}
	if (count != bulk->sql_count ||
		sqlite_total_changes(db_handle(bulk->db)) != bulk->sql_changes)
		return error_set(err, STATUS_DATA,
			"database '%s' was changed while it was being filled",
			bulk->file.name);
	return true;
}

bool bulk_fill(struct bulk *bulk, const char *tree, const struct pages_rows *rows,
	unsigned threads, struct error *err)
{
	struct bulk_root root = { 0 };
	enum pages_kind kind = PAGES_TABLE;
	struct db_stmt *stmt = NULL;
	/* A table WITHOUT ROWID is the index of its primary key, which has no entry of
	 * its own. */
	if (!db_preparef(bulk->db, &stmt, err,
		    "select rootpage, type = 'index' or exists"
		    "  (select 1 from pragma_index_list(s.name, 'main') i"
		    "    where i.origin = 'pk' and i.name not in"
		    "      (select name from main.sqlite_schema)), tbl_name"
		    " from main.sqlite_schema s where rootpage > 0 and rowid > %lld"
		    "  and name = %Q collate nocase",
		    (long long)bulk->old_entries, tree))
		return false;
	int64_t rows_there = 0;
	int found = db_step(stmt, err);
	bool ok = found == 1;
	if (found == 0)
		error_set(err, STATUS_DATA, "no new table or index '%s' to fill", tree);
	if (ok) {
		root.page = (uint32_t)db_column_integer(stmt, 0);
		kind = db_column_integer(stmt, 1) ? PAGES_INDEX : PAGES_TABLE;
		ok = db_integer(bulk->db, &rows_there, 0, err,
			"select exists (select 1 from main.\"%w\")",
			db_column(stmt, 2).text);
	}
	db_stmt_free(stmt);
	for (size_t i = 0; ok && i < bulk->roots; i++)
		rows_there += bulk->root[i].page == root.page;
	if (ok && rows_there > 0)
		ok = error_set(err, STATUS_DATA, "'%s' is not empty", tree);
	if (!ok || !bulk_check_still(bulk, err))
		return false;
	root.image = malloc(bulk->file.page_size);
	if (root.image == NULL || !array_reserve(&bulk->root, &bulk->root_cap,
					  bulk->roots + 1, sizeof root)) {
		free(root.image);
		return error_nomem(err);
	}
	assert(bulk->roots < bulk->root_cap && root.page > 0);
	bulk->root[bulk->roots++] = root;
	bulk->file.threads = threads;
	bulk->failed |= !pages_fill(&bulk->file, kind, rows, root.image, err);
	return !bulk->failed;
}

static void bulk_free(struct bulk *bulk)
{
	if (bulk->original != NULL)
		bulk->handle->pMethods = bulk->original;
	if (bulk->file.fd >= 0)
		close(bulk->file.fd);
	for (size_t i = 0; i < bulk->roots; i++)
		free(bulk->root[i].image);
	free(bulk->root);
	free(bulk);
}

bool bulk_commit(struct bulk *bulk, struct error *err)
{
	assert(!bulk->committing && !bulk->patched);
	bulk->err = err;
	bool ok = !bulk->failed && bulk_check_idle(bulk->db, err) &&
		  bulk_check_still(bulk, err);
	if (ok) {
		bulk->committing = true;
		ok = db_commit(bulk->db, err);
		bulk->committing = false;
	}
	if (!ok) {
		bulk_abort(bulk);
		return false;
	}
	if (!bulk->patched)
		ok = error_set(err, STATUS_DATA, "database '%s' was not filled",
			bulk->file.name);
	bulk_free(bulk);
	return ok;
}

void bulk_abort(struct bulk *bulk)
{
	if (bulk == NULL)
		return;
	assert(!bulk->committing);
	bool locked = !sqlite3_get_autocommit(db_handle(bulk->db));
	/* Nothing refers to the appended pages; this removes them.  Should that fail,
	 * SQLite uses the space for its own next pages. */
	if (locked && bulk->roots > 0 &&
		ftruncate(bulk->file.fd, (off_t)bulk->old_size) != 0)
		errno = 0;
	db_rollback(bulk->db);
	bulk_free(bulk);
}
