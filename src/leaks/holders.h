/* SPDX-License-Identifier: MIT */
/* holders - the permanents of the last generation as a tree, by the way to each that a
 * reader would go: from the table of modules along names, and only where nothing else
 * leads there through frames, functions' globals, weak references or the class of an
 * object. */
#ifndef MEMSEE_LEAKS_HOLDERS_H
#define MEMSEE_LEAKS_HOLDERS_H

#include "leaks/lineage.h"

struct db;

/* What is asked of one node, or of one permanent, is together in memory. */

/* The last step of the way to a node: the node before it, GRAPH_NONE for a root and where
 * no way leads, and the label of the reference; what the way costs, UINT32_MAX without
 * one; the permanent that the node is or hangs on, GRAPH_NONE without. */
struct holders_step {
	uint32_t before, label, cost, nearest;
};

/* The permanent that one hangs on, GRAPH_NONE without; how many there are above it; what
 * a module, class or frame names above it, or itself. */
struct holders_link {
	uint32_t parent, level, anchor;
};

struct holders {
	struct holders_step *way;  /* of each node of the generation */
	struct holders_link *link; /* of each permanent */
	uint32_t levels;           /* above the highest level */
	uint32_t *order;           /* permanents to which a way leads, parents first */
	uint32_t ordered;
};

/* False on failure; holders_fini() is due in any case.  O(n + m): weights of steps are
 * small (graph/cost_queue.h). */
bool holders_init(struct holders *h, const struct lineage *l, const struct snapshot *s,
	struct db *db, struct error *err);
void holders_fini(struct holders *h);

#endif
