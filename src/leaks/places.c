/* SPDX-License-Identifier: MIT */
#include "leaks/places.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void places_init(struct places *p, size_t generations)
{
	*p = (struct places){ .generations = generations, .unused = PLACE_NONE };
}

void places_fini(struct places *p)
{
	free(p->place);
	free(p->crowd);
	free(p->count);
	free(p->bytes);
	free(p->refs);
	map_fini(&p->by_label);
	map_fini(&p->by_type);
}

struct places_key {
	const struct places *p;
	uint32_t a, b;
};

static bool places_is_place(const void *key, uint32_t item)
{
	const struct places_key *k = key;
	return k->p->place[item].holder == k->a && k->p->place[item].label == k->b;
}

static bool places_is_crowd(const void *key, uint32_t item)
{
	const struct places_key *k = key;
	return k->p->crowd[item].place == k->a && k->p->crowd[item].type == k->b;
}

static uint64_t places_hash(uint32_t a, uint32_t b)
{
	return map_hash_number(0, (uint64_t)a << 32 | b);
}

/* A place behind all others. */
static uint32_t places_append(struct places *p, uint32_t holder, uint32_t label)
{
	size_t need = (size_t)p->places + 1, refs = 2 * p->generations;
	if (need >= PLACE_NONE ||
		!array_reserve(&p->place, &p->place_cap, need, sizeof *p->place) ||
		!array_reserve(&p->refs, &p->refs_cap, need * refs, sizeof *p->refs))
		return PLACE_NONE;
	memset(p->refs + p->places * refs, 0, refs * sizeof *p->refs);
	p->place[p->places] = (struct place){ holder, label, PLACE_NONE, 0 };
	return p->places++;
}

uint32_t places_put(struct places *p, uint32_t holder, uint32_t label)
{
	struct places_key key = { p, holder, label };
	uint64_t hash = places_hash(holder, label);
	uint32_t found = map_find(&p->by_label, hash, places_is_place, &key);
	if (found != MAP_NONE)
		return found;
	uint32_t put = places_append(p, holder, label);
	return put != PLACE_NONE && map_put(&p->by_label, hash, put) ? put : PLACE_NONE;
}

void places_settle(struct places *p)
{
	map_fini(&p->by_label);
}

uint32_t places_put_new(struct places *p, uint32_t holder, uint32_t label)
{
	assert(p->by_label.count == 0);
	return places_append(p, holder, label);
}

/* A crowd that is in no place: one that was dropped, or one behind all others. */
static uint32_t places_take_crowd(struct places *p)
{
	uint32_t taken = p->unused;
	if (taken != PLACE_NONE) {
		p->unused = p->crowd[taken].next;
		return taken;
	}
	size_t need = (size_t)p->crowds + 1, k = p->generations;
	if (need >= PLACE_NONE ||
		!array_reserve(&p->crowd, &p->crowd_cap, need, sizeof *p->crowd) ||
		!array_reserve(&p->count, &p->count_cap, need * CROWD_FIELDS * k,
			sizeof *p->count) ||
		!array_reserve(&p->bytes, &p->bytes_cap, need * k, sizeof *p->bytes))
		return PLACE_NONE;
	return p->crowds++;
}

uint32_t places_put_crowd(struct places *p, uint32_t place, uint32_t type)
{
	enum { CROWDS_FEW = 8 };
	struct places_key key = { p, place, type };
	uint64_t hash = places_hash(place, type);
	uint32_t found = p->place[place].crowd;
	/* Of few crowds, which came one after the other, each is seen sooner. */
	if (p->place[place].crowds <= CROWDS_FEW)
		while (found != PLACE_NONE && p->crowd[found].type != type)
			found = p->crowd[found].next;
	else
		found = map_find(&p->by_type, hash, places_is_crowd, &key);
	static_assert(PLACE_NONE == MAP_NONE, "either says that there is none");
	if (found != PLACE_NONE)
		return found;
	uint32_t put = places_take_crowd(p);
	if (put == PLACE_NONE || !map_put(&p->by_type, hash, put))
		return PLACE_NONE;
	memset(crowd_count(p, put, CROWD_OBJECTS), 0,
		CROWD_FIELDS * p->generations * sizeof *p->count);
	memset(crowd_bytes(p, put), 0, p->generations * sizeof *p->bytes);
	p->crowd[put] =
		(struct crowd){ place, type, UINT32_MAX, p->place[place].crowd, 0 };
	p->place[place].crowd = put;
	p->place[place].crowds++;
	return put;
}

void places_drop_crowds(struct places *p, uint32_t place)
{
	uint32_t next;
	for (uint32_t c = p->place[place].crowd; c != PLACE_NONE; c = next) {
		next = p->crowd[c].next;
		map_drop(&p->by_type, places_hash(place, p->crowd[c].type), c);
		p->crowd[c].place = PLACE_NONE;
		p->crowd[c].next = p->unused;
		p->unused = c;
	}
	p->place[place].crowd = PLACE_NONE;
	p->place[place].crowds = 0;
}
