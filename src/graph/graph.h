/* SPDX-License-Identifier: MIT */
/* graph - the references of one generation as two CSR arrays.
 *
 * Objects are nodes 0..n-1 in ascending address order, so whatever walks them in node
 * order gives the same report on every machine, and comparing nodes is comparing
 * addresses.  The pseudo object 0 is not a node; it refers to the roots.  A reference to
 * or from an address without an object is dropped and counted.  Repeated references
 * between two objects count once.
 *
 * Read-only once built, so threads may share it.  Most questions follow references from
 * parent to child, so the other direction is made when somebody asks for it.  Memory: 12
 * bytes per object and 4 bytes per reference, 4 and 4 more with the parents, and about a
 * byte per object to find addresses.  Limits: 2^32-2 objects and references. */
#ifndef MEMSEE_GRAPH_GRAPH_H
#define MEMSEE_GRAPH_GRAPH_H

#include "base/error.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

/* No node. */
#define GRAPH_NONE UINT32_MAX

/* One direction: the neighbours of node i are node[start[i]] … node[start[i + 1] - 1],
 * ascending and distinct. */
struct graph_side {
	uint32_t *start; /* nodes + 1 of them */
	uint32_t *node;
};

/* The parents of all objects, once somebody has asked for them. */
struct graph_above;

struct graph {
	uint32_t nodes;
	uint32_t references; /* distinct ones between objects */
	int64_t *address;    /* of each node, ascending */
	struct graph_side children;
	struct graph_above *above;
	uint64_t *referred; /* bits: an object, perhaps itself, refers to it */
	uint32_t *roots;    /* ascending */
	uint32_t root_count;
	uint64_t dangling; /* rows of ref whose child does not exist */
	uint64_t orphaned; /* rows whose parent, not 0, does not exist: it was deleted */
	uint64_t *orphans; /* the children of such rows, as a bit set */
	/* What the dump says again of a reference, parent << 32 | child, once for each
	 * time, ascending; known where a read left it. */
	uint64_t *repeat;
	size_t repeats;
	bool repeats_known;
	uint32_t *pages; /* the index of addresses: see graph_find_node() */
	uint32_t page_mask;
	unsigned page_shift;
	uint64_t page_factor;
};

/* A reference as a row of `ref`. */
struct graph_ref {
	int64_t parent, child;
};

/* From arrays: `addresses` ascending and distinct, without 0.  References in any order,
 * with repeats, with 0 as the parent of roots.  Both stay the caller's.  NULL on failure.
 * O(n + m log d), d the largest number of children. */
struct graph *graph_build(const int64_t *addresses, size_t n,
	const struct graph_ref *refs, size_t m, struct error *err);

/* From the tables of generation `num`.  Rows of ref in ascending order of their parent
 * load fastest; any order will do.  Rows of obj with one address, which a table of
 * another tool may have, are one object.  `*g` is the caller's, for graph_free(). */
bool graph_load(struct db *db, int64_t num, struct graph **g, struct error *err);

/* Makes the rest of a graph whose objects, roots and children are there: what finds
 * addresses, and what says whether an object is referred to; no object is an orphan.
 * False out of memory.  O(n + m). */
bool graph_complete(struct graph *g, struct error *err);

/* What is left of a graph without the nodes of a bit set: a new one, without roots, whose
 * node i is (*node)[i] of `g`.  Both are the caller's; NULL out of memory.  O(n / 64 +
 * what is left). */
struct graph *graph_without(const struct graph *g, const uint64_t *left_out,
	uint32_t **node, struct error *err);

void graph_free(struct graph *g); /* NULL is accepted */

/* Is it what the comments above say: for assert_sound().  O(n + m log d). */
bool graph_is_sound(const struct graph *g);

/* The node of the object at an address, or GRAPH_NONE.  O(1): a hash finds the first
 * object of its kilobyte, of which the rest follows. */
uint32_t graph_find_node(const struct graph *g, int64_t address);

/* The same for one address after the other, ascending as a rule: it looks behind the last
 * one that was found, which `*next`, 0 at first, says. */
static inline uint32_t graph_find_next(
	const struct graph *g, int64_t address, uint32_t *next)
{
	enum { NEAR = 32 };
	uint32_t at = *next, end = g->nodes - at > NEAR ? at + NEAR : g->nodes;
	while (at < end && g->address[at] < address)
		at++;
	if (at == end || g->address[at] != address)
		at = graph_find_node(g, address);
	if (at != GRAPH_NONE)
		*next = at + 1;
	return at;
}

/* Neighbours on one side: borrowed, ascending, distinct; `*n` of them. */
static inline const uint32_t *graph_neighbours(
	const struct graph_side *side, uint32_t node, size_t *n)
{
	assert(side->start[node] <= side->start[node + 1]);
	*n = side->start[node + 1] - side->start[node];
	return side->node + side->start[node];
}

static inline const uint32_t *graph_children(
	const struct graph *g, uint32_t node, size_t *n)
{
	assert(node < g->nodes);
	return graph_neighbours(&g->children, node, n);
}

/* The other direction: the parents of all nodes.  Borrowed, as long as the graph; NULL
 * out of memory.  O(n + m) for who asks first. */
const struct graph_side *graph_parents(const struct graph *g, struct error *err);

/* Where `neighbour` is among all of side->node as one of those of `node`, or GRAPH_NONE.
 * O(log d). */
uint32_t graph_find_neighbour(
	const struct graph_side *side, uint32_t node, uint32_t neighbour);

/* O(log n). */
bool graph_is_root(const struct graph *g, uint32_t node);

#endif
