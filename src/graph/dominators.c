/* SPDX-License-Identifier: MIT */
#include "graph/dominators.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "base/sound.h"
#include "graph/jump.h"

#include <stdlib.h>
#include <string.h>

/* How many vertices ahead the loops prefetch: each step needs what the step before it
 * fetched. */
enum {
	DOMINATORS_AHEAD_LINK = 24,
	DOMINATORS_AHEAD_EDGE = 16,
	DOMINATORS_AHEAD_FROM = 8,
	DOMINATORS_AHEAD_MOST = 16, /* children of a vertex */
	DOMINATORS_AHEAD_LIST = 4,  /* frames that the walk returns to */
	DOMINATORS_AHEAD_CHILD = 2, /* likewise, when their lists are there */
};

/* What the walk asks of each node that a reference leads to, together in memory. */
struct dominators_place {
	uint32_t start;  /* of its children, which end where those of the next begin */
	uint32_t number; /* 0: not reached */
};

/* The fields of a vertex are together in memory: code that needs one needs the others. */
struct dominators_vertex {
	union {
		struct {
			uint32_t parent; /* in the tree of the walk; then compressed */
			uint32_t label;  /* of least semidominator on that path */
		};
		struct jump jump; /* at last, in the tree of dominators */
	};
	uint32_t semi; /* the lowest vertex above it that refers to it, and at last its
			* semidominator */
	uint32_t idom; /* until its semidominator is known: its last edge, or 0 */
};

/* A reference that the walk did not follow, for it leads to what was reached before. */
struct dominators_edge {
	uint32_t from;
	uint32_t to; /* once linked: the next edge to the same vertex, index + 1, or 0 */
};

/* A vertex on the way from the root to where the walk is, with children to walk. */
struct dominators_frame {
	uint32_t number;
	uint32_t next, end; /* of the children */
};

/* The walk numbers what it reaches 1, 2, … in the order of discovery; 0 is the top, the
 * parent of all roots. */
struct dominators_walk {
	const struct graph *g;
	struct dominators_place *place; /* of each node, and one more */
	uint32_t *node;                 /* of each number */
	struct dominators_vertex *v;    /* by number */
	uint32_t count;                 /* reached so far, the top included */
	struct dominators_frame *frame; /* a stack */
	size_t frame_cap;
	struct dominators_edge *edge; /* room for all references, used as it is needed */
	uint32_t edges;
	uint32_t *path; /* a stack of eval */
	size_t path_cap;
};

/* Numbers a node, and pushes it on the stack of `*depth` frames if it has children. */
static bool dominators_reach(
	struct dominators_walk *w, uint32_t node, uint32_t parent, size_t *depth)
{
	uint32_t i = w->count++;
	uint32_t start = w->place[node].start, end = w->place[node + 1].start;
	assert(i <= w->g->nodes && w->place[node].number == 0);
	w->place[node].number = i;
	w->node[i] = node;
	w->v[i] = (struct dominators_vertex){
		.parent = parent, .semi = parent, .label = i
	};
	if (start == end)
		return true;
	const uint32_t *child = w->g->children.node;
	for (uint32_t c = start; c < end && c - start < DOMINATORS_AHEAD_MOST; c++)
		__builtin_prefetch(&w->place[child[c]]);
	if (!array_reserve(&w->frame, &w->frame_cap, *depth + 1, sizeof *w->frame))
		return false;
	w->frame[(*depth)++] = (struct dominators_frame){ i, start, end };
	return true;
}

/* Asks for the next children of the frames that the walk of `depth` frames returns to. */
static inline __attribute__((always_inline)) void dominators_prefetch_frames(
	const struct dominators_walk *w, size_t depth)
{
	const struct dominators_frame *end = w->frame + depth;
	const uint32_t *node = w->g->children.node;
	if (depth > DOMINATORS_AHEAD_LIST)
		__builtin_prefetch(&node[end[-DOMINATORS_AHEAD_LIST].next]);
	if (depth > DOMINATORS_AHEAD_CHILD)
		__builtin_prefetch(&w->place[node[end[-DOMINATORS_AHEAD_CHILD].next]]);
}

/* Depth first from one root.  Each reference is seen once: the walk follows it, or it
 * becomes an edge.  False out of memory. */
static bool dominators_walk_root(struct dominators_walk *w, uint32_t root)
{
	const uint32_t *node = w->g->children.node;
	size_t depth = 0;
	if (w->place[root].number != 0)
		return true;
	bool ok = dominators_reach(w, root, 0, &depth);
	while (ok && depth > 0) {
		struct dominators_frame *f = &w->frame[depth - 1];
		uint32_t child = node[f->next++], at = f->number;
		uint32_t to = w->place[child].number;
		/* The walk doesn't come back to a vertex without further children. */
		if (f->next == f->end)
			dominators_prefetch_frames(w, --depth);
		if (to == 0) {
			if (f->next < f->end)
				__builtin_prefetch(&node[w->place[node[f->next]].start]);
			ok = dominators_reach(w, child, at, &depth);
		} else if (to != at) {
			assert(w->edges < w->g->references);
			w->edge[w->edges++] = (struct dominators_edge){ at, to };
		}
	}
	return ok;
}

/* An edge to a vertex that was reached later shows the semidominator at once.  The
 * others, from below a vertex or from beside it, need the compressed paths: they are
 * linked. */
