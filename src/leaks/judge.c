/* SPDX-License-Identifier: MIT */
#include "leaks/judge.h"

#include "base/array.h"
#include "base/saturate.h"
#include "leaks/judge_place.h"
#include "leaks/judge_siblings.h"
#include "leaks/judge_size.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The places of each holder, and the holders of each level. */
struct judge_order {
	uint32_t *first, *next;   /* of each permanent, of each place; PLACE_NONE */
	uint32_t *level, *behind; /* of each level, of each permanent; GRAPH_NONE */
	uint32_t *below;          /* of each permanent: the place of all below it */
	uint64_t *waits;          /* bits: the permanent is in its level's list */
};

void judge_fini(struct judge *j)
{
	free(j->referred);
	free(j->into);
	free(j->anchor);
	free(j->joined);
}

uint32_t judge_find_place(const struct judge *j, uint32_t place)
{
	uint32_t at = place;
	assert(place < j->f->places.places);
	while (j->into[at] != at)
		at = j->into[at];
	while (j->into[place] != at) {
		uint32_t next = j->into[place];
		j->into[place] = at;
		place = next;
	}
	return at;
}

static bool judge_note_places(struct judge *j, uint32_t from)
{
	const struct places *p = &j->f->places;
	if (!array_reserve(&j->into, &j->into_cap, p->places, sizeof *j->into))
		return false;
	for (uint32_t i = from; i < p->places; i++)
		j->into[i] = i;
	return true;
}

/* Adds what was counted in `from` to `to`; siblings ask for what forest counted. */
static bool judge_add_place(struct judge *j, uint32_t from, uint32_t to)
{
	struct places *p = &j->f->places;
	size_t n = p->generations;
	assert(from != to && j->into[from] == from && j->into[to] == to);
	for (uint32_t c = p->place[from].crowd; c != PLACE_NONE; c = p->crowd[c].next) {
		uint32_t d = places_put_crowd(p, to, p->crowd[c].type);
		if (d == PLACE_NONE)
			return false;
		for (size_t i = 0; i < CROWD_FIELDS * n; i++)
			crowd_count(p, d, CROWD_OBJECTS)[i] +=
				crowd_count(p, c, CROWD_OBJECTS)[i];
		for (size_t k = 0; k < n; k++)
			crowd_bytes(p, d)[k] =
				saturate_add(crowd_bytes(p, d)[k], crowd_bytes(p, c)[k]);
		if (p->crowd[c].depth < p->crowd[d].depth)
			p->crowd[d].depth = p->crowd[c].depth;
		p->crowd[d].keys += p->crowd[c].keys;
	}
	for (size_t k = 0; k < 2 * n; k++)
		place_refs(p, to)[k] += place_refs(p, from)[k];
	j->into[from] = to;
	if (from >= j->own_places)
		places_drop_crowds(p, from);
	return true;
}

/* --- chains in several places ------------------------------------------------------- */

/* Are most objects of the crowd no units? */
static bool judge_is_deep(const struct places *p, uint32_t crowd)
{
	size_t last = p->generations - 1;
	return crowd_count(p, crowd, CROWD_OBJECTS)[last] / 4 >
	       crowd_count(p, crowd, CROWD_UNITS)[last];
}

/* Is the crowd a single object at most, in all generations? */
static bool judge_is_lone(const struct places *p, uint32_t crowd)
{
	for (size_t k = 0; k < p->generations; k++)
		if (crowd_count(p, crowd, CROWD_OBJECTS)[k] > 1)
			return false;
	return true;
}

/* --- from the deepest holder upward ------------------------------------------------- */

static void judge_wait(const struct judge *j, struct judge_order *o, uint32_t holder)
{
	uint32_t level = j->h->link[holder].level;
	assert(level < j->h->levels);
	if (bits_has(o->waits, holder))
		return;
	bits_put(o->waits, holder);
	o->behind[holder] = o->level[level];
	o->level[level] = holder;
}

/* Caches of the interpreter's own library that fill as code is imported or fails, or that
 * have an end of their own. */
