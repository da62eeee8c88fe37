/* SPDX-License-Identifier: MIT */
#include "graph/dominators.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/sound.h"

#include <stdlib.h>
#include <string.h>

/* How many vertices ahead the loop prefetches: each step needs what the step before it
 * fetched. */
enum {
	DOMINATORS_AHEAD_START = 24,
	DOMINATORS_AHEAD_PARENTS = 16,
	DOMINATORS_AHEAD_NUMBERS = 10,
	DOMINATORS_AHEAD_VERTICES = 5,
	DOMINATORS_AHEAD_MOST = 16 /* parents of a vertex */
};

/* The fields of a vertex are together in memory: code that needs one needs the others. */
struct dominators_vertex {
	uint32_t parent; /* in the tree of the walk; then compressed */
	uint32_t semi;   /* semidominator; while walking: where to go on among children */
	uint32_t label;  /* the one of least semidominator on the compressed path; while
			  * walking: where the children end */
	uint32_t idom;
};

/* The walk numbers what it reaches 1, 2, … in the order of discovery; 0 is the top, the
 * parent of all roots. */
struct dominators_walk {
	const struct graph *g;
	uint32_t *number;            /* of each node; 0: not reached */
	uint32_t *node;              /* the inverse */
	struct dominators_vertex *v; /* by number */
	uint32_t count;              /* reached so far, the top included */
	uint32_t *path;              /* a stack of eval */
	size_t path_cap;
};

static void dominators_reach(struct dominators_walk *w, uint32_t node, uint32_t parent)
{
	assert(w->number[node] == 0);
	uint32_t i = w->count++;
	assert(i <= w->g->nodes);
	size_t n;
	const uint32_t *child = graph_children(w->g, node, &n);
	for (size_t j = 0; j < n && j < DOMINATORS_AHEAD_MOST; j++) {
		__builtin_prefetch(&w->number[child[j]]);
		__builtin_prefetch(&w->g->children.start[child[j]]);
	}
	w->number[node] = i;
	w->node[i] = node;
	w->v[i] = (struct dominators_vertex){ .parent = parent,
		.semi = w->g->children.start[node],
		.label = w->g->children.start[node + 1] };
}

/* Depth first from one root.  The way back up is the chain of parents. */
static void dominators_walk_root(struct dominators_walk *w, uint32_t root)
{
	if (w->number[root] != 0)
		return;
	dominators_reach(w, root, 0);
	uint32_t at = w->count - 1;
	while (at != 0) {
		struct dominators_vertex *v = &w->v[at];
		uint32_t child = GRAPH_NONE;
		while (v->semi < v->label) {
			child = w->g->children.node[v->semi++];
			if (w->number[child] == 0)
				break;
			child = GRAPH_NONE;
		}
		if (child == GRAPH_NONE) {
			at = v->parent;
		} else {
			/* Prefetches the children of the next child. */
			const struct graph_side *side = &w->g->children;
			if (v->semi < v->label)
				__builtin_prefetch(
					&side->node[side->start[side->node[v->semi]]]);
			dominators_reach(w, child, at);
			at = w->count - 1;
		}
	}
}

/* The vertex of least semidominator on the walk's tree path from above `i` to `i`, among
 * those numbered `linked` or above; compresses the path on the way.  GRAPH_NONE out of
 * memory. */
static uint32_t dominators_eval(struct dominators_walk *w, uint32_t i, uint32_t linked)
{
	struct dominators_vertex *v = w->v;
	size_t depth = 0;
	if (v[i].parent < linked)
		return v[i].label;
	for (; v[i].parent >= linked; i = v[i].parent) {
		if (!array_reserve(&w->path, &w->path_cap, depth + 1, sizeof *w->path))
			return GRAPH_NONE;
		w->path[depth++] = i;
	}
	uint32_t above = i;
	while (depth > 0) {
		i = w->path[--depth];
		v[i].parent = v[above].parent;
		if (v[v[above].label].semi < v[v[i].label].semi)
			v[i].label = v[above].label;
		above = i;
	}
	return v[i].label;
}

