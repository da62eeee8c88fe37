/* SPDX-License-Identifier: MIT */
#include "leaks/holders.h"

#include "base/array.h"
#include "graph/graph.h"
#include "graph/graph_kept.h"
#include "graph/roots.h"

#include <assert.h>
#include <stdlib.h>

/* The costs of a step and of a way's beginning.  One step costs less than there are
 * buckets, whatever adds up. */
enum {
	COST_STEP = 1,
	COST_HIDING = 30,    /* out of frames, functions, weak references */
	COST_MODULE = 10,    /* to a module, but from the table of modules */
	COST_THREADING = 10, /* to the module that has all threads */
	COST_NO_LABEL = 2,
	COST_KEY = 5,
	COST_CLASS = 30, /* by .__class__, .__globals__ */
	COST_FROM_TABLE = 0,
	COST_FROM_INTERPRETER = 4,
	COST_FROM_FRAME = 6,
	COST_FROM_NOWHERE = 40,
	BUCKETS = 128
};

/* Nodes that wait at one distance; those that have been found nearer meanwhile stay. */
struct bucket {
	uint32_t *node;
	size_t count, cap;
};

struct holders_walk {
	struct holders *h;
	const struct lineage *l;
	const struct snapshot *s;
	const uint32_t *permanent;
	uint32_t *distance;
	uint32_t *nearest; /* the permanent that each node is or hangs on; GRAPH_NONE */
	uint64_t *done;    /* bits */
	struct bucket bucket[BUCKETS];
	size_t waiting;
};

void holders_fini(struct holders *h)
{
	free(h->before);
	free(h->label);
	free(h->parent);
	free(h->level);
	free(h->anchor);
	free(h->order);
	*h = (struct holders){ 0 };
}

static bool holders_push(struct holders_walk *w, uint32_t node, uint32_t distance,
	uint32_t before, uint32_t label)
{
	struct bucket *b = &w->bucket[distance % BUCKETS];
	if (distance >= w->distance[node])
		return true;
	if (!array_reserve(&b->node, &b->cap, b->count + 1, sizeof *b->node))
		return false;
	w->distance[node] = distance;
	w->h->before[node] = before;
	w->h->label[node] = label;
	b->node[b->count++] = node;
	w->waiting++;
	return true;
}

static uint32_t holders_cost(const struct snapshot *s, uint32_t from, uint32_t e)
{
	unsigned traits = snapshot_traits(s, from);
	uint32_t label = s->label[e], cost = COST_STEP;
	if ((traits & (TRAIT_FRAME | TRAIT_FUNCTION | TRAIT_WEAK)) != 0)
		cost += COST_HIDING;
	if ((snapshot_traits(s, s->child[e]) & TRAIT_MODULE) != 0) {
		static const char threading[] = "threading";
		uint64_t name = snapshot_hash(threading, sizeof threading - 1);
		cost += (traits & TRAIT_DICT) == 0 ? COST_MODULE : 0;
		cost += s->value[s->child[e]] == name ? COST_THREADING : 0;
	}
	if (label == LABEL_NONE)
		cost += COST_NO_LABEL;
	if ((label & LABEL_KEY) != 0)
		cost += COST_KEY;
	if (label == LABEL_CLASS || label == LABEL_GLOBALS)
		cost += COST_CLASS;
	return cost;
}

/* A node's way is found: so is its place in the tree, for all before it are there.  What
 * passes may be on the way to a permanent, as new links between old ones: it hangs on the
 * nearest permanent before them. */
