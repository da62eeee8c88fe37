/* SPDX-License-Identifier: MIT */
/* blob_cache - arrays kept in the database that are true as long as nobody writes to it.
 *
 * What was computed from a generation's tables is kept in table `graph_cache` and is
 * used only while the file is what it was when the arrays were written.  Three things
 * together say so, the stamp in table `graph_cache_stamp`:
 *
 *	the change counter in the file's header, which SQLite raises with every
 *	transaction that writes, in any program
 *	(https://sqlite.org/fileformat.html, 1.3.9)
 *
 *	the file's inode: `vacuum into`, `.backup` and a dump that is read back make files
 *	that have the same tables, including this one, and count their changes from 1
 *
 *	the file's time of modification, set to a random fraction of a second when the
 *	arrays were written: a copy into the same file keeps the inode and may have any
 *	counter, but every write moves the time
 *
 * So any change at all makes the cache untrue, a copy never has one that is true, and the
 * next write to it starts afresh.  Where the time cannot be set (a file of another user,
 * a file system without fractions of seconds) there is no cache.
 *
 * Private temporary databases, such in WAL mode (where the counter does not move) and
 * such that can't be written to have none either, which is not a failure.  Nor is a cache
 * that is damaged or that somebody else made: it is not used, and db_remark() says so
 * where the stamp fits. */
#ifndef MEMSEE_STORE_BLOB_CACHE_H
#define MEMSEE_STORE_BLOB_CACHE_H

#include "store/db.h"

#include <stddef.h>

/* An array under a name. */
struct blob_part {
	const char *name;
	void *data; /* malloc'ed by blob_cache_load() */
	size_t size;
};

/* The remark on one that is damaged. */
#define BLOB_DAMAGED "the graph that is kept in the database is damaged: it is not used"

/* Reads `n` parts of generation `num`: true when all are there, to the last byte, and
 * true; then each `data` is the caller's, for free().  What is in them nobody has looked
 * at. */
bool blob_cache_load(struct db *db, int64_t num, struct blob_part *part, size_t n);

/* Keeps parts; those kept before that are still true stay.  Whatever goes wrong, the
 * database is unchanged and has no cache. */
void blob_cache_save(struct db *db, int64_t num, const struct blob_part *part, size_t n);

#endif
