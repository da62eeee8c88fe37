/* SPDX-License-Identifier: MIT */
#include "store/db.h"

#include "base/buffer.h"
#include "store/db_suggest.h"
#include "store/sqlite_old.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct db {
	sqlite3 *handle;
	char *path;
	bool temporary;
	bool made;    /* by this connection, and not yet worth keeping */
	int depth;    /* of nested transactions */
	int readers;  /* db_read_begin() without its end */
	bool reading; /* they read in a transaction of their own */
	/* Statements that change the heap, compiled so far: SQLite compiles a statement
	 * again when the schema has changed since, also amid db_step(). */
	uint64_t compiled_writes;
	bool heap_written; /* in the transaction that is open */
	uint64_t heap_version;
	void *companion; /* see db_companion() */
	void (*free_companion)(void *companion);
	const char *remark; /* see db_remark() */
	const volatile sig_atomic_t *cancel;
	struct db_patience patience;
	struct timespec waiting; /* since when */
	bool hurried, noted;
	bool safe, guarded;    /* see db_guard() */
	struct places *places; /* NULL: see db_protect() */
	struct error refused;  /* why a file may not be attached */
};

struct db_stmt {
	struct db *db;
	sqlite3_stmt *handle;
	bool writes_heap;
};

/* obj, ref, obj1, ref23, … and what the choice of roots looks at: the tables whose change
 * makes a graph that is held untrue. */
static bool db_is_heap_table(const char *name)
{
	static const char *const others[] = { "root_rule", "root_chosen", "root_mark" };
	for (size_t i = 0; name != NULL && i < sizeof others / sizeof *others; i++)
		if (sqlite3_stricmp(name, others[i]) == 0)
			return true;
	if (name == NULL || (sqlite3_strnicmp(name, "obj", 3) != 0 &&
				    sqlite3_strnicmp(name, "ref", 3) != 0))
		return false;
	return strspn(name + 3, "0123456789") == strlen(name + 3);
}

/* What SQL of unknown origin may not do, see db_guard(). */
static bool db_is_forbidden(int action, const char *function)
{
	static const int actions[] = { SQLITE_ATTACH, SQLITE_DETACH, SQLITE_PRAGMA,
		SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE, SQLITE_TRANSACTION,
		SQLITE_SAVEPOINT };
	static const char *const functions[] = { "load_extension", "fts3_tokenizer" };
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (action == actions[i])
			return true;
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (action == SQLITE_FUNCTION &&
			sqlite3_stricmp(function, functions[i]) == 0)
			return true;
	return false;
}

/* Told of everything that a statement will do while it is compiled. */
static int db_authorize(void *context, int action, const char *first, const char *second,
	const char *schema, const char *trigger)
{
	(void)schema;
	(void)trigger;
	struct db *db = context;
	if (db->guarded && db_is_forbidden(action, second))
		return SQLITE_DENY;
	/* `vacuum into` attaches as well. */
	if (action == SQLITE_ATTACH && first != NULL && *first != '\0' &&
		db->places != NULL) {
		error_clear(&db->refused);
		if (!places_database(db->places, first, &db->refused))
			return SQLITE_DENY;
	}
	switch (action) {
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
	case SQLITE_CREATE_TABLE:
	case SQLITE_DROP_TABLE:
	case SQLITE_CREATE_VIEW:
	case SQLITE_DROP_VIEW:
		db->compiled_writes += db_is_heap_table(first);
		break;
	case SQLITE_ALTER_TABLE: /* any table may become one of the heap's */
		db->compiled_writes++;
		break;
	case SQLITE_SAVEPOINT:
		db->compiled_writes += sqlite3_stricmp(first, "ROLLBACK") == 0;
		break;
	default:
		break;
	}
	return SQLITE_OK;
}

/* Also where SQLite rolls back by itself: a full disk, `insert or rollback`. */
static void db_rolled_back(void *context)
{
	struct db *db = context;
	db->heap_version += db->heap_written;
	db->heap_written = false;
}

/* The failures that are nobody's SQL: the disk, the file, another process, the memory. */
static bool db_is_outside_failure(int code)
{
	static const int outside[] = { SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM,
		SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL,
		SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_PERM, SQLITE_PROTOCOL,
		SQLITE_INTERRUPT };
	for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
		if ((code & 0xff) == outside[i])
			return true;
	return false;
}

