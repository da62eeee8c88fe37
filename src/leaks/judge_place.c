/* SPDX-License-Identifier: MIT */
#include "leaks/judge_place.h"

#include "base/array.h"
#include "base/saturate.h"
#include "leaks/growth.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Fewer units are no crowd, however much they hold. */
enum { UNITS_LEAST = 3 };

bool judge_room_init(struct judge_room *r, size_t generations)
{
	size_t rows = CROWD_FIELDS + 4;
	*r = (struct judge_room){ .memory = array_new(
					  rows * generations, sizeof *r->memory) };
	if (r->memory == NULL)
		return false;
	for (size_t i = 0; i < CROWD_FIELDS; i++)
		r->total[i] = r->memory + i * generations;
	r->bytes = r->memory + CROWD_FIELDS * generations;
	r->one = r->bytes + generations;
	r->stay = r->one + generations;
	r->came = r->stay + generations;
	return true;
}

void judge_room_fini(struct judge_room *r)
{
	free(r->memory);
}

static const int64_t *judge_widen(const uint32_t *from, int64_t *to, size_t n)
{
	for (size_t k = 0; k < n; k++)
		to[k] = from[k];
	return to;
}

static int64_t judge_net(const struct judge *j, uint32_t crowd, enum crowd_field field)
{
	const uint32_t *count = crowd_count(&j->f->places, crowd, field);
	return (int64_t)count[j->f->places.generations - 1] - count[0];
}

static int64_t judge_net_bytes(const struct judge *j, uint32_t crowd)
{
	const int64_t *bytes = crowd_bytes(&j->f->places, crowd);
	return saturate_subtract(bytes[j->f->places.generations - 1], bytes[0]);
}

static bool judge_survives(const struct judge *j, const int64_t *count,
	const int64_t *stay, const int64_t *came)
{
	return !j->f->l->identity ||
	       growth_survives(count, stay, came, j->f->places.generations);
}

/* Do the objects (or the units) of a crowd grow and survive? */
static bool judge_crowd_grows(
	const struct judge *j, struct judge_room *r, uint32_t crowd, bool units)
{
	const struct places *p = &j->f->places;
	size_t n = p->generations;
	const int64_t *count = judge_widen(
		crowd_count(p, crowd, units ? CROWD_UNITS : CROWD_OBJECTS), r->one, n);
	return growth_goes_on(count, n, j->limits->count) &&
	       judge_survives(j, count,
		       judge_widen(crowd_count(p, crowd,
					   units ? CROWD_UNITS_STAY : CROWD_STAY),
			       r->stay, n),
		       judge_widen(crowd_count(p, crowd,
					   units ? CROWD_UNITS_CAME : CROWD_CAME),
			       r->came, n));
}

/* Do the references of the place, by half of `units` at least, grow with them?  They go
 * on by themselves, or, where much else comes and goes, those to the class do. */
static bool judge_references_grow(struct judge *j, struct judge_room *r, uint32_t place,
	uint32_t crowd, int64_t units)
{
	const struct places *p = &j->f->places;
	size_t n = p->generations;
	if (!HOLDER_IS_OBJECT(p->place[place].holder))
		return true;
	const int64_t *refs = judge_widen(place_refs(p, place), r->one, n);
	if (growth_of(refs, n) * 2 < units)
		return false;
	if (growth_goes_on(refs, n, j->limits->count))
		return true;
	if (crowd == PLACE_NONE)
		return false;
	refs = judge_widen(crowd_count(p, crowd, CROWD_REFS), r->one, n);
	return growth_of(refs, n) * 2 >= units &&
	       growth_goes_on(refs, n, j->limits->count);
}

/* Is it enough that so many units more are there? */
static bool judge_is_enough(
	const struct judge *j, const struct judge_room *r, int64_t units)
{
	size_t n = j->f->places.generations;
	int64_t bytes = growth_of(r->bytes, n);
	if (units >= j->limits->count)
		return true;
	return units >= UNITS_LEAST && bytes >= LEAK_SHARE_LEAST &&
	       (double)bytes * 100 >= j->limits->share * (double)j->last->bytes &&
	       growth_goes_on(r->bytes, n, j->limits->count);
}