static void holders_place(struct holders_walk *w, uint32_t node)
{
	const unsigned namespace = TRAIT_CLASS | TRAIT_MODULE | TRAIT_FRAME;
	const uint32_t *node_of = w->l->node[w->l->generations - 1];
	struct holders *h = w->h;
	uint32_t g = w->permanent[node], before = h->before[node];
	uint32_t parent = before == GRAPH_NONE ? GRAPH_NONE : w->nearest[before];
	assert(before == GRAPH_NONE || bits_has(w->done, before));
	if (g == GRAPH_NONE) {
		bool names = (snapshot_traits(w->s, node) & namespace) != 0;
		w->nearest[node] = names ? GRAPH_NONE : parent;
		return;
	}
	w->nearest[node] = g;
	h->order[h->ordered++] = g;
	if (parent == GRAPH_NONE)
		return;
	h->parent[g] = parent;
	h->level[g] = h->level[parent] + 1;
	/* Elsewhere than in CPython dumps show what an instance of a class refers to
	 * itself, and that has a name of its own as long as no item of a container is on
	 * the way.  A tree is one thing. */
	unsigned traits = snapshot_traits(w->s, node_of[parent]);
	bool member = w->s->words->types.runtime != &runtime_cpython &&
		      (traits & TRAIT_BLOCK) == 0 && h->anchor[parent] == parent &&
		      w->s->shape[node_of[parent]] != w->s->shape[node];
	/* What hangs on something passing has its name from there, as the nodes of a tree
	 * below a root that is another by now. */
	bool passing = w->l->identity && w->permanent[before] == GRAPH_NONE;
	/* The frame of a generator that waits is a part of it. */
	uint32_t up = h->parent[parent];
	bool waits = (traits & TRAIT_FRAME) != 0 && up != GRAPH_NONE &&
		     (snapshot_traits(w->s, node_of[up]) & TRAIT_FRAME) == 0;
	if (((traits & (namespace | TRAIT_SCOPE)) == 0 && !member) || passing || waits)
		h->anchor[g] = h->anchor[parent];
	if (h->level[g] >= h->levels)
		h->levels = h->level[g] + 1;
}

/* Asks for what the nodes behind node[i] need: their references, and what these lead to.
 * Inlined, because GCC 12 drops calls of a function that only prefetches. */
static inline __attribute__((always_inline)) void holders_prefetch(
	const struct holders_walk *w, const struct bucket *b, size_t i)
{
	enum { AHEAD = 6, MOST = 12 }; /* nodes; references of one */
	const struct snapshot *s = w->s;
	if (i + 3 * AHEAD < b->count)
		__builtin_prefetch(&s->start[b->node[i + 3 * AHEAD]]);
	if (i + 2 * AHEAD < b->count) {
		uint32_t far = b->node[i + 2 * AHEAD];
		__builtin_prefetch(&s->child[s->start[far]]);
		__builtin_prefetch(&s->label[s->start[far]]);
		__builtin_prefetch(&w->h->before[far]);
	}
	if (i + AHEAD < b->count) {
		uint32_t near = b->node[i + AHEAD], before = w->h->before[near];
		__builtin_prefetch(&w->permanent[near]);
		if (before != GRAPH_NONE)
			__builtin_prefetch(&w->nearest[before]);
		for (uint32_t e = s->start[near];
			e < s->start[near + 1] && e - s->start[near] < MOST; e++) {
			__builtin_prefetch(&w->distance[s->child[e]]);
			__builtin_prefetch(&s->type[s->child[e]]);
		}
	}
}

/* Bucket after bucket; what is pushed goes into later ones. */
static bool holders_run(struct holders_walk *w)
{
	const struct snapshot *s = w->s;
	bool ok = true;
	for (uint32_t distance = 0; ok && w->waiting > 0; distance++) {
		struct bucket *b = &w->bucket[distance % BUCKETS];
		for (size_t i = 0; ok && i < b->count; i++) {
			uint32_t node = b->node[i];
			holders_prefetch(w, b, i);
			if (bits_has(w->done, node))
				continue;
			assert(w->distance[node] == distance);
			bits_put(w->done, node);
			holders_place(w, node);
			for (uint32_t e = s->start[node]; ok && e < s->start[node + 1];
				e++) {
				/* Most are nearer, whatever this step costs. */
				if (w->distance[s->child[e]] <= distance + COST_STEP)
					continue;
				ok = holders_push(w, s->child[e],
					distance + holders_cost(s, node, e), node,
					s->label[e]);
			}
		}
		w->waiting -= b->count;
		b->count = 0;
	}
	return ok;
}

