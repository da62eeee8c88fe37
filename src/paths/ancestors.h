/* SPDX-License-Identifier: MIT */
/* ancestors - the objects that lead to a set of objects, round by round.
 *
 * The search goes from child to parent, breadth first, and never above an object that is
 * barred.  A parent is met once for each of its children that the search went above; the
 * round of an object is the last in which it was met, as the original memsee shows it, so
 * an object that leads to itself is met again by the round that closes the cycle. */
#ifndef MEMSEE_PATHS_ANCESTORS_H
#define MEMSEE_PATHS_ANCESTORS_H

#include "graph/graph.h"

struct ancestors {
	uint32_t *round; /* of each node, 0 for the starts; GRAPH_NONE: no ancestor */
	uint32_t rounds; /* the highest */
};

/* Searches from `starts`, distinct and in any order; `barred` is a bit set of nodes, or
 * NULL.  Free with ancestors_fini(), also after a failure.  O(n + m). */
bool ancestors_find(struct ancestors *a, const struct graph *g, const uint32_t *starts,
	size_t count, const uint64_t *barred, struct error *err);
void ancestors_fini(struct ancestors *a);

#endif