/* How much the place leaks by its units, 0 when it does not.  `*main` is the class of
 * which most units more are there, PLACE_NONE where they are of many classes, and no one
 * is half. */
static int64_t judge_units(
	struct judge *j, struct judge_room *r, uint32_t place, uint32_t *main)
{
	const struct places *p = &j->f->places;
	size_t n = p->generations;
	int64_t all = growth_of(r->total[CROWD_UNITS], n),
		one = judge_net(j, *main, CROWD_UNITS), most = 0;
	if (one < j->limits->count && one * 2 < all) {
		*main = PLACE_NONE;
		return judge_is_enough(j, r, all) &&
				       judge_references_grow(
					       j, r, place, PLACE_NONE, all) &&
				       growth_goes_on(r->total[CROWD_UNITS], n,
					       j->limits->count) &&
				       judge_survives(j, r->total[CROWD_UNITS],
					       r->total[CROWD_UNITS_STAY],
					       r->total[CROWD_UNITS_CAME])
			       ? all
			       : 0;
	}
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE; c = p->crowd[c].next) {
		int64_t units = judge_net(j, c, CROWD_UNITS);
		bool more =
			units > most || (units == most && units > 0 &&
						p->crowd[c].type < p->crowd[*main].type);
		if (more && judge_is_enough(j, r, units) &&
			judge_references_grow(j, r, place, c, units) &&
			judge_crowd_grows(j, r, c, true)) {
			most = units;
			*main = c;
		}
	}
	return most;
}

/* Few ways in, and each within another: how much the class grows that does most, a class
 * of Python code before the building blocks that it is linked by.  The links may be few
 * and hold the objects that are many, as those of a queue in blocks. */
static int64_t judge_chain(struct judge *j, struct judge_room *r, uint32_t place)
{
	enum { LINKS_LEAST = 3 };
	const struct places *p = &j->f->places;
	const struct terms *types = &j->last->words->types;
	size_t last = p->generations - 1;
	int64_t most[2] = { 0, 0 }; /* of classes, of building blocks */
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE; c = p->crowd[c].next) {
		uint64_t objects = crowd_count(p, c, CROWD_OBJECTS)[last];
		int64_t more = judge_net(j, c, CROWD_OBJECTS);
		bool block = (types->flags[p->crowd[c].type] & TRAIT_BLOCK) != 0;
		/* Where the units are hidden in a table that is replaced, each of them
		 * may hold one more of its class: pairs are no chain. */
		uint64_t nested = crowd_count(p, c, CROWD_NESTED)[last];
		bool linked = types->runtime == &runtime_cpython
				      ? nested * 2 >= objects
				      : nested * 3 > objects * 2;
		if (linked &&
			(uint64_t)crowd_count(p, c, CROWD_UNITS)[last] * 2 < objects &&
			more >= LINKS_LEAST && judge_crowd_grows(j, r, c, false)) {
			/* Of few links what they hold counts. */
			bool few = more < j->limits->count;
			more = few ? 0 : more;
			for (uint32_t d = p->place[place].crowd; few && d != PLACE_NONE;
				d = p->crowd[d].next) {
				int64_t held = judge_net(j, d, CROWD_OBJECTS);
				if (held >= j->limits->count && held > more &&
					judge_crowd_grows(j, r, d, false))
					more = held;
			}
			if (more > most[block])
				most[block] = more;
		}
	}
	return most[0] > 0 ? most[0] : most[1];
}

/* Do at least UNITS_LEAST units more come in each step, and survive? */
static bool judge_batches_come(
	const struct judge *j, struct judge_room *r, uint32_t crowd)
{
	const uint32_t *units = crowd_count(&j->f->places, crowd, CROWD_UNITS);
	for (size_t k = 1; k < j->f->places.generations; k++)
		if (units[k] < units[k - 1] + UNITS_LEAST)
			return false;
	return judge_crowd_grows(j, r, crowd, true);
}

/* Few units that hold many objects, as the batches of an archive: how much the class
 * grows that does most among what they hold.  One or two late ones are no archive. */
