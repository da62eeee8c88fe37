/* SPDX-License-Identifier: MIT */
#include "leaks/lineage.h"

#include "base/array.h"
#include "base/parallel.h"
#include "leaks/lineage_named.h"
#include "leaks/match.h"

#include <assert.h>
#include <stdlib.h>

void lineage_fini(struct lineage *l)
{
	for (size_t k = 0; k < l->generations; k++) {
		free(l->permanent[k]);
		free(l->passing[k]);
		free(l->node[k]);
		free(l->known[k]);
		free(l->stays[k]);
	}
	free(l->permanent);
	free(l->passing);
	free(l->node);
	free(l->known);
	free(l->stays);
	free(l->bearer);
	*l = (struct lineage){ 0 };
}

/* Pairs of neighbours that are matched, side by side. */
struct lineage_pairs {
	const struct snapshots *s;
	bool identity;
	uint32_t **match; /* of generation k with the next, malloc'ed */
};

static void lineage_match_pair(void *context, size_t k)
{
	const struct lineage_pairs *p = context;
	/* What fails has no match. */
	match_snapshots(
		p->s->loaded[k], p->s->loaded[k + 1], p->identity, &p->match[k], NULL);
}

/* Matches each generation with the next: match[k], malloc'ed.  `*nodes` are those of the
 * first. */
static bool lineage_match(struct lineage *l, struct snapshots *s, uint32_t **match,
	uint32_t *nodes, struct error *err)
{
	for (size_t k = 0; k < l->generations; k++) {
		const struct snapshot *b = snapshots_get(s, k, err), *a;
		if (b == NULL)
			return false;
		l->permanent[k] = array_new(b->nodes, sizeof **l->permanent);
		l->passing[k] = bits_new(b->nodes);
		l->known[k] = bits_new(b->nodes);
		l->stays[k] = bits_new(b->nodes);
		if (l->permanent[k] == NULL || l->passing[k] == NULL ||
			l->known[k] == NULL || l->stays[k] == NULL)
			return error_nomem(err);
		for (uint32_t i = 0; i < b->nodes; i++) {
			l->permanent[k][i] = GRAPH_NONE;
			bits_put(l->passing[k], i);
		}
		if (k == 0) {
			*nodes = b->nodes;
			struct lineage_pairs pairs = { s, l->identity, match };
			if (snapshots_are_loaded(s))
				parallel_each(
					l->generations - 1, lineage_match_pair, &pairs);
			continue;
		}
		if ((a = snapshots_get(s, k - 1, err)) == NULL ||
			(match[k - 1] == NULL &&
				!match_snapshots(a, b, l->identity, &match[k - 1], err)))
			return false;
		for (uint32_t i = 0; i < a->nodes; i++)
			if (match[k - 1][i] != GRAPH_NONE) {
				bits_put(l->stays[k - 1], i);
				bits_put(l->known[k], match[k - 1][i]);
			}
	}
	return true;
}

bool lineage_init(
	struct lineage *l, struct snapshots *s, bool identity, struct error *err)
{
	*l = (struct lineage){ .identity = identity };
	uint32_t **match = array_new_zeroed(s->count, sizeof *match);
	uint32_t nodes = 0;
	l->permanent = array_new_zeroed(s->count, sizeof *l->permanent);
	l->passing = array_new_zeroed(s->count, sizeof *l->passing);
	l->node = array_new_zeroed(s->count, sizeof *l->node);
	l->known = array_new_zeroed(s->count, sizeof *l->known);
	l->stays = array_new_zeroed(s->count, sizeof *l->stays);
	if (match == NULL || l->permanent == NULL || l->passing == NULL ||
		l->node == NULL || l->known == NULL || l->stays == NULL) {
		/* No generation has arrays yet. */
		free(match);
		return error_nomem(err);
	}
	l->generations = s->count;
	bool ok = lineage_match(l, s, match, &nodes, err);
	/* The objects that are in all generations get numbers: `there` has their nodes,
	 * first those of the first generation. */
	size_t last = l->generations - 1;
	uint32_t *there = ok ? array_new(nodes, sizeof *there) : NULL;
	ok = ok && (there != NULL || error_nomem(err));
	for (uint32_t i = 0; ok && i < nodes; i++) {
		uint32_t at = i;
		for (size_t k = 0; k < last && at != GRAPH_NONE; k++)
			at = match[k][at];
		if (at != GRAPH_NONE)
			there[l->permanents++] = i;
	}
	for (size_t k = 0; ok && k <= last; k++) {
		l->node[k] = array_new(l->permanents, sizeof **l->node);
		ok = l->node[k] != NULL || error_nomem(err);
		for (uint32_t g = 0; ok && g < l->permanents; g++) {
			assert(l->permanent[k][there[g]] == GRAPH_NONE);
			l->node[k][g] = there[g];
			l->permanent[k][there[g]] = g;
			bits_drop(l->passing[k], there[g]);
			if (k < last)
				there[g] = match[k][there[g]];
		}
	}
	free(there);
	for (size_t k = 0; k < s->count; k++)
		free(match[k]);
	free(match);
	return ok && lineage_add_named(l, s, err);
}