bool db_error(struct db *db, struct error *err)
{
	int code = sqlite3_errcode(db->handle);
	if ((code & 0xff) == SQLITE_BUSY && db->patience.limited)
		return error_set(err, STATUS_DATA,
			"database '%s' is in use by another process; --wait allows more "
			"than %u second%s",
			db->path, db->patience.seconds,
			db->patience.seconds == 1 ? "" : "s");
	if (db_is_outside_failure(code))
		return error_set(err, STATUS_DATA, "database '%s': %s", db->path,
			sqlite3_errmsg(db->handle));
	if (db->refused.status != STATUS_OK) {
		error_set(err, db->refused.status, "%s", db->refused.message);
		error_clear(&db->refused);
		return false;
	}
	int offset = sqlite_error_offset(db->handle);
	/* Which it is SQLite does not say. */
	const char *hint = (code & 0xff) == SQLITE_MISMATCH
				   ? "; LIMIT, OFFSET and a rowid want a whole number"
				   : "";
	/* Looking for a name that is there changes the message. */
	struct buffer message = BUFFER_INIT, near = BUFFER_INIT;
	buffer_put_text(&message, sqlite3_errmsg(db->handle));
	db_put_suggestion(&near, db->handle, buffer_text(&message));
	error_at(err, STATUS_SCRIPT, offset < 0 ? ERROR_NOWHERE : (size_t)offset,
		"SQL error: %s%s%s", buffer_text(&message), hint, buffer_text(&near));
	buffer_fini(&message);
	buffer_fini(&near);
	return false;
}

/* A fresh file of a name that nobody can guess, closed again. */
static char *db_temporary_path(struct error *err)
{
	const char *folder = getenv("TMPDIR");
	if (folder == NULL || *folder == '\0')
		folder = "/tmp";
	struct buffer path = BUFFER_INIT;
	buffer_printf(&path, "%s/memsee-XXXXXX", folder);
	char *name = buffer_take(&path);
	if (name == NULL) {
		error_nomem(err);
		return NULL;
	}
	int fd = mkstemp(name);
	if (fd < 0) {
		error_errno(err, "cannot make a temporary database in", folder);
		free(name);
		return NULL;
	}
	close(fd);
	return name;
}

static bool db_check_path(const char *path, struct error *err)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return error_set(
			err, STATUS_DATA, "no database '%s'; 'create' makes one", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, STATUS_DATA, "'%s' is no database", path);
	return true;
}

/* Claims the name, so that of two who make a database at once only one gets it. */
static bool db_make_file(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		return close(fd) == 0;
	if (errno == EEXIST)
		return error_set(err, STATUS_DATA,
			"database '%s' exists already; 'open' connects to it", path);
	return error_errno(err, "cannot make database", path);
}

static double db_waited(const struct db *db)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return difftime(now.tv_sec, db->waiting.tv_sec) +
	       (double)(now.tv_nsec - db->waiting.tv_nsec) / 1e9;
}

/* SQLite's question whether to go on waiting for a lock, `tried` times already. */
static int db_wait(void *context, int tried)
{
	enum { NOTE_AFTER = 5, STEP_MOST = 100 /* milliseconds */ };
	struct db *db = context;
	if (db->hurried || (db->cancel != NULL && *db->cancel != 0))
		return 0;
	if (tried == 0) {
		clock_gettime(CLOCK_MONOTONIC, &db->waiting);
		db->noted = false;
	}
	double waited = db_waited(db);
	if (db->patience.limited && waited >= db->patience.seconds)
		return 0;
	if (!db->noted && waited >= NOTE_AFTER && db->patience.note != NULL) {
		db->patience.note(db->patience.context, db->path);
		db->noted = true;
	}
	int step = tried < STEP_MOST ? tried + 1 : STEP_MOST;
	nanosleep(&(struct timespec){ .tv_nsec = step * 1000000L }, NULL);
	return 1;
}

void db_hurry(struct db *db, bool on)
{
	db->hurried = on;
}

static int db_look_at_cancel(void *context)
{
	const struct db *db = context;
	return *db->cancel != 0;
}

void db_cancel_on(struct db *db, const volatile sig_atomic_t *cancel)
{
	enum { INSTRUCTIONS = 100000 };
	db->cancel = cancel;
	sqlite3_progress_handler(db->handle, cancel == NULL ? 0 : INSTRUCTIONS,
		cancel == NULL ? NULL : db_look_at_cancel, db);
}

