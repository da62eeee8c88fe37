/* SPDX-License-Identifier: MIT */
/* reach - the objects that a set of objects leads to, and their depth. */
#ifndef MEMSEE_GRAPH_REACH_H
#define MEMSEE_GRAPH_REACH_H

#include "graph/graph.h"

/* Where to begin and where not to go. */
struct reach_query {
	const uint32_t *nodes; /* where the walk begins, in any order */
	size_t count;
	const uint64_t *avoided; /* a bit set of nodes, or NULL: never stepped on */
	bool reversed;           /* from child to parent */
};

/* The reachable nodes, the starts included, as a new bit set for free(); `*reached` (may
 * be NULL) is their number.  NULL out of memory.  O(n + m). */
uint64_t *reach_find(const struct graph *g, const struct reach_query *q,
	uint32_t *reached, struct error *err);

/* The depth of each node, breadth first: 1 for the starts, 0 if it is not reached; a new
 * array of g->nodes for free().  `gc` writes this into obj.mark.  O(n + m). */
uint32_t *reach_depths(
	const struct graph *g, const struct reach_query *q, struct error *err);

#endif
