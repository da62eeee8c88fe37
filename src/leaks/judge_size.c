/* SPDX-License-Identifier: MIT */
#include "leaks/judge_size.h"

#include "base/array.h"
#include "leaks/growth.h"

#include <assert.h>
#include <stdlib.h>

/* The permanents whose own size grows in each step, and by enough: `*list` is malloc'ed,
 * `*n` of them. */
static bool judge_find_longer(
	struct judge *j, uint32_t **list, size_t *n, struct error *err)
{
	const struct lineage *l = j->f->l;
	uint64_t *longer = bits_new(l->permanents);
	int64_t *first = array_new(l->permanents, sizeof *first);
	int64_t *size = array_new(l->permanents, sizeof *size);
	bool ok = (longer != NULL && first != NULL && size != NULL) || error_nomem(err);
	for (size_t k = 0; ok && k < l->generations; k++) {
		const struct snapshot *s = snapshots_get(j->f->s, k, err);
		ok = s != NULL;
		for (uint32_t g = 0; ok && g < l->permanents; g++) {
			int64_t now = s->size[l->node[k][g]];
			if (k == 0)
				first[g] = now;
			else if (k == 1 && now > size[g])
				bits_put(longer, g);
			else if (now <= size[g])
				bits_drop(longer, g);
			size[g] = now;
		}
	}
	for (size_t i = 0; ok && i < j->findings->count; i++)
		if (HOLDER_IS_OBJECT(j->findings->item[i].holder))
			bits_drop(longer, j->findings->item[i].holder);
	size_t cap = 0;
	for (uint32_t g = 0; ok && g < l->permanents; g++) {
		int64_t more = size[g] - first[g];
		if (!bits_has(longer, g) || more < LEAK_SHARE_LEAST ||
			more < j->limits->bytes ||
			(double)more * 100 < j->limits->share * (double)j->last->bytes)
			continue;
		ok = array_reserve(list, &cap, *n + 1, sizeof **list) || error_nomem(err);
		if (ok)
			(*list)[(*n)++] = g;
	}
	free(longer);
	free(first);
	free(size);
	return ok;
}

bool judge_sizes(struct judge *j, struct error *err)
{
	const struct lineage *l = j->f->l;
	size_t n = 0, generations = l->generations;
	uint32_t *list = NULL;
	bool ok = judge_find_longer(j, &list, &n, err);
	int64_t *size = array_new(n * generations, sizeof *size);
	ok = ok && (size != NULL || error_nomem(err));
	for (size_t k = 0; ok && n > 0 && k < generations; k++) {
		const struct snapshot *s = snapshots_get(j->f->s, k, err);
		ok = s != NULL;
		for (size_t i = 0; ok && i < n; i++)
			size[i * generations + k] = s->size[l->node[k][list[i]]];
	}
	const uint32_t *last = l->node[generations - 1];
	for (size_t i = 0; ok && i < n; i++) {
		const int64_t *series = size + i * generations;
		if (!growth_goes_on(series, generations, j->limits->count))
			continue;
		/* An object that only an object of C code holds has the name of that one:
		 * BytesIO. */
		uint32_t bearer = l->bearer[list[i]], node = last[list[i]];
		assert(list[i] < l->permanents);
		if (bearer != GRAPH_NONE &&
			(snapshot_traits(j->last, last[bearer]) & TRAIT_FROZEN) == 0)
			node = last[bearer];
		uint32_t type = j->last->type[node];
		ok = findings_put(j->findings,
			     (struct finding){ .kind = LEAK_SIZE,
				     .origin = origin_of(j->origins, type, NULL),
				     .type = type,
				     .types = 1,
				     .holder = list[i],
				     .label = PLACE_SELF,
				     .place = PLACE_NONE,
				     .bytes = growth_of(series, generations) },
			     series) ||
		     error_nomem(err);
	}
	free(list);
	free(size);
	return ok;
}
