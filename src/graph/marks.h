/* SPDX-License-Identifier: MIT */
/* marks - the depth of each object below the roots, kept in obj.mark, and the deletion of
 * objects without one. */
#ifndef MEMSEE_GRAPH_MARKS_H
#define MEMSEE_GRAPH_MARKS_H

#include "graph/graph.h"

/* The marks in the table `obj` of the current generation, whose graph is `g`: a new array
 * of g->nodes for free(), 0 for an object without one.  O(n). */
uint32_t *marks_read(struct db *db, const struct graph *g, struct error *err);

/* Continues from these marks: an unmarked object that a marked one refers to gets the
 * next mark, lowest first.  O(n + m). */
bool marks_continue(uint32_t *mark, const struct graph *g, struct error *err);

/* Writes marks to the table `obj`, NULL for 0; only rows that change are touched.  Call
 * it in a transaction. */
bool marks_write(
	struct db *db, const struct graph *g, const uint32_t *mark, struct error *err);

/* Deletes the objects of the current generation that have no mark; their references stay,
 * as in the original memsee.  Call it in a transaction. */
bool marks_sweep(struct db *db, struct error *err);

#endif