static int64_t judge_batches(struct judge *j, struct judge_room *r, uint32_t place)
{
	const struct places *p = &j->f->places;
	const unsigned *flags = j->last->words->types.flags;
	int64_t units = 0, most[2] = { 0, 0 }; /* of classes, of building blocks */
	/* Where many places are added up, the class may hang on other units. */
	if (p->place[place].label == PLACE_BELOW)
		return 0;
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE; c = p->crowd[c].next)
		if ((flags[p->crowd[c].type] & TRAIT_VALUED) == 0 &&
			judge_net(j, c, CROWD_UNITS) > units &&
			judge_batches_come(j, r, c))
			units = judge_net(j, c, CROWD_UNITS);
	if (units == 0 || !judge_references_grow(j, r, place, PLACE_NONE, units))
		return 0;
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE; c = p->crowd[c].next) {
		int64_t more = judge_net(j, c, CROWD_OBJECTS);
		bool block = (flags[p->crowd[c].type] & TRAIT_BLOCK) != 0;
		if (p->crowd[c].depth > 0 && more >= j->limits->count &&
			more > most[block] && judge_crowd_grows(j, r, c, false))
			most[block] = more;
	}
	return most[0] > 0 ? most[0] : most[1];
}

/* What survives though the containers between the holder and it are replaced, as the
 * entries of a table that is made anew when it is full: how much the class grows that
 * does most. */
static int64_t judge_survivors(struct judge *j, struct judge_room *r, uint32_t place)
{
	const struct places *p = &j->f->places;
	const unsigned *flags = j->last->words->types.flags;
	const size_t last = p->generations - 1;
	int64_t most = 0;
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE && j->f->l->identity;
		c = p->crowd[c].next) {
		int64_t more = judge_net(j, c, CROWD_OBJECTS);
		uint32_t units = crowd_count(p, c, CROWD_UNITS)[last];
		if ((flags[p->crowd[c].type] & TRAIT_BLOCK) == 0 &&
			units < crowd_count(p, c, CROWD_OBJECTS)[last] / 2 &&
			more >= j->limits->count && more > most &&
			judge_crowd_grows(j, r, c, false))
			most = more;
	}
	return most;
}

/* What hangs on few units.  Where objects move no one can be followed, and what holds the
 * crowd may have no name: a table of lists, what a thread keeps.  The most that a class
 * grows there, at whatever depth.  Where there is none, and the holder refers to parts of
 * itself, as a list to its array, the most that a building block grows which is not such
 * a part.  What shrinks in the same place is no part of it: the bytes are then those of
 * the class. */
static int64_t judge_deep(struct judge *j, struct judge_room *r, uint32_t place)
{
	const struct places *p = &j->f->places;
	const struct terms *types = &j->last->words->types;
	int64_t most = 0;
	uint32_t best = PLACE_NONE;
	/* A variable without a name, whose value is replaced, holds its crowd likewise.
	 */
	bool root = types->runtime != &runtime_cpython &&
		    p->place[place].holder == HOLDER_ROOTS;
	if (!types->runtime->moves && !root) {
		int64_t batches = judge_batches(j, r, place);
		return batches > 0 ? batches : judge_survivors(j, r, place);
	}
	bool parts = false;
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE; c = p->crowd[c].next)
		parts = parts ||
			(p->crowd[c].depth == 0 &&
				(types->flags[p->crowd[c].type] & TRAIT_PART) != 0);
	for (int blocks = 0; blocks <= (int)parts && best == PLACE_NONE; blocks++)
		for (uint32_t c = p->place[place].crowd; c != PLACE_NONE;
			c = p->crowd[c].next) {
			int64_t more = judge_net(j, c, CROWD_OBJECTS);
			unsigned except = blocks ? TRAIT_PART : TRAIT_BLOCK;
			if ((types->flags[p->crowd[c].type] & except) == 0 &&
				more >= j->limits->count && more > most &&
				judge_crowd_grows(j, r, c, false)) {
				most = more;
				best = c;
			}
		}
	size_t n = p->generations;
	if (best != PLACE_NONE && judge_net_bytes(j, best) > growth_of(r->bytes, n))
		memcpy(r->bytes, crowd_bytes(p, best), n * sizeof *r->bytes);
	return most;
}

/* Are most objects of the crowd keys of mappings? */
static bool judge_is_key(const struct places *p, uint32_t crowd)
{
	return p->crowd[crowd].keys * UINT64_C(2) >
	       crowd_count(p, crowd, CROWD_OBJECTS)[p->generations - 1];
}

