/* SPDX-License-Identifier: MIT */
#include "paths/path_tree.h"

#include "base/array.h"
#include "base/bits.h"
#include "graph/jump.h"

#include <assert.h>
#include <string.h>

/* How many nodes ahead memory is asked for. */
enum { PATH_AHEAD = 12 };

/* A step to a node that was not yet reached when the step was found. */
struct path_step {
	uint32_t from, node;
	uint32_t length; /* of the path to `node` */
};

struct path_steps {
	struct path_step *step;
	size_t count, cap;
};

/* The walk goes by layers, the number of low-priority references so far, and in a layer
 * by levels, the length.  In a level nodes are in the order of their paths, and so is
 * what they lead to: the first step to a node ends its first path. */
struct path_walk {
	const struct graph *g;
	const struct path_query *q;
	const struct graph_side *side;
	struct path_tree *t;
	struct path_steps found; /* the next level of this layer, from this layer */
	struct path_steps later; /* the next layer, from this one: by length, then path */
	struct path_steps now;   /* this layer, from the one before */
	/* Bits, which stay in the cache: nodes that are reached or avoided; those, and
	 * what is in `found`, where the first step to a node counts. */
	uint64_t *closed, *listed;
	/* How many steps comparisons went back along paths, and the jumps of the nodes
	 * that are reached, once those were many; NULL before. */
	size_t climbed;
	struct jump *jump;
};

void path_tree_free(struct path_tree *t)
{
	if (t == NULL)
		return;
	free(t->from);
	free(t->order);
	free(t);
}

static bool path_steps_push(struct path_steps *s, struct path_step step)
{
	if (!array_reserve(&s->step, &s->cap, s->count + 1, sizeof *s->step))
		return false;
	/* The walk goes from length to length. */
	assert(s->count == 0 || s->step[s->count - 1].length <= step.length);
	s->step[s->count++] = step;
	return true;
}

/* `node` was reached, what is before it earlier. */
static void path_jump_put(struct path_walk *w, uint32_t node)
{
	uint32_t from = w->t->from[node];
	w->jump[node] = (struct jump){ node, 0 };
	if (from == node)
		return;
	struct jump its = w->jump[from], near = w->jump[its.to];
	w->jump[node] = jump_below(from, its, near, w->jump[near.to]);
}

/* `*before` becomes: which of two paths of one length comes first?  The difference
 * nearest to the source decides.  Paths fork near their ends, so it is found step by step
 * until that took O(n) in all, and in O(log n) from then on.  False out of memory. */
static bool path_step_is_before(struct path_walk *w, const struct path_step *a,
	const struct path_step *b, bool *before)
{
	const uint32_t *from = w->t->from;
	uint32_t x = a->from, y = b->from;
	assert(a->length == b->length);
	if (w->jump == NULL && w->climbed > w->t->nodes) {
		w->jump = array_new(w->t->nodes, sizeof *w->jump);
		if (w->jump == NULL)
			return false;
		for (uint32_t i = 0; i < w->t->reached; i++)
			path_jump_put(w, w->t->order[i]);
	}
	*before = a->node < b->node;
	while (x != y) {
		*before = x < y;
		if (from[x] == x)
			break;
		bool far = w->jump != NULL && w->jump[x].to != w->jump[y].to;
		x = far ? w->jump[x].to : from[x];
		y = far ? w->jump[y].to : from[y];
		w->climbed++;
	}
	return true;
}

/* Finds the nodes that a level leads to. */
static bool path_walk_follow(
	struct path_walk *w, uint32_t begin, uint32_t end, uint32_t length)
{
	const struct priority *low = w->q->low;
	const uint32_t *start = w->side->start;
	w->found.count = 0;
	for (uint32_t i = begin; i < end; i++) {
		uint32_t node = w->t->order[i];
		size_t n;
		/* Asks for what the nodes behind this one need, so that the walk waits
		 * less: where their references are, and the references. */
		if (i + 2 * PATH_AHEAD < end)
			__builtin_prefetch(&start[w->t->order[i + 2 * PATH_AHEAD]]);
		if (i + PATH_AHEAD < end)
			__builtin_prefetch(
				&w->side->node[start[w->t->order[i + PATH_AHEAD]]]);
		const uint32_t *next = graph_neighbours(w->side, node, &n);
		for (size_t j = 0; j < n; j++) {
			if (bits_has(w->listed, next[j]))
				continue;
			const struct path_step step = { node, next[j], length + 1 };
			bool is_low =
				low != NULL &&
				(w->q->reversed ? priority_is_low(low, next[j], node)
						: priority_is_low(low, node, next[j]));
			if (!is_low)
				bits_put(w->listed, next[j]);
			if (!path_steps_push(is_low ? &w->later : &w->found, step))
				return false;
		}
	}
	return true;
}

