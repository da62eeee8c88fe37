/* SPDX-License-Identifier: MIT */
/* scc - strongly connected components: the objects that keep each other alive.
 *
 * Every object belongs to one component; two objects to the same one when each leads to
 * the other.  A component is a cycle when it has several objects or one that refers to
 * itself. */
#ifndef MEMSEE_GRAPH_SCC_H
#define MEMSEE_GRAPH_SCC_H

#include "graph/graph.h"

/* Components are numbered 0..count-1 in ascending order of their first node. */
struct scc {
	uint32_t count;
	uint32_t *component; /* of each node */
	uint32_t *start; /* members of c: member[start[c]] … member[start[c + 1] - 1] */
	uint32_t *member; /* ascending within a component */
};

/* All components of `g`.  NULL out of memory.  O(n + m), 16 bytes an object while it
 * runs.  D. J. Pearce, A space-efficient algorithm for finding strongly connected
 * components, 2016, without recursion. */
struct scc *scc_new(const struct graph *g, struct error *err);

void scc_free(struct scc *s); /* NULL is accepted */

/* The members of a component: borrowed, ascending; `*n` of them. */
const uint32_t *scc_members(const struct scc *s, uint32_t component, size_t *n);

/* Is it a cycle? */
bool scc_is_cycle(const struct graph *g, const struct scc *s, uint32_t component);

/* A new bit set for free() of the components that another one refers to; the pseudo
 * object 0 is none.  NULL out of memory.  O(n + m). */
uint64_t *scc_held(const struct graph *g, const struct scc *s, struct error *err);

/* The references into the component from outside: parent and child alternate in a new
 * array for free(), in ascending order of parent and child; `*n` references.  NULL out of
 * memory. */
uint32_t *scc_holders(const struct graph *g, const struct scc *s, uint32_t component,
	size_t *n, struct error *err);

#endif
