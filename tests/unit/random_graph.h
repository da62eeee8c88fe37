/* SPDX-License-Identifier: MIT */
/* random_graph - seeded small heaps for the oracles: cycles, repeated references, objects
 * that refer to themselves, dangling references, roots. */
#ifndef MEMSEE_TESTS_RANDOM_GRAPH_H
#define MEMSEE_TESTS_RANDOM_GRAPH_H

#include "graph/graph.h"

#include <stdlib.h>

#define RANDOM_GRAPH_MAX 150

struct random_graph {
	uint64_t state;
	size_t n, m;
	int64_t address[RANDOM_GRAPH_MAX];
	struct graph_ref ref[RANDOM_GRAPH_MAX * 8];
	/* The same as a matrix, by node. */
	bool refers[RANDOM_GRAPH_MAX][RANDOM_GRAPH_MAX];
	bool root[RANDOM_GRAPH_MAX];
	size_t dangling, orphaned;
};

static inline uint32_t random_below(struct random_graph *r, uint32_t n)
{
	r->state = r->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)((r->state >> 33) % n);
}

/* Makes the heap of that seed: up to `most` objects, addresses near and far apart, the
 * references shuffled or grouped by parent. */
static inline void random_graph_init(struct random_graph *r, uint64_t seed, uint32_t most)
{
	*r = (struct random_graph){ .state = seed * 2654435761u + 1 };
	r->n = random_below(r, most) + 1;
	uint32_t gap = random_below(r, 2) == 0 ? 40 : 4000;
	int64_t address = random_below(r, 3) == 0 ? 0 : INT64_C(139874457531968);
	for (size_t i = 0; i < r->n; i++)
		r->address[i] = address += 1 + random_below(r, gap);
	size_t refs = random_below(r, (uint32_t)r->n * 5 + 1) + r->n / 3;
	bool grouped = random_below(r, 2) == 0;
	for (size_t i = 0; i < refs; i++) {
		uint32_t p = grouped ? (uint32_t)(i * r->n / refs)
				     : random_below(r, (uint32_t)r->n);
		uint32_t c = random_below(r, (uint32_t)r->n);
		struct graph_ref *ref = &r->ref[r->m++];
		*ref = (struct graph_ref){ r->address[p], r->address[c] };
		switch (random_below(r, 16)) {
		case 0:
			ref->child = 9000000000 + c;
			r->dangling++;
			break;
		case 1:
			ref->parent = 9000000000 + p;
			r->orphaned++;
			break;
		default:
			r->refers[p][c] = true;
		}
	}
	size_t roots = random_below(r, 4);
	for (size_t i = 0; i < roots; i++) {
		uint32_t c = random_below(r, (uint32_t)r->n);
		r->ref[r->m++] = (struct graph_ref){ 0, r->address[c] };
		r->root[c] = true;
	}
}

static inline struct graph *random_graph_build(const struct random_graph *r)
{
	return graph_build(r->address, r->n, r->ref, r->m, NULL);
}

#endif