static void dominators_link(struct dominators_walk *w)
{
	for (uint32_t e = 0; e < w->edges; e++) {
		if (w->edges - e > DOMINATORS_AHEAD_EDGE)
			__builtin_prefetch(
				&w->v[w->edge[e + DOMINATORS_AHEAD_EDGE].to], 1);
		uint32_t from = w->edge[e].from;
		struct dominators_vertex *to = &w->v[w->edge[e].to];
		if (from < w->edge[e].to) {
			if (to->semi > from)
				to->semi = from;
			continue;
		}
		w->edge[e].to = to->idom;
		to->idom = e + 1;
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

/* Asks for what the vertices below `i` will need soon: their edges, where these come
 * from, and what the paths of these lead through.  Most have no more than two. */
static inline __attribute__((always_inline)) void dominators_prefetch_edges(
	const struct dominators_walk *w, uint32_t i)
{
	const struct dominators_edge *edge = w->edge;
	if (i <= DOMINATORS_AHEAD_LINK)
		return;
	uint32_t link = w->v[i - DOMINATORS_AHEAD_LINK].idom;
	uint32_t far = w->v[i - DOMINATORS_AHEAD_EDGE].idom;
	uint32_t near = w->v[i - DOMINATORS_AHEAD_FROM].idom;
	if (link != 0)
		__builtin_prefetch(&edge[link - 1]);
	if (far != 0) {
		__builtin_prefetch(&w->v[edge[far - 1].from]);
		if (edge[far - 1].to != 0)
			__builtin_prefetch(&edge[edge[far - 1].to - 1]);
	}
	if (near != 0) {
		__builtin_prefetch(&w->v[w->v[edge[near - 1].from].parent]);
		if (edge[near - 1].to != 0)
			__builtin_prefetch(&w->v[edge[edge[near - 1].to - 1].from]);
	}
}

/* Semidominators, from the last reached to the first. */
static bool dominators_semi(struct dominators_walk *w)
{
	for (uint32_t i = w->count - 1; i > 0; i--) {
		struct dominators_vertex *v = &w->v[i];
		uint32_t semi = v->semi;
		dominators_prefetch_edges(w, i);
		assert(v->parent < i && semi <= v->parent);
		for (uint32_t e = v->idom; e != 0 && semi != 0; e = w->edge[e - 1].to) {
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

/* The nearest vertex numbered `most` or below that is `i` or dominates it.  O(log n). */
static uint32_t dominators_climb(
	const struct dominators_vertex *v, uint32_t i, uint32_t most)
{
	while (i > most)
		i = v[i].jump.to > most ? v[i].jump.to : v[i].idom;
	return i;
}

/* Immediate dominators, from the first reached to the last: of what is above a vertex in
 * the tree of the walk and dominates what is between, the nearest that is not below the
 * semidominator. */
static void dominators_idom(struct dominators_walk *w)
{
	struct dominators_vertex *v = w->v;
	v[0] = (struct dominators_vertex){ 0 };
	for (uint32_t i = 1; i < w->count; i++) {
		uint32_t up = dominators_climb(v, v[i].idom, v[i].semi);
		struct jump its = v[up].jump, near = v[its.to].jump;
		assert(up < i);
		v[i].idom = up;
		v[i].jump = jump_below(up, its, near, v[near.to].jump);
	}
}

struct dominators *dominators_new(const struct graph *g, const uint32_t *roots,
	size_t root_count, struct error *err)
{
	size_t n = (size_t)g->nodes + 1;
	struct dominators *d = array_new_zeroed(1, sizeof *d);
	struct dominators_walk w = {
		.g = g,
		.place = array_new(n, sizeof *w.place),
		.node = array_new(n, sizeof *w.node),
		.v = array_new(n, sizeof *w.v),
		.edge = array_new(g->references, sizeof *w.edge),
		.count = 1,
	};
	bool ok = d != NULL && w.place != NULL && w.node != NULL && w.v != NULL &&
		  w.edge != NULL;
	for (size_t i = 0; ok && i < n; i++)
		w.place[i] = (struct dominators_place){ g->children.start[i], 0 };
	/* The walk, semidominators, and from them the nearest common ancestors. */
	for (size_t i = 0; ok && i < root_count; i++) {
		assert(roots[i] < g->nodes);
		ok = dominators_walk_root(&w, roots[i]);
	}
	struct dominators_vertex *v = w.v;
	for (size_t i = 0; ok && i < root_count; i++)
		v[w.place[roots[i]].number].semi = 0;
	if (ok)
		dominators_link(&w);
	ok = ok && dominators_semi(&w);
	if (ok)
		dominators_idom(&w);
	free(w.place);
	free(w.frame);
	free(w.edge);
	free(w.path);
	uint32_t *immediate = ok ? array_new(n, sizeof *immediate) : NULL;
	if (immediate != NULL) {
		assert(w.count - 1 <= g->nodes);
		*d = (struct dominators){ .nodes = g->nodes,
			.reachable = w.count - 1,
			.immediate = immediate,
			.order = w.node };
		memset(immediate, 0xff, (size_t)d->nodes * sizeof *immediate);
		for (uint32_t i = 1; i < w.count; i++) {
			uint32_t up = v[i].idom;
			if (w.count - i > DOMINATORS_AHEAD_EDGE) {
				uint32_t far = i + DOMINATORS_AHEAD_EDGE;
				__builtin_prefetch(&immediate[w.node[far]], 1);
				__builtin_prefetch(&w.node[v[far].idom]);
			}
			immediate[w.node[i]] = up == 0 ? DOMINATORS_TOP : w.node[up];
		}
		memmove(d->order, d->order + 1, d->reachable * sizeof *d->order);
		w.node = NULL;
		assert_sound(dominators_are_sound(d));
	} else {
		error_nomem(err);
		free(d);
		d = NULL;
	}
	free(w.node);
	free(v);
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