static bool judge_is_known(const struct judge *j, uint32_t holder)
{
	const struct snapshot *s = j->last;
	uint32_t node = j->f->l->node[j->f->places.generations - 1][holder];
	uint32_t before = j->h->way[node].before;
	if ((snapshot_traits(s, node) & TRAIT_DICT) == 0 || before == GRAPH_NONE)
		return false;
	const char *label = s->words->labels.text[j->h->way[node].label & ~LABEL_KEY];
	if (strcmp(label, ".path_importer_cache") == 0)
		return true;
	if ((snapshot_traits(s, before) & TRAIT_MODULE) == 0)
		return false;
	if (strcmp(label, ".cache") == 0 &&
		s->value[before] == snapshot_hash("linecache", 9)) {
		/* The lines of files have an end, as there are about as many files as
		 * modules; those of code that the program makes have none. */
		size_t modules = 0, files = 0;
		for (uint32_t i = 0; i < s->nodes; i++)
			modules += (snapshot_traits(s, i) & TRAIT_MODULE) != 0;
		for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++)
			files += (s->label[e] & LABEL_KEY) == 0;
		return files <= modules;
	}
	return ((strcmp(label, "._cache") == 0 || strcmp(label, "._cache2") == 0) &&
		s->value[before] == snapshot_hash("re", 2));
}

/* Judges the places of a holder, then all below it that is not a leak by itself as one
 * place. */
static bool judge_holder(struct judge *j, struct judge_order *o, struct judge_room *r,
	uint32_t holder, struct error *err)
{
	struct places *p = &j->f->places;
	bool leaks;
	if (judge_is_known(j, holder))
		return true;
	for (uint32_t i = o->first[holder]; i != PLACE_NONE; i = o->next[i]) {
		if (!judge_place(j, r, i, &leaks, err))
			return false;
		if (leaks)
			continue;
		/* What is in it goes to all below the holder. */
		uint32_t *below = &o->below[holder], from = j->f->places.places;
		if (*below == PLACE_NONE)
			*below = places_put_new(&j->f->places, holder, PLACE_BELOW);
		if (*below == PLACE_NONE || !judge_note_places(j, from) ||
			!judge_add_place(j, i, *below))
			return error_nomem(err);
	}
	uint32_t mine = o->below[holder];
	if (mine == PLACE_NONE)
		return true;
	if (!judge_place(j, r, mine, &leaks, err))
		return false;
	/* A leak goes no higher, nor does what a class, a module or a frame names. */
	uint32_t parent = j->h->link[holder].parent;
	uint32_t node = j->f->l->node[p->generations - 1][holder];
	if (leaks)
		return true;
	if (parent == GRAPH_NONE ||
		(snapshot_traits(j->last, node) &
			(TRAIT_CLASS | TRAIT_MODULE | TRAIT_FRAME)) != 0) {
		places_drop_crowds(p, mine);
		return true;
	}
	assert(j->h->link[parent].level + 1 == j->h->link[holder].level);
	judge_wait(j, o, parent);
	/* What is below the holder and what is below its parent become one: the smaller
	 * goes to the larger, so that a long chain of holders takes no time for each of
	 * them. */
	uint32_t its = o->below[parent];
	if (its != PLACE_NONE && p->place[mine].crowds <= p->place[its].crowds)
		return judge_add_place(j, mine, its) || error_nomem(err);
	p->place[mine].holder = parent;
	o->below[parent] = mine;
	return its == PLACE_NONE || judge_add_place(j, its, mine) || error_nomem(err);
}