/* Ways begin at the roots that the dump names, and at what nothing refers to. */
static bool holders_begin(struct holders_walk *w, struct db *db, struct error *err)
{
	static const uint32_t cost[] = { [SNAPSHOT_NO_ROOT] = COST_FROM_NOWHERE,
		[SNAPSHOT_ROOT_MODULES] = COST_FROM_TABLE,
		[SNAPSHOT_ROOT_INTERPRETER] = COST_FROM_INTERPRETER,
		[SNAPSHOT_ROOT_FRAME] = COST_FROM_FRAME,
		[SNAPSHOT_ROOT_TYPE] = COST_FROM_NOWHERE,
		[SNAPSHOT_ROOT_INTERNED] = COST_FROM_NOWHERE,
		[SNAPSHOT_ROOT_VARIABLE] = COST_FROM_NOWHERE,
		[SNAPSHOT_ROOT_OTHER] = COST_FROM_NOWHERE };
	const struct snapshot *s = w->s;
	bool ok = true;
	for (uint32_t i = 0; ok && s->marked && i < s->nodes; i++)
		if (!bits_has(s->merged, i) &&
			(s->root[i] != 0 || !bits_has(s->referred, i)))
			ok = holders_push(w, i, cost[s->root[i]], GRAPH_NONE, LABEL_NONE);
	if (!ok || s->marked)
		return ok || error_nomem(err);
	/* In a dump that names no roots they begin at those that graph/roots finds, by
	 * the natural rule, whatever `roots` said. */
	struct analysis *a = graph_kept_analysis(db, s->num, err);
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	const struct roots *roots = o == NULL ? NULL : analysis_roots(a, err);
	struct roots *own =
		roots == NULL || roots->unnamed ? NULL : roots_new(a->g, o, NULL, 0, err);
	roots = roots == NULL || roots->unnamed ? roots : own;
	ok = roots != NULL;
	for (size_t i = 0; ok && i < roots->count; i++) {
		enum root_reason reason = roots->root[i].reason;
		uint32_t from = reason == ROOT_MODULE_TABLE || reason == ROOT_MODULE
					? COST_FROM_TABLE
				: reason == ROOT_FRAME ? COST_FROM_FRAME
						       : COST_FROM_NOWHERE;
		ok = holders_push(w, roots->root[i].node, from, GRAPH_NONE, LABEL_NONE) ||
		     error_nomem(err);
	}
	roots_free(own);
	return ok;
}

bool holders_init(struct holders *h, const struct lineage *l, const struct snapshot *s,
	struct db *db, struct error *err)
{
	size_t n = s->nodes, permanents = l->permanents;
	struct holders_walk w = { .h = h,
		.l = l,
		.s = s,
		.permanent = l->permanent[l->generations - 1],
		.distance = array_new(n, sizeof *w.distance),
		.nearest = array_new(n, sizeof *w.nearest),
		.done = bits_new(n) };
	*h = (struct holders){ .before = array_new(n, sizeof *h->before),
		.label = array_new_zeroed(n, sizeof *h->label),
		.parent = array_new(permanents, sizeof *h->parent),
		.level = array_new_zeroed(permanents, sizeof *h->level),
		.anchor = array_new(permanents, sizeof *h->anchor),
		.order = array_new(permanents, sizeof *h->order),
		.levels = 1 };
	bool ok = w.distance != NULL && w.nearest != NULL && w.done != NULL &&
		  h->before != NULL && h->label != NULL && h->parent != NULL &&
		  h->level != NULL && h->anchor != NULL && h->order != NULL;
	for (uint32_t i = 0; ok && i < n; i++)
		h->before[i] = w.distance[i] = w.nearest[i] = GRAPH_NONE;
	for (uint32_t i = 0; ok && i < permanents; i++) {
		h->parent[i] = GRAPH_NONE;
		h->anchor[i] = i;
	}
	ok = ok ? holders_begin(&w, db, err) : error_nomem(err);
	ok = ok && (holders_run(&w) || error_nomem(err));
	assert(!ok || h->ordered <= permanents);
	for (int i = 0; i < BUCKETS; i++)
		free(w.bucket[i].node);
	free(w.distance);
	free(w.nearest);
	free(w.done);
	return ok;
}
