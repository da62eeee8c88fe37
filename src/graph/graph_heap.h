/* SPDX-License-Identifier: MIT */
/* graph_heap - the graph and the objects of a dump that was just read, made from the
 * reader's own arrays instead of the tables it wrote.
 *
 * Nothing is computed until it is asked for.  So a read without a question after it costs
 * only memory that the read needed anyway: 8 bytes per reference, 24 per object, and the
 * records if they are small.  The answers are the same as those of graph_load() and
 * objects_load().  If the records are small on average, they and the references of each
 * object stay for callers that read single objects. */
#ifndef MEMSEE_GRAPH_GRAPH_HEAP_H
#define MEMSEE_GRAPH_GRAPH_HEAP_H

#include "graph/objects.h"
#include "load/heap.h"

/* Records of more bytes than this are released before anything is made, unless
 * graph_heap_keep() said otherwise; of more than so many an object, with the first
 * objects that are made of them. */
#define GRAPH_HEAP_RECORDS_MAX ((size_t)256 << 20)
#define GRAPH_HEAP_RECORD_MEAN 128

struct graph_heap;

/* Takes over what heap_init() made and load_dump() filled; the heap is empty afterwards,
 * also on failure.  NULL out of memory.  O(1). */
struct graph_heap *graph_heap_new(struct heap *heap, struct error *err);
/* Several heaps will be compared, for which all of it is read: where records are small on
 * average they stay, as far as nothing was made or released yet. */
void graph_heap_keep(struct graph_heap *h);
/* Releases large records: reads first what the objects need of them.  Comes before a use
 * of much memory.  False out of memory.  O(n), O(1) the next time. */
bool graph_heap_settle(struct graph_heap *h, struct error *err);
/* One user less; the last one frees it.  NULL is accepted. */
void graph_heap_free(struct graph_heap *h);

/* Does making the graph and the objects leave the heap as it is? */
bool graph_heap_stays(const struct graph_heap *h);
/* Adds a user that reads single objects, and returns `h`.  NULL if the records do not
 * stay that long, and out of memory. */
struct graph_heap *graph_heap_share(struct graph_heap *h);
/* The heap with its records, `first_ref` and `children`, borrowed by a user with a share.
 * heap_find_row() finds objects. */
const struct heap *graph_heap_readable(const struct graph_heap *h);

/* The graph, the caller's for graph_free(); NULL when it was given away before, and out
 * of memory.  O(n + m). */
struct graph *graph_heap_graph(struct graph_heap *h, struct error *err);

/* The objects, the caller's for objects_free(), likewise.  O(n). */
struct objects *graph_heap_objects(struct graph_heap *h, struct error *err);
/* Is there an object of a type that only Python 2 has?  O(n) the first time. */
bool graph_heap_is_python_2(struct graph_heap *h);

/* The heap, as long as its references by child and its records are there, else NULL:
 * borrowed until something is made from it, or, where they stay, as long as `h` is. */
const struct heap *graph_heap_whole(const struct graph_heap *h);

/* Its size in bytes, before anything is made from it. */
size_t graph_heap_bytes(const struct graph_heap *h);

/* Have both been given away, and is there nothing more to read? */
bool graph_heap_is_spent(const struct graph_heap *h);

#endif
