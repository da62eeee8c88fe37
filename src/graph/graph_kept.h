/* SPDX-License-Identifier: MIT */
/* graph_kept - what reads of this run left in memory, for the first question about each
 * generation.
 *
 * It belongs to the connection and is forgotten as soon as the heap may have changed in
 * any other way than by the reads themselves.  The latest heaps are kept, as many as take
 * GRAPH_KEPT_MAX bytes. */
#ifndef MEMSEE_GRAPH_GRAPH_KEPT_H
#define MEMSEE_GRAPH_GRAPH_KEPT_H

#include "graph/objects.h"
#include "load/heap.h"
#include "store/db.h"

#define GRAPH_KEPT_MAX ((size_t)512 << 20)

/* When the heap last changed, as far as this connection can know. */
struct graph_moment {
	uint64_t heap_version;
	int64_t data_version;
};

bool graph_moment_now(struct db *db, struct graph_moment *now, struct error *err);

/* Keeps `heap` (taken over) as what generation `num` holds; `before` is the moment before
 * it was read.  Out of memory nothing is kept. */
void graph_kept_put(
	struct db *db, int64_t num, struct heap *heap, const struct graph_moment *before);

/* The graph of generation `num` and its objects, made from what was kept: the caller's,
 * each once.  NULL, without an error, when the tables must be asked. */
struct graph *graph_kept_graph(struct db *db, int64_t num);
struct objects *graph_kept_objects(struct db *db, int64_t num, const struct graph *g);

#endif