static bool judge_places(struct judge *j, struct error *err)
{
	const struct places *p = &j->f->places;
	uint32_t permanents = j->f->l->permanents;
	struct judge_room r = { 0 };
	struct judge_order o = {
		.first = array_new(permanents, sizeof *o.first),
		.next = array_new(p->places, sizeof *o.next),
		.level = array_new(j->h->levels, sizeof *o.level),
		.behind = array_new(permanents, sizeof *o.behind),
		.below = array_new(permanents, sizeof *o.below),
		.waits = bits_new(permanents),
	};
	bool ok = (judge_room_init(&r, p->generations) && o.first != NULL &&
			  o.next != NULL && o.level != NULL && o.behind != NULL &&
			  o.below != NULL && o.waits != NULL) ||
		  error_nomem(err);
	/* Each holder with places waits at its level. */
	for (uint32_t g = 0; ok && g < permanents; g++)
		o.first[g] = o.below[g] = PLACE_NONE;
	for (uint32_t i = 0; ok && i < j->h->levels; i++)
		o.level[i] = GRAPH_NONE;
	for (uint32_t i = ok ? p->places : 0; i-- > 0;) {
		uint32_t holder = p->place[i].holder;
		if (!HOLDER_IS_OBJECT(holder) || j->into[i] != i)
			continue;
		o.next[i] = o.first[holder];
		o.first[holder] = i;
		judge_wait(j, &o, holder);
	}
	for (uint32_t level = j->h->levels; ok && level-- > 0;)
		for (uint32_t g = o.level[level]; ok && g != GRAPH_NONE; g = o.behind[g])
			ok = judge_holder(j, &o, &r, g, err);
	for (uint32_t i = 0; ok && i < j->own_places; i++) {
		bool leaks;
		if (!HOLDER_IS_OBJECT(p->place[i].holder) && j->into[i] == i)
			ok = judge_place(j, &r, i, &leaks, err);
	}
	free(o.first);
	free(o.next);
	free(o.level);
	free(o.behind);
	free(o.below);
	free(o.waits);
	judge_room_fini(&r);
	return ok;
}

/* --- what was there all the time ---------------------------------------------------- */

/* The findings of one holder, and those of the nearest holder above that has some. */
struct judge_group {
	uint32_t first, above; /* a finding, a group; GRAPH_NONE */
};

/* Are objects of this type what the finding counts? */
static bool judge_counts(const struct finding *x, uint32_t type)
{
	return x->type == type && x->kind != LEAK_SIZE && x->kind != LEAK_REFERENCES;
}

/* Adds an object which is there in all generations to the series of the finding of its
 * type that is nearest above it; without one to finding `held`, unless it is GRAPH_NONE.
 */
static void judge_add_permanent(struct findings *f, const struct judge_group *group,
	const uint32_t *next, uint32_t at, uint32_t type, uint32_t held)
{
	uint32_t found = GRAPH_NONE;
	for (; at != GRAPH_NONE && found == GRAPH_NONE; at = group[at].above)
		for (uint32_t i = group[at].first; i != GRAPH_NONE && found == GRAPH_NONE;
			i = next[i])
			if (judge_counts(&f->item[i], type))
				found = i;
	if (found == GRAPH_NONE)
		found = held;
	for (size_t k = 0; found != GRAPH_NONE && k < f->generations; k++)
		f->item[found].series[k]++;
}

/* Of each object which is there in all generations, the finding that counts its type and
 * whose holder has it as an item, by whatever way it has its name: a timer is the first
 * of the engine's own list, too. */
static void judge_find_held(const struct judge *j, uint32_t *held)
{
	const struct snapshot *s = j->last;
	const struct lineage *l = j->f->l;
	const size_t last = l->generations - 1;
	for (uint32_t g = 0; g < l->permanents; g++)
		held[g] = GRAPH_NONE;
	for (uint32_t i = 0; i < j->findings->count; i++) {
		const struct finding *x = &j->findings->item[i];
		if (!HOLDER_IS_OBJECT(x->holder))
			continue;
		uint32_t node = l->node[last][x->holder];
		if ((snapshot_traits(s, node) & TRAIT_WEAK) != 0)
			continue;
		for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++) {
			uint32_t g = l->permanent[last][s->child[e]];
			const char *label =
				s->words->labels.text[s->label[e] & ~LABEL_KEY];
			bool item = label[0] == '\0' || strchr(".<@", label[0]) == NULL;
			if (item && g != GRAPH_NONE && held[g] == GRAPH_NONE &&
				judge_counts(x, s->shape[s->child[e]]))
				held[g] = i;
		}
	}
}

