/* SPDX-License-Identifier: MIT */
#include "leaks/holders.h"

#include "base/array.h"
#include "graph/cost_queue.h"
#include "graph/graph.h"
#include "graph/graph_kept.h"
#include "graph/roots.h"

#include <assert.h>
#include <stdlib.h>

/* The costs of a step and of a way's beginning.  One step costs less than
 * COST_QUEUE_STEP, whatever adds up. */
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
	COST_FROM_NOWHERE = 40
};

struct holders_walk {
	struct holders *h;
	const struct lineage *l;
	const struct snapshot *s;
	const uint32_t *permanent;
	/* Whose cost is not below queue.now waits: what it hangs on is so far what its
	 * node before is or hangs on. */
	struct cost_queue queue;
};

void holders_fini(struct holders *h)
{
	free(h->way);
	free(h->link);
	free(h->order);
	*h = (struct holders){ 0 };
}

static bool holders_push(struct holders_walk *w, uint32_t node, uint32_t cost,
	uint32_t before, uint32_t label)
{
	struct holders_step *way = w->h->way;
	if (cost >= way[node].cost)
		return true;
	way[node] = (struct holders_step){ before, label, cost,
		before == GRAPH_NONE ? GRAPH_NONE : way[before].nearest };
	return cost_queue_push(&w->queue, cost, node);
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
	struct holders_step *step = &h->way[node];
	uint32_t g = w->permanent[node], before = step->before, parent = step->nearest;
	assert(before == GRAPH_NONE || h->way[before].cost < step->cost);
	if (g == GRAPH_NONE) {
		bool names = (snapshot_traits(w->s, node) & namespace) != 0;
		step->nearest = names ? GRAPH_NONE : parent;
		return;
	}
	step->nearest = g;
	h->order[h->ordered++] = g;
	if (parent == GRAPH_NONE)
		return;
	h->link[g].parent = parent;
	h->link[g].level = h->link[parent].level + 1;
	/* Elsewhere than in CPython dumps show what an instance of a class refers to
	 * itself, and that has a name of its own as long as no item of a container is on
	 * the way.  A tree is one thing. */
	unsigned traits = snapshot_traits(w->s, node_of[parent]);
	bool member = w->s->words->types.runtime != &runtime_cpython &&
		      (traits & TRAIT_BLOCK) == 0 && h->link[parent].anchor == parent &&
		      w->s->shape[node_of[parent]] != w->s->shape[node];
	/* What hangs on something passing has its name from there, as the nodes of a tree
	 * below a root that is another by now. */
	bool passing =
		w->l->identity && bits_has(w->l->passing[w->l->generations - 1], before);
	/* The frame of a generator that waits is a part of it. */
	uint32_t up = h->link[parent].parent;
	bool waits = (traits & TRAIT_FRAME) != 0 && up != GRAPH_NONE &&
		     (snapshot_traits(w->s, node_of[up]) & TRAIT_FRAME) == 0;
	if (((traits & (namespace | TRAIT_SCOPE)) == 0 && !member) || passing || waits)
		h->link[g].anchor = h->link[parent].anchor;
	if (h->link[g].level >= h->levels)
		h->levels = h->link[g].level + 1;
}

/* Asks for what the nodes behind node[i] need: their references, and what these lead to;
 * what they hang on.  Inlined, because GCC 12 drops calls of a function that only
 * prefetches. */
static inline __attribute__((always_inline)) void holders_prefetch(
	const struct holders_walk *w, size_t i)
{
	enum { AHEAD = 6, MOST = 12 }; /* nodes; references of one */
	const struct snapshot *s = w->s;
	const uint32_t *node_of = w->l->node[w->l->generations - 1];
	const uint32_t *batch = w->queue.batch;
	const struct holders_step *way = w->h->way;
	if (i >= 3 * AHEAD) {
		uint32_t node = batch[i - 3 * AHEAD];
		__builtin_prefetch(&s->start[node]);
		__builtin_prefetch(&w->permanent[node]);
		__builtin_prefetch(&way[node], 1);
	}
	if (i >= 2 * AHEAD) {
		uint32_t node = batch[i - 2 * AHEAD];
		uint32_t g = w->permanent[node], parent = way[node].nearest;
		__builtin_prefetch(&s->child[s->start[node]]);
		__builtin_prefetch(&s->label[s->start[node]]);
		if (g != GRAPH_NONE)
			__builtin_prefetch(&w->h->link[g]);
		if (parent != GRAPH_NONE) {
			__builtin_prefetch(&w->h->link[parent]);
			__builtin_prefetch(&node_of[parent]);
		}
	}
	if (i >= AHEAD) {
		uint32_t node = batch[i - AHEAD], parent = way[node].nearest;
		if (parent != GRAPH_NONE)
			__builtin_prefetch(&s->type[node_of[parent]]);
		for (uint32_t e = s->start[node];
			e < s->start[node + 1] && e - s->start[node] < MOST; e++) {
			__builtin_prefetch(&way[s->child[e]], 1);
			__builtin_prefetch(&s->type[s->child[e]]);
		}
	}
}

/* Cost after cost, and of one cost the node that was found first. */
static bool holders_run(struct holders_walk *w)
{
	const struct snapshot *s = w->s;
	bool ok = true;
	for (struct cost_queue *q = &w->queue; ok && q->waiting > 0; q->now++) {
		uint32_t cost = q->now;
		ok = cost_queue_take(q);
		for (size_t i = q->batch_count; ok && i-- > 0;) {
			uint32_t node = q->batch[i];
			holders_prefetch(w, i);
			if (w->h->way[node].cost < cost)
				continue;
			assert(w->h->way[node].cost == cost);
			holders_place(w, node);
			for (uint32_t e = s->start[node]; ok && e < s->start[node + 1];
				e++) {
				/* Most are nearer, whatever this step costs. */
				if (w->h->way[s->child[e]].cost <= cost + COST_STEP)
					continue;
				ok = holders_push(w, s->child[e],
					cost + holders_cost(s, node, e), node,
					s->label[e]);
			}
		}
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
	struct holders_walk w = {
		.h = h, .l = l, .s = s, .permanent = l->permanent[l->generations - 1]
	};
	*h = (struct holders){ .way = array_new(n, sizeof *h->way),
		.link = array_new(permanents, sizeof *h->link),
		.order = array_new(permanents, sizeof *h->order),
		.levels = 1 };
	bool ok = h->way != NULL && h->link != NULL && h->order != NULL;
	for (uint32_t i = 0; ok && i < n; i++)
		h->way[i] = (struct holders_step){ GRAPH_NONE, LABEL_NONE, UINT32_MAX,
			GRAPH_NONE };
	for (uint32_t i = 0; ok && i < permanents; i++)
		h->link[i] = (struct holders_link){ GRAPH_NONE, 0, i };
	ok = ok ? holders_begin(&w, db, err) : error_nomem(err);
	ok = ok && (holders_run(&w) || error_nomem(err));
	assert(!ok || h->ordered <= permanents);
	cost_queue_fini(&w.queue);
	return ok;
}
