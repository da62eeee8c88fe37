/* SPDX-License-Identifier: MIT */
/* graph_heap - the graph and the objects of a dump that was just read, made from the
 * reader's own arrays instead of the tables it wrote.
 *
 * Nothing is computed until somebody asks, so a read that no question follows costs
 * nothing but the memory, which the read needed anyway: 8 bytes a reference, 24 an
 * object, and the records as long as they are small.  Both answers are those of
 * graph_load() and objects_load(). */
#ifndef MEMSEE_GRAPH_GRAPH_HEAP_H
#define MEMSEE_GRAPH_GRAPH_HEAP_H

#include "graph/objects.h"
#include "load/heap.h"

/* Records of more bytes than this are read and released at once. */
#define GRAPH_HEAP_RECORDS_MAX ((size_t)256 << 20)

struct graph_heap;

/* Takes over what heap_init() made and load_dump() filled; the heap is empty afterwards,
 * also on failure.  NULL out of memory.  O(1), O(n) for large heaps. */
struct graph_heap *graph_heap_new(struct heap *heap, struct error *err);
void graph_heap_free(struct graph_heap *h); /* NULL is accepted */

/* The graph, the caller's for graph_free(); NULL when it was given away before, and out
 * of memory.  O(n + m). */
struct graph *graph_heap_graph(struct graph_heap *h, struct error *err);

/* The objects, the caller's for objects_free(), likewise.  O(n). */
struct objects *graph_heap_objects(struct graph_heap *h, struct error *err);

/* The heap, as long as its references and records are there, but for `children`: borrowed
 * until something is made from it, else NULL. */
const struct heap *graph_heap_whole(const struct graph_heap *h);

/* Have both been given away? */
bool graph_heap_is_spent(const struct graph_heap *h);

#endif
