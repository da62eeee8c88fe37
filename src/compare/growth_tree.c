/* SPDX-License-Identifier: MIT */
#include "compare/growth_tree.h"

#include "base/array.h"
#include "base/map.h"
#include "base/parallel.h"
#include "base/saturate.h"
#include "compare/counted.h"
#include "explain/labels.h"
#include "explain/merge.h"
#include "graph/analysis.h"
#include "graph/graph_kept.h"
#include "paths/priority_rules.h"
#include "paths/repeats.h"
#include "paths/signature.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct growth_builder {
	struct growth_tree *t;
	struct db *db;
	const struct growth_query *q;
	size_t cap, objects_cap, bytes_cap;
	struct map places; /* nodes by parent, type and label */
	bool labelled;
	const int64_t *address; /* of each node of the generation that is added */
};

void growth_tree_free(struct growth_tree *t)
{
	if (t == NULL)
		return;
	texts_fini(&t->texts);
	free(t->num);
	free(t->node);
	free(t->objects);
	free(t->bytes);
	free(t->unreachable);
	free(t);
}

/* --- nodes -------------------------------------------------------------------------- */

/* What is looked for in the tree; the texts are the tree's. */
struct growth_key {
	const struct growth_tree *t;
	uint32_t parent;
	const char *type, *label;
};

static bool growth_is_place(const void *key, uint32_t i)
{
	const struct growth_key *k = key;
	const struct growth_node *n = &k->t->node[i];
	return n->parent == k->parent && n->label == k->label && n->type == k->type;
}

/* Lays the tree of generation `k` over the others. */
static bool growth_add(struct growth_builder *b, size_t k, const struct merge *m,
	const struct counted_view *v, struct error *err)
{
	struct growth_tree *t = b->t;
	uint32_t *place = array_new(m->count, sizeof *place);
	/* The names of the types that have come up, as texts of the tree. */
	const char **name = array_new_zeroed(v->objects.types, sizeof *name);
	bool ok = (place != NULL && name != NULL) || error_nomem(err);
	for (uint32_t i = 0; ok && i < m->count; i++) {
		const struct merge_node *from = &m->node[i];
		const char *own = NULL; /* of a class or module */
		const char **type = from->name[0] == '\0' ? &name[from->type] : &own;
		if (*type == NULL)
			*type = texts_put(&t->texts, merge_type(m, &v->objects, i));
		struct growth_key key = { t,
			from->parent == GRAPH_NONE ? GRAPH_NONE : place[from->parent],
			*type, texts_put(&t->texts, from->label) };
		if (key.type == NULL || key.label == NULL) {
			ok = error_nomem(err);
			break;
		}
		uint64_t hash = map_hash_number(0, key.parent);
		hash = map_hash_number(hash, (uintptr_t)key.label);
		hash = map_hash_number(hash, (uintptr_t)key.type);
		uint32_t at = map_find(&b->places, hash, growth_is_place, &key);
		if (at == MAP_NONE) {
			size_t need = (size_t)t->count + 1;
			ok = array_reserve(&t->node, &b->cap, need, sizeof *t->node) &&
			     array_reserve(&t->objects, &b->objects_cap,
				     need * t->generations, sizeof *t->objects) &&
			     array_reserve(&t->bytes, &b->bytes_cap,
				     need * t->generations, sizeof *t->bytes) &&
			     map_put(&b->places, hash, t->count);
			if (!ok) {
				error_nomem(err);
				break;
			}
			assert(key.parent == GRAPH_NONE || key.parent < t->count);
			at = t->count++;
			for (size_t g = 0; g < t->generations; g++) {
				t->objects[(size_t)at * t->generations + g] = 0;
				t->bytes[(size_t)at * t->generations + g] = 0;
			}
			t->node[at] = (struct growth_node){ .parent = key.parent,
				.depth = key.parent == GRAPH_NONE
						 ? 0
						 : t->node[key.parent].depth + 1,
				.type = key.type,
				.label = key.label };
		}
		place[i] = at;
		struct growth_node *to = &t->node[at];
		to->guessed = to->guessed || from->guessed;
		to->repeated = to->repeated || from->repeated;
		to->first = b->address[from->first];
		if (from->type != v->part)
			t->objects[(size_t)at * t->generations + k] += from->objects;
		int64_t *bytes = &t->bytes[(size_t)at * t->generations + k];
		*bytes = saturate_add(*bytes, from->bytes);
	}
	free(place);
	free(name);
	t->unreachable[k] = m->unreachable;
	return ok;
}

