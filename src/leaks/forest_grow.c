/* SPDX-License-Identifier: MIT */
#include "leaks/forest_grow.h"

#include "base/array.h"
#include "base/saturate.h"
#include "base/sort.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The weight of a place's claim to an object: the highest gets it; a root has 0. */
enum {
	WEIGHT_STRONG = 1 << 29, /* not a weak reference */
	WEIGHT_VALUE = 1 << 28,  /* not the key of a dict */
	WEIGHT_MOST = WEIGHT_VALUE - 1
};

/* A passing object that the holder refers to, from one of its places. */
struct grower_claim {
	uint32_t node, place;
	bool key;
};

struct grower {
	struct forest *f;
	const struct snapshot *s;
	size_t k;
	bool told; /* what no root leads to waits for the collector: it does not count */
	/* The nodes that may be in a place: passing ones, and these are few, so that the
	 * others are not walked over.  `node` has them ascending; those that are left out
	 * meanwhile are dropped from the bits. */
	uint64_t *counted; /* bits */
	uint32_t *node;
	size_t nodes;
	uint32_t *place;         /* of each node */
	uint32_t *weight;        /* of each of `node` that a place claims */
	uint32_t *depth, *above; /* of each of `node`: references from its unit, the one
				    that led there; GRAPH_NONE */
	uint32_t *fan;           /* of each place: passing objects it refers to */
	uint32_t fan_count;
	size_t fan_cap;
	struct grower_claim *claim; /* of one holder */
	size_t claims, claim_cap;
	uint32_t others, keys; /* its places of these labels; PLACE_NONE: not yet */
	uint64_t *key; /* bits: nodes that the entry of a mapping led to as its key */
	uint32_t *standing; /* of each label: the holder that has it for good, + 1 */
	uint32_t *entry;    /* of each label: the holder where imports put it, + 1 */
	uint32_t *queue;    /* nodes, breadth first */
};

/* --- what permanents refer to ------------------------------------------------------- */

/* The place of a reference of a holder, whose standing labels were looked up. */
static uint32_t grower_place(struct grower *g, uint32_t h, uint32_t e)
{
	uint32_t label = g->s->label[e], *known = NULL;
	if ((label & LABEL_KEY) != 0) {
		label = PLACE_KEYS;
		known = &g->keys;
	} else if (g->standing[label] != h + 1 ||
		   snapshot_is_link(g->s, g->s->child[e])) {
		label = PLACE_OTHERS;
		known = &g->others;
	}
	if (known != NULL && *known != PLACE_NONE)
		return *known;
	uint32_t place = places_put(&g->f->places, g->f->holder[h], label);
	if (known != NULL)
		*known = place;
	return place;
}

/* Finds the labels that the holder has in all generations, and those of entries that
 * imports put there. */
static void grower_look(struct grower *g, uint32_t h, uint32_t node)
{
	const struct forest *f = g->f;
	const struct snapshot *s = g->s;
	for (uint32_t i = f->start[h]; i < f->end[h]; i++)
		g->standing[f->label[i]] = h + 1;
	for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++)
		if ((s->label[e] & LABEL_KEY) == 0 &&
			bits_has(f->brought[g->k], s->child[e]))
			g->entry[s->label[e]] = h + 1;
	g->others = g->keys = PLACE_NONE;
	g->claims = 0;
}

/* Did an import put this reference there? */
static bool grower_is_brought(const struct grower *g, uint32_t h, uint32_t e)
{
	uint32_t label = g->s->label[e];
	return bits_has(g->f->brought[g->k], g->s->child[e]) ||
	       ((label & LABEL_KEY) != 0 && g->entry[label & ~LABEL_KEY] == h + 1);
}

/* Counts the references of one holder, and lists what it claims. */
static bool grower_count_refs(struct grower *g, uint32_t h, uint32_t node)
{
	const struct snapshot *s = g->s;
	bool table = forest_is_table(s, node);
	grower_look(g, h, node);
	for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++) {
		uint32_t c = s->child[e];
		bool passing = bits_has(g->f->l->passing[g->k], c);
		if (grower_is_brought(g, h, e))
			continue;
		if (table) {
			if (passing)
				bits_drop(g->counted, c);
			continue;
		}
		uint32_t place = grower_place(g, h, e);
		if (place == PLACE_NONE)
			return false;
		uint32_t crowd = places_put_crowd(&g->f->places, place, s->shape[c]);
		if (crowd == PLACE_NONE)
			return false;
		crowd_count(&g->f->places, crowd, CROWD_REFS)[g->k]++;
		place_refs(&g->f->places, place)[g->k]++;
		if (!passing) {
			place_permanent_refs(&g->f->places, place)[g->k]++;
			continue;
		}
		if (s->label[e] == LABEL_CLASS)
			continue;
		if (!array_reserve(
			    &g->fan, &g->fan_cap, (size_t)place + 1, sizeof *g->fan) ||
			!array_reserve(&g->claim, &g->claim_cap, g->claims + 1,
				sizeof *g->claim))
			return false;
		while (g->fan_count <= place)
			g->fan[g->fan_count++] = 0;
		assert(g->fan != NULL && place < g->fan_count);
		g->fan[place] += g->fan[place] < WEIGHT_MOST;
		g->claim[g->claims++] =
			(struct grower_claim){ c, place, (s->label[e] & LABEL_KEY) != 0 };
	}
	return true;
}

