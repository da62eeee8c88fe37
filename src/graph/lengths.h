/* SPDX-License-Identifier: MIT */
/* lengths - how many items each object has, as its dump says.
 *
 * 4 bytes an object: the few lengths that do not fit are kept apart. */
#ifndef MEMSEE_GRAPH_LENGTHS_H
#define MEMSEE_GRAPH_LENGTHS_H

#include "base/cell.h"
#include "graph/graph.h"

struct lengths_far {
	uint32_t node;
	int64_t len;
};

struct lengths {
	uint32_t nodes;
	uint32_t *len;           /* of each node; one of the two numbers below */
	struct lengths_far *far; /* ascending by node */
	size_t far_count, far_cap;
};

#define LENGTHS_NONE UINT32_MAX      /* the object has no length */
#define LENGTHS_FAR (UINT32_MAX - 1) /* it is in `far` */

struct db;

/* Of n nodes, none of which has a length so far.  NULL out of memory. */
struct lengths *lengths_new(uint32_t n, struct error *err);
void lengths_free(struct lengths *l); /* NULL is accepted */

/* Gives `node` the length in the cell, none unless it is an integer.  Call it for
 * ascending nodes.  False out of memory. */
bool lengths_set(struct lengths *l, uint32_t node, const struct cell *len);

/* Puts the lengths of `part` behind those of `l`, of which it was a copy while that was
 * empty: several threads fill the nodes of one array, each with a copy, and the copies
 * are joined in the order of the nodes.  False out of memory. */
bool lengths_join(struct lengths *l, struct lengths *part);

/* The lengths of generation `num`, whose graph is `g`; NULL on failure.  O(n). */
struct lengths *lengths_load(
	struct db *db, int64_t num, const struct graph *g, struct error *err);

/* That of a node; false when it has none.  O(1), O(log n) for very long ones. */
bool lengths_get(const struct lengths *l, uint32_t node, int64_t *len);

#endif