/* --- generations -------------------------------------------------------------------- */

/* The paths to the objects of one generation that are looked at, to be merged. */
struct growth_job {
	struct analysis *a; /* a share */
	struct counted_view v;
	struct priority low;
	struct labels *labels; /* NULL: without */
	uint32_t *targets;
	struct path_query q;
	struct path_tree **tree; /* the paths to all objects; made once */
	size_t reached;          /* targets on them */
	struct merge *m;
	struct error err; /* of a thread */
};

static bool growth_open(const struct growth_builder *b, struct growth_job *job,
	int64_t num, struct path_tree **tree, struct error *err)
{
	static const struct counted plain = { 0 };
	const struct counted *counted = b->q->counted == NULL ? &plain : b->q->counted;
	*job = (struct growth_job){ .tree = tree, .err = ERROR_INIT };
	struct analysis *a = graph_kept_analysis(b->db, num, err);
	if (a == NULL)
		return false;
	job->a = analysis_share(a);
	const struct roots *roots = analysis_roots(a, err);
	const struct objects *o = &job->v.objects;
	if (roots == NULL || !counted_view_init(&job->v, counted, a, err) ||
		!priority_load(b->db, a->objects, &job->low, err) ||
		(b->labelled && (job->labels = labels_open(b->db, num, err)) == NULL))
		return false;
	bool *wanted = array_new(o->types, sizeof *wanted);
	job->targets = array_new(o->nodes, sizeof *job->targets);
	bool ok = (wanted != NULL && job->targets != NULL) || error_nomem(err);
	job->q = (struct path_query){ .sources = roots->node,
		.source_count = roots->count,
		.targets = job->targets,
		.low = &job->low,
		.from_roots = true };
	for (uint32_t i = 0; ok && i < o->types; i++)
		wanted[i] = b->q->wants == NULL || b->q->wants(b->q->context, o->name[i]);
	for (uint32_t i = 0; ok && i < o->nodes; i++)
		if (wanted[o->type[i]])
			job->targets[job->q.target_count++] = i;
	free(wanted);
	return ok;
}

static void growth_close(struct growth_job *job)
{
	merge_free(job->m);
	labels_close(job->labels);
	priority_fini(&job->low);
	counted_view_fini(&job->v);
	analysis_free(job->a);
	free(job->targets);
	*job = (struct growth_job){ 0 };
}

static void growth_find_paths(void *context, size_t i)
{
	struct growth_job *job = (struct growth_job *)context + i;
	assert(*job->tree == NULL || (*job->tree)->nodes == job->a->g->nodes);
	if (*job->tree == NULL)
		*job->tree = path_tree_new(job->a->g, &job->q, &job->err);
	for (size_t t = 0; *job->tree != NULL && t < job->q.target_count; t++)
		job->reached += (*job->tree)->from[job->q.targets[t]] != GRAPH_NONE;
}

static void growth_merge(void *context, size_t i)
{
	struct growth_job *job = (struct growth_job *)context + i;
	if (*job->tree != NULL)
		job->m = merge_new(job->a->g, &job->v.objects, &job->q, *job->tree,
			job->labels, job->labels != NULL, &job->err);
}

/* Adds what was merged of generation `k`, unless it is too large for labels. */
static bool growth_take(struct growth_builder *b, size_t k, const struct growth_job *job,
	struct error *err)
{
	const struct merge *m = job->m;
	if (m == NULL)
		return error_pass(err, &job->err);
	if (b->labelled && !m->labelled && m->reached > 0) {
		b->t->labelled = false;
		return true;
	}
	b->address = job->a->g->address;
	return growth_add(b, k, m, &job->v, err);
}

/* A tree without places; NULL out of memory. */
static struct growth_tree *growth_begin(size_t generations, bool labelled)
{
	struct growth_tree *t = array_new_zeroed(1, sizeof *t);
	if (t == NULL)
		return NULL;
	texts_init(&t->texts);
	t->attributes = texts_put(&t->texts, ".__dict__");
	t->generations = generations;
	t->labelled = labelled;
	t->num = array_new(generations, sizeof *t->num);
	t->unreachable = array_new_zeroed(generations, sizeof *t->unreachable);
	if (t->attributes != NULL && t->num != NULL && t->unreachable != NULL)
		return t;
	growth_tree_free(t);
	return NULL;
}

/* The trees of the paths stay in `tree`, one for each of the `step` generations that are
 * merged side by side. */
