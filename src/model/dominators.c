/* SPDX-License-Identifier: MIT */
#include "model/dominators.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* The walk numbers what it reaches 1, 2, … in the order of discovery; 0 is the top, the
 * parent of all roots.  All arrays but `number` are by that number. */
struct dominators_walk {
	const struct graph *g;
	uint32_t *number; /* of each node; 0: not reached */
	uint32_t *node;   /* the inverse */
	uint32_t *parent; /* in the tree of the walk; then compressed */
	uint32_t *semi;  /* semidominator; while walking: where to go on among children */
	uint32_t *label; /* the one of least semidominator on the compressed path */
	uint32_t *idom;
	uint32_t count; /* reached so far, the top included */
	uint32_t *path; /* a stack of eval */
	size_t path_cap;
};

static bool dominators_walk_init(struct dominators_walk *w, const struct graph *g)
{
	size_t n = (size_t)g->nodes + 1;
	*w = (struct dominators_walk){
		.g = g,
		.number = array_new_zeroed(n, sizeof(uint32_t)),
		.node = array_new(n, sizeof(uint32_t)),
		.parent = array_new(n, sizeof(uint32_t)),
		.semi = array_new(n, sizeof(uint32_t)),
		.label = array_new(n, sizeof(uint32_t)),
		.idom = array_new(n, sizeof(uint32_t)),
		.count = 1,
	};
	return w->number != NULL && w->node != NULL && w->parent != NULL &&
	       w->semi != NULL && w->label != NULL && w->idom != NULL;
}

static void dominators_walk_fini(struct dominators_walk *w)
{
	free(w->number);
	free(w->node);
	free(w->parent);
	free(w->semi);
	free(w->label);
	free(w->idom);
	free(w->path);
}

static void dominators_reach(struct dominators_walk *w, uint32_t node, uint32_t parent)
{
	uint32_t i = w->count++;
	w->number[node] = i;
	w->node[i] = node;
	w->parent[i] = parent;
	w->semi[i] = w->g->children.start[node];
}

/* Depth first from one root.  The way back up is the chain of parents. */
static void dominators_walk_root(struct dominators_walk *w, uint32_t root)
{
	if (w->number[root] != 0)
		return;
	dominators_reach(w, root, 0);
	uint32_t at = w->count - 1;
	while (at != 0) {
		uint32_t end = w->g->children.start[w->node[at] + 1];
		uint32_t child = GRAPH_NONE;
		while (w->semi[at] < end) {
			child = w->g->children.node[w->semi[at]++];
			if (w->number[child] == 0)
				break;
			child = GRAPH_NONE;
		}
		if (child == GRAPH_NONE) {
			at = w->parent[at];
		} else {
			dominators_reach(w, child, at);
			at = w->count - 1;
		}
	}
}

/* The vertex of least semidominator on the walk's tree path from above `v` to `v`, among
 * those numbered `linked` or above; compresses the path on the way.  GRAPH_NONE out of
 * memory. */
static uint32_t dominators_eval(struct dominators_walk *w, uint32_t v, uint32_t linked)
{
	size_t depth = 0;
	if (w->parent[v] < linked)
		return w->label[v];
	for (; w->parent[v] >= linked; v = w->parent[v]) {
		if (!array_reserve(&w->path, &w->path_cap, depth + 1, sizeof *w->path))
			return GRAPH_NONE;
		w->path[depth++] = v;
	}
	uint32_t above = v;
	while (depth > 0) {
		v = w->path[--depth];
		w->parent[v] = w->parent[above];
		if (w->semi[w->label[above]] < w->semi[w->label[v]])
			w->label[v] = w->label[above];
		above = v;
	}
	return w->label[v];
}

/* Semidominators, from the last reached to the first. */
static bool dominators_semi(struct dominators_walk *w, const uint64_t *is_root)
{
	for (uint32_t i = w->count - 1; i > 0; i--) {
		uint32_t node = w->node[i];
		w->semi[i] = w->parent[i];
		if ((is_root[node / 64] >> (node % 64) & 1) != 0)
			w->semi[i] = 0;
		size_t n;
		const uint32_t *parent = graph_parents(w->g, node, &n);
		for (size_t j = 0; j < n && w->semi[i] != 0; j++) {
			if (w->number[parent[j]] == 0)
				continue;
			uint32_t u = dominators_eval(w, w->number[parent[j]], i + 1);
			if (u == GRAPH_NONE)
				return false;
			if (w->semi[u] < w->semi[i])
				w->semi[i] = w->semi[u];
		}
	}
	return true;
}

/* The walk, semidominators, and from them the nearest common ancestors. */
static bool dominators_run(
	struct dominators_walk *w, const uint32_t *roots, size_t root_count)
{
	uint64_t *is_root = array_new_zeroed(w->g->nodes / 64 + 1, sizeof *is_root);
	if (is_root == NULL)
		return false;
	for (size_t i = 0; i < root_count; i++) {
		is_root[roots[i] / 64] |= UINT64_C(1) << (roots[i] % 64);
		dominators_walk_root(w, roots[i]);
	}
	memcpy(w->idom, w->parent, w->count * sizeof *w->idom);
	for (uint32_t i = 0; i < w->count; i++)
		w->semi[i] = w->label[i] = i;
	w->parent[0] = 0;
	bool ok = dominators_semi(w, is_root);
	for (uint32_t i = 1; i < w->count; i++)
		while (w->idom[i] > w->semi[i])
			w->idom[i] = w->idom[w->idom[i]];
	free(is_root);
	return ok;
}

/* Translates numbers back to nodes.  Takes the arrays over. */
static void dominators_take(struct dominators *d, struct dominators_walk *w)
{
	d->nodes = w->g->nodes;
	d->reachable = w->count - 1;
	d->immediate = w->number;
	for (uint32_t node = 0; node < d->nodes; node++) {
		uint32_t i = w->number[node];
		if (i == 0)
			d->immediate[node] = DOMINATORS_UNREACHABLE;
		else if (w->idom[i] == 0)
			d->immediate[node] = DOMINATORS_TOP;
		else
			d->immediate[node] = w->node[w->idom[i]];
	}
	w->number = NULL;
	d->order = w->node;
	memmove(d->order, d->order + 1, d->reachable * sizeof *d->order);
	w->node = NULL;
}

struct dominators *dominators_new(const struct graph *g, const uint32_t *roots,
	size_t root_count, struct error *err)
{
	struct dominators_walk w;
	struct dominators *d = array_new_zeroed(1, sizeof *d);
	bool ok = dominators_walk_init(&w, g) && d != NULL &&
		  dominators_run(&w, roots, root_count);
	if (ok) {
		dominators_take(d, &w);
	} else {
		error_nomem(err);
		free(d);
		d = NULL;
	}
	dominators_walk_fini(&w);
	return d;
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
	return true;
}

void dominators_tree_fini(struct graph_side *tree)
{
	free(tree->start);
	free(tree->node);
	*tree = (struct graph_side){ 0 };
}
