/* SPDX-License-Identifier: MIT */
/* repeats - the paths of a tree that end with the same steps.
 *
 * The steps of a long chain repeat themselves, one by one or some by some.  What is said
 * of a path by its last steps, as its signature, is then the same for all but a few. */
#ifndef MEMSEE_PATHS_REPEATS_H
#define MEMSEE_PATHS_REPEATS_H

#include <stdbool.h>
#include <stdint.h>

/* So many steps are the end of a path; what comes before is left out. */
#define REPEATS_STEPS 256u

/* Parents come before their children. */
struct repeats_tree {
	uint32_t count;
	const void *nodes;
	uint32_t (*parent)(const void *nodes, uint32_t i); /* GRAPH_NONE: none */
	/* Are both the same step, wherever they are?  And its hash. */
	bool (*same)(const void *nodes, uint32_t i, uint32_t j);
	uint64_t (*hash)(const void *nodes, uint32_t i);
};

/* Of each node one that comes before it and whose path ends with the same steps; the node
 * itself where none is known.  malloc'ed; NULL out of memory.  Expected O(n). */
uint32_t *repeats_find(const struct repeats_tree *t);

#endif
