/* SPDX-License-Identifier: MIT */
/* load_notes - the notes of a dump into tables of their own: see store/notes.h. */
#ifndef MEMSEE_LOAD_LOAD_NOTES_H
#define MEMSEE_LOAD_LOAD_NOTES_H

#include "load/heap.h"
#include "store/bulk.h"
#include "store/db.h"

/* Writes what the pieces of the dump noted of the objects of generation `gen`; nothing,
 * not even the tables, when they noted nothing.  Of several objects at one address the
 * first that has a note gives it.  The pieces have no notes any more then.  Call it in a
 * transaction.  O(n log n), and 20 bytes a note.
 *
 * With `bulk`, which may be NULL, tables that are new are filled page by page, the last
 * thing done here, and nothing may be changed by SQL after that. */
bool load_notes_write(struct db *db, struct heap *heap, int64_t gen, struct bulk *bulk,
	struct error *err);

#endif