/* All of one layer, which begins with the steps in `now`. */
static bool path_walk_layer(struct path_walk *w)
{
	size_t at = 0;
	uint32_t length = 0;
	w->found.count = 0;
	while (at < w->now.count || w->found.count > 0) {
		if (w->found.count == 0)
			length = w->now.step[at].length;
		uint32_t begin = w->t->reached;
		/* Reaches the nodes of the level: those found from the level before and
		 * those at `at` and on in `now`, merged in the order of their paths. */
		for (size_t i = 0;;) {
			bool more = at < w->now.count && w->now.step[at].length == length;
			if (i == w->found.count && !more)
				break;
			bool now = more;
			if (more && i < w->found.count &&
				!path_step_is_before(
					w, &w->now.step[at], &w->found.step[i], &now))
				return false;
			if (w->found.count - i > 2 * PATH_AHEAD)
				__builtin_prefetch(
					&w->t->from[w->found.step[i + 2 * PATH_AHEAD]
							    .node]);
			const struct path_step *step =
				now ? &w->now.step[at++] : &w->found.step[i++];
			if (!bits_has(w->closed, step->node)) {
				assert(w->t->reached < w->t->nodes);
				bits_put(w->closed, step->node);
				bits_put(w->listed, step->node);
				w->t->from[step->node] = step->from;
				w->t->order[w->t->reached++] = step->node;
				if (w->jump != NULL)
					path_jump_put(w, step->node);
			}
		}
		if (!path_walk_follow(w, begin, w->t->reached, length))
			return false;
		length++;
	}
	return true;
}

static int path_source_compare(const void *a, const void *b)
{
	const struct path_step *x = a, *y = b;
	return (x->node > y->node) - (x->node < y->node);
}

struct path_tree *path_tree_new(
	const struct graph *g, const struct path_query *q, struct error *err)
{
	struct path_tree *t = array_new_zeroed(1, sizeof *t);
	struct path_walk w = { .g = g,
		.q = q,
		.side = q->reversed ? graph_parents(g, err) : &g->children,
		.t = t };
	bool ok = t != NULL && w.side != NULL;
	if (ok) {
		t->nodes = g->nodes;
		t->from = array_new(g->nodes, sizeof *t->from);
		t->order = array_new(g->nodes, sizeof *t->order);
		w.closed = bits_new(g->nodes);
		w.listed = bits_new(g->nodes);
		ok = t->from != NULL && t->order != NULL && w.closed != NULL &&
		     w.listed != NULL;
	}
	for (size_t i = 0; ok && q->avoided != NULL && i <= g->nodes / 64; i++)
		w.closed[i] = w.listed[i] = q->avoided[i];
	/* The sources, ascending, are the first layer's first level. */
	if (ok)
		memset(t->from, 0xff, g->nodes * sizeof *t->from);
	for (size_t i = 0; ok && i < q->source_count; i++) {
		uint32_t node = q->sources[i];
		assert(node < g->nodes);
		ok = path_steps_push(&w.now, (struct path_step){ node, node, 0 });
	}
	if (ok && w.now.count > 0)
		qsort(w.now.step, w.now.count, sizeof *w.now.step, path_source_compare);
	while (ok && w.now.count > 0) {
		ok = path_walk_layer(&w);
		struct path_steps done = w.now;
		w.now = w.later;
		w.later = done;
		w.later.count = 0;
	}
	free(w.closed);
	free(w.listed);
	free(w.jump);
	free(w.found.step);
	free(w.later.step);
	free(w.now.step);
	if (ok)
		return t;
	error_nomem(err);
	path_tree_free(t);
	return NULL;
}

bool path_tree_path(
	const struct path_tree *t, uint32_t node, struct path_list *l, struct error *err)
{
	size_t length = 1;
	for (uint32_t at = node; t->from[at] != at; at = t->from[at])
		length++;
	uint32_t *path = array_new(length, sizeof *path);
	if (path == NULL)
		return error_nomem(err);
	for (size_t i = length; i-- > 0; node = t->from[node])
		path[i] = node;
	bool ok = path_list_push(l, path, length, err);
	free(path);
	return ok;
}
