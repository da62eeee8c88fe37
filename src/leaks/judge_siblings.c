/* SPDX-License-Identifier: MIT */
#include "leaks/judge_siblings.h"

#include "base/array.h"
#include "base/saturate.h"
#include "base/sound.h"
#include "leaks/growth.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A finding that may have siblings: those of its anchor and type. */
struct sibling {
	uint32_t anchor, type;
	size_t finding;
};

/* The places below each anchor, each object in one of them. */
struct sibling_places {
	uint32_t *first, *next; /* of each permanent, of each place; PLACE_NONE */
	int64_t *series;        /* room for the sum */
};

static int sibling_compare(const void *a, const void *b)
{
	const struct sibling *x = a, *y = b;
	if (x->anchor != y->anchor)
		return x->anchor < y->anchor ? -1 : 1;
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	return (x->finding > y->finding) - (x->finding < y->finding);
}

/* Makes the findings of s[0] … s[n - 1] the first of them, unless the objects below the
 * name do not grow. */
static void sibling_join(struct judge *j, const struct sibling_places *at,
	const struct sibling *s, size_t n)
{
	const struct places *p = &j->f->places;
	struct findings *f = j->findings;
	struct finding *first = &f->item[s->finding];
	bool outer = judge_counts_outer(j, first->kind, first->origin);
	size_t last = f->generations - 1;
	int64_t bytes = 0;
	/* Texts and numbers of a leak are those that its holders have, not those in the
	 * objects beside them. */
	const struct terms *types = &j->last->words->types;
	bool shallow = (types->flags[s->type] & TRAIT_VALUED) != 0 &&
		       types->runtime != &runtime_cpython;
	uint32_t deepest = shallow ? 0 : UINT32_MAX;
	for (size_t i = 0; shallow && i < n; i++)
		for (uint32_t c = p->place[f->item[s[i].finding].place].crowd;
			c != PLACE_NONE; c = p->crowd[c].next)
			if (p->crowd[c].type == s->type && p->crowd[c].depth > deepest)
				deepest = p->crowd[c].depth;
	/* The class in all places below the anchor, and the growth in bytes of all there.
	 */
	memset(at->series, 0, f->generations * sizeof *at->series);
	for (uint32_t i = at->first[s->anchor]; i != PLACE_NONE; i = at->next[i])
		for (uint32_t c = p->place[i].crowd; c != PLACE_NONE;
			c = p->crowd[c].next) {
			bytes = saturate_add(
				bytes, saturate_subtract(crowd_bytes(p, c)[last],
					       crowd_bytes(p, c)[0]));
			bool counts = p->crowd[c].type == s->type &&
				      p->crowd[c].depth <= deepest &&
				      p->place[i].label != PLACE_KEYS;
			for (size_t k = 0; counts && k <= last; k++)
				at->series[k] += crowd_objects(p, c, k, outer);
		}
	if (!growth_goes_on(at->series, f->generations, j->limits->count))
		return;
	memcpy(first->series, at->series, f->generations * sizeof *first->series);
	first->growth = growth_of(first->series, f->generations);
	first->bytes = bytes;
	first->holder = s->anchor;
	first->label = PLACE_BELOW;
	for (size_t i = 1; i < n; i++) {
		struct finding *other = &f->item[s[i].finding];
		assert(s[i].anchor == s->anchor && s[i].type == s->type);
		uint32_t place = judge_find_place(j, other->place);
		if (place != judge_find_place(j, first->place))
			j->into[place] = judge_find_place(j, first->place);
		free(other->series);
		other->series = NULL;
	}
}

/* Adds to a leak of one place what came of its class in other places below the name, and
 * of which nothing went: objects that two lists hold are in the place of one of them, and
 * a row of a table that was half full at the first dump is a holder of its own. */
static void sibling_complete(
	const struct judge *j, const struct sibling_places *at, const struct sibling *s)
{
	const struct places *p = &j->f->places;
	struct finding *f = &j->findings->item[s->finding];
	uint32_t place = judge_find_place(j, f->place);
	size_t n = p->generations;
	bool outer = judge_counts_outer(j, f->kind, f->origin);
	assert(HOLDER_IS_OBJECT(f->holder));
	for (uint32_t i = at->first[s->anchor]; i != PLACE_NONE; i = at->next[i])
		for (uint32_t c = judge_find_place(j, i) == place ? PLACE_NONE
								  : p->place[i].crowd;
			c != PLACE_NONE; c = p->crowd[c].next) {
			const uint32_t *count = crowd_count(p, c, CROWD_OBJECTS);
			const uint32_t *stay = crowd_count(p, c, CROWD_STAY);
			bool only_comes = p->crowd[c].type == s->type &&
					  p->place[i].label != PLACE_KEYS;
			for (size_t k = 0; only_comes && k + 1 < n; k++)
				only_comes = stay[k] == count[k];
			for (size_t k = 0; only_comes && k < n; k++)
				f->series[k] += crowd_objects(p, c, k, outer);
		}
	f->growth = growth_of(f->series, n);
}

/* Drops the keys that are not leaks of their own: those of the dicts of leaks that were
 * joined, and text beside values that leak. */