/* Gives the holder what nothing before it wants more; all its references are counted. */
static void grower_take(struct grower *g, uint32_t node)
{
	bool weak = (snapshot_traits(g->s, node) & TRAIT_WEAK) != 0;
	for (size_t i = 0; i < g->claims; i++) {
		const struct grower_claim *x = &g->claim[i];
		uint32_t weight = (weak ? 0 : WEIGHT_STRONG) |
				  (x->key ? 0 : WEIGHT_VALUE) | g->fan[x->place];
		if (weight > g->weight[x->node]) {
			g->weight[x->node] = weight;
			g->place[x->node] = x->place;
		}
	}
}

/* Asks for what the holders behind `h` need: their references, and what these lead to.
 * Inlined, because GCC 12 drops calls of a function that only prefetches. */
static inline __attribute__((always_inline)) void grower_prefetch(
	const struct grower *g, uint32_t h)
{
	enum { AHEAD = 4, MOST = 12 }; /* holders; references of one */
	const struct snapshot *s = g->s;
	const uint32_t *node = g->f->l->node[g->k], *holder = g->f->holder;
	if (h + 3 * AHEAD < g->f->holders)
		__builtin_prefetch(&s->start[node[holder[h + 3 * AHEAD]]]);
	if (h + 2 * AHEAD < g->f->holders) {
		uint32_t from = s->start[node[holder[h + 2 * AHEAD]]];
		__builtin_prefetch(&s->child[from]);
		__builtin_prefetch(&s->label[from]);
	}
	if (h + AHEAD < g->f->holders) {
		uint32_t near = node[holder[h + AHEAD]], from = s->start[near];
		for (uint32_t e = from; e < s->start[near + 1] && e - from < MOST; e++)
			__builtin_prefetch(&s->shape[s->child[e]]);
	}
}

/* --- roots -------------------------------------------------------------------------- */

/* A constant of some code: a value, or a tuple of values, that nothing refers to in the
 * dump, for code of C does. */
static bool grower_is_constant(const struct grower *g, uint32_t i)
{
	const struct snapshot *s = g->s;
	unsigned traits = snapshot_traits(s, i);
	if (bits_has(s->referred, i) || (traits & (TRAIT_VALUED | TRAIT_FROZEN)) == 0)
		return false;
	for (uint32_t e = s->start[i]; e < s->start[i + 1]; e++)
		if ((snapshot_traits(s, s->child[e]) & TRAIT_VALUED) == 0)
			return false;
	return true;
}

/* Passing objects that nothing permanent refers to, but the interpreter holds, or nothing
 * at all. */
static bool grower_ask_roots(struct grower *g)
{
	const struct snapshot *s = g->s;
	for (size_t n = 0; n < g->nodes; n++) {
		uint32_t i = g->node[n];
		bool referred = bits_has(s->referred, i);
		if (!bits_has(g->counted, i) || g->place[i] != PLACE_NONE ||
			(s->root[i] == SNAPSHOT_NO_ROOT && (referred || g->told)))
			continue;
		if (s->root[i] == SNAPSHOT_ROOT_INTERNED || grower_is_constant(g, i) ||
			forest_is_table(s, i)) {
			/* It is left out, with the passing objects that it leads to. */
			uint32_t count = 0;
			bits_drop(g->counted, i);
			g->queue[count++] = i;
			for (uint32_t at = 0; at < count; at++) {
				uint32_t node = g->queue[at];
				for (uint32_t e = s->start[node]; e < s->start[node + 1];
					e++) {
					uint32_t c = s->child[e];
					if (!bits_has(g->counted, c))
						continue;
					assert(count < g->nodes);
					bits_drop(g->counted, c);
					g->queue[count++] = c;
				}
			}
			continue;
		}
		g->place[i] = places_put(&g->f->places, HOLDER_ROOTS, s->root[i]);
		if (g->place[i] == PLACE_NONE)
			return false;
	}
	return true;
}

