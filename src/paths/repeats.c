/* SPDX-License-Identifier: MIT */
#include "paths/repeats.h"

#include "base/array.h"
#include "base/map.h"
#include "graph/graph.h"

#include <assert.h>
#include <stdlib.h>

/* One more, up to where more make no difference. */
static uint16_t repeats_count(uint16_t run)
{
	return run > REPEATS_STEPS ? run : (uint16_t)(run + 1);
}

/* Finds the nodes with the same end `period` steps above them.  run[i]: how many nodes
 * from i upward are the same as what is `period` steps above each.  Where all steps of an
 * end are, and the one before them, so that neither path begins there, the ends are the
 * same. */
static void repeats_find_period(
	const struct repeats_tree *t, uint32_t period, uint16_t *run, uint32_t *first)
{
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t parent = t->parent(t->nodes, i), up = i;
		for (uint32_t k = 0; k < period && up != GRAPH_NONE; k++)
			up = t->parent(t->nodes, up);
		assert(parent == GRAPH_NONE || parent < i);
		run[i] = 0;
		if (up == GRAPH_NONE || !t->same(t->nodes, i, up))
			continue;
		run[i] = repeats_count(run[parent]);
		if (run[i] > REPEATS_STEPS && first[i] == i)
			first[i] = first[up];
	}
}

/* A step below a node, or below one with the same end. */
struct repeats_step {
	const struct repeats_tree *t;
	const uint32_t *first;
	uint32_t above, node;
};

static bool repeats_is_step(const void *key, uint32_t i)
{
	const struct repeats_step *k = key;
	return k->first[k->t->parent(k->t->nodes, i)] == k->above &&
	       k->t->same(k->t->nodes, i, k->node);
}

/* The same steps from nodes with the same end have the same one, too, as the branches of
 * a chain. */
static bool repeats_find_branches(
	const struct repeats_tree *t, const uint16_t *depth, uint32_t *first)
{
	struct map steps = { 0 };
	bool ok = true;
	for (uint32_t i = 0; ok && i < t->count; i++) {
		if (first[i] != i || depth[i] <= REPEATS_STEPS)
			continue;
		struct repeats_step key = { t, first, first[t->parent(t->nodes, i)], i };
		uint64_t hash = map_hash_number(t->hash(t->nodes, i), key.above);
		uint32_t found = map_find(&steps, hash, repeats_is_step, &key);
		if (found != MAP_NONE)
			first[i] = found;
		else
			ok = map_put(&steps, hash, i);
	}
	map_fini(&steps);
	return ok;
}

uint32_t *repeats_find(const struct repeats_tree *t)
{
	enum { PERIOD_MAX = 8 };
	uint32_t *first = array_new(t->count, sizeof *first);
	uint16_t *depth = array_new(t->count, sizeof *depth), *run = NULL;
	bool deep = false, ok = first != NULL && depth != NULL;
	for (uint32_t i = 0; ok && i < t->count; i++) {
		uint32_t parent = t->parent(t->nodes, i);
		first[i] = i;
		depth[i] = parent == GRAPH_NONE ? 0 : repeats_count(depth[parent]);
		deep = deep || depth[i] > REPEATS_STEPS;
	}
	if (ok && deep)
		ok = (run = array_new(t->count, sizeof *run)) != NULL;
	for (uint32_t period = 1; run != NULL && period <= PERIOD_MAX; period++)
		repeats_find_period(t, period, run, first);
	ok = ok && (!deep || repeats_find_branches(t, depth, first));
	free(depth);
	free(run);
	if (ok)
		return first;
	free(first);
	return NULL;
}
