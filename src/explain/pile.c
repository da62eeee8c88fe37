/* SPDX-License-Identifier: MIT */
#include "explain/pile.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "explain/pile_ownerless.h"
#include "explain/pile_search.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	PILE_CHAIN_LOOK = 24, /* steps in which a chain must show itself */
	PILE_CHAIN_GAP = 4,   /* steps from one link to the next */
	PILE_CHAIN_RUN = 8,   /* links of a chain of built-in containers */
	PILE_FEW = 3,         /* large objects that are as suspect as many small ones */
	PILE_NEAR = 4,        /* steps from an owner to piles that are one */
	PILE_PART = 5, /* at most so many built-in objects to one that names them */
};

void piles_fini(struct piles *p)
{
	free(p->pile);
	*p = (struct piles){ 0 };
}

/* --- chains --------------------------------------------------------------------------
 */

/* Where the heaviest path from a rank goes through one type again and again: its first
 * link; GRAPH_NONE when it does not. */
static uint32_t pile_first_link(const struct pile_search *s, uint32_t rank)
{
	const struct cover *c = &s->cover;
	uint32_t path[PILE_CHAIN_LOOK];
	size_t n = 0;
	while (n < PILE_CHAIN_LOOK) {
		/* The child that has most of the bytes below the rank. */
		uint32_t heavy = c->first[rank], end = c->first[rank + 1];
		while (heavy < end && c->bytes[heavy] < c->bytes[rank] / 2)
			heavy++;
		if (heavy == end)
			break;
		path[n++] = rank = heavy;
	}
	for (size_t first = 0; first < n && first <= PILE_CHAIN_GAP; first++) {
		uint32_t type = pile_type_of(s, path[first]);
		bool plain = s->kind[type] == KIND_OBJECT;
		size_t links = 1, last = first;
		for (size_t i = first + 1; i < n && i - last <= PILE_CHAIN_GAP; i++)
			if (pile_type_of(s, path[i]) == type &&
				(plain || i - last == 1)) {
				links++;
				last = i;
			}
		if (links >= (plain ? PILE_FEW : PILE_CHAIN_RUN))
			return path[first];
	}
	return GRAPH_NONE;
}

static bool pile_find_chains(struct pile_search *s, struct error *err)
{
	const struct cover *c = &s->cover;
	for (uint32_t rank = 0; rank < c->reached; rank++) {
		if (c->bytes[rank] < s->q->bytes || bits_has(s->done, rank))
			continue;
		uint32_t first = pile_first_link(s, rank);
		if (first == GRAPH_NONE || bits_has(s->done, first) ||
			pile_left(s, first) < s->q->bytes)
			continue;
		/* All below the first link: how many objects of its type are links. */
		uint32_t type = pile_type_of(s, first), links = 0;
		size_t count = 0;
		s->queue[count] = first;
		s->depth[count++] = 0;
		for (size_t k = 0; k < count; k++) {
			uint32_t at = s->queue[k], depth = s->depth[k];
			bool link =
				pile_type_of(s, at) == type && depth <= PILE_CHAIN_GAP;
			links += link;
			depth = link ? 1 : depth + (depth <= PILE_CHAIN_GAP);
			for (uint32_t i = c->first[at]; i < c->first[at + 1]; i++) {
				s->queue[count] = i;
				s->depth[count++] = (uint8_t)depth;
			}
		}
		assert(count <= c->reached);
		if (links < s->q->least)
			continue;
		for (size_t k = 0; k < count; k++)
			bits_put(s->done, s->queue[k]);
		struct pile pile = { .kind = PILE_CHAIN,
			.owner = c->node[c->up[first]],
			.sample = c->node[first],
			.objects = links,
			.units = 1,
			.unit = c->node[first],
			.kinds = 1,
			.bytes = c->bytes[first] };
		/* One of built-in containers is about what hangs on it. */
		if (s->kind[type] != KIND_OBJECT) {
			pile_note_below(s, first);
			uint32_t inside = pile_telling(s, links / PILE_PART);
			if (inside != GRAPH_NONE &&
				s->type[inside].count >= s->q->least) {
				pile.sample = s->type[inside].sample;
				pile.objects = s->type[inside].count;
			}
			pile_forget(s);
		}
		pile_claim(s, first, pile.bytes);
		if (!pile_push(s, pile, err))
			return false;
	}
	return true;
}

