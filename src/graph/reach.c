/* SPDX-License-Identifier: MIT */
#include "graph/reach.h"

#include "base/array.h"
#include "base/bits.h"

#include <assert.h>

/* How many nodes ahead the walk prefetches where the neighbours of a node are, and the
 * neighbours. */
enum { REACH_AHEAD_START = 24, REACH_AHEAD_NODE = 12 };

/* A breadth-first walk.  Each node that is found enters the queue once. */
struct reach_walk {
	const struct graph_side *side;
	uint64_t *found; /* and what is avoided, until the walk ends */
	uint32_t *queue;
	size_t count;
	uint32_t nodes; /* of the graph: each enters the queue once */
};

static void reach_put(struct reach_walk *w, uint32_t node)
{
	if (bits_has(w->found, node))
		return;
	bits_put(w->found, node);
	assert(w->count < w->nodes);
	w->queue[w->count++] = node;
}

static bool reach_begin(struct reach_walk *w, const struct graph *g,
	const struct reach_query *q, struct error *err)
{
	*w = (struct reach_walk){ .side = q->reversed ? graph_parents(g, err)
						      : &g->children,
		.found = q->avoided != NULL ? bits_copy(q->avoided, g->nodes)
					    : bits_new(g->nodes),
		.queue = array_new(g->nodes, sizeof *w->queue),
		.nodes = g->nodes };
	if (w->side == NULL)
		return false;
	if (w->found == NULL || w->queue == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < q->count; i++) {
		assert(q->nodes[i] < g->nodes);
		reach_put(w, q->nodes[i]);
	}
	return true;
}

/* Follows queue[from..to-1]. */
static void reach_follow(struct reach_walk *w, size_t from, size_t to)
{
	const struct graph_side *side = w->side;
	for (size_t at = from; at < to; at++) {
		if (at + REACH_AHEAD_START < w->count)
			__builtin_prefetch(
				&side->start[w->queue[at + REACH_AHEAD_START]]);
		if (at + REACH_AHEAD_NODE < w->count)
			__builtin_prefetch(
				&side->node
					 [side->start[w->queue[at + REACH_AHEAD_NODE]]]);
		size_t n;
		const uint32_t *next = graph_neighbours(side, w->queue[at], &n);
		for (size_t i = 0; i < n; i++)
			reach_put(w, next[i]);
	}
}

uint64_t *reach_find(const struct graph *g, const struct reach_query *q,
	uint32_t *reached, struct error *err)
{
	struct reach_walk w;
	uint64_t *found = NULL;
	if (!reach_begin(&w, g, q, err))
		goto out;
	for (size_t from = 0, to; from < w.count; from = to) {
		to = w.count;
		reach_follow(&w, from, to);
	}
	for (size_t i = 0; q->avoided != NULL && i <= g->nodes / 64; i++)
		w.found[i] &= ~q->avoided[i];
	if (reached != NULL)
		*reached = (uint32_t)w.count;
	assert(w.count <= g->nodes);
	found = w.found;
	w.found = NULL;
out:
	free(w.found);
	free(w.queue);
	return found;
}

uint32_t *reach_depths(
	const struct graph *g, const struct reach_query *q, struct error *err)
{
	struct reach_walk w;
	uint32_t *depth = array_new_zeroed(g->nodes, sizeof *depth);
	if (!reach_begin(&w, g, q, err) || depth == NULL) {
		error_nomem(err);
		free(depth);
		depth = NULL;
		goto out;
	}
	uint32_t level = 1;
	for (size_t from = 0, to; from < w.count; from = to, level++) {
		to = w.count;
		reach_follow(&w, from, to);
		for (size_t i = from; i < to; i++)
			depth[w.queue[i]] = level;
	}
out:
	free(w.found);
	free(w.queue);
	return depth;
}
