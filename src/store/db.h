/* SPDX-License-Identifier: MIT */
/* db - an SQLite connection and its statements.
 *
 * Of the whole program only the store layer includes sqlite3.h; everything above speaks
 * through this.  An SQLite error becomes a `struct error`: what the SQL says wrong is
 * STATUS_SCRIPT, what the disk, the file or another process does is STATUS_DATA, and the
 * offset is the byte of the SQL that SQLite points at, when it knows.
 *
 * One thread at a time: SQLite's own lock, which every call would take, is left out. */
#ifndef MEMSEE_STORE_DB_H
#define MEMSEE_STORE_DB_H

#include "base/cell.h"
#include "base/error.h"
#include "base/places.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct db;
struct db_stmt;

enum db_mode {
	DB_CREATE,    /* a new file that its owner alone may read; it must not exist */
	DB_EXISTING,  /* an existing file */
	DB_TEMPORARY, /* a new file of a name that nobody knows, removed by db_close() */
};

/* How long to wait for another connection that holds the database. */
struct db_patience {
	bool limited;
	unsigned seconds;                              /* the limit */
	void (*note)(void *context, const char *path); /* that it takes long; or NULL */
	void *context;
};

/* Connects.  `path` is ignored for DB_TEMPORARY, which lives in $TMPDIR (else /tmp).
 * NULL on failure.  Looks no further than whether the file is a database. */
struct db *db_open(const char *path, enum db_mode mode, struct error *err);

/* The same with `patience`, copied; db_open() waits as long as it takes. */
struct db *db_open_patiently(const char *path, enum db_mode mode,
	const struct db_patience *patience, struct error *err);

/* Between db_hurry(db, true) and db_hurry(db, false) nothing waits: for work that is
 * worth doing only when nobody is in the way. */
void db_hurry(struct db *db, bool on);

/* Disconnects; NULL is accepted.  Every statement must have been freed. */
void db_close(struct db *db);

/* db_close() of a database that came to nothing: a file that DB_CREATE made goes with it.
 */
void db_discard(struct db *db);

/* The file's path: borrowed, valid until db_close(). */
const char *db_path(const struct db *db);
bool db_is_temporary(const struct db *db);

/* Disconnects and connects again, after another file was renamed to db_path().
 * Temporary tables are kept.  No statement may be open. */
bool db_reopen(struct db *db, struct error *err);

/* Copies the temporary tables of another connection, in place of its own. */
bool db_take_temporary(struct db *db, const struct db *from, struct error *err);

/* Runs the statements in `sql`, ignoring rows. */
bool db_exec(struct db *db, const char *sql, struct error *err);

/* db_exec() of a formatted statement; %w quotes for identifiers, %Q for strings, as in
 * sqlite3_mprintf(). */
bool db_execf(struct db *db, struct error *err, const char *format, ...);

/* The one integer that `sql` (formatted as above) yields; `missing` when there is no row
 * or it is NULL. */
bool db_integer(struct db *db, int64_t *value, int64_t missing, struct error *err,
	const char *format, ...);

/* Transactions nest: only the outermost begins and commits.  db_rollback() ends all. */
bool db_begin(struct db *db, struct error *err);
bool db_commit(struct db *db, struct error *err);
void db_rollback(struct db *db);

/* Between these many small queries see one state of the database, and the lock that each
 * would take for itself is taken once: four fifths of the time of a query for one object.
 * They nest, also inside a transaction, which stays as it is.  Nobody may call db_begin()
 * between them when it was not called before, and what is kept in the database on the
 * side (store/blob_cache) is not.  Each db_read_begin() that succeeds needs its end. */
bool db_read_begin(struct db *db, struct error *err);
void db_read_end(struct db *db);

/* A lock on number `n` of the database, beside SQLite's: it keeps nobody from reading and
 * writing.  It is held until db_disclaim(), db_close() or the end of the process, however
 * that comes.  False when another connection has it, here or in another process, and
 * where the file system knows no such locks. */