/* --- the walk ----------------------------------------------------------------------- */

/* Gives every node that passing objects lead to the place of the first: breadth first
 * from those that have one, which are asked in the order of how much they are wanted, and
 * roots last. */
static bool grower_walk(struct grower *g)
{
	const struct snapshot *s = g->s;
	uint32_t n = 0, waiting = 0;
	for (size_t k = 0; k < g->nodes; k++) {
		uint32_t i = g->node[k];
		if (!bits_has(g->counted, i))
			g->place[i] = PLACE_NONE;
		n += g->place[i] != PLACE_NONE;
	}
	uint64_t *item = array_new(n, sizeof *item);
	uint64_t *room = array_new(n, sizeof *room);
	if (item == NULL || room == NULL) {
		free(item);
		free(room);
		return false;
	}
	for (size_t k = 0; k < g->nodes; k++) {
		uint32_t i = g->node[k];
		if (g->place[i] != PLACE_NONE)
			item[waiting++] = (uint64_t)(UINT32_MAX - g->weight[i]) << 32 | i;
	}
	assert(waiting == n);
	const uint64_t *sorted = sort_bits(item, room, n, 32, 32, 1);
	for (uint32_t i = 0; i < n; i++)
		g->queue[i] = (uint32_t)sorted[i];
	free(item);
	free(room);
	for (uint32_t at = 0; at < waiting; at++) {
		uint32_t i = g->queue[at];
		bool part = (snapshot_traits(s, i) & TRAIT_PART) != 0;
		for (uint32_t e = s->start[i]; e < s->start[i + 1]; e++) {
			uint32_t c = s->child[e];
			if (!bits_has(g->counted, c) || g->place[c] != PLACE_NONE)
				continue;
			assert(waiting < g->nodes);
			if (part &&
				strcmp(s->words->labels.text[s->label[e] & ~LABEL_KEY],
					".key") == 0)
				bits_put(g->key, c);
			g->place[c] = g->place[i];
			g->depth[c] = g->depth[i] + 1;
			g->above[c] = i;
			g->queue[waiting++] = c;
		}
	}
	/* What is left is garbage. */
	for (size_t k = 0; k < g->nodes; k++) {
		uint32_t i = g->node[k];
		if (g->place[i] != PLACE_NONE || !bits_has(g->counted, i))
			continue;
		if (g->told) {
			bits_drop(g->counted, i);
			continue;
		}
		g->place[i] = places_put(&g->f->places, HOLDER_GARBAGE, LABEL_NONE);
		if (g->place[i] == PLACE_NONE)
			return false;
	}
	return true;
}

/* --- counting ----------------------------------------------------------------------- */

static bool grower_count(struct grower *g)
{
	struct places *p = &g->f->places;
	for (uint32_t c = 0; c < p->crowds; c++)
		p->crowd[c].keys = 0;
	const struct lineage *l = g->f->l;
	enum { NESTED_STEPS = 6 };
	for (size_t n = 0; n < g->nodes; n++) {
		uint32_t i = g->node[n];
		if (g->place[i] == PLACE_NONE)
			continue;
		assert(g->place[i] < p->places && bits_has(g->counted, i));
		assert((g->depth[i] == 0) == (g->above[i] == GRAPH_NONE));
		uint32_t crowd = places_put_crowd(p, g->place[i], g->s->shape[i]);
		if (crowd == PLACE_NONE)
			return false;
		bool unit = g->depth[i] == 0, stays = bits_has(l->stays[g->k], i);
		bool came = g->k > 0 && !bits_has(l->known[g->k], i);
		/* Is one of its own type close above it? */
		bool nested = false;
		uint32_t above = g->above[i];
		for (int step = 0; step < NESTED_STEPS && above != GRAPH_NONE && !nested;
			step++, above = g->above[above])
			nested = g->s->shape[above] == g->s->shape[i];
		const bool counts[CROWD_FIELDS] = { [CROWD_OBJECTS] = true,
			[CROWD_UNITS] = unit,
			[CROWD_STAY] = stays,
			[CROWD_CAME] = came,
			[CROWD_UNITS_STAY] = unit && stays,
			[CROWD_UNITS_CAME] = unit && came,
			[CROWD_NESTED] = nested };
		for (int field = 0; field < CROWD_FIELDS; field++)
			crowd_count(p, crowd, (enum crowd_field)field)[g->k] +=
				counts[field];
		int64_t *bytes = &crowd_bytes(p, crowd)[g->k];
		*bytes = saturate_add(*bytes, g->s->size[i]);
		p->crowd[crowd].keys += bits_has(g->key, i);
		if (g->depth[i] < p->crowd[crowd].depth)
			p->crowd[crowd].depth = g->depth[i];
	}
	return true;
}