static bool sibling_drop_keys(struct judge *j)
{
	struct findings *f = j->findings;
	const struct terms *types = &j->last->words->types;
	uint64_t *joined = bits_new(j->f->l->permanents);
	uint64_t *valued = bits_new(j->f->l->permanents);
	bool ok = joined != NULL && valued != NULL;
	for (size_t i = 0; ok && i < f->count; i++) {
		const struct finding *x = &f->item[i];
		if (!HOLDER_IS_OBJECT(x->holder))
			continue;
		if (x->label == PLACE_BELOW)
			bits_put(joined, j->anchor[x->holder]);
		else if (x->label == PLACE_OTHERS &&
			 (types->flags[x->type] & TRAIT_VALUED) == 0)
			bits_put(valued, x->holder);
	}
	size_t kept = 0;
	for (size_t i = 0; ok && i < f->count; i++) {
		struct finding *x = &f->item[i];
		bool key = x->label == PLACE_KEYS && x->origin == ORIGIN_BLOCK &&
			   HOLDER_IS_OBJECT(x->holder);
		if (key && (bits_has(joined, j->anchor[x->holder]) ||
				   (bits_has(valued, x->holder) &&
					   (types->flags[x->type] & TRAIT_VALUED) != 0)))
			free(x->series);
		else
			f->item[kept++] = *x;
	}
	if (ok)
		f->count = kept;
	free(joined);
	free(valued);
	return ok;
}

bool judge_find_anchors(struct judge *j)
{
	enum { ITEMS_MOST = 1000 };
	const struct snapshot *s = j->last;
	const struct lineage *l = j->f->l;
	const struct holders *h = j->h;
	size_t last = l->generations - 1;
	j->anchor = array_new(l->permanents, sizeof *j->anchor);
	if (j->anchor == NULL)
		return false;
	for (uint32_t g = 0; g < l->permanents; g++)
		j->anchor[g] = h->link[g].anchor;
	for (uint32_t g = 0; g < l->permanents; g++) {
		uint32_t node = l->node[last][g], hang = 0, named = 0;
		if (j->anchor[g] != g || (snapshot_traits(s, node) & TRAIT_TABLE) == 0 ||
			s->start[node + 1] - s->start[node] > ITEMS_MOST)
			continue;
		/* How many items have a name of their own, and how many have none. */
		for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++) {
			uint32_t i = l->permanent[last][s->child[e]];
			if (i == GRAPH_NONE ||
				(snapshot_traits(s, s->child[e]) & TRAIT_VALUED) != 0)
				continue;
			named += h->link[i].anchor == i;
			hang += h->link[i].parent == g;
		}
		for (uint32_t e = s->start[node];
			named > 0 && named <= hang && e < s->start[node + 1]; e++) {
			uint32_t i = l->permanent[last][s->child[e]];
			if (i != GRAPH_NONE && h->link[i].anchor == i && i != g)
				j->anchor[i] = g;
		}
	}
	/* Those of what is below it follow it. */
	for (uint32_t g = 0; g < l->permanents; g++) {
		uint32_t anchor = h->link[g].anchor;
		assert_sound(h->link[anchor].anchor == anchor);
		if (anchor != g)
			j->anchor[g] = j->anchor[anchor];
	}
	return true;
}

/* Is the place of a finding one of those whose labels say nothing? */
static bool sibling_is_open(const struct finding *f)
{
	return f->label == PLACE_OTHERS || f->label == PLACE_BELOW;
}

bool judge_join_siblings(struct judge *j, struct error *err)
{
	struct findings *f = j->findings;
	const struct places *p = &j->f->places;
	size_t n = 0, kept = 0;
	struct sibling *list = array_new(f->count, sizeof *list);
	struct sibling_places at = {
		.first = array_new(j->f->l->permanents, sizeof *at.first),
		.next = array_new(j->own_places, sizeof *at.next),
		.series = array_new(p->generations, sizeof *at.series),
	};
	bool ok = (list != NULL && at.first != NULL && at.next != NULL &&
			  at.series != NULL) ||
		  error_nomem(err);
	/* The findings that may have siblings, sorted so that these are neighbours.  A
	 * tree has a chain in each of its branches, `.left` and `.right`. */
	for (size_t i = 0; ok && i < f->count; i++) {
		const struct finding *x = &f->item[i];
		if (HOLDER_IS_OBJECT(x->holder) && x->kind != LEAK_REFERENCES &&
			x->kind != LEAK_SIZE &&
			(x->kind == LEAK_CHAIN || sibling_is_open(x)))
			list[n++] = (struct sibling){ j->anchor[x->holder], x->type, i };
	}
	if (n > 0)
		qsort(list, n, sizeof *list, sibling_compare);
	for (uint32_t g = 0; ok && g < j->f->l->permanents; g++)
		at.first[g] = PLACE_NONE;
	for (uint32_t i = 0; ok && i < j->own_places; i++) {
		if (!HOLDER_IS_OBJECT(p->place[i].holder) || bits_has(j->joined, i))
			continue;
		uint32_t anchor = j->anchor[p->place[i].holder];
		at.next[i] = at.first[anchor];
		at.first[anchor] = i;
	}
	for (size_t i = 0, end; ok && i < n; i = end) {
		for (end = i + 1; end < n && list[end].anchor == list[i].anchor &&
				  list[end].type == list[i].type;)
			end++;
		if (end - i == 1 && !sibling_is_open(&f->item[list[i].finding]))
			continue;
		if (end - i > 1 || f->item[list[i].finding].kind == LEAK_CHAIN)
			sibling_join(j, &at, list + i, end - i);
		else if (j->f->l->identity)
			sibling_complete(j, &at, list + i);
	}
	for (size_t i = 0; ok && i < f->count; i++)
		if (f->item[i].series != NULL)
			f->item[kept++] = f->item[i];
	if (ok)
		f->count = kept;
	ok = ok && (sibling_drop_keys(j) || error_nomem(err));
	free(list);
	free(at.first);
	free(at.next);
	free(at.series);
	return ok;
}