/* Semidominators, from the last reached to the first. */
static bool dominators_semi(struct dominators_walk *w, const uint64_t *is_root)
{
	for (uint32_t i = w->count - 1; i > 0; i--) {
		uint32_t node = w->node[i];
		uint32_t semi = bits_has(is_root, node) ? 0 : w->v[i].parent;
		size_t n;
		/* Prefetches what the vertices below `i` will need soon. */
		if (i > DOMINATORS_AHEAD_START) {
			const struct graph_side *side = &w->g->parents;
			__builtin_prefetch(
				&side->start[w->node[i - DOMINATORS_AHEAD_START]]);
			__builtin_prefetch(
				&side->node[side->start
						    [w->node[i -
							     DOMINATORS_AHEAD_PARENTS]]]);
			const uint32_t *near = graph_parents(
				w->g, w->node[i - DOMINATORS_AHEAD_NUMBERS], &n);
			for (size_t j = 0; j < n && j < DOMINATORS_AHEAD_MOST; j++)
				__builtin_prefetch(&w->number[near[j]]);
			near = graph_parents(
				w->g, w->node[i - DOMINATORS_AHEAD_VERTICES], &n);
			for (size_t j = 0; j < n && j < DOMINATORS_AHEAD_MOST; j++)
				__builtin_prefetch(&w->v[w->number[near[j]]]);
		}
		const uint32_t *parent = graph_parents(w->g, node, &n);
		assert(w->v[i].parent < i);
		for (size_t j = 0; j < n && semi != 0; j++) {
			/* Prefetches among many parents, too. */
			if (j + DOMINATORS_AHEAD_MOST < n) {
				uint32_t half = parent[j + DOMINATORS_AHEAD_MOST / 2];
				__builtin_prefetch(
					&w->number[parent[j + DOMINATORS_AHEAD_MOST]]);
				__builtin_prefetch(&w->v[w->number[half]]);
			}
			if (w->number[parent[j]] == 0)
				continue;
			uint32_t u = dominators_eval(w, w->number[parent[j]], i + 1);
			if (u == GRAPH_NONE)
				return false;
			if (w->v[u].semi < semi)
				semi = w->v[u].semi;
		}
		assert(semi < i); /* it was reached before */
		w->v[i].semi = semi;
	}
	return true;
}

struct dominators *dominators_new(const struct graph *g, const uint32_t *roots,
	size_t root_count, struct error *err)
{
	size_t n = (size_t)g->nodes + 1;
	struct dominators *d = array_new_zeroed(1, sizeof *d);
	struct dominators_walk w = {
		.g = g,
		.number = array_new_zeroed(n, sizeof *w.number),
		.node = array_new(n, sizeof *w.node),
		.v = array_new(n, sizeof *w.v),
		.count = 1,
	};
	uint64_t *is_root = bits_new(g->nodes);
	bool ok = d != NULL && w.number != NULL && w.node != NULL && w.v != NULL &&
		  is_root != NULL;
	/* The walk, semidominators, and from them the nearest common ancestors. */
	for (size_t i = 0; ok && i < root_count; i++) {
		assert(roots[i] < g->nodes);
		bits_put(is_root, roots[i]);
		dominators_walk_root(&w, roots[i]);
	}
	struct dominators_vertex *v = w.v;
	if (ok)
		v[0] = (struct dominators_vertex){ 0 };
	for (uint32_t i = 1; ok && i < w.count; i++) {
		v[i].idom = v[i].parent;
		v[i].semi = v[i].label = i;
	}
	ok = ok && dominators_semi(&w, is_root);
	for (uint32_t i = 1; ok && i < w.count; i++) {
		while (v[i].idom > v[i].semi)
			v[i].idom = v[v[i].idom].idom;
		assert(v[i].idom < i);
	}
	free(is_root);
	if (ok) {
		/* Numbers become nodes again, in the arrays of the walk. */
		assert(w.count - 1 <= g->nodes);
		*d = (struct dominators){ .nodes = g->nodes,
			.reachable = w.count - 1,
			.immediate = w.number,
			.order = w.node };
		memset(d->immediate, 0xff, (size_t)d->nodes * sizeof *d->immediate);
		for (uint32_t i = 1; i < w.count; i++) {
			uint32_t up = w.v[i].idom;
			d->immediate[w.node[i]] = up == 0 ? DOMINATORS_TOP : w.node[up];
		}
		memmove(d->order, d->order + 1, d->reachable * sizeof *d->order);
		w.number = w.node = NULL;
		assert_sound(dominators_are_sound(d));
	} else {
		error_nomem(err);
		free(d);
		d = NULL;
	}
	free(w.number);
	free(w.node);
	free(w.v);
	free(w.path);
	return d;
}

