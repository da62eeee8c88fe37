/* SPDX-License-Identifier: MIT */
/* db_private - what the files behind db.h share: the connection itself. */
#ifndef MEMSEE_STORE_DB_PRIVATE_H
#define MEMSEE_STORE_DB_PRIVATE_H

#include "store/db.h"

#include <sqlite3.h>
#include <time.h>

struct db {
	sqlite3 *handle;
	char *path;
	bool temporary;
	int claims;   /* descriptor that has our locks, see db_claim(); or -1 */
	bool made;    /* by this connection, and not yet worth keeping */
	int depth;    /* of nested transactions */
	int readers;  /* calls of db_read_begin() without their end */
	bool reading; /* in a transaction that db_read_begin() began */
	/* Statements that change the heap, compiled so far.  SQLite compiles a statement
	 * again when the schema has changed since, also inside db_step(). */
	uint64_t compiled_writes;
	/* What statements compiled so far ask beside main.obj and main.ref: other tables,
	 * functions, changes. */
	uint64_t compiled_others;
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
	struct error refused; /* why a file may not be attached, or our function failed */
};

#endif
