/* SPDX-License-Identifier: MIT */
#include "model/reach.h"

#include "base/array.h"
#include "base/bits.h"

/* Nodes that were found and not yet followed: those that end in a queue once each. */
struct reach_queue {
	uint32_t *node;
	size_t count;
};

static const struct graph_side *reach_side(
	const struct graph *g, const struct reach_query *q)
{
	return q->reversed ? &g->parents : &g->children;
}

/* Finds a node unless it was found, or is avoided. */
static void reach_put(struct reach_queue *queue, uint64_t *found,
	const struct reach_query *q, uint32_t node)
{
	if (bits_has(found, node) || (q->avoided != NULL && bits_has(q->avoided, node)))
		return;
	bits_put(found, node);
	queue->node[queue->count++] = node;
}

uint64_t *reach_find(const struct graph *g, const struct reach_query *q,
	uint32_t *reached, struct error *err)
{
	const struct graph_side *side = reach_side(g, q);
	struct reach_queue queue = { .node = array_new(g->nodes, sizeof(uint32_t)) };
	uint64_t *found = bits_new(g->nodes);
	if (queue.node == NULL || found == NULL) {
		error_nomem(err);
		free(found);
		found = NULL;
		goto out;
	}
	for (size_t i = 0; i < q->count; i++)
		reach_put(&queue, found, q, q->nodes[i]);
	for (size_t at = 0; at < queue.count; at++) {
		size_t n;
		const uint32_t *next = graph_neighbours(side, queue.node[at], &n);
		for (size_t i = 0; i < n; i++)
			reach_put(&queue, found, q, next[i]);
	}
	if (reached != NULL)
		*reached = (uint32_t)queue.count;
out:
	free(queue.node);
	return found;
}

uint32_t *reach_depths(
	const struct graph *g, const struct reach_query *q, struct error *err)
{
	const struct graph_side *side = reach_side(g, q);
	struct reach_queue queue = { .node = array_new(g->nodes, sizeof(uint32_t)) };
	uint32_t *depth = array_new_zeroed(g->nodes, sizeof *depth);
	uint64_t *found = bits_new(g->nodes);
	if (queue.node == NULL || depth == NULL || found == NULL) {
		error_nomem(err);
		free(depth);
		depth = NULL;
		goto out;
	}
	for (size_t i = 0; i < q->count; i++)
		reach_put(&queue, found, q, q->nodes[i]);
	for (size_t i = 0; i < queue.count; i++)
		depth[queue.node[i]] = 1;
	for (size_t at = 0; at < queue.count; at++) {
		uint32_t node = queue.node[at];
		size_t n, before = queue.count;
		const uint32_t *next = graph_neighbours(side, node, &n);
		for (size_t i = 0; i < n; i++)
			reach_put(&queue, found, q, next[i]);
		for (; before < queue.count; before++)
			depth[queue.node[before]] = depth[node] + 1;
	}
out:
	free(queue.node);
	free(found);
	return depth;
}
