/* SPDX-License-Identifier: MIT */
/* dominators - which object owns which others.
 *
 * An object dominates another if every path from the roots to the other passes through
 * it: delete the one and the other is freed.  The nearest of an object's dominators is
 * its immediate dominator, and these make a tree under the roots; the sum of the sizes of
 * a subtree is the retained size of its top: exactly what deleting it frees. */
#ifndef MEMSEE_GRAPH_DOMINATORS_H
#define MEMSEE_GRAPH_DOMINATORS_H

#include "graph/graph.h"

/* Instead of an immediate dominator: */
#define DOMINATORS_UNREACHABLE GRAPH_NONE /* no root leads to it */
#define DOMINATORS_TOP (GRAPH_NONE - 1)   /* no single object owns it */

struct dominators {
	uint32_t nodes;
	uint32_t reachable;  /* from the roots */
	uint32_t *immediate; /* of each node: a node, or one of the two above */
	uint32_t *order;     /* the reachable nodes, each after its dominators */
};

/* The dominators under `roots` (nodes in any order).  NULL out of memory.
 * SEMI-NCA: L. Georgiadis, Linear-Time Algorithms for Dominators and Related Problems,
 * 2005, chapter 2, with jumps where it goes up the tree step by step, so that it takes
 * O((n + m) log n) at worst; near linear on heaps.  24 bytes an object while it runs, and
 * 8 for each reference that leads back or to the side; 8 an object afterwards. */
struct dominators *dominators_new(const struct graph *g, const uint32_t *roots,
	size_t root_count, struct error *err);
void dominators_free(struct dominators *d); /* NULL is accepted */

/* Is it a tree of the reachable nodes, each after its dominators?  For assert_sound().
 * O(n). */
bool dominators_are_sound(const struct dominators *d);

/* What each reachable node retains, itself included, from the sizes of all nodes:
 * `retained` bytes, which stay at the nearest end of the range when they don't fit in 64
 * bits, and `count` objects; 0 for unreachable ones.  Both have room for d->nodes, and
 * `count` may be NULL.  O(n). */
void dominators_retained(const struct dominators *d, const int64_t *size,
	int64_t *retained, uint32_t *count);

/* Steps from the top of the tree, 1 for objects that no single object owns, 0 for
 * unreachable ones.  `depth` has room for d->nodes.  O(n). */
void dominators_depths(const struct dominators *d, uint32_t *depth);

/* The tree from the top down: what node i immediately dominates, ascending; i = d->nodes
 * is the top.  Two new arrays of the graph_neighbours() form; false out of
 * memory.  O(n). */
bool dominators_tree(
	const struct dominators *d, struct graph_side *tree, struct error *err);
void dominators_tree_fini(struct graph_side *tree);

#endif
