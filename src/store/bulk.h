/* SPDX-License-Identifier: MIT */
/* bulk - whole tables and indexes written into a database at once, all or nothing.
 *
 * In one transaction the caller makes empty tables and indexes by ordinary SQL and then
 * fills them from sorted rows, far faster than `insert` and `create index` could:
 *
 *     struct bulk *bulk = bulk_begin(db, err);
 *     db_exec(db, "create table t (a int, b int); create index i on t (a)", err);
 *     bulk_fill(bulk, "t", &rows, 0, err) && bulk_fill(bulk, "i", &entries, 0, err);
 *     bulk_commit(bulk, err);
 *
 * How it stays safe.  SQLite begins the transaction, takes the lock and keeps the
 * rollback journal, as for any other.  bulk_fill() appends pages behind the end of the
 * file, where no reader looks: the header says how long a database is.  When SQLite
 * commits, it first makes its journal safe, then writes its pages, then asks the file to
 * sync, then deletes the journal.  Between the writing and the sync bulk puts in the root
 * pages and the new length, by way of SQLITE_FCNTL_SYNC, which SQLite documents to be
 * sent just then.  Both change only what the journal restores or what holds nothing: page
 * 1, and pages that the transaction has added or taken from the free ones.  A kill or a
 * crash at any moment thus leaves the same state as an interrupted SQLite commit, and the
 * next program that opens the file, also without memsee, rolls it back and cuts it to its
 * old length.
 *
 * Writing a copy aside and renaming it would need the room and the time of all earlier
 * generations once more, lose hard links, and leave other connections on a dead file;
 * here nothing old is touched and the file stays the same file. */
#ifndef MEMSEE_STORE_BULK_H
#define MEMSEE_STORE_BULK_H

#include "pages/pages.h"
#include "store/db.h"

struct bulk;

/* Can this database be filled so?  If not, ordinary inserts must do: a text encoding
 * other than UTF-8, auto-vacuum, a schema format before 4, an exclusive locking mode, a
 * journal mode that restores no pages from a file of its own (wal, memory, off), a header
 * that does not vouch for the length of the file (SQLite before 3.7.0). */
bool bulk_supported(struct db *db);

/* Begins, waiting for other writers as `begin immediate` does.  NULL on failure, also
 * when a transaction is open already. */
struct bulk *bulk_begin(struct db *db, struct error *err);

/* Fills the table or index called `tree`, which was made since bulk_begin() and is empty.
 * A table without rowid is filled as an index.  The rows are needed until the return
 * only. From the first call until the commit, the caller changes nothing by SQL. */
bool bulk_fill(struct bulk *bulk, const char *tree, const struct pages_rows *rows,
	unsigned threads, struct error *err);

/* Makes it durable and visible; frees `bulk`.  No statement may be running.  On failure
 * the database is what it was before bulk_begin(). */
bool bulk_commit(struct bulk *bulk, struct error *err);

/* Gives up: the database is what it was before bulk_begin().  NULL is accepted. */
void bulk_abort(struct bulk *bulk);

#endif
