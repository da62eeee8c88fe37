/* SPDX-License-Identifier: MIT */
#include "graph/analysis.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "graph/graph_cache.h"
#include "graph/reach.h"

#include <assert.h>
#include <stdlib.h>

struct analysis *analysis_new(
	struct graph *g, struct db *db, int64_t num, struct error *err)
{
	struct analysis *a = array_new_zeroed(1, sizeof *a);
	if (a == NULL) {
		graph_free(g);
		error_nomem(err);
		return NULL;
	}
	a->g = g;
	a->users = 1;
	a->db = db;
	a->generation = num;
	return a;
}

struct analysis *analysis_share(struct analysis *a)
{
	assert(a->users > 0);
	a->users++;
	return a;
}

void analysis_free(struct analysis *a)
{
	assert(a == NULL || a->users > 0);
	if (a == NULL || --a->users > 0)
		return;
	objects_free(a->objects);
	lengths_free(a->lengths);
	free(a->named);
	roots_free(a->roots);
	free(a->reachable);
	scc_free(a->scc);
	dominators_free(a->dominators);
	equal_groups_free(a->equal_values);
	equal_groups_free(a->equal_references);
	type_references_free(a->type_references);
	free(a->retained);
	free(a->count);
	free(a->depth);
	free(a->owner);
	graph_free(a->g);
	free(a);
}

const struct objects *analysis_objects(struct analysis *a, struct error *err)
{
	if (a->objects == NULL)
		graph_cache_objects(a->db, a->generation, a->g, &a->objects, err);
	assert(a->objects == NULL || a->objects->nodes == a->g->nodes);
	return a->objects;
}

const struct lengths *analysis_lengths(struct analysis *a, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	if (o != NULL && o->lengths != NULL)
		return o->lengths;
	if (a->lengths == NULL && o != NULL)
		a->lengths = lengths_load(a->db, a->generation, a->g, err);
	assert(a->lengths == NULL || a->lengths->nodes == a->g->nodes);
	return a->lengths;
}

const uint64_t *analysis_named(struct analysis *a, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	if (o != NULL && o->named != NULL)
		return o->named;
	if (a->named == NULL && o != NULL)
		a->named = objects_load_named(a->db, a->generation, a->g, err);
	return a->named;
}

const struct roots *analysis_roots(struct analysis *a, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	if (a->roots == NULL && o != NULL)
		a->roots = roots_load(a->db, a->generation, a->g, o, err);
	return a->roots;
}

const uint64_t *analysis_reachable(struct analysis *a, struct error *err)
{
	const struct roots *r = analysis_roots(a, err);
	if (a->reachable != NULL || r == NULL)
		return a->reachable;
	/* Finding the roots may have been most of the way. */
	struct reach_query q = {
		.nodes = r->node, .count = r->count, .avoided = r->held
	};
	a->reachable = reach_find(a->g, &q, NULL, err);
	bool some = a->reachable != NULL && r->held != NULL;
	for (size_t i = 0; some && i <= a->g->nodes / 64; i++)
		a->reachable[i] |= r->held[i];
	return a->reachable;
}

const struct scc *analysis_scc(struct analysis *a, struct error *err)
{
	if (a->scc == NULL)
		a->scc = scc_new(a->g, err);
	return a->scc;
}

const struct dominators *analysis_dominators(struct analysis *a, struct error *err)
{
	const struct roots *r = analysis_roots(a, err);
	if (a->dominators == NULL && r != NULL)
		a->dominators = dominators_new(a->g, r->node, r->count, err);
	return a->dominators;
}

const struct dominators *analysis_retained(struct analysis *a, struct error *err)
{
	const struct dominators *d = analysis_dominators(a, err);
	if (a->retained != NULL || d == NULL)
		return d;
	int64_t *retained = array_new(a->g->nodes, sizeof *retained);
	uint32_t *count = array_new(a->g->nodes, sizeof *count);
	if (retained == NULL || count == NULL) {
		error_nomem(err);
		free(retained);
		free(count);
		return NULL;
	}
	dominators_retained(d, a->objects->size, retained, count);
	a->retained = retained;
	a->count = count;
	return d;
}

const struct equal_groups *analysis_equal_values(struct analysis *a, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	if (a->equal_values == NULL && o != NULL)
		a->equal_values = equal_values_new(a->db, a->generation, a->g, o, err);
	return a->equal_values;
}

const struct equal_groups *analysis_equal_references(
	struct analysis *a, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	if (a->equal_references == NULL && o != NULL)
		a->equal_references = equal_references_new(
			a->db, a->generation, a->g, o, analysis_lengths(a, err), err);
	return a->equal_references;
}

const struct type_references *analysis_type_references(
	struct analysis *a, struct error *err)
{
	const struct objects *o = analysis_objects(a, err);
	if (a->type_references == NULL && o != NULL)
		a->type_references =
			type_references_new(a->db, a->generation, a->g, o, err);
	return a->type_references;
}

const uint32_t *analysis_depths(struct analysis *a, struct error *err)
{
	const struct dominators *d = analysis_dominators(a, err);
	if (a->depth == NULL && d != NULL) {
		a->depth = array_new(d->nodes, sizeof *a->depth);
		if (a->depth == NULL)
			error_nomem(err);
		else
			dominators_depths(d, a->depth);
	}
	return a->depth;
}

bool analysis_total(
	struct analysis *a, int64_t *bytes, uint32_t *objects, struct error *err)
{
	const uint64_t *reachable = analysis_reachable(a, err);
	if (reachable == NULL)
		return false;
	*bytes = 0;
	*objects = 0;
	for (uint32_t i = 0; i < a->g->nodes; i++)
		if (bits_has(reachable, i)) {
			*bytes = saturate_add(*bytes, a->objects->size[i]);
			++*objects;
		}
	return true;
}