/* Is crowd `a` a better name for a leak than `b`? */
static bool judge_names_better(struct judge *j, uint32_t a, uint32_t b)
{
	const struct places *p = &j->f->places;
	const struct crowd *x = &p->crowd[a], *y = &p->crowd[b];
	enum origin of_x = origin_of(j->origins, x->type, NULL),
		    of_y = origin_of(j->origins, y->type, NULL);
	if ((of_x == ORIGIN_BLOCK) != (of_y == ORIGIN_BLOCK))
		return of_y == ORIGIN_BLOCK;
	if ((of_x == ORIGIN_PROGRAM) != (of_y == ORIGIN_PROGRAM))
		return of_x == ORIGIN_PROGRAM;
	/* Of a cache's key and value, both of the program, the value. */
	bool key_x = judge_is_key(p, a), key_y = judge_is_key(p, b);
	if (of_x == of_y && key_x != key_y && x->depth == y->depth)
		return key_y;
	/* In other runtimes than CPython dumps show what containers are made of: a part
	 * names a leak last, and a key after what is kept under it. */
	const struct terms *types = &j->last->words->types;
	unsigned differ = types->flags[x->type] ^ types->flags[y->type];
	if (of_x == ORIGIN_BLOCK && types->runtime != &runtime_cpython) {
		if ((differ & TRAIT_PART) != 0)
			return (types->flags[y->type] & TRAIT_PART) != 0;
		if ((differ & TRAIT_VALUED) != 0 && x->depth == y->depth)
			return (types->flags[y->type] & TRAIT_VALUED) != 0;
	}
	if ((x->depth > 0) != (y->depth > 0))
		return y->depth > 0;
	if (of_x != of_y)
		return of_x < of_y;
	if (x->depth != y->depth)
		return x->depth < y->depth;
	int64_t bytes_x = judge_net_bytes(j, a), bytes_y = judge_net_bytes(j, b);
	if (bytes_x != bytes_y)
		return bytes_x > bytes_y;
	int64_t more_x = judge_net(j, a, CROWD_OBJECTS),
		more_y = judge_net(j, b, CROWD_OBJECTS);
	if (more_x != more_y)
		return more_x > more_y;
	return strcmp(j->last->words->types.text[x->type],
		       j->last->words->types.text[y->type]) < 0;
}

/* How much a place leaks, before the leak has a name. */
struct judge_amount {
	int64_t objects;
	uint32_t main; /* the crowd that grows most */
	bool mixed;    /* of many classes */
};

/* The crowd that names a leak of the place by that amount: of those that grow with it;
 * PLACE_NONE when what there is can only be what imports brought or the engine compiled.
 */
static uint32_t judge_name(struct judge *j, struct judge_room *r, uint32_t place,
	const struct judge_amount *amount)
{
	const struct places *p = &j->f->places;
	/* Where only C code holds it, no name leads there. */
	uint32_t holder = p->place[place].holder;
	bool suspicious = j->f->modules > 0;
	if (suspicious && HOLDER_IS_OBJECT(holder)) {
		uint32_t node = j->f->l->node[p->generations - 1][holder];
		suspicious = j->h->way[node].before == GRAPH_NONE &&
			     j->last->root[node] == SNAPSHOT_NO_ROOT;
	}
	/* Plain objects and the classes of a runtime's library are what programs keep
	 * their own in; a class that only some of them hold is no name for all. */
	const struct terms *types = &j->last->words->types;
	int64_t least = types->runtime == &runtime_cpython || amount->mixed
				? amount->objects / 2 + amount->objects % 2
				: amount->objects - amount->objects / 500;
	uint32_t best = PLACE_NONE;
	for (int pass = 0; pass < 3 && best == PLACE_NONE; pass++)
		for (uint32_t c = p->place[place].crowd; c != PLACE_NONE;
			c = p->crowd[c].next) {
			int64_t more = judge_net(j, c, CROWD_OBJECTS);
			bool fits = pass == 0 ? more >= least &&
							judge_crowd_grows(j, r, c, false)
				    : pass == 1 ? amount->mixed &&
							  judge_net(j, c, CROWD_UNITS) > 0
						: c == amount->main;
			if (!fits ||
				(suspicious && origin_of(j->origins, p->crowd[c].type,
						       NULL) != ORIGIN_PROGRAM))
				continue;
			if (best == PLACE_NONE || judge_names_better(j, c, best))
				best = c;
		}
	/* What the engine makes of functions while they run is no program's. */
	const char *compiled = types->runtime->compiled;
	if (best != PLACE_NONE && compiled != NULL &&
		strcmp(types->text[p->crowd[best].type], compiled) == 0)
		return PLACE_NONE;
	return best;
}