bool db_claim(struct db *db, int64_t n);
void db_disclaim(struct db *db, int64_t n);
/* Does another connection hold it?  True also when that cannot be found out. */
bool db_claimed(struct db *db, int64_t n);

/* Is one open, whoever began it? */
bool db_in_transaction(const struct db *db);

/* Takes back whatever transaction is open, if one is, that was begun by SQL alone. */
void db_end(struct db *db);

/* Compiles the first statement of `sql`.  `*tail` (may be NULL) is where the next begins.
 * `*stmt` is NULL when there is nothing but space and comments.  Free with
 * db_stmt_free(). */
bool db_prepare(struct db *db, const char *sql, struct db_stmt **stmt, const char **tail,
	struct error *err);
bool db_preparef(
	struct db *db, struct db_stmt **stmt, struct error *err, const char *format, ...);
void db_stmt_free(struct db_stmt *stmt); /* NULL is accepted */

/* The next row: 1, the end: 0, a failure: -1. */
int db_step(struct db_stmt *stmt, struct error *err);
/* The next row, which must be there: that there is none fails too. */
bool db_row(struct db_stmt *stmt, struct error *err);
/* Ready to run again from the start; bindings stay. */
void db_reset(struct db_stmt *stmt);
/* Runs to the end and resets: for statements without rows. */
bool db_run(struct db_stmt *stmt, struct error *err);

/* Binds parameter `index`, from 1; the text is borrowed until the next bind or free. */
bool db_bind(struct db_stmt *stmt, int index, struct cell value, struct error *err);

int db_columns(const struct db_stmt *stmt);
const char *db_column_name(const struct db_stmt *stmt, int column);
/* Borrowed, valid until the next step. */
struct cell db_column(struct db_stmt *stmt, int column);
int64_t db_column_integer(struct db_stmt *stmt, int column);
/* True for a statement that cannot write. */
bool db_stmt_readonly(const struct db_stmt *stmt);

/* True for a query that asks nothing but the tables main.obj and main.ref, and no
 * function: its rows stay the same as long as the heap does. */
bool db_stmt_asks_heap(const struct db_stmt *stmt);
/* Its text, borrowed. */
const char *db_stmt_sql(const struct db_stmt *stmt);

/* Rows that the last insert, update or delete changed. */
int64_t db_changes(const struct db *db);

/* A number that grows with every change of a table `obj` or `ref` (of any generation), or
 * of what decides about roots and names, made through this connection, and when such a
 * change is rolled back; with pragma data_version, which is about everybody else, it
 * shows whether something cached is still true. */
uint64_t db_heap_version(const struct db *db);
/* Says that the heap changed in a way that no statement of this connection shows. */
void db_heap_changed(struct db *db);

/* What a layer above keeps as long as the connection, for db_close() to free; NULL before
 * it is set, which may be done once. */
void *db_companion(const struct db *db);
void db_set_companion(struct db *db, void *companion, void (*free_it)(void *companion));

/* Something beside the point that the user should know: `text` is a constant, the last
 * one counts.  db_take_remark() is it, once; NULL when there is none. */
void db_remark(struct db *db, const char *text);
const char *db_take_remark(struct db *db);

/* From here on a statement that runs is given up when `*cancel` becomes non-zero; NULL:
 * never.  `cancel` is borrowed, also by later connections of db_reopen(). */
void db_cancel_on(struct db *db, const volatile sig_atomic_t *cancel);

/* From here on the files that SQL attaches are databases of the run `places`, which must
 * outlive the connection: what protects those of the run protects them. */
void db_protect(struct db *db, struct places *places);

/* Limits for SQL that somebody else wrote.  From here on a statement prepared between
 * db_guard(db, true) and db_guard(db, false) may touch nothing but the tables of this
 * database: no other file, no extension, no virtual table, no setting; its size, depth
 * and memory are bounded (STATUS_SCRIPT: "not authorized", …). */
void db_make_safe(struct db *db);
void db_guard(struct db *db, bool on);

/* The raw handle, for other files of the store layer. */
struct sqlite3 *db_handle(const struct db *db);
/* Turns the handle's last failure into an error. */
bool db_error(struct db *db, struct error *err);

#endif