/* --- many ----------------------------------------------------------------------------
 */

/* What an object itself holds that belongs to no pile yet. */
struct pile_place {
	uint32_t units, kinds;
	uint32_t unit; /* the commonest type */
	int64_t bytes, top;
};

static struct pile_place pile_look(struct pile_search *s, uint32_t rank, bool namespace)
{
	const struct cover *c = &s->cover;
	struct pile_place p = { .unit = GRAPH_NONE };
	for (uint32_t i = c->first[rank]; i < c->first[rank + 1]; i++) {
		int64_t bytes = pile_left(s, i);
		/* Functions and classes are the program where they have their names. */
		enum type_kind kind = pile_kind_of(s, c->node[i]);
		bool program = kind == KIND_FUNCTION || kind == KIND_CODE ||
			       kind == KIND_CLASS || kind == KIND_MODULE ||
			       kind == KIND_BLOCK;
		if (bytes <= 0 || (namespace && program))
			continue;
		pile_note(s, c->node[i], 0, bytes);
		p.units++;
		p.bytes = saturate_add(p.bytes, bytes);
		if (bytes > p.top)
			p.top = bytes;
	}
	p.kinds = (uint32_t)s->used_count;
	p.unit = pile_commonest(s);
	/* A namespace holds this and that: only objects of one type are a pile. */
	if (namespace && p.unit != GRAPH_NONE) {
		p.units = s->type[p.unit].count;
		p.bytes = s->type[p.unit].bytes;
		p.kinds = 1;
	}
	return p;
}

/* Is the pile's owner a few steps below the node? */
static bool pile_is_near(
	const struct pile_search *s, const struct pile *pile, uint32_t node)
{
	uint32_t at = pile->owner;
	for (int steps = 0; steps < PILE_NEAR && at != node; steps++)
		at = name_from(s->t, at);
	return pile->kind == PILE_MANY && at == node && pile->owner != node;
}

/* Piles of one type right below an object, which have most of its bytes, are one pile of
 * this object. */
static bool pile_fold(struct pile_search *s, uint32_t rank)
{
	struct piles *p = s->piles;
	uint32_t node = s->cover.node[rank];
	struct pile sum = { .units = 0 };
	size_t kept = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct pile *pile = &p->pile[i];
		if (!pile_is_near(s, pile, node))
			continue;
		if (sum.units == 0)
			sum = (struct pile){ .kind = PILE_MANY,
				.owner = node,
				.sample = pile->sample,
				.unit = pile->owner,
				.kinds = 1 };
		if (s->o->type[pile->sample] != s->o->type[sum.sample])
			continue;
		sum.units++;
		sum.objects += pile->objects;
		sum.bytes = saturate_add(sum.bytes, pile->bytes);
	}
	if (sum.units < PILE_FEW || sum.bytes < s->cover.bytes[rank] / 2)
		return false;
	for (size_t i = 0; i < p->count; i++) {
		const struct pile pile = p->pile[i];
		if (!pile_is_near(s, &pile, node) ||
			s->o->type[pile.sample] != s->o->type[sum.sample])
			p->pile[kept++] = pile;
	}
	p->count = kept;
	p->pile[p->count++] = sum;
	return true;
}

/* Few units, many objects in them. */
static bool pile_is_spread(struct pile_search *s, uint32_t rank, struct pile *pile)
{
	pile_note_below(s, rank);
	uint32_t type = pile_telling(s, s->q->least);
	if (type == GRAPH_NONE && pile_kind_of(s, s->cover.node[rank]) != KIND_OBJECT)
		type = pile_commonest(s);
	bool many = type != GRAPH_NONE && s->type[type].count >= s->q->least;
	if (many) {
		pile->sample = s->type[type].sample;
		pile->objects = s->type[type].count;
	}
	pile_forget(s);
	return many;
}

