/* SPDX-License-Identifier: MIT */
#include "leaks/forest.h"

#include "base/array.h"
#include "base/sort.h"
#include "leaks/brought.h"
#include "leaks/forest_grow.h"

#include <assert.h>
#include <stdlib.h>

void forest_fini(struct forest *f)
{
	for (size_t k = 0; f->brought != NULL && k < f->s->count; k++)
		free(f->brought[k]);
	free(f->brought);
	free(f->holds);
	free(f->start);
	free(f->end);
	free(f->label);
	free(f->touch);
	free(f->place);
	places_fini(&f->places);
	*f = (struct forest){ 0 };
}

bool forest_is_table(const struct snapshot *s, uint32_t node)
{
	uint32_t start = s->start[node], end = s->start[node + 1];
	if (s->root[node] != SNAPSHOT_NO_ROOT || bits_has(s->referred, node) ||
		(snapshot_traits(s, node) & TRAIT_TABLE) == 0 || start == end)
		return false;
	for (uint32_t e = start; e < end; e++)
		if ((snapshot_traits(s, s->child[e]) & (TRAIT_WEAK | TRAIT_SCALAR)) == 0)
			return false;
	return true;
}

/* The distinct names of what each holder holds in the first generation. */
static bool forest_list_labels(
	struct forest *f, const struct snapshot *s, uint32_t *stamp, struct error *err)
{
	const struct lineage *l = f->l;
	size_t count = 0, cap = 0;
	for (uint32_t g = 0; g < l->permanents; g++) {
		uint32_t node = l->node[0][g];
		f->start[g] = (uint32_t)count;
		for (uint32_t e = s->start[node];
			bits_has(f->holds, g) && e < s->start[node + 1]; e++) {
			uint32_t label = s->label[e];
			if (!snapshot_label_names(s, label) || stamp[label] == g + 1)
				continue;
			stamp[label] = g + 1;
			if (!array_reserve(&f->label, &cap, count + 1, sizeof *f->label))
				return error_nomem(err);
			f->label[count++] = label;
		}
		f->end[g] = (uint32_t)count;
	}
	return true;
}

/* Leaves those that each holder has in all generations. */
static bool forest_find_labels(struct forest *f, struct error *err)
{
	const struct lineage *l = f->l;
	size_t labels = f->s->words.labels.count;
	f->start = array_new(l->permanents, sizeof *f->start);
	f->end = array_new(l->permanents, sizeof *f->end);
	bool ok = (f->start != NULL && f->end != NULL) || error_nomem(err);
	for (size_t k = 0; ok && k < l->generations; k++) {
		const struct snapshot *s = snapshots_get(f->s, k, err);
		uint32_t *stamp = array_new_zeroed(labels, sizeof *stamp);
		if (s == NULL || stamp == NULL) {
			free(stamp);
			return s != NULL && error_nomem(err);
		}
		ok = k > 0 || forest_list_labels(f, s, stamp, err);
		for (uint32_t g = 0; k > 0 && g < l->permanents; g++) {
			assert(f->start[g] <= f->end[g]);
			uint32_t node = l->node[k][g], kept = f->start[g];
			if (f->start[g] == f->end[g])
				continue;
			for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++)
				if ((s->label[e] & LABEL_KEY) == 0)
					stamp[s->label[e]] = g + 1;
			for (uint32_t i = f->start[g]; i < f->end[g]; i++)
				if (stamp[f->label[i]] == g + 1)
					f->label[kept++] = f->label[i];
			f->end[g] = kept;
		}
		free(stamp);
	}
	return ok;
}

bool forest_init(
	struct forest *f, const struct lineage *l, struct snapshots *s, struct error *err)
{
	*f = (struct forest){ .l = l,
		.s = s,
		.brought = array_new_zeroed(s->count, sizeof *f->brought),
		.holds = bits_new(l->permanents) };
	places_init(&f->places, l->generations);
	uint32_t *degree = array_new(l->permanents, sizeof *degree);
	bool ok = (f->brought != NULL && f->holds != NULL && degree != NULL) ||
		  error_nomem(err);
	/* A permanent whose references are as many in all generations, all of them to
	 * permanents, holds nothing that grows: there is nothing to count. */
	for (size_t k = 0; ok && k < l->generations; k++) {
		const struct snapshot *snapshot = snapshots_get(s, k, err);
		if (snapshot != NULL)
			f->brought[k] = brought_find(l, snapshot, k, &f->modules, err);
		ok = snapshot != NULL && f->brought[k] != NULL;
		for (uint32_t g = 0; ok && g < l->permanents; g++) {
			uint32_t e = snapshot->start[l->node[k][g]];
			uint32_t end = snapshot->start[l->node[k][g] + 1];
			bool holds = k > 0 && end - e != degree[g];
			degree[g] = end - e;
			for (; !holds && e < end; e++)
				holds = l->permanent[k][snapshot->child[e]] == GRAPH_NONE;
			if (holds)
				bits_put(f->holds, g);
		}
	}
	free(degree);
	ok = ok && forest_find_labels(f, err);
	for (size_t k = 0; ok && k < l->generations; k++) {
		const struct snapshot *snapshot = snapshots_get(s, k, err);
		ok = snapshot != NULL && forest_grow(f, snapshot, k, err);
		/* Each pair of crowds once. */
		size_t kept = 0;
		sort_u64(f->touch, f->touches);
		for (size_t i = 0; i < f->touches; i++)
			if (i == 0 || f->touch[i] != f->touch[i - 1])
				f->touch[kept++] = f->touch[i];
		assert(kept <= f->touches);
		f->touches = kept;
	}
	places_settle(&f->places);
	return ok;
}
