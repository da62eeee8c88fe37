/* SPDX-License-Identifier: MIT */
#include "leaks/judge_size.h"

#include "base/array.h"
#include "graph/dominators.h"
#include "leaks/growth.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A permanent whose own size changes. */
struct resized {
	uint32_t g, anchor, type;
	uint32_t label; /* its name in what holds it, LABEL_NONE for a key or an index */
	bool longer;    /* in each step, and by enough to be a leak alone */
};

static int resized_compare(const void *a, const void *b)
{
	const struct resized *x = a, *y = b;
	if (x->anchor != y->anchor)
		return x->anchor < y->anchor ? -1 : 1;
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	if (x->label != y->label)
		return x->label < y->label ? -1 : 1;
	return (x->g > y->g) - (x->g < y->g);
}

static bool judge_is_long(const struct judge *j, int64_t more)
{
	return more >= LEAK_SHARE_LEAST && more >= j->limits->bytes &&
	       (double)more * 100 >= j->limits->share * (double)j->last->bytes;
}

/* The permanents that may leak by their size: those that grow in each step, and by
 * enough, and those without references whose size changes, for many of them may grow by
 * enough together.  `*list` is malloc'ed, `*n` of them, sorted so that those of one name
 * and type are neighbours. */
static bool judge_find_resized(
	struct judge *j, struct resized **list, size_t *n, struct error *err)
{
	const struct lineage *l = j->f->l;
	const uint32_t *last = l->node[l->generations - 1];
	uint64_t *longer = bits_new(l->permanents), *changed = bits_new(l->permanents);
	uint64_t *found = bits_new(l->permanents);
	int64_t *first = array_new(l->permanents, sizeof *first);
	int64_t *size = array_new(l->permanents, sizeof *size);
	bool ok = (longer != NULL && changed != NULL && found != NULL && first != NULL &&
			  size != NULL) ||
		  error_nomem(err);
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
			if (k > 0 && now != size[g])
				bits_put(changed, g);
			size[g] = now;
		}
	}
	for (size_t i = 0; ok && i < j->findings->count; i++)
		if (HOLDER_IS_OBJECT(j->findings->item[i].holder)) {
			bits_drop(longer, j->findings->item[i].holder);
			bits_put(found, j->h->anchor[j->findings->item[i].holder]);
		}
	size_t cap = 0;
	for (uint32_t g = 0; ok && g < l->permanents; g++) {
		uint32_t node = last[g], anchor = j->h->anchor[g];
		bool alone = bits_has(longer, g) && judge_is_long(j, size[g] - first[g]);
		bool leaf = j->last->start[node + 1] - j->last->start[node] <= 1;
		if (!alone && !(bits_has(changed, g) && leaf && !bits_has(found, anchor)))
			continue;
		uint32_t label = j->h->label[node] & ~LABEL_KEY;
		bool indexed = j->last->words->labels.text[label][0] == '[';
		ok = array_reserve(list, &cap, *n + 1, sizeof **list) || error_nomem(err);
		if (ok)
			(*list)[(*n)++] = (struct resized){ .g = g,
				.anchor = anchor,
				.type = j->last->type[node],
				.label = indexed ? LABEL_NONE : label,
				.longer = alone };
	}
	if (*n > 0)
		qsort(*list, *n, sizeof **list, resized_compare);
	free(longer);
	free(changed);
	free(found);
	free(first);
	free(size);
	return ok;
}

/* Adds the leak of `g`, and of `more` others with it. */
static bool judge_put_size(struct judge *j, uint32_t g, uint32_t more,
	const int64_t *series, struct error *err)
{
	const struct lineage *l = j->f->l;
	const uint32_t *last = l->node[l->generations - 1];
	/* An object that only an object of C code holds has the name of that one:
	 * BytesIO. */
	uint32_t bearer = l->bearer[g], node = last[g];
	assert(g < l->permanents);
	if (bearer != GRAPH_NONE && (snapshot_traits(j->last, last[bearer]) &
					    (TRAIT_FROZEN | TRAIT_SEQUENCE)) == 0)
		node = last[bearer];
	uint32_t type = j->last->type[node];
	return findings_put(j->findings,
		       (struct finding){ .kind = LEAK_SIZE,
			       .origin = origin_of(j->origins, type, NULL),
			       .type = type,
			       .types = 1 + more,
			       .holder = g,
			       .label = PLACE_SELF,
			       .place = PLACE_NONE,
			       .bytes = growth_of(series, l->generations) },
		       series) ||
	       error_nomem(err);
}

/* Judges several permanents of one type below one name together, as a buffer for each
 * connection: their sum has to grow, and what gets shorter may be no more than what dies
 * in a leak of objects.  `sum` is room for a series. */
static bool judge_put_sizes(struct judge *j, const struct resized *r, size_t n,
	const int64_t *size, int64_t *sum, bool *leak, struct error *err)
{
	const double churn = 0.34;
	size_t generations = j->f->l->generations, most = 0;
	uint32_t grown = 0;
	bool survives = true;
	memset(sum, 0, generations * sizeof *sum);
	for (size_t k = 0; k < generations; k++) {
		double more = 0, less = 0;
		for (size_t i = 0; i < n; i++) {
			const int64_t *series = size + i * generations;
			sum[k] = dominators_add(sum[k], series[k]);
			if (k > 0 && series[k] > series[k - 1])
				more += (double)(series[k] - series[k - 1]);
			else if (k > 0)
				less += (double)(series[k - 1] - series[k]);
		}
		survives = survives && less <= churn * more;
	}
	for (size_t i = 0; i < n; i++) {
		int64_t growth = growth_of(size + i * generations, generations);
		grown += growth > 0;
		if (growth > growth_of(size + most * generations, generations))
			most = i;
	}
	*leak = grown > 1 && survives && judge_is_long(j, growth_of(sum, generations)) &&
		growth_goes_on(sum, generations, j->limits->count);
	return !*leak || judge_put_size(j, r[most].g, grown - 1, sum, err);
}

bool judge_sizes(struct judge *j, struct error *err)
{
	const struct lineage *l = j->f->l;
	size_t n = 0, generations = l->generations;
	struct resized *list = NULL;
	bool ok = judge_find_resized(j, &list, &n, err);
	int64_t *size = array_new((n + 1) * generations, sizeof *size);
	ok = ok && (size != NULL || error_nomem(err));
	for (size_t k = 0; ok && n > 0 && k < generations; k++) {
		const struct snapshot *s = snapshots_get(j->f->s, k, err);
		ok = s != NULL;
		for (size_t i = 0; ok && i < n; i++)
			size[i * generations + k] = s->size[l->node[k][list[i].g]];
	}
	for (size_t i = 0, end; ok && i < n; i = end) {
		bool leak = false;
		for (end = i + 1; end < n && list[end].anchor == list[i].anchor &&
				  list[end].type == list[i].type &&
				  list[end].label == list[i].label;)
			end++;
		ok = end - i == 1 ||
		     judge_put_sizes(j, list + i, end - i, size + i * generations,
			     size + n * generations, &leak, err);
		for (size_t at = i; ok && !leak && at < end; at++) {
			const int64_t *series = size + at * generations;
			if (list[at].longer &&
				growth_goes_on(series, generations, j->limits->count))
				ok = judge_put_size(j, list[at].g, 0, series, err);
		}
	}
	free(list);
	free(size);
	return ok;
}