/* Notes which crowds of one type refer to each other, directly or through a container
 * that the object has, as a vertex does through its list of neighbours. */
static bool grower_find_touches(struct grower *g)
{
	struct forest *f = g->f;
	const struct snapshot *s = g->s;
	for (size_t n = 0; n < g->nodes; n++) {
		uint32_t i = g->node[n];
		uint64_t last = 0;
		/* The variables of a closure are in a scope inside of another. */
		bool links = g->place[i] != PLACE_NONE &&
			     (snapshot_traits(s, i) & TRAIT_SCOPE) == 0;
		for (uint32_t e = s->start[i]; links && e < s->start[i + 1]; e++) {
			uint32_t c = s->child[e], above = g->above[i];
			/* All that is counted has a place by now. */
			if (!bits_has(g->counted, c) || g->place[c] == g->place[i] ||
				(snapshot_traits(s, c) & TRAIT_SCOPE) != 0 ||
				(s->shape[c] != s->shape[i] &&
					(above == GRAPH_NONE ||
						s->shape[c] != s->shape[above])))
				continue;
			uint32_t a =
				places_put_crowd(&f->places, g->place[i], s->shape[c]);
			uint32_t b =
				places_put_crowd(&f->places, g->place[c], s->shape[c]);
			uint64_t pair =
				a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
			if (pair == last)
				continue;
			last = pair;
			if (!array_reserve(&f->touch, &f->touch_cap, f->touches + 1,
				    sizeof *f->touch))
				return false;
			f->touch[f->touches++] = pair;
		}
	}
	return true;
}

/* Lists the nodes that may be in a place. */
static bool grower_list(struct grower *g)
{
	const struct snapshot *s = g->s;
	const uint64_t *passing = g->f->l->passing[g->k], *brought = g->f->brought[g->k];
	g->counted = bits_new(s->nodes);
	if (g->counted == NULL)
		return false;
	for (size_t w = 0; w <= s->nodes / 64; w++)
		g->counted[w] = passing[w] & ~s->merged[w] & ~brought[w];
	g->node = array_new(bits_count(g->counted, s->nodes), sizeof *g->node);
	for (uint32_t i = 0; g->node != NULL && i < s->nodes; i++)
		if (bits_has(g->counted, i))
			g->node[g->nodes++] = i;
	return g->node != NULL;
}

bool forest_grow(struct forest *f, const struct snapshot *s, size_t k, struct error *err)
{
	struct grower g = {
		.f = f,
		.s = s,
		.k = k,
		.told = s->marked && s->words->types.runtime->tells_roots,
	};
	size_t n = s->nodes, labels = s->words->labels.count;
	free(f->place);
	bool ok = grower_list(&g);
	g.place = f->place = array_new(n, sizeof *g.place);
	g.weight = array_new(n, sizeof *g.weight);
	g.depth = array_new(n, sizeof *g.depth);
	g.above = array_new(n, sizeof *g.above);
	g.key = bits_new(n);
	g.standing = array_new_zeroed(labels, sizeof *g.standing);
	g.entry = array_new_zeroed(labels, sizeof *g.entry);
	g.queue = array_new(g.nodes, sizeof *g.queue);
	ok = ok && g.place != NULL && g.weight != NULL && g.depth != NULL &&
	     g.above != NULL && g.key != NULL && g.standing != NULL && g.entry != NULL &&
	     g.queue != NULL;
	for (uint32_t i = 0; ok && i < n; i++)
		g.place[i] = PLACE_NONE;
	for (size_t i = 0; ok && i < g.nodes; i++) {
		g.weight[g.node[i]] = g.depth[g.node[i]] = 0;
		g.above[g.node[i]] = GRAPH_NONE;
	}
	for (uint32_t h = 0; ok && h < f->holders; h++) {
		uint32_t node = f->l->node[k][f->holder[h]];
		grower_prefetch(&g, h);
		ok = grower_count_refs(&g, h, node);
		if (ok)
			grower_take(&g, node);
	}
	ok = ok && grower_ask_roots(&g) && grower_walk(&g) && grower_count(&g) &&
	     grower_find_touches(&g);
	free(g.counted);
	free(g.node);
	free(g.weight);
	free(g.depth);
	free(g.above);
	free(g.fan);
	free(g.claim);
	free(g.key);
	free(g.standing);
	free(g.entry);
	free(g.queue);
	return ok || error_nomem(err);
}