/* References to what was there before. */
static bool judge_references(struct judge *j, struct judge_room *r, uint32_t place,
	bool *leaks, struct error *err)
{
	const struct places *p = &j->f->places;
	const struct place *at = &p->place[place];
	size_t n = p->generations;
	const int64_t *refs = judge_widen(place_refs(p, place), r->one, n);
	/* The keys of a dict are as many as its values, and these decide. */
	if (!HOLDER_IS_OBJECT(at->holder) || at->label == PLACE_KEYS ||
		growth_of(refs, n) < j->limits->count ||
		!growth_goes_on(refs, n, j->limits->count))
		return true;
	refs = judge_widen(place_permanent_refs(p, place), r->one, n);
	if (growth_of(refs, n) < j->limits->count ||
		!growth_goes_on(refs, n, j->limits->count))
		return true;
	/* What other places have less of moved here, as from a queue to a list of what is
	 * done.  A flag on each of many objects that are older is no growth either. */
	const unsigned *flags = j->last->words->types.flags;
	int64_t more = 0;
	for (uint32_t c = at->crowd; c != PLACE_NONE; c = p->crowd[c].next) {
		if (at->label == PLACE_BELOW &&
			(flags[p->crowd[c].type] & TRAIT_SCALAR) != 0)
			continue;
		int64_t here = judge_net(j, c, CROWD_REFS);
		int64_t all = j->referred[p->crowd[c].type];
		int64_t added = here < all ? here : all;
		more += added > 0 ? added : 0;
	}
	if (more < j->limits->count)
		return true;
	const struct snapshot *s = j->last;
	uint32_t node = j->f->l->node[n - 1][at->holder], type = s->type[node];
	bool keyed = (snapshot_traits(s, node) & (TRAIT_CLASS | TRAIT_MODULE)) != 0;
	for (uint32_t e = s->start[node]; e < s->start[node + 1]; e++)
		keyed = keyed || (snapshot_label_names(s, s->label[e]) &&
					 s->words->labels.text[s->label[e]][0] == '[');
	if (keyed) {
		uint32_t str = j->str;
		type = str == TERM_NONE ? type : str;
	}
	*leaks = true;
	return findings_put(j->findings,
		       (struct finding){ .kind = LEAK_REFERENCES,
			       .origin = ORIGIN_BLOCK,
			       .type = type,
			       .holder = at->holder,
			       .label = at->label,
			       .place = place,
			       .bytes = growth_of(r->bytes, n) },
		       refs) ||
	       error_nomem(err);
}

/* Classes of other modules with the same name, whose objects leak in the same place: a
 * reader would take them for one. */
static bool judge_namesakes(struct judge *j, struct judge_room *r,
	const struct finding *finding, struct error *err)
{
	const struct places *p = &j->f->places;
	const struct terms *types = &j->last->words->types;
	if ((types->flags[finding->type] & TRAIT_MODULED) == 0)
		return true;
	const char *name = strrchr(types->text[finding->type], '.');
	for (uint32_t c = p->place[finding->place].crowd; c != PLACE_NONE;
		c = p->crowd[c].next) {
		uint32_t type = p->crowd[c].type;
		if (type == finding->type || (types->flags[type] & TRAIT_MODULED) == 0 ||
			strcmp(strrchr(types->text[type], '.'), name) != 0 ||
			judge_net(j, c, CROWD_UNITS) < j->limits->count ||
			!judge_crowd_grows(j, r, c, true))
			continue;
		struct finding other = *finding;
		other.type = type;
		other.origin = origin_of(j->origins, type, NULL);
		other.bytes = judge_net_bytes(j, c);
		if (!findings_put(j->findings, other,
			    judge_widen(crowd_count(p, c, CROWD_OBJECTS), r->one,
				    p->generations)))
			return error_nomem(err);
	}
	return true;
}

