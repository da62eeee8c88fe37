/* SPDX-License-Identifier: MIT */
/* path_search - breadth-first search from both ends, the engine of every shortest path.
 *
 * Two searches, one from the sources and one backward from the targets, take turns: the
 * one whose next level has fewer references to follow goes a whole level on, until they
 * meet.  On heaps that visits a small part of what one search would.  Then every node
 * on some shortest path knows its exact distance to the targets, so that a walk from a
 * source that always takes the first child one step closer finds the shortest path whose
 * addresses come first, and backtracking finds all of them in order. */
#ifndef MEMSEE_PATHS_PATH_SEARCH_H
#define MEMSEE_PATHS_PATH_SEARCH_H

#include "graph/graph.h"
#include "paths/path.h"
#include "paths/priority.h"

/* What to search. */
struct path_search_query {
	const uint32_t *sources, *targets;
	size_t source_count, target_count;
	const uint64_t *avoided; /* bit sets of nodes, NULL for none: … */
	const uint64_t *closed;  /* … in neither are ever stepped on, ends included */
	bool reversed;           /* follow references from child to parent */
	const struct priority *low; /* leave out low-priority references; NULL: none */
	uint32_t from; /* the node before the sources, for `low`; GRAPH_NONE: none */
};

/* One of the two searches. */
struct path_front {
	const struct graph_side *side;
	uint32_t *distance; /* of each node, plus one; 0: not found */
	uint32_t *queue;    /* the nodes found, in the order they were */
	size_t count, cap;
	size_t begin;  /* in `queue`: the last level */
	uint64_t work; /* references out of the last level */
	uint32_t level;
};

struct path_search {
	const struct graph *g;
	const struct graph_side *parents;
	struct path_front forward, backward;
};

/* Memory for searches in `g`: 8 bytes per object, of which only those of visited objects
 * are touched, and the parents of `g`.  Finish with path_search_fini(), also after a
 * failure. */
bool path_search_init(struct path_search *s, const struct graph *g, struct error *err);
void path_search_fini(struct path_search *s);

/* Searches.  Sets `*found` if there is a path, and `*steps` to its number of references.
 * Forgets the previous search, in the time that it took.  O(n + m), usually far less. */
bool path_search_run(struct path_search *s, const struct path_search_query *q,
	bool *found, uint32_t *steps, struct error *err);

/* After a path was found: references from `node` to the nearest target, or UINT32_MAX
 * when it is on no shortest path. */
static inline uint32_t path_search_distance(const struct path_search *s, uint32_t node)
{
	return s->backward.distance[node] - 1;
}

/* Searches and appends the first of the shortest paths, if there is one. */
bool path_search_first(struct path_search *s, const struct path_search_query *q,
	struct path_list *l, struct error *err);

/* May the search step from `node` to `next` (in its own direction)? */
bool path_search_may_step(
	const struct path_search_query *q, uint32_t node, uint32_t next);

#endif