bool dominators_are_sound(const struct dominators *d)
{
	uint64_t *seen = bits_new(d->nodes);
	bool sound = true;
	for (uint32_t i = 0; seen != NULL && sound && i < d->reachable; i++) {
		uint32_t node = d->order[i];
		sound = node < d->nodes && !bits_has(seen, node) &&
			(d->immediate[node] == DOMINATORS_TOP ||
				(d->immediate[node] < d->nodes &&
					bits_has(seen, d->immediate[node])));
		if (sound)
			bits_put(seen, node);
	}
	for (uint32_t i = 0; seen != NULL && sound && i < d->nodes; i++)
		sound = bits_has(seen, i) == (d->immediate[i] != DOMINATORS_UNREACHABLE);
	free(seen);
	return sound;
}

void dominators_free(struct dominators *d)
{
	if (d == NULL)
		return;
	free(d->immediate);
	free(d->order);
	free(d);
}

void dominators_retained(const struct dominators *d, const int64_t *size,
	int64_t *retained, uint32_t *count)
{
	memset(retained, 0, d->nodes * sizeof *retained);
	if (count != NULL)
		memset(count, 0, d->nodes * sizeof *count);
	for (uint32_t i = d->reachable; i-- > 0;) {
		uint32_t node = d->order[i], up = d->immediate[node];
		assert(up == DOMINATORS_TOP || up < d->nodes);
		retained[node] = dominators_add(retained[node], size[node]);
		if (count != NULL)
			count[node]++;
		if (up == DOMINATORS_TOP)
			continue;
		retained[up] = dominators_add(retained[up], retained[node]);
		if (count != NULL)
			count[up] += count[node];
	}
}

void dominators_depths(const struct dominators *d, uint32_t *depth)
{
	memset(depth, 0, d->nodes * sizeof *depth);
	for (uint32_t i = 0; i < d->reachable; i++) {
		uint32_t node = d->order[i], up = d->immediate[node];
		assert(up == DOMINATORS_TOP || depth[up] > 0);
		depth[node] = up == DOMINATORS_TOP ? 1 : depth[up] + 1;
	}
}

/* The place of a node's dominator in the tree. */
static uint32_t dominators_tree_place(const struct dominators *d, uint32_t node)
{
	uint32_t up = d->immediate[node];
	return up == DOMINATORS_TOP ? d->nodes : up;
}

bool dominators_tree(
	const struct dominators *d, struct graph_side *tree, struct error *err)
{
	tree->start = array_new_zeroed((size_t)d->nodes + 3, sizeof *tree->start);
	tree->node = array_new(d->reachable, sizeof *tree->node);
	if (tree->start == NULL || tree->node == NULL) {
		dominators_tree_fini(tree);
		return error_nomem(err);
	}
	uint32_t *next = tree->start + 1;
	for (uint32_t i = 0; i < d->nodes; i++)
		if (d->immediate[i] != DOMINATORS_UNREACHABLE)
			next[dominators_tree_place(d, i) + 1]++;
	for (uint32_t i = 0; i <= d->nodes; i++)
		next[i + 1] += next[i];
	for (uint32_t i = 0; i < d->nodes; i++)
		if (d->immediate[i] != DOMINATORS_UNREACHABLE)
			tree->node[next[dominators_tree_place(d, i)]++] = i;
	assert(tree->start[0] == 0 && tree->start[d->nodes + 1] == d->reachable);
	return true;
}

void dominators_tree_fini(struct graph_side *tree)
{
	free(tree->start);
	free(tree->node);
	*tree = (struct graph_side){ 0 };
}
