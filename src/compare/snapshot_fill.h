/* SPDX-License-Identifier: MIT */
/* snapshot_fill - the objects and the references of a generation, as a snapshot has them.
 * Part of `snapshot`; nothing else includes it.
 *
 * They come from the tables, or, of a dump that was just read, from the reader's arrays,
 * which is ten times as fast and asks no database: snapshots of several dumps are filled
 * by a thread each. */
#ifndef MEMSEE_COMPARE_SNAPSHOT_FILL_H
#define MEMSEE_COMPARE_SNAPSHOT_FILL_H

#include "base/buffer.h"
#include "compare/snapshot.h"
#include "explain/labels_heap.h"
#include "graph/objects.h"

struct heap;

/* A snapshot while it is made. */
struct snapshot_fill {
	struct snapshot *s;      /* borrowed; `num`, `labelled` and `words` are set */
	struct vocabulary words; /* its own, until the others' are known */
	/* Where the types of the objects have been told apart already, borrowed, and the
	 * term of each; else NULL. */
	const struct objects *objects;
	uint32_t *term_of_type;
	/* What labels are guessed from, where the dump has none. */
	struct labels_heap texts;
	struct buffer room;
	size_t cap;
};

/* Fills the arrays of objects, `start`, and `child`, as it is in the dump: GRAPH_NONE
 * where there is no object.  False on failure.  O(n + m), O(m log m) of tables that are
 * in disorder. */
bool snapshot_fill_tables(struct snapshot_fill *f, struct db *db, struct error *err);
bool snapshot_fill_heap(
	struct snapshot_fill *f, const struct heap *heap, struct error *err);

void snapshot_fill_fini(struct snapshot_fill *f); /* not the snapshot */

#endif