/* Few tuples: the pile is about what has most of the bytes in them. */
static void pile_look_inside(struct pile_search *s, uint32_t rank, struct pile *pile)
{
	pile_note_below(s, rank);
	for (size_t i = 0; i < s->used_count; i++) {
		const struct pile_type *t = &s->type[s->used[i]];
		if (t->bytes > pile->bytes / 2) {
			pile->sample = t->sample;
			pile->objects = t->count;
		}
	}
	pile_forget(s);
}

/* Tables, entries and the hash of an object's properties are parts of a container: it is
 * the owner, and the pile is not about them. */
static void pile_leave_parts(const struct pile_search *s, struct pile *pile)
{
	uint32_t owner = pile->owner;
	while (pile_kind_of(s, owner) == KIND_BLOCK && name_from(s->t, owner) != owner)
		owner = name_from(s->t, owner);
	enum type_kind kind = pile_kind_of(s, owner);
	if (kind == KIND_MAPPING || kind == KIND_SEQUENCE || kind == KIND_OBJECT)
		pile->owner = owner;
	if (pile_kind_of(s, pile->unit) == KIND_BLOCK)
		pile->unit = pile->sample;
}

/* The pile that an object is the owner of, when all below it has been looked at. */
static bool pile_look_at(struct pile_search *s, uint32_t rank, struct error *err)
{
	uint32_t node = s->cover.node[rank];
	bool namespace = name_is_namespace(s->t, node);
	enum type_kind kind = pile_kind_of(s, node);
	bool container = kind == KIND_MAPPING || kind == KIND_SEQUENCE;
	if (!namespace && pile_fold(s, rank))
		return true;
	struct pile_place p = pile_look(s, rank, namespace);
	struct pile pile = { .kind = PILE_MANY,
		.owner = node,
		.units = p.units,
		.unit = p.unit == GRAPH_NONE ? node : s->type[p.unit].sample,
		.kinds = p.kinds,
		.bytes = saturate_add(p.bytes, namespace ? 0 : s->o->size[node]) };
	bool even = p.units > 1 && (p.top < p.bytes / 2 || p.units > s->q->least * 2);
	bool enough = even && pile.bytes >= s->q->bytes;
	if (enough && p.units >= s->q->least) {
		/* It is about the units themselves, or about their contents. */
		pile.sample = pile.unit;
		pile.objects = s->type[p.unit].count;
		pile_forget(s);
		uint32_t inside = GRAPH_NONE;
		if (s->kind[p.unit] != KIND_OBJECT) {
			pile_note_below(s, rank);
			uint32_t part = pile.units / PILE_PART;
			inside = pile_telling(s, part > PILE_FEW ? part : PILE_FEW);
		}
		if (inside != GRAPH_NONE) {
			pile.sample = s->type[inside].sample;
			pile.objects = s->type[inside].count;
		}
		pile_forget(s);
	} else if (pile_forget(s), enough && !namespace && kind != KIND_BLOCK &&
					   pile_is_spread(s, rank, &pile)) {
		/* A tree, a table of tables. */
	} else if (even && container && !namespace && p.units >= PILE_FEW &&
		   p.bytes >= s->q->large) {
		pile.sample = pile.unit;
		pile.objects = p.units;
		if (pile_kind_of(s, pile.unit) == KIND_SEQUENCE)
			pile_look_inside(s, rank, &pile);
	} else if (s->o->size[node] >= s->q->large) {
		pile = (struct pile){ .kind = PILE_SINGLE,
			.owner = node,
			.sample = node,
			.unit = node,
			.objects = 1,
			.units = 1,
			.kinds = 1,
			.bytes = s->o->size[node] };
		/* The buffer of an object of C code is that object's. */
		uint32_t from = name_from(s->t, node);
		if (from != node && strchr(objects_type(s->o, from), '.') != NULL &&
			pile_kind_of(s, from) == KIND_WEAK)
			pile.owner = pile.sample = pile.unit = from;
	} else {
		return true;
	}
	bool plain = pile_kind_of(s, pile.sample) != KIND_OBJECT;
	bool unnamed = name_module(s->t, node) == NULL && pile.kind == PILE_MANY;
	bool library = name_owner(s->t, node) == NAME_LIBRARY;
	/* Tables of the interpreter and of its library hold what built-in types hold. */
	if (pile_is_known(s, node) ||
		(plain && (library || unnamed) && pile.bytes < 2 * s->q->large))
		return true;
	pile_claim(s, rank, pile.bytes);
	if (pile.kind == PILE_MANY && s->runtime != &runtime_cpython)
		pile_leave_parts(s, &pile);
	return pile_push(s, pile, err);
}

