/* SPDX-License-Identifier: MIT */
#include "paths/path_search.h"

#include "base/array.h"

#include <assert.h>

static bool path_front_init(struct path_front *f, const struct graph *g)
{
	f->distance = array_new_zeroed(g->nodes, sizeof *f->distance);
	return f->distance != NULL;
}

static void path_front_fini(struct path_front *f)
{
	free(f->distance);
	free(f->queue);
}

static void path_front_clear(struct path_front *f, const struct graph_side *side)
{
	for (size_t i = 0; i < f->count; i++)
		f->distance[f->queue[i]] = 0;
	f->count = f->begin = 0;
	f->work = 0;
	f->level = 0;
	f->side = side;
}

/* Finds a node: `distance` levels from where the search began. */
static bool path_front_push(struct path_front *f, uint32_t node, uint32_t distance)
{
	/* Each node is found once, on a shortest path, except where the searches met. */
	assert(f->distance[node] == 0 || f->distance[node] == distance + 1);
	assert(distance <= f->count);
	if (!array_reserve(&f->queue, &f->cap, f->count + 1, sizeof *f->queue))
		return false;
	assert(f->count < f->cap);
	f->queue[f->count++] = node;
	f->distance[node] = distance + 1;
	f->work += f->side->start[node + 1] - f->side->start[node];
	return true;
}

static bool path_is_closed(const struct path_search_query *q, uint32_t node)
{
	return (q->avoided != NULL && bits_has(q->avoided, node)) ||
	       (q->closed != NULL && bits_has(q->closed, node));
}

bool path_search_may_step(const struct path_search_query *q, uint32_t node, uint32_t next)
{
	if (path_is_closed(q, next))
		return false;
	if (q->low == NULL)
		return true;
	return q->reversed ? !priority_is_low(q->low, next, node)
			   : !priority_is_low(q->low, node, next);
}

bool path_search_init(struct path_search *s, const struct graph *g, struct error *err)
{
	*s = (struct path_search){ .g = g, .parents = graph_parents(g, err) };
	if (s->parents == NULL)
		return false;
	bool forward = path_front_init(&s->forward, g);
	bool backward = path_front_init(&s->backward, g);
	return (forward && backward) || error_nomem(err);
}

void path_search_fini(struct path_search *s)
{
	path_front_fini(&s->forward);
	path_front_fini(&s->backward);
}

/* Advances one level.  Levels are always finished, so that all the nodes in the middle of
 * shortest paths are known when the searches meet. */
static bool path_search_expand(struct path_front *f, const struct path_front *other,
	bool forward, const struct path_search_query *q, bool *met)
{
	size_t end = f->count;
	f->work = 0;
	f->level++;
	for (; f->begin < end; f->begin++) {
		uint32_t node = f->queue[f->begin];
		assert(f->distance[node] == f->level); /* one more than where it is */
		size_t n;
		const uint32_t *next = graph_neighbours(f->side, node, &n);
		for (size_t i = 0; i < n; i++) {
			if (f->distance[next[i]] != 0)
				continue;
			if (forward ? !path_search_may_step(q, node, next[i])
				    : (path_is_closed(q, next[i]) ||
					      !path_search_may_step(q, next[i], node)))
				continue;
			if (!path_front_push(f, next[i], f->level))
				return false;
			*met = *met || other->distance[next[i]] != 0;
		}
	}
	return true;
}

/* The searches met: sets how far the nodes on shortest paths that only the forward search
 * has found are from the targets, backward from the middle. */
static bool path_search_complete(
	struct path_search *s, const struct path_search_query *q, uint32_t steps)
{
	struct path_front *f = &s->forward, *b = &s->backward;
	assert(f->begin <= f->count && steps >= f->level);
	size_t begin = b->count;
	size_t first = f->begin;
	/* The middle: the last level of the forward search that the other has found. */
	for (size_t i = first; i < f->count; i++)
		if (b->distance[f->queue[i]] == steps - f->level + 1 &&
			!path_front_push(b, f->queue[i], steps - f->level))
			return false;
	for (; begin < b->count; begin++) {
		uint32_t node = b->queue[begin], at = f->distance[node];
		assert(at > 0 && at - 1 + b->distance[node] - 1 == steps);
		size_t n;
		const uint32_t *next = graph_neighbours(b->side, node, &n);
		for (size_t i = 0; i < n; i++) {
			if (at < 2 || f->distance[next[i]] != at - 1 ||
				b->distance[next[i]] != 0 ||
				!path_search_may_step(q, next[i], node))
				continue;
			if (!path_front_push(b, next[i], steps - (at - 2)))
				return false;
		}
	}
	return true;
}

bool path_search_run(struct path_search *s, const struct path_search_query *q,
	bool *found, uint32_t *steps, struct error *err)
{
	struct path_front *f = &s->forward, *b = &s->backward;
	const struct graph_side *down = &s->g->children;
	bool met = false;
	*found = false;
	*steps = 0;
	/* Puts the ends of the query in place; they may have an object in common. */
	path_front_clear(f, q->reversed ? s->parents : down);
	path_front_clear(b, q->reversed ? down : s->parents);
	for (size_t i = 0; i < q->target_count; i++) {
		uint32_t node = q->targets[i];
		assert(node < s->g->nodes);
		if (b->distance[node] != 0 || path_is_closed(q, node))
			continue;
		if (!path_front_push(b, node, 0))
			return error_nomem(err);
	}
	for (size_t i = 0; i < q->source_count; i++) {
		uint32_t node = q->sources[i];
		assert(node < s->g->nodes);
		if (f->distance[node] != 0 || path_is_closed(q, node) ||
			(q->from != GRAPH_NONE &&
				!path_search_may_step(q, q->from, node)))
			continue;
		if (!path_front_push(f, node, 0))
			return error_nomem(err);
		met = met || b->distance[node] != 0;
	}
	while (!met && f->begin < f->count && b->begin < b->count) {
		bool ok = f->work <= b->work ? path_search_expand(f, b, true, q, &met)
					     : path_search_expand(b, f, false, q, &met);
		if (!ok)
			return error_nomem(err);
	}
	if (!met)
		return true;
	*found = true;
	*steps = f->level + b->level;
	return path_search_complete(s, q, *steps) || error_nomem(err);
}
