/* SPDX-License-Identifier: MIT */
/* owner_tree - the dominator tree with objects of one type and one owner taken together.
 *
 * Node 0 is the whole heap.  Two objects are in one node if they have one type and their
 * immediate dominators are in one node; so a list of a million strings is two nodes.
 * Objects deeper than OWNER_TREE_DEPTH count for the node above them. */
#ifndef MEMSEE_GRAPH_OWNER_TREE_H
#define MEMSEE_GRAPH_OWNER_TREE_H

#include "graph/dominators.h"
#include "graph/objects.h"

#define OWNER_TREE_DEPTH 64

struct owner_node {
	uint32_t parent; /* GRAPH_NONE for node 0 */
	uint32_t type;
	uint32_t depth;      /* 0 for node 0 */
	uint32_t objects;    /* of the type, in this place */
	uint32_t contained;  /* objects in this place and below */
	int64_t own;         /* the sizes of the first */
	int64_t retained;    /* the sizes of the second */
	uint32_t next, down; /* next child of the parent, first child; GRAPH_NONE */
};

/* In the order of a walk that takes the child that retains most first, then by type. */
struct owner_tree {
	struct owner_node *node;
	uint32_t count;
};

/* NULL out of memory.  O(n). */
struct owner_tree *owner_tree_new(
	const struct dominators *d, const struct objects *o, struct error *err);
void owner_tree_free(struct owner_tree *t); /* NULL is accepted */

/* Adds what `n` holds to `sum`. */
void owner_node_add(struct owner_node *sum, const struct owner_node *n);

#endif