static struct growth_tree *growth_build(struct db *db, const struct growth_query *q,
	bool labelled, struct path_tree **tree, size_t step, struct error *err)
{
	struct growth_job *job = array_new_zeroed(step, sizeof *job);
	struct growth_builder b = { .t = growth_begin(q->generations, labelled),
		.db = db,
		.q = q,
		.labelled = labelled };
	bool ok = (b.t != NULL && job != NULL) || error_nomem(err);
	for (size_t k = 0; ok && k < q->generations && b.t->labelled == labelled;
		k += step) {
		bool near = true;
		for (size_t i = 0; ok && i < step; i++) {
			ok = growth_open(&b, &job[i], q->num[k + i], &tree[i], err);
			near = near && ok &&
			       (job[i].labels == NULL || labels_are_near(job[i].labels));
		}
		if (ok)
			parallel_each(step, growth_find_paths, job);
		/* All that are reached are on the paths. */
		for (size_t i = 0; ok && i < step; i++)
			if (job[i].reached > MERGE_LABELS_MAX)
				b.t->labelled = false;
		if (ok && near && b.t->labelled == labelled)
			parallel_each(step, growth_merge, job);
		for (size_t i = 0; i < step; i++) {
			if (ok && b.t->labelled == labelled) {
				if (!near)
					growth_merge(job, i);
				b.t->num[k + i] = q->num[k + i];
				ok = growth_take(&b, k + i, &job[i], err);
			}
			growth_close(&job[i]);
			/* Where one comes after the other there is room for one. */
			if (step < q->generations) {
				path_tree_free(tree[i]);
				tree[i] = NULL;
			}
		}
	}
	free(job);
	map_fini(&b.places);
	if (ok)
		return b.t;
	growth_tree_free(b.t);
	return NULL;
}

struct growth_tree *growth_tree_new(
	struct db *db, const struct growth_query *q, struct error *err)
{
	graph_kept_prepare(db, q->num, q->generations, false);
	/* Generations that are in memory together are merged side by side. */
	size_t step = graph_kept_has(db, q->num, q->generations) ? q->generations : 1;
	struct path_tree **tree = array_new_zeroed(step, sizeof *tree);
	if (tree == NULL) {
		error_nomem(err);
		return NULL;
	}
	if (step == q->generations)
		tree[step - 1] = q->paths;
	struct growth_tree *t = growth_build(db, q, true, tree, step, err);
	/* When one is too large for labels, none can have them. */
	if (t != NULL && !t->labelled) {
		growth_tree_free(t);
		t = growth_build(db, q, false, tree, step, err);
	}
	for (size_t k = 0; k < step; k++)
		if (tree[k] != q->paths)
			path_tree_free(tree[k]);
	free(tree);
	return t;
}

int64_t growth_net(const struct growth_tree *t, const int64_t *numbers)
{
	return saturate_subtract(numbers[t->generations - 1], numbers[0]);
}

static uint32_t growth_parent(const void *nodes, uint32_t i)
{
	return ((const struct growth_node *)nodes)[i].parent;
}

static bool growth_is_same_step(const void *nodes, uint32_t i, uint32_t j)
{
	const struct growth_node *a = (const struct growth_node *)nodes + i;
	const struct growth_node *b = (const struct growth_node *)nodes + j;
	return a->label == b->label && a->repeated == b->repeated && a->type == b->type;
}

static uint64_t growth_hash_step(const void *nodes, uint32_t i)
{
	const struct growth_node *n = (const struct growth_node *)nodes + i;
	return map_hash_number(
		map_hash_number(0, (uintptr_t)n->label), (uintptr_t)n->type);
}

uint32_t *growth_find_repeats(const struct growth_tree *t)
{
	const struct repeats_tree tree = { .count = t->count,
		.nodes = t->node,
		.parent = growth_parent,
		.same = growth_is_same_step,
		.hash = growth_hash_step };
	return repeats_find(&tree);
}

void growth_signature(const struct growth_tree *t, uint32_t i, struct buffer *out)
{
	uint32_t path[REPEATS_STEPS];
	size_t n = 0;
	uint32_t at = i;
	for (; at != GRAPH_NONE && n < REPEATS_STEPS; at = t->node[at].parent)
		path[n++] = at;
	/* Of a path that is longer the end is shown. */
	if (at != GRAPH_NONE)
		buffer_put_text(out, "… ");
	for (bool first = true; n-- > 0; first = false) {
		const struct growth_node *node = &t->node[path[n]];
		/* The dict of attributes has no say, whether or not it is looked at. */
		if (n > 0 && node->label == t->attributes)
			continue;
		signature_put(out, first, node->label, node->type, node->repeated);
	}
}
