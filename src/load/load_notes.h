/* SPDX-License-Identifier: MIT */
/* load_notes - writes the notes of a dump into tables of their own: see store/notes.h. */
#ifndef MEMSEE_LOAD_LOAD_NOTES_H
#define MEMSEE_LOAD_LOAD_NOTES_H

#include "load/heap.h"
#include "store/bulk.h"
#include "store/db.h"

/* Writes the notes on the objects of generation `gen` and removes them from the pieces.
 * Without notes it makes no tables.  If several objects at one address have notes, the
 * first note counts.  Call it in a transaction.  O(n log n), and 20 bytes per note.
 *
 * With `bulk`, which may be NULL, new tables are filled page by page at the end, and no
 * SQL may change the database after that. */
bool load_notes_write(struct db *db, struct heap *heap, int64_t gen, struct bulk *bulk,
	struct error *err);

#endif
