/* SPDX-License-Identifier: MIT */
/* blob_cache - arrays kept in the database that are true as long as nobody writes to it.
 *
 * What was computed from a generation's tables is kept in table `graph_cache` and is
 * used only while the change counter in the database file's header is what it was when
 * the arrays were written.  SQLite raises that counter with every transaction that
 * writes, whichever program makes it (https://sqlite.org/fileformat.html, 1.3.9), so any
 * change at all makes the cache untrue, and the next write to it starts afresh.
 *
 * Private temporary databases, such in WAL mode (where the counter stands still) and
 * such that can't be written to have no cache, which is no failure. */
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

/* Reads `n` parts of generation `num`.  `*found` is false unless all are there and true;
 * then each `data` is the caller's, for free().  False on failure. */
bool blob_cache_load(struct db *db, int64_t num, struct blob_part *part, size_t n,
	bool *found, struct error *err);

/* Keeps parts; those kept before that are still true stay.  Whatever goes wrong, the
 * database is as it was and there is no cache. */
void blob_cache_save(struct db *db, int64_t num, const struct blob_part *part, size_t n);

#endif
