/* SPDX-License-Identifier: MIT */
#include "compare/leaks_signature.h"

#include "base/array.h"
#include "base/buffer.h"
#include "explain/labels.h"
#include "explain/merge.h"
#include "graph/analysis.h"
#include "graph/graph_cache.h"
#include "graph/priority_rules.h"

#include <stdlib.h>
#include <string.h>

/* What leads to an object that no path leads to. */
static char *leaks_sign_unreachable(const struct leak *leak)
{
	struct buffer out = BUFFER_INIT;
	buffer_printf(
		&out, "(%s) %s", leak->garbage ? "garbage" : "no root", leak->class);
	return buffer_take(&out);
}

/* Signs the leaks whose examples the merged paths end at.  Of several examples in one
 * place only one is known; the others are left for the next round. */
static bool leaks_sign_some(struct leak_list *l, const struct merge *m,
	const struct analysis *a, struct error *err)
{
	for (size_t i = 0; i < l->count; i++) {
		struct leak *leak = &l->items[i];
		struct buffer out = BUFFER_INIT;
		uint32_t node = graph_find_node(a->g, leak->example), at = 0;
		if (leak->signature != NULL)
			continue;
		while (at < m->count &&
			(node == GRAPH_NONE || m->node[at].first_end != node))
			at++;
		if (at == m->count)
			continue;
		merge_signature(m, a->objects, at, &out);
		leak->signature = buffer_take(&out);
		if (leak->signature == NULL)
			return error_nomem(err);
	}
	return true;
}

/* The examples of leaks that have no signature yet; those that nothing leads to get
 * theirs. */
static bool leaks_sign_rest(struct leak_list *l, struct error *err)
{
	for (size_t i = 0; i < l->count; i++) {
		struct leak *leak = &l->items[i];
		if (leak->signature == NULL &&
			(leak->signature = leaks_sign_unreachable(leak)) == NULL)
			return error_nomem(err);
	}
	return true;
}

static bool leaks_sign_round(struct leak_list *l, struct db *db, struct analysis *a,
	const struct priority *low, size_t *left, struct error *err)
{
	const struct roots *roots = analysis_roots(a, err);
	uint32_t *target = array_new(l->count, sizeof *target);
	struct labels *labels = NULL;
	struct merge *m = NULL;
	size_t n = 0;
	if (roots == NULL || target == NULL) {
		free(target);
		return roots != NULL && error_nomem(err);
	}
	for (size_t i = 0; i < l->count; i++) {
		uint32_t node = graph_find_node(a->g, l->items[i].example);
		if (l->items[i].signature == NULL && node != GRAPH_NONE)
			target[n++] = node;
	}
	const struct path_query q = { .sources = roots->node,
		.source_count = roots->count,
		.targets = target,
		.target_count = n,
		.low = low };
	bool ok = (labels = labels_open(db, a->generation, err)) != NULL &&
		  (m = merge_new(a->g, a->objects, &q, labels, err)) != NULL &&
		  leaks_sign_some(l, m, a, err);
	labels_close(labels);
	merge_free(m);
	free(target);
	*left = 0;
	for (size_t i = 0; i < l->count; i++)
		*left += l->items[i].signature == NULL;
	return ok;
}

bool leaks_sign(struct leak_list *l, struct db *db, int64_t num, struct error *err)
{
	struct graph *g = NULL;
	struct analysis *a = NULL;
	struct priority low = { 0 };
	enum { ROUNDS_MOST = 8 };
	size_t left = l->count;
	bool ok = graph_cache_graph(db, num, &g, err) &&
		  (a = analysis_new(g, db, num, err)) != NULL &&
		  analysis_objects(a, err) != NULL &&
		  priority_load(db, a->objects, &low, err);
	for (int round = 0; ok && left > 0 && round < ROUNDS_MOST; round++)
		ok = leaks_sign_round(l, db, a, &low, &left, err);
	ok = ok && leaks_sign_rest(l, err);
	priority_fini(&low);
	analysis_free(a);
	graph_free(g);
	return ok;
}
