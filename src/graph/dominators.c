/* SPDX-License-Identifier: MIT */
#include "graph/dominators.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "base/sound.h"

#include <stdlib.h>
#include <string.h>

/* How many vertices ahead the loop prefetches: each step needs what the step before it
 * fetched. */
enum {
	DOMINATORS_AHEAD_EDGE = 16,
	DOMINATORS_AHEAD_FROM = 8,
	DOMINATORS_AHEAD_MOST = 16 /* children of a vertex */
};

/* The fields of a vertex are together in memory: code that needs one needs the others. */
struct dominators_vertex {
	uint32_t parent; /* in the tree of the walk; then compressed */
	/* While its children are walked: where to go on among them.  Then the lowest
	 * vertex above it that refers to it, and at last its semidominator. */
	uint32_t semi;
	uint32_t label; /* the one of least semidominator on the compressed path; while
			 * its children are walked: where they end */
	uint32_t idom;  /* until its semidominator is known: its last edge, or 0 */
};

/* An edge from a vertex that was reached after the one that it leads to: from below it or
 * from beside it.  Only these need the compressed paths. */
struct dominators_edge {
	uint32_t from;
	uint32_t next; /* to the same vertex: index + 1, or 0 */
};

/* The walk numbers what it reaches 1, 2, … in the order of discovery; 0 is the top, the
 * parent of all roots. */
struct dominators_walk {
	const struct graph *g;
	uint32_t *number;             /* of each node; 0: not reached */
	uint32_t *node;               /* the inverse */
	struct dominators_vertex *v;  /* by number */
	uint32_t count;               /* reached so far, the top included */
	struct dominators_edge *edge; /* room for all references, used as it is needed */
	uint32_t edges;
	uint32_t *path; /* a stack of eval */
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

/* Notes an edge for dominators_semi(). */
static void dominators_note(struct dominators_walk *w, uint32_t from, uint32_t to)
{
	assert(to < from && w->edges < w->g->references);
	w->edge[w->edges++] = (struct dominators_edge){ from, w->v[to].idom };
	w->v[to].idom = w->edges;
}

/* Depth first from one root.  The way back up is the chain of parents.  Each edge is seen
 * once, when the number of the vertex that it leads to is at hand. */
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
			uint32_t to = w->number[child];
			if (to == 0)
				break;
			child = GRAPH_NONE;
			if (to < at)
				dominators_note(w, at, to);
			/* All that is below and was reached has no more children. */
			assert(to <= at || w->v[to].label == to);
			if (to > at && w->v[to].semi > at)
				w->v[to].semi = at;
		}
		if (child == GRAPH_NONE) {
			v->semi = v->parent;
			v->label = at;
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
static bool dominators_semi(struct dominators_walk *w)
{
	for (uint32_t i = w->count - 1; i > 0; i--) {
		struct dominators_vertex *v = &w->v[i];
		uint32_t semi = v->semi;
		/* Prefetches what the vertices below `i` will need soon. */
		if (i > DOMINATORS_AHEAD_EDGE) {
			uint32_t far = w->v[i - DOMINATORS_AHEAD_EDGE].idom;
			uint32_t near = w->v[i - DOMINATORS_AHEAD_FROM].idom;
			if (far != 0)
				__builtin_prefetch(&w->edge[far - 1]);
			if (near != 0)
				__builtin_prefetch(&w->v[w->edge[near - 1].from]);
		}
		assert(v->parent < i && semi <= v->parent);
		for (uint32_t e = v->idom; e != 0 && semi != 0; e = w->edge[e - 1].next) {
			uint32_t u = dominators_eval(w, w->edge[e - 1].from, i + 1);
			if (u == GRAPH_NONE)
				return false;
			if (w->v[u].semi < semi)
				semi = w->v[u].semi;
		}
		v->semi = semi;
		v->idom = v->parent;
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
		.edge = array_new(g->references, sizeof *w.edge),
		.count = 1,
	};
	bool ok = d != NULL && w.number != NULL && w.node != NULL && w.v != NULL &&
		  w.edge != NULL;
	/* The walk, semidominators, and from them the nearest common ancestors. */
	for (size_t i = 0; ok && i < root_count; i++) {
		assert(roots[i] < g->nodes);
		dominators_walk_root(&w, roots[i]);
	}
	struct dominators_vertex *v = w.v;
	if (ok)
		v[0] = (struct dominators_vertex){ 0 };
	for (size_t i = 0; ok && i < root_count; i++)
		v[w.number[roots[i]]].semi = 0;
	ok = ok && dominators_semi(&w);
	for (uint32_t i = 1; ok && i < w.count; i++) {
		while (v[i].idom > v[i].semi)
			v[i].idom = v[v[i].idom].idom;
		assert(v[i].idom < i);
	}
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
			if (w.count - i > DOMINATORS_AHEAD_EDGE)
				__builtin_prefetch(
					&d->immediate[w.node[i + DOMINATORS_AHEAD_EDGE]],
					1);
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
	free(w.edge);
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
		/* Prefetches what the nodes before this one will need, and their
		 * dominators. */
		if (i > 2 * DOMINATORS_AHEAD_EDGE) {
			uint32_t far = d->order[i - 2 * DOMINATORS_AHEAD_EDGE];
			uint32_t near = d->order[i - DOMINATORS_AHEAD_EDGE];
			uint32_t above = d->immediate[near];
			__builtin_prefetch(&d->immediate[far]);
			__builtin_prefetch(&size[far]);
			__builtin_prefetch(&retained[far], 1);
			if (above != DOMINATORS_TOP)
				__builtin_prefetch(&retained[above], 1);
			if (count != NULL)
				__builtin_prefetch(&count[near], 1);
		}
		retained[node] = saturate_add(retained[node], size[node]);
		if (count != NULL)
			count[node]++;
		if (up == DOMINATORS_TOP)
			continue;
		retained[up] = saturate_add(retained[up], retained[node]);
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
