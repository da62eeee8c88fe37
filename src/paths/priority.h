/* SPDX-License-Identifier: MIT */
/* priority - references that hide the answer.
 *
 * Why is this object alive?  Rarely because its class refers to a function that refers
 * to a module's globals.  Such references have low priority: a path follows one only
 * where nothing else reaches the target.  Which they are is a table of rules over the
 * types of parent and child (see paths/priority_rules.h for where the rules come from);
 * here they are ready to be asked about nodes. */
#ifndef MEMSEE_PATHS_PRIORITY_H
#define MEMSEE_PATHS_PRIORITY_H

#include "base/bits.h"
#include "graph/graph.h"

/* The bit sets are of nodes, the pairs of types, ascending. */
struct priority {
	uint64_t *from;        /* every reference of these is low */
	uint64_t *to;          /* every reference to these is low */
	uint64_t *pair_parent; /* nodes whose type is the parent in some pair */
	const uint32_t *type;  /* of each node, borrowed */
	uint32_t constants;    /* a type whose objects refer to others of it by constants,
				  which are not low; GRAPH_NONE: there is none */
	uint64_t *pairs;       /* parent type << 32 | child type */
	size_t pair_count;
};

void priority_fini(struct priority *p); /* also of a zeroed one */

/* True when the pair of types is a rule. */
bool priority_is_pair(const struct priority *p, uint32_t parent, uint32_t child);

static inline bool priority_is_constant(
	const struct priority *p, uint32_t parent, uint32_t child)
{
	return p->type[parent] == p->constants && p->type[child] == p->constants;
}

/* Has the reference from `parent` to `child` low priority?  Bits, which stay in the
 * cache, answer for most; only where they don't are types looked at. */
static inline bool priority_is_low(
	const struct priority *p, uint32_t parent, uint32_t child)
{
	return bits_has(p->from, parent) ||
	       (bits_has(p->to, child) && !priority_is_constant(p, parent, child)) ||
	       (bits_has(p->pair_parent, parent) && priority_is_pair(p, parent, child));
}

#endif
