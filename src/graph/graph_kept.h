/* SPDX-License-Identifier: MIT */
/* graph_kept - keeps data of each generation in memory: the arrays that its read left,
 * for the first question, and then the analysis, which all commands that compare share.
 *
 * It belongs to the connection and is dropped as soon as anything but a read may have
 * changed the heap.  The latest heaps are kept, up to array_room() bytes. */
#ifndef MEMSEE_GRAPH_GRAPH_KEPT_H
#define MEMSEE_GRAPH_GRAPH_KEPT_H

#include "graph/analysis.h"
#include "load/heap.h"
#include "store/db.h"

/* When the heap last changed.  Whatever was made of the tables is true as long as the
 * moment is the same: this is the one rule.
 *
 * No statement of this connection has changed the heap since, nor has a rollback, of all
 * or to a savepoint, taken such a change back (db_heap_version()), and nobody else has
 * committed anything to the file: no other process, no other connection, no second name
 * under which the file is attached (pragma data_version). */
struct graph_moment {
	uint64_t heap_version;
	int64_t data_version;
};

bool graph_moment_now(struct db *db, struct graph_moment *now, struct error *err);
bool graph_moment_is(const struct graph_moment *a, const struct graph_moment *b);

/* Keeps `heap` (taken over) as what generation `num` holds; `before` is the moment before
 * it was read.  Out of memory nothing is kept. */
void graph_kept_put(
	struct db *db, int64_t num, struct heap *heap, const struct graph_moment *before);

/* Releases what would be in the way of another read, where memory is short. */
void graph_kept_settle(struct db *db);

/* The graph of generation `num` and its objects, made from what was kept: the caller's,
 * each once.  NULL, without an error, when the tables must be asked. */
struct graph *graph_kept_graph(struct db *db, int64_t num);
struct objects *graph_kept_objects(struct db *db, int64_t num, const struct graph *g);

/* All that was kept of generation `num`: borrowed until something is made from it.  NULL,
 * without an error, when the tables must be asked. */
const struct heap *graph_kept_heap(struct db *db, int64_t num);

/* A share of it, to read single objects (graph/graph_heap.h): the caller's, for
 * graph_heap_free().  NULL, without an error, when the tables must be asked. */
struct graph_heap;
struct graph_heap *graph_kept_share(struct db *db, int64_t num);

/* The analysis of generation `num` with its graph, loaded unless they are there: borrowed
 * until the heap changes or the next call, which may drop it to make room, and beyond
 * that by who takes a share of it (analysis_share()).  NULL on failure.
 * array_room() bounds what all but the last one take. */
struct analysis *graph_kept_analysis(struct db *db, int64_t num, struct error *err);

/* Makes the analyses of these generations with their objects, roots and, if wanted,
 * dominators, side by side: as far as their reads left their arrays, and all have room.
 * Only for speed: what fails here is made, or fails, again when it is asked for. */
void graph_kept_prepare(struct db *db, const int64_t *num, size_t n, bool dominators);

/* The dominators of these generations likewise, while this thread calls own(own_context),
 * which may ask the database and all analyses for anything else: false, and nothing is
 * done, unless their analyses have their roots. */
bool graph_kept_prepare_beside(struct db *db, const int64_t *num, size_t n,
	void (*own)(void *own_context), void *own_context);

/* The same step by step, for a caller that has work of its own to do meanwhile.  Between
 * the first call and the last nothing may change the heap.
 *
 * What is to be made, without dominators unless they are wanted; NULL if that gains
 * nothing.  All that follows takes NULL, too, but for the two that threads call. */
struct graph_kept_work;
struct graph_kept_work *graph_kept_begin(
	struct db *db, const int64_t *num, size_t n, bool dominators);
size_t graph_kept_count(const struct graph_kept_work *w); /* of analyses */
/* Does what graph_kept_heap() gives stay as it is meanwhile? */
bool graph_kept_spares(const struct graph_kept_work *w);
/* Makes graph and objects of analysis `i`: on any thread, once each. */
void graph_kept_make(void *work, size_t i);
/* Keeps the analyses, when all are made, and asks the database about their roots. */
void graph_kept_place(struct db *db, struct graph_kept_work *w);
/* Finds roots and dominators of analysis `i`: on any thread, once each. */
void graph_kept_look(void *work, size_t i);
void graph_kept_end(struct graph_kept_work *w);

/* graph_kept_prepare() for all generations whose reads left their arrays: for a caller
 * that looks at one of them, and then probably at the others. */
void graph_kept_prepare_all(struct db *db);

/* Are the analyses of these generations there, with their objects and roots?  Then all
 * have room together, and asking for one of them drops none. */
bool graph_kept_has(struct db *db, const int64_t *num, size_t n);

/* Is the analysis there, or what a read left for it, so that asking for it costs less
 * than a pass over the tables? */
bool graph_kept_is_near(struct db *db, int64_t num);

#endif
