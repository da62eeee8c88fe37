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
	free(f->holder);
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

/* Finds what imports brought, and lists the permanents whose references are counted.  One
 * whose references are as many in all generations, all of them to permanents, holds
 * nothing that grows: there is nothing to count. */
static bool forest_list_holders(struct forest *f, struct error *err)
{
	const struct lineage *l = f->l;
	uint32_t *degree = array_new(l->permanents, sizeof *degree);
	uint64_t *holds = bits_new(l->permanents);
	bool ok = (degree != NULL && holds != NULL) || error_nomem(err);
	for (size_t k = 0; ok && k < l->generations; k++) {
		const struct snapshot *s = snapshots_get(f->s, k, err);
		const uint64_t *passing = l->passing[k];
		if (s != NULL)
			f->brought[k] = brought_find(l, s, k, &f->modules, err);
		ok = s != NULL && f->brought[k] != NULL;
		for (uint32_t g = 0; ok && g < l->permanents; g++) {
			uint32_t e = s->start[l->node[k][g]];
			uint32_t end = s->start[l->node[k][g] + 1];
			bool has = k > 0 && end - e != degree[g];
			degree[g] = end - e;
			for (; !has && e < end; e++)
				has = bits_has(passing, s->child[e]);
			if (has)
				bits_put(holds, g);
		}
	}
	size_t n = ok ? bits_count(holds, l->permanents) : 0;
	f->holder = ok ? array_new(n, sizeof *f->holder) : NULL;
	ok = ok && (f->holder != NULL || error_nomem(err));
	for (uint32_t g = 0; ok && g < l->permanents; g++)
		if (bits_has(holds, g))
			f->holder[f->holders++] = g;
	free(degree);
	free(holds);
	return ok;
}

/* The distinct names of what each holder holds in the first generation. */
static bool forest_list_labels(
	struct forest *f, const struct snapshot *s, uint32_t *stamp, struct error *err)
{
	size_t count = 0, cap = 0;
	for (uint32_t h = 0; h < f->holders; h++) {
		uint32_t node = f->l->node[0][f->holder[h]];
		f->start[h] = (uint32_t)count;
		for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++) {
			uint32_t label = s->label[e];
			if (!snapshot_label_names(s, label) || stamp[label] == h + 1)
				continue;
			stamp[label] = h + 1;
			if (!array_reserve(&f->label, &cap, count + 1, sizeof *f->label))
				return error_nomem(err);
			f->label[count++] = label;
		}
		f->end[h] = (uint32_t)count;
	}
	return true;
}

/* Leaves those that each holder has in all generations. */
static bool forest_find_labels(struct forest *f, struct error *err)
{
	const struct lineage *l = f->l;
	size_t labels = f->s->words.labels.count;
	f->start = array_new(f->holders, sizeof *f->start);
	f->end = array_new(f->holders, sizeof *f->end);
	bool ok = (f->start != NULL && f->end != NULL) || error_nomem(err);
	for (size_t k = 0; ok && k < l->generations; k++) {
		const struct snapshot *s = snapshots_get(f->s, k, err);
		uint32_t *stamp = array_new_zeroed(labels, sizeof *stamp);
		if (s == NULL || stamp == NULL) {
			free(stamp);
			return s != NULL && error_nomem(err);
		}
		ok = k > 0 || forest_list_labels(f, s, stamp, err);
		for (uint32_t h = 0; k > 0 && h < f->holders; h++) {
			assert(f->start[h] <= f->end[h]);
			uint32_t node = l->node[k][f->holder[h]], kept = f->start[h];
			if (f->start[h] == f->end[h])
				continue;
			for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++)
				if ((s->label[e] & LABEL_KEY) == 0)
					stamp[s->label[e]] = h + 1;
			for (uint32_t i = f->start[h]; i < f->end[h]; i++)
				if (stamp[f->label[i]] == h + 1)
					f->label[kept++] = f->label[i];
			f->end[h] = kept;
		}
		free(stamp);
	}
	return ok;
}

bool forest_init(
	struct forest *f, const struct lineage *l, struct snapshots *s, struct error *err)
{
	*f = (struct forest){
		.l = l, .s = s, .brought = array_new_zeroed(s->count, sizeof *f->brought)
	};
	places_init(&f->places, l->generations);
	bool ok = f->brought != NULL || error_nomem(err);
	ok = ok && forest_list_holders(f, err) && forest_find_labels(f, err);
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