/* --- all of them ---------------------------------------------------------------------
 */

/* Objects of classes are more often a leak than building blocks, and many than few: a
 * table has few large ones, or one. */
static double pile_weight(const struct pile *p)
{
	return (double)p->bytes * (p->telling ? 3 : p->few ? 1 : 2);
}

static int pile_compare(const void *a, const void *b)
{
	const struct pile *x = a, *y = b;
	double v = pile_weight(x), w = pile_weight(y);
	if (v != w)
		return v > w ? -1 : 1;
	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return (x->sample > y->sample) - (x->sample < y->sample);
}

bool piles_find(struct piles *p, const struct pile_query *q, struct analysis *a,
	struct name_tree *t, struct error *err)
{
	struct pile_search s = {
		.g = a->g, .o = analysis_objects(a, err), .t = t, .q = q, .piles = p
	};
	bool ok =
		s.o != NULL && pile_search_init(&s, a, err) && pile_find_chains(&s, err);
	for (uint32_t rank = s.cover.reached; ok && rank-- > 0;)
		if (saturate_add(pile_left(&s, rank), s.claimed[rank] > 0) >= q->bytes &&
			!bits_has(s.done, rank))
			ok = pile_look_at(&s, rank, err);
	ok = ok && pile_find_roots(&s, a, err) && pile_find_modules(&s, err) &&
	     pile_find_garbage(&s, err);
	assert(!ok || s.used_count == 0);
	/* Two ends of one chain are one pile. */
	size_t kept = 0;
	for (size_t i = 0; ok && i < p->count; i++) {
		const struct pile pile = p->pile[i];
		size_t j = 0;
		while (j < kept &&
			(pile.kind != PILE_CHAIN || p->pile[j].kind != PILE_CHAIN ||
				s.o->type[p->pile[j].sample] != s.o->type[pile.sample]))
			j++;
		if (j == kept) {
			p->pile[kept++] = pile;
			continue;
		}
		p->pile[j].objects += pile.objects;
		p->pile[j].bytes = saturate_add(p->pile[j].bytes, pile.bytes);
	}
	p->count = kept;
	for (size_t i = 0; ok && i < p->count; i++) {
		uint32_t owner = p->pile[i].owner;
		if (owner != GRAPH_NONE && name_is_attributes(t, owner, &owner))
			p->pile[i].owner = owner;
		/* The nearest object with an identity on the way to the owner. */
		uint32_t holder = owner;
		while (holder != GRAPH_NONE) {
			enum type_kind of = pile_kind_of(&s, holder);
			if (of == KIND_OBJECT || of == KIND_CLASS || of == KIND_MODULE ||
				of == KIND_FUNCTION)
				break;
			uint32_t from = name_from(t, holder);
			holder = from == holder ? GRAPH_NONE : from;
		}
		p->pile[i].holder = holder;
		enum type_kind kind = pile_kind_of(&s, p->pile[i].sample);
		p->pile[i].telling =
			kind == KIND_OBJECT || kind == KIND_CLASS || kind == KIND_MODULE;
		p->pile[i].few = p->pile[i].objects < q->least;
	}
	if (ok && p->count > 0)
		qsort(p->pile, p->count, sizeof *p->pile, pile_compare);
	pile_search_fini(&s);
	return ok;
}
