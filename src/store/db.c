/* SPDX-License-Identifier: MIT */
#include "store/db_private.h"
#include "store/sqlite_old.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>

struct db_stmt {
	struct db *db;
	sqlite3_stmt *handle;
	bool writes_heap, asks_others;
};

bool db_exec(struct db *db, const char *sql, struct error *err)
{
	while (*sql != '\0') {
		struct db_stmt *stmt = NULL;
		if (!db_prepare(db, sql, &stmt, &sql, err))
			return false;
		bool ok = stmt == NULL || db_run(stmt, err);
		db_stmt_free(stmt);
		if (!ok)
			return false;
	}
	return true;
}

bool db_execf(struct db *db, struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *sql = sqlite3_vmprintf(format, args);
	va_end(args);
	bool ok = sql == NULL ? error_nomem(err) : db_exec(db, sql, err);
	sqlite3_free(sql);
	return ok;
}

static bool db_prepare_va(struct db *db, struct db_stmt **stmt, struct error *err,
	const char *format, va_list args)
{
	*stmt = NULL;
	char *sql = sqlite3_vmprintf(format, args);
	bool ok = sql == NULL ? error_nomem(err) : db_prepare(db, sql, stmt, NULL, err);
	sqlite3_free(sql);
	return ok;
}

bool db_integer(struct db *db, int64_t *value, int64_t missing, struct error *err,
	const char *format, ...)
{
	struct db_stmt *stmt = NULL;
	va_list args;
	va_start(args, format);
	bool ok = db_prepare_va(db, &stmt, err, format, args);
	va_end(args);
	if (!ok)
		return false;
	assert(stmt != NULL); /* it is memsee's own SQL, so it is not empty */
	*value = missing;
	int row = db_step(stmt, err);
	if (row == 1 && db_column(stmt, 0).type != CELL_NULL)
		*value = db_column_integer(stmt, 0);
	db_stmt_free(stmt);
	return row >= 0;
}

bool db_begin(struct db *db, struct error *err)
{
	assert(db->depth >= 0);
	if (db->depth == 0 && !db_exec(db, "begin immediate", err))
		return false;
	db->depth++;
	return true;
}

bool db_commit(struct db *db, struct error *err)
{
	assert(db->depth > 0);
	if (db->depth == 1 && !db_exec(db, "commit", err))
		return false;
	db->depth--;
	return true;
}

bool db_read_begin(struct db *db, struct error *err)
{
	if (db->readers == 0 && sqlite3_get_autocommit(db->handle)) {
		if (!db_exec(db, "begin", err))
			return false;
		db->reading = true;
	}
	db->readers++;
	return true;
}

void db_read_end(struct db *db)
{
	assert(db->readers > 0);
	if (--db->readers > 0 || !db->reading)
		return;
	db->reading = false;
	/* A rollback would take back temporary tables that were made meanwhile. */
	if (!db_exec(db, "commit", NULL))
		db_end(db);
}

bool db_in_transaction(const struct db *db)
{
	return sqlite3_get_autocommit(db->handle) == 0;
}

void db_end(struct db *db)
{
	enum { ATTEMPTS = 3 }; /* it needs memory, which may have been short once */
	/* After a full disk SQLite may have rolled back by itself. */
	for (int i = 0; i < ATTEMPTS && !sqlite3_get_autocommit(db->handle); i++)
		db_exec(db, "rollback", NULL);
}

void db_rollback(struct db *db)
{
	db_end(db);
	assert(db->depth >= 0 && db->readers >= 0);
	db->depth = 0;
	db->heap_version++;
}

bool db_prepare(struct db *db, const char *sql, struct db_stmt **out, const char **tail,
	struct error *err)
{
	*out = NULL;
	struct db_stmt *stmt = calloc(1, sizeof *stmt);
	if (stmt == NULL)
		return error_nomem(err);
	stmt->db = db;
	uint64_t writes = db->compiled_writes, others = db->compiled_others;
	if (sqlite3_prepare_v2(db->handle, sql, -1, &stmt->handle, tail) != SQLITE_OK) {
		free(stmt);
		return db_error(db, err);
	}
	stmt->writes_heap = db->compiled_writes != writes;
	stmt->asks_others = db->compiled_others != others;
	if (stmt->handle == NULL)
		free(stmt);
	else
		*out = stmt;
	return true;
}

bool db_preparef(
	struct db *db, struct db_stmt **stmt, struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	bool ok = db_prepare_va(db, stmt, err, format, args);
	va_end(args);
	return ok;
}

void db_stmt_free(struct db_stmt *stmt)
{
	if (stmt == NULL)
		return;
	sqlite3_finalize(stmt->handle);
	free(stmt);
}