/* Is there more of anything that a leak is made of, objects, units or references?  Of
 * most places all is as it was. */
static bool judge_may_leak(const struct judge *j, struct judge_room *r, uint32_t place)
{
	const struct places *p = &j->f->places;
	size_t n = p->generations;
	bool may = growth_of(judge_widen(place_refs(p, place), r->one, n), n) >=
		   j->limits->count;
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE && !may;
		c = p->crowd[c].next)
		may = judge_net(j, c, CROWD_OBJECTS) > 0 ||
		      judge_net(j, c, CROWD_UNITS) > 0;
	return may;
}

bool judge_place(struct judge *j, struct judge_room *r, uint32_t place, bool *leaks,
	struct error *err)
{
	const struct places *p = &j->f->places;
	const struct place *at = &p->place[place];
	size_t n = p->generations;
	enum leak_kind kind = LEAK_OBJECTS;
	*leaks = false;
	if (!judge_may_leak(j, r, place))
		return true;
	/* All crowds of the place together, and the one whose units grow most. */
	uint32_t main = at->crowd;
	memset(r->memory, 0, (CROWD_FIELDS + 1) * n * sizeof *r->memory);
	for (uint32_t c = at->crowd; c != PLACE_NONE; c = p->crowd[c].next) {
		assert(p->crowd[c].place == place);
		for (int field = 0; field < CROWD_FIELDS; field++)
			for (size_t k = 0; k < n; k++)
				r->total[field][k] +=
					crowd_count(p, c, (enum crowd_field)field)[k];
		for (size_t k = 0; k < n; k++)
			r->bytes[k] = saturate_add(r->bytes[k], crowd_bytes(p, c)[k]);
		int64_t more = judge_net(j, c, CROWD_UNITS),
			best = judge_net(j, main, CROWD_UNITS);
		if (more > best ||
			(more == best && p->crowd[c].type < p->crowd[main].type))
			main = c;
	}
	uint32_t first = main;
	int64_t leak = main == PLACE_NONE ? 0 : judge_units(j, r, place, &main);
	if (leak > 0 && main == PLACE_NONE) {
		kind = LEAK_MIXED;
		main = first;
	} else if (leak == 0 && (leak = judge_chain(j, r, place)) > 0) {
		kind = LEAK_CHAIN;
		main = first;
	} else if (leak == 0) {
		leak = judge_deep(j, r, place);
		main = first;
	}
	bool mixed = kind == LEAK_MIXED;
	const struct judge_amount amount = {
		.objects = leak, .main = main, .mixed = mixed
	};
	uint32_t named = leak == 0 ? PLACE_NONE : judge_name(j, r, place, &amount);
	if (named == PLACE_NONE)
		return judge_references(j, r, place, leaks, err);
	*leaks = true;
	struct finding finding = { .kind = kind,
		.origin = origin_of(j->origins, p->crowd[named].type, NULL),
		.type = p->crowd[named].type,
		.types = 1,
		.holder = at->holder,
		.label = at->label,
		.place = place,
		.bytes = growth_of(r->bytes, n) };
	if (mixed) {
		finding.types = 0;
		for (uint32_t c = at->crowd; c != PLACE_NONE; c = p->crowd[c].next)
			finding.types += judge_net(j, c, CROWD_UNITS) > 0;
	}
	bool outer = judge_counts_outer(j, kind, finding.origin);
	const int64_t *series = r->total[CROWD_UNITS];
	/* Classes that are made without end are named by their members, and counted. */
	unsigned units = j->last->words->types.flags[p->crowd[main].type];
	bool classes = kind == LEAK_OBJECTS && (units & TRAIT_CLASS) != 0 &&
		       p->crowd[named].depth > 0 &&
		       judge_net(j, main, CROWD_UNITS) == leak;
	for (size_t k = 0; !mixed && k < n; k++)
		r->one[k] = crowd_objects(p, classes ? main : named, k, outer);
	if (!mixed)
		series = r->one;
	if (!findings_put(j->findings, finding, series))
		return error_nomem(err);
	return kind != LEAK_OBJECTS || judge_namesakes(j, r, &finding, err);
}
