/* SPDX-License-Identifier: MIT */
/* path_tree - the first path to every object at once.
 *
 * One walk from the sources finds, for each object they lead to, the path that
 * path_find() would report, low-priority references included: fewest of those first, then
 * fewest references, then the addresses read from the source. */
#ifndef MEMSEE_PATHS_PATH_TREE_H
#define MEMSEE_PATHS_PATH_TREE_H

#include "paths/path.h"

struct path_tree {
	uint32_t nodes;
	uint32_t reached;
	uint32_t
		*from; /* the node before; itself for a source; GRAPH_NONE: not reached */
	uint32_t *order; /* the reached nodes in the order of their paths */
};

/* The tree of q's sources; its targets don't matter.  NULL out of memory.  O(n + m), and
 * O(log n) for each low-priority reference that is followed. */
struct path_tree *path_tree_new(
	const struct graph *g, const struct path_query *q, struct error *err);
void path_tree_free(struct path_tree *t); /* NULL is accepted */

/* Appends the path to `node`, which is reached. */
bool path_tree_path(
	const struct path_tree *t, uint32_t node, struct path_list *l, struct error *err);

#endif