int db_step(struct db_stmt *stmt, struct error *err)
{
	struct db *db = stmt->db;
	assert(stmt->handle != NULL);
	uint64_t writes = db->compiled_writes;
	/* Before, for what the statement itself asks of the graph; after, for what it has
	 * written since. */
	db->heap_version += stmt->writes_heap;
	if (sqlite3_get_autocommit(db->handle))
		db->heap_written = false;
	db->heap_written |= stmt->writes_heap;
	int code = sqlite3_step(stmt->handle);
	if (db->compiled_writes != writes)
		stmt->writes_heap = db->heap_written = true;
	db->heap_version += stmt->writes_heap;
	switch (code) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		db_error(db, err);
		return -1;
	}
}

bool db_row(struct db_stmt *stmt, struct error *err)
{
	int row = db_step(stmt, err);
	return row == 1 ||
	       (row == 0 ? error_set(err, STATUS_DATA,
				   "database '%s': a row that was there before is gone",
				   stmt->db->path)
			 : false);
}

void db_reset(struct db_stmt *stmt)
{
	sqlite3_reset(stmt->handle);
}

bool db_run(struct db_stmt *stmt, struct error *err)
{
	int row;
	while ((row = db_step(stmt, err)) == 1)
		;
	sqlite3_reset(stmt->handle);
	return row == 0;
}

bool db_bind(struct db_stmt *stmt, int index, struct cell value, struct error *err)
{
	assert(index >= 1 && index <= sqlite3_bind_parameter_count(stmt->handle));
	const char *bytes = value.text == NULL ? "" : value.text;
	int code = SQLITE_OK;
	switch (value.type) {
	case CELL_NULL:
		code = sqlite3_bind_null(stmt->handle, index);
		break;
	case CELL_INTEGER:
		code = sqlite3_bind_int64(stmt->handle, index, value.integer);
		break;
	case CELL_REAL:
		code = sqlite3_bind_double(stmt->handle, index, value.real);
		break;
	case CELL_TEXT:
		code = sqlite3_bind_text64(stmt->handle, index, bytes, value.len,
			SQLITE_STATIC, SQLITE_UTF8);
		break;
	case CELL_BLOB:
		code = sqlite3_bind_blob64(
			stmt->handle, index, bytes, value.len, SQLITE_STATIC);
		break;
	}
	return code == SQLITE_OK || db_error(stmt->db, err);
}

int db_columns(const struct db_stmt *stmt)
{
	return sqlite3_column_count(stmt->handle);
}

const char *db_column_name(const struct db_stmt *stmt, int column)
{
	const char *name = sqlite3_column_name(stmt->handle, column);
	return name == NULL ? "" : name;
}

struct cell db_column(struct db_stmt *stmt, int column)
{
	assert(column >= 0 && column < sqlite3_column_count(stmt->handle));
	sqlite3_stmt *handle = stmt->handle;
	struct cell cell = cell_null();
	switch (sqlite3_column_type(handle, column)) {
	case SQLITE_INTEGER:
		return cell_integer(sqlite3_column_int64(handle, column));
	case SQLITE_FLOAT:
		return cell_real(sqlite3_column_double(handle, column));
	case SQLITE_TEXT:
		cell.type = CELL_TEXT;
		cell.text = (const char *)sqlite3_column_text(handle, column);
		break;
	case SQLITE_BLOB:
		cell.type = CELL_BLOB;
		cell.text = sqlite3_column_blob(handle, column);
		break;
	default:
		return cell;
	}
	cell.len = (size_t)sqlite3_column_bytes(handle, column);
	return cell;
}

int64_t db_column_integer(struct db_stmt *stmt, int column)
{
	assert(column >= 0 && column < sqlite3_column_count(stmt->handle));
	return sqlite3_column_int64(stmt->handle, column);
}

bool db_stmt_asks_heap(const struct db_stmt *stmt)
{
	return !stmt->asks_others;
}

const char *db_stmt_sql(const struct db_stmt *stmt)
{
	return sqlite3_sql(stmt->handle);
}

bool db_stmt_readonly(const struct db_stmt *stmt)
{
	return sqlite3_stmt_readonly(stmt->handle) != 0;
}

int64_t db_changes(const struct db *db)
{
	return sqlite_changes(db->handle);
}

uint64_t db_heap_version(const struct db *db)
{
	return db->heap_version;
}

void db_heap_changed(struct db *db)
{
	db->heap_version++;
}

void db_remark(struct db *db, const char *text)
{
	db->remark = text;
}

const char *db_take_remark(struct db *db)
{
	const char *text = db->remark;
	db->remark = NULL;
	return text;
}
