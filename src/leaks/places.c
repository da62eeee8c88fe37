/* SPDX-License-Identifier: MIT */
#include "leaks/places.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

void places_init(struct places *p, size_t generations)
{
	*p = (struct places){ .generations = generations };
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

uint32_t places_put(struct places *p, uint32_t holder, uint32_t label)
{
	struct places_key key = { p, holder, label };
	uint64_t hash = places_hash(holder, label);
	uint32_t found = map_find(&p->by_label, hash, places_is_place, &key);
	if (found != MAP_NONE)
		return found;
	size_t need = (size_t)p->places + 1, refs = 2 * p->generations;
	if (need >= PLACE_NONE ||
		!array_reserve(&p->place, &p->place_cap, need, sizeof *p->place) ||
		!array_reserve(&p->refs, &p->refs_cap, need * refs, sizeof *p->refs) ||
		!map_put(&p->by_label, hash, p->places))
		return PLACE_NONE;
	memset(p->refs + p->places * refs, 0, refs * sizeof *p->refs);
	p->place[p->places] = (struct place){ holder, label, PLACE_NONE };
	return p->places++;
}

uint32_t places_put_crowd(struct places *p, uint32_t place, uint32_t type)
{
	struct places_key key = { p, place, type };
	uint64_t hash = places_hash(place, type);
	uint32_t found = map_find(&p->by_type, hash, places_is_crowd, &key);
	if (found != MAP_NONE)
		return found;
	size_t need = (size_t)p->crowds + 1, k = p->generations,
	       counts = CROWD_FIELDS * k;
	if (need >= PLACE_NONE ||
		!array_reserve(&p->crowd, &p->crowd_cap, need, sizeof *p->crowd) ||
		!array_reserve(
			&p->count, &p->count_cap, need * counts, sizeof *p->count) ||
		!array_reserve(&p->bytes, &p->bytes_cap, need * k, sizeof *p->bytes) ||
		!map_put(&p->by_type, hash, p->crowds))
		return PLACE_NONE;
	memset(p->count + p->crowds * counts, 0, counts * sizeof *p->count);
	memset(p->bytes + p->crowds * k, 0, k * sizeof *p->bytes);
	p->crowd[p->crowds] =
		(struct crowd){ place, type, UINT32_MAX, p->place[place].crowd, 0 };
	p->place[place].crowd = p->crowds;
	return p->crowds++;
}