/* The group that the permanent `g` hangs on.  The head of a chain comes and goes;
 * the rest still hangs on the holder of the head. */
static uint32_t judge_above(
	struct judge *j, uint32_t g, const uint32_t *of, const uint32_t *holder_of)
{
	const uint32_t *node = j->f->l->node[j->findings->generations - 1];
	bool named = j->h->link[g].anchor == g && j->anchor[g] != g;
	uint32_t parent = named ? j->anchor[g] : j->h->link[g].parent;
	if (parent != GRAPH_NONE)
		return of[parent];
	uint32_t before = j->h->way[node[g]].before;
	if (before == GRAPH_NONE || j->f->place[before] == PLACE_NONE)
		return GRAPH_NONE;
	uint32_t holder = holder_of[judge_find_place(j, j->f->place[before])];
	return HOLDER_IS_OBJECT(holder) ? of[holder] : GRAPH_NONE;
}

/* Asks for what the permanents behind order[n] need.  Inlined, because GCC 12 drops calls
 * of a function that only prefetches. */
static inline __attribute__((always_inline)) void judge_prefetch(
	const struct judge *j, uint32_t n, const uint32_t *of, const uint32_t *held)
{
	enum { AHEAD = 16 };
	const uint32_t *node = j->f->l->node[j->findings->generations - 1];
	if (2 * AHEAD < j->h->ordered - n) {
		uint32_t g = j->h->order[n + 2 * AHEAD];
		__builtin_prefetch(&node[g]);
		__builtin_prefetch(&j->h->link[g]);
		__builtin_prefetch(&of[g], 1);
		__builtin_prefetch(&held[g]);
		__builtin_prefetch(&j->anchor[g]);
	}
	if (AHEAD < j->h->ordered - n) {
		uint32_t g = j->h->order[n + AHEAD];
		uint32_t parent = j->h->link[g].parent;
		__builtin_prefetch(&j->last->shape[node[g]]);
		if (parent != GRAPH_NONE)
			__builtin_prefetch(&of[parent]);
	}
}

/* The uppermost holder of what the finding counts.  What a container holds its parts
 * hold, and of a chain that goes on behind its last permanent all of it counts. */
static uint32_t judge_find_whole(const struct judge *j, const struct finding *x)
{
	const uint32_t *node = j->f->l->node[j->findings->generations - 1];
	const uint32_t *shape = j->last->shape;
	bool cpython = j->last->words->types.runtime == &runtime_cpython;
	uint32_t holder = x->holder;
	assert(HOLDER_IS_OBJECT(holder));
	for (uint32_t up; (up = j->h->link[holder].parent) != GRAPH_NONE; holder = up) {
		/* Objects of two classes may take turns. */
		uint32_t above = j->h->link[up].parent;
		bool turns = shape[node[up]] == x->type ||
			     (above != GRAPH_NONE &&
				     shape[node[above]] == shape[node[holder]]);
		bool linked =
			shape[node[up]] == shape[node[holder]] || (!cpython && turns);
		if ((snapshot_traits(j->last, node[holder]) & TRAIT_PART) == 0 &&
			(x->kind != LEAK_CHAIN || !linked))
			break;
	}
	return holder;
}

