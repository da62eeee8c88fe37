/* SPDX-License-Identifier: MIT */
#include "paths/ancestors.h"

#include "base/array.h"
#include "base/bits.h"

#include <assert.h>
#include <stdlib.h>

struct ancestors_queue {
	uint32_t *node;
	size_t count;
};

/* Reaches `node` in `round`; a node that is reached for the first time enters the queue.
 * Rounds never decrease, so the last one written is the highest. */
static void ancestors_meet(
	struct ancestors *a, struct ancestors_queue *queue, uint32_t node, uint32_t round)
{
	assert(a->rounds <= round);
	if (a->round[node] == GRAPH_NONE)
		queue->node[queue->count++] = node;
	a->round[node] = a->rounds = round;
}

bool ancestors_find(struct ancestors *a, const struct graph *g, const uint32_t *starts,
	size_t count, const uint64_t *barred, struct error *err)
{
	struct ancestors_queue queue = { .node = array_new(g->nodes, sizeof(uint32_t)) };
	*a = (struct ancestors){ .round = array_new(g->nodes, sizeof(uint32_t)) };
	const struct graph_side *up = graph_parents(g, err);
	if (queue.node == NULL || a->round == NULL || up == NULL) {
		free(queue.node);
		return error_nomem(err);
	}
	for (uint32_t i = 0; i < g->nodes; i++)
		a->round[i] = GRAPH_NONE;
	for (size_t i = 0; i < count; i++) {
		assert(starts[i] < g->nodes);
		ancestors_meet(a, &queue, starts[i], 0);
	}
	uint32_t round = 0;
	for (size_t at = 0; at < queue.count; round++) {
		for (size_t end = queue.count; at < end; at++) {
			uint32_t node = queue.node[at];
			size_t n;
			const uint32_t *parent = graph_neighbours(up, node, &n);
			if (barred != NULL && bits_has(barred, node))
				continue;
			for (size_t i = 0; i < n; i++)
				ancestors_meet(a, &queue, parent[i], round + 1);
		}
	}
	assert(queue.count <= g->nodes); /* each is in it once */
	free(queue.node);
	return true;
}

void ancestors_fini(struct ancestors *a)
{
	free(a->round);
	a->round = NULL;
}