/* The limits of a database for SQL that somebody else wrote. */
static void db_limit(struct db *db)
{
	static const struct {
		int what, most;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 1 << 28 },
		{ SQLITE_LIMIT_SQL_LENGTH, 1 << 24 },
		{ SQLITE_LIMIT_COLUMN, 200 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 200 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 50 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
	};
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		sqlite3_limit(db->handle, limits[i].what, limits[i].most);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

void db_protect(struct db *db, struct places *places)
{
	db->places = places;
}

void db_make_safe(struct db *db)
{
	db->safe = true;
	db_limit(db);
}

void db_guard(struct db *db, bool on)
{
	db->guarded = on && db->safe;
}

/* The connection proper, to a file that is there. */
static bool db_connect(struct db *db, struct error *err)
{
	/* No two threads use a connection at once: whoever shares one has a lock of its
	 * own. */
	int code = sqlite3_open_v2(
		db->path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (db->handle == NULL)
		return error_nomem(err);
	if (code != SQLITE_OK)
		return db_error(db, err);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_handler(db->handle, db_wait, db);
	sqlite3_set_authorizer(db->handle, db_authorize, db);
	sqlite3_rollback_hook(db->handle, db_rolled_back, db);
	/* A schema is data too: what it says may call nothing with side effects. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	db_cancel_on(db, db->cancel);
	if (db->safe)
		db_limit(db);
	/* The first look at the file: here it shows whether it is a database. */
	if (!db_exec(db, "pragma schema_version", err)) {
		if ((sqlite3_errcode(db->handle) & 0xff) == SQLITE_NOTADB &&
			err != NULL) {
			error_clear(err);
			error_set(err, STATUS_DATA, "'%s' is no database", db->path);
		}
		return false;
	}
	/* Set later it would drop the tables that there are. */
	if (!db_exec(db, "pragma temp_store = file", err))
		return false;
	/* Nobody else sees a temporary database, and it does not outlive the run. */
	return !db->temporary || db_exec(db, "pragma synchronous = off", err);
}

struct db *db_open(const char *path, enum db_mode mode, struct error *err)
{
	return db_open_patiently(path, mode, &(struct db_patience){ 0 }, err);
}

struct db *db_open_patiently(const char *path, enum db_mode mode,
	const struct db_patience *patience, struct error *err)
{
	struct db *db = calloc(1, sizeof *db);
	if (db == NULL) {
		error_nomem(err);
		return NULL;
	}
	db->patience = *patience;
	db->temporary = mode == DB_TEMPORARY;
	if (db->temporary)
		db->path = db_temporary_path(err);
	else if ((db->path = strdup(path)) == NULL)
		error_nomem(err);
	bool ok = db->path != NULL;
	if (ok && mode == DB_CREATE)
		ok = db->made = db_make_file(path, err);
	else if (ok && mode == DB_EXISTING)
		ok = db_check_path(path, err);
	if (ok && db_connect(db, err))
		return db;
	db_discard(db);
	return NULL;
}

/* Also of a journal, which stays where a rollback failed. */
static void db_remove_file(const char *path)
{
	struct buffer journal = BUFFER_INIT;
	unlink(path);
	buffer_printf(&journal, "%s-journal", path);
	if (!journal.failed)
		unlink(buffer_text(&journal));
	buffer_fini(&journal);
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	if (db->companion != NULL)
		db->free_companion(db->companion);
	sqlite3_close_v2(db->handle);
	if (db->temporary && db->path != NULL)
		db_remove_file(db->path);
	free(db->path);
	free(db);
}

void db_discard(struct db *db)
{
	if (db != NULL)
		db->temporary |= db->made;
	db_close(db);
}

const char *db_path(const struct db *db)
{
	return db->path;
}

bool db_is_temporary(const struct db *db)
{
	return db->temporary;
}

/* Copies the temporary tables of one connection to another. */
static bool db_copy_temporary(sqlite3 *to, sqlite3 *from)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "temp", from, "temp");
	if (copy == NULL)
		return false;
	sqlite3_backup_step(copy, -1);
	return sqlite3_backup_finish(copy) == SQLITE_OK;
}

bool db_take_temporary(struct db *db, const struct db *from, struct error *err)
{
	return db_copy_temporary(db->handle, from->handle) || db_error(db, err);
}

bool db_reopen(struct db *db, struct error *err)
{
	sqlite3 *old = db->handle;
	bool ok = db_connect(db, err);
	if (ok && !db_copy_temporary(db->handle, old))
		ok = db_error(db, err);
	sqlite3_close_v2(old);
	db->depth = 0;
	db->heap_version++;
	return ok;
}

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
	assert(stmt != NULL); /* it is SQL of memsee's own, so there is some */
	*value = missing;
	int row = db_step(stmt, err);
	if (row == 1 && db_column(stmt, 0).type != CELL_NULL)
		*value = db_column_integer(stmt, 0);
	db_stmt_free(stmt);
	return row >= 0;
}

bool db_begin(struct db *db, struct error *err)
{
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
	uint64_t writes = db->compiled_writes;
	if (sqlite3_prepare_v2(db->handle, sql, -1, &stmt->handle, tail) != SQLITE_OK) {
		free(stmt);
		return db_error(db, err);
	}
	stmt->writes_heap = db->compiled_writes != writes;
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

bool db_stmt_readonly(const struct db_stmt *stmt)
{
	return sqlite3_stmt_readonly(stmt->handle) != 0;
}

int64_t db_changes(const struct db *db)
{
	return sqlite_changes(db->handle);
}

void *db_companion(const struct db *db)
{
	return db->companion;
}

void db_set_companion(struct db *db, void *companion, void (*free_it)(void *companion))
{
	assert(db->companion == NULL);
	db->companion = companion;
	db->free_companion = free_it;
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

struct sqlite3 *db_handle(const struct db *db)
{
	return db->handle;
}