/* A crowd counts what passes; people count all that is there. */
static bool judge_add_permanents(struct judge *j)
{
	struct findings *f = j->findings;
	uint32_t permanents = j->f->l->permanents, groups = 0;
	const uint32_t *node = j->f->l->node[f->generations - 1];
	uint32_t *of = array_new(permanents, sizeof *of);
	uint32_t *next = array_new(f->count, sizeof *next);
	struct judge_group *group = array_new(f->count, sizeof *group);
	/* Of each place the holder of the finding there. */
	uint32_t *holder_of = array_new(j->f->places.places, sizeof *holder_of);
	uint32_t *held = array_new(permanents, sizeof *held);
	bool ok = of != NULL && next != NULL && group != NULL && holder_of != NULL &&
		  held != NULL;
	if (ok)
		judge_find_held(j, held);
	for (uint32_t i = 0; ok && i < j->f->places.places; i++)
		holder_of[i] = HOLDER_GARBAGE;
	for (uint32_t g = 0; ok && g < permanents; g++)
		of[g] = GRAPH_NONE;
	for (uint32_t i = 0; ok && i < f->count; i++) {
		struct finding *x = &f->item[i];
		if (!HOLDER_IS_OBJECT(x->holder))
			continue;
		uint32_t holder = judge_find_whole(j, x);
		if (x->kind == LEAK_CHAIN && j->last->shape[node[holder]] == x->type)
			for (size_t k = 0; k < f->generations; k++)
				x->series[k]++;
		if (f->item[i].place != PLACE_NONE)
			holder_of[judge_find_place(j, f->item[i].place)] = holder;
		if (of[holder] == GRAPH_NONE) {
			group[groups] = (struct judge_group){ GRAPH_NONE, GRAPH_NONE };
			of[holder] = groups++;
		}
		next[i] = group[of[holder]].first;
		group[of[holder]].first = i;
	}
	for (uint32_t n = 0; ok && groups > 0 && n < j->h->ordered; n++) {
		uint32_t g = j->h->order[n];
		judge_prefetch(j, n, of, held);
		uint32_t above = judge_above(j, g, of, holder_of);
		/* The head of a chain may hang below what it holds itself: no circle. */
		uint32_t up = above;
		while (up != GRAPH_NONE && up != of[g])
			up = group[up].above;
		if (of[g] == GRAPH_NONE)
			of[g] = above;
		else if (up == GRAPH_NONE)
			group[of[g]].above = above;
		judge_add_permanent(
			f, group, next, above, j->last->shape[node[g]], held[g]);
	}
	free(of);
	free(next);
	free(group);
	free(holder_of);
	free(held);
	return ok;
}

bool judge_all(struct judge *j, struct error *err)
{
	struct forest *f = j->f;
	struct places *p = &f->places;
	j->own_places = p->places;
	j->joined = bits_new(j->own_places);
	j->referred = array_new_zeroed(j->last->words->types.count, sizeof *j->referred);
	if (j->joined == NULL || j->referred == NULL || !judge_find_anchors(j) ||
		!judge_note_places(j, 0))
		return error_nomem(err);
	for (uint32_t c = 0; c < p->crowds; c++) {
		const uint32_t *refs = crowd_count(p, c, CROWD_REFS);
		assert(p->crowd[c].type < j->last->words->types.count);
		j->referred[p->crowd[c].type] +=
			(int64_t)refs[p->generations - 1] - refs[0];
	}
	/* A list that is linked both ways has two ends, a tree many, and a queue a name
	 * for its last link: places whose objects of one class refer to each other are
	 * one. */
	for (size_t i = 0; i < f->touches; i++) {
		uint32_t a = (uint32_t)(f->touch[i] >> 32), b = (uint32_t)f->touch[i];
		assert(a < p->crowds && b < p->crowds);
		bool deep_a = judge_is_deep(p, a), deep_b = judge_is_deep(p, b);
		if (!(deep_a && (deep_b || judge_is_lone(p, b))) &&
			!(deep_b && judge_is_lone(p, a)))
			continue;
		uint32_t x = judge_find_place(j, p->crowd[a].place),
			 y = judge_find_place(j, p->crowd[b].place);
		if (x == y)
			continue;
		if (!judge_add_place(j, x < y ? y : x, x < y ? x : y))
			return error_nomem(err);
		bits_put(j->joined, x < y ? y : x);
	}
	if (!judge_places(j, err) || !judge_sizes(j, err) || !judge_join_siblings(j, err))
		return false;
	findings_sort(j->findings, &j->last->words->types);
	findings_drop_echoes(j->findings, &j->last->words->types);
	return judge_add_permanents(j) || error_nomem(err);
}
