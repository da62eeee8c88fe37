/* SPDX-License-Identifier: MIT */
#include "leaks/leaks_signature.h"

#include "base/array.h"
#include "base/buffer.h"
#include "explain/labels.h"
#include "explain/merge.h"
#include "graph/analysis.h"
#include "graph/graph_kept.h"
#include "paths/priority_rules.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Signs the leaks whose examples the merged paths end at.  Of several examples in one
 * place only one is known; the others are left for the next round. */
static bool leaks_sign_some(struct leak_list *l, const struct merge *m,
	const struct analysis *a, const struct roots *roots, struct error *err)
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
		/* Outside of CPython a chain that begins at no class or variable begins
		 * with the runtime's words for its root: `<GLOBAL> $registry`, the stack
		 * of a thread. */
		uint32_t start = at;
		while (m->node[start].name[0] == '\0' &&
			m->node[start].parent != GRAPH_NONE)
			start = m->node[start].parent;
		bool nameless = a->objects->runtime != &runtime_cpython &&
				m->node[start].name[0] == '\0' &&
				merge_variable(m, at) == GRAPH_NONE;
		const struct root *root =
			nameless ? roots_at(roots, m->node[start].first) : NULL;
		if (root != NULL && root->words != NULL &&
			m->node[start].label[0] == '\0')
			buffer_printf(&out, "%s ", root->words);
		merge_signature(m, a->objects, at, &out);
		leak->signature = buffer_take(&out);
		if (leak->signature == NULL)
			return error_nomem(err);
	}
	return true;
}

/* `*tree` has the paths from the `*sources` roots of the round before; NULL at first. */
static bool leaks_sign_round(struct leak_list *l, struct analysis *a,
	const struct priority *low, int round, struct path_tree **tree, size_t *sources,
	struct error *err)
{
	enum { STAY_ROUNDS = 3, ENGINE_ROUNDS = 6 };
	/* Roots that come and go with what the program does just then: they say least of
	 * why something stays. */
	static const char *const going[] = { "(Stack roots)", "(Handle scope)",
		"(Relocatable)", "stack of thread", "native code in thread",
		"machine_context" };
	const struct roots *roots = analysis_roots(a, err);
	uint32_t *target = array_new(l->count, sizeof *target);
	struct labels *labels = NULL;
	struct merge *m = NULL;
	size_t n = 0, count = 0;
	uint32_t *source = roots == NULL ? NULL : array_new(roots->count, sizeof *source);
	if (source == NULL || target == NULL) {
		free(source);
		free(target);
		return roots != NULL && error_nomem(err);
	}
	/* Chains of this round begin first at the roots that stay, then also at what a
	 * stack holds of the engine's own, such as the context of a script, then at all.
	 */
	for (size_t i = 0; i < roots->count; i++) {
		const struct root *root = &roots->root[i];
		const char *type = objects_type(a->objects, root->node);
		bool passing = false;
		for (size_t w = 0;
			root->words != NULL && w < sizeof going / sizeof *going; w++)
			passing = passing ||
				  strncmp(root->words, going[w], strlen(going[w])) == 0;
		bool engine = passing && runtime_kind(a->objects->runtime, type,
						 strlen(type)) == KIND_BLOCK;
		if (!passing || round >= ENGINE_ROUNDS ||
			(engine && round >= STAY_ROUNDS))
			source[count++] = root->node;
	}
	for (size_t i = 0; i < l->count; i++) {
		uint32_t node = graph_find_node(a->g, l->items[i].example);
		if (l->items[i].signature == NULL && node != GRAPH_NONE)
			target[n++] = node;
	}
	const struct path_query q = { .sources = source,
		.source_count = count,
		.targets = target,
		.target_count = n,
		.low = low,
		.from_roots = true,
		.roots = roots };
	/* Each round begins at least where the one before did. */
	assert(*tree == NULL || *sources <= count);
	if (*tree == NULL || *sources < count) {
		path_tree_free(*tree);
		*tree = path_tree_new(a->g, &q, err);
		*sources = count;
	}
	bool ok =
		*tree != NULL &&
		(labels = labels_open(a->db, a->generation, err)) != NULL &&
		(m = merge_new(a->g, a->objects, &q, *tree, labels, false, err)) != NULL;
	assert(!ok || n <= l->count);
	ok = ok && leaks_sign_some(l, m, a, roots, err);
	labels_close(labels);
	merge_free(m);
	free(source);
	free(target);
	return ok;
}

bool leaks_sign(struct leak_list *l, struct db *db, int64_t num, struct error *err)
{
	struct analysis *a = graph_kept_analysis(db, num, err);
	struct priority low = { 0 };
	enum { ROUNDS_MOST = 9 };
	bool ok = a != NULL && analysis_objects(a, err) != NULL &&
		  priority_load(db, a->objects, &low, err);
	struct path_tree *tree = NULL;
	size_t left = l->count, sources = 0;
	for (int round = 0; ok && left > 0 && round < ROUNDS_MOST; round++) {
		ok = leaks_sign_round(l, a, &low, round, &tree, &sources, err);
		left = 0;
		for (size_t i = 0; i < l->count; i++)
			left += l->items[i].signature == NULL;
	}
	/* No path leads to the rest. */
	for (size_t i = 0; ok && i < l->count; i++) {
		struct leak *leak = &l->items[i];
		struct buffer out = BUFFER_INIT;
		if (leak->signature != NULL)
			continue;
		buffer_printf(&out, "(%s) %s", leak->garbage ? "garbage" : "no root",
			leak->class);
		leak->signature = buffer_take(&out);
		ok = leak->signature != NULL || error_nomem(err);
	}
	const struct roots *roots = ok ? analysis_roots(a, err) : NULL;
	assert(!ok || (roots != NULL && l->paths == NULL));
	if (ok && sources == roots->count) {
		l->paths = tree;
		tree = NULL;
	}
	path_tree_free(tree);
	priority_fini(&low);
	return ok;
}
