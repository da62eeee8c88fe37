/* SPDX-License-Identifier: MIT */
/* tree_order - the nodes of trees in the order of a walk. */
#ifndef MEMSEE_GRAPH_TREE_ORDER_H
#define MEMSEE_GRAPH_TREE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tree_link {
	uint32_t parent;     /* GRAPH_NONE: a root */
	uint32_t next, down; /* next child of the parent, first child; GRAPH_NONE */
};

struct tree_order {
	uint32_t *place;        /* of each node: its number */
	struct tree_link *link; /* of each number, as numbers */
};

/* Numbers the nodes 0..n-1 in the order of a walk, in which each comes before its
 * children.  parent[i] is the node above node i, GRAPH_NONE of a root.  Siblings, and
 * roots, are in the order of compare(), which gets two nodes as `const uint32_t *` and
 * `context`.  False out of memory; tree_order_fini() is due in any case.  O(n log n). */
bool tree_order_init(struct tree_order *t, const uint32_t *parent, uint32_t n,
	int (*compare)(const void *a, const void *b, void *context), void *context);
void tree_order_fini(struct tree_order *t);

/* Brings the `n` nodes, `size` bytes each, into that order where they are; place[i] is i
 * for all of them then.  At most TREE_ORDER_NODE_MAX bytes each.  O(n): a swap brings a
 * node to where it stays. */
#define TREE_ORDER_NODE_MAX 256
void tree_order_move(struct tree_order *t, void *nodes, uint32_t n, size_t size);

#endif
