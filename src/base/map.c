/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { MAP_LEAST = 64 };

void map_fini(struct map *m)
{
	free(m->slot);
	*m = (struct map){ 0 };
}

uint64_t map_factor(void)
{
	uint64_t random;
	if (getrandom(&random, sizeof random, GRND_NONBLOCK) == sizeof random)
		return random | 1;
	return UINT64_C(0x9e3779b97f4a7c15);
}

/* The high bits of a product have seen all bits of both factors. */
static uint32_t map_fold(const struct map *m, uint64_t hash)
{
	return (uint32_t)(hash * m->factor >> 32);
}

/* The place by the highest bits; `slots` is a power of two. */
static size_t map_start(uint32_t folded, size_t slots)
{
	return (size_t)((uint64_t)folded * slots >> 32);
}

uint32_t map_find(const struct map *m, uint64_t hash,
	bool (*same)(const void *key, uint32_t item), const void *key)
{
	uint32_t folded = map_fold(m, hash);
	if (m->slots == 0)
		return MAP_NONE;
	for (size_t at = map_start(folded, m->slots);; at = (at + 1) & (m->slots - 1)) {
		const struct map_slot *slot = &m->slot[at];
		if (slot->item == 0)
			return MAP_NONE;
		if (slot->hash == folded && same(key, slot->item - 1))
			return slot->item - 1;
	}
}

static void map_place(struct map_slot *slot, size_t slots, struct map_slot item)
{
	size_t at = map_start(item.hash, slots);
	while (slot[at].item != 0)
		at = (at + 1) & (slots - 1);
	slot[at] = item;
}

bool map_put(struct map *m, uint64_t hash, uint32_t item)
{
	if ((m->count + 1) * 2 > m->slots) {
		size_t slots = m->slots == 0 ? MAP_LEAST : m->slots * 2;
		struct map_slot *slot = array_new_zeroed(slots, sizeof *slot);
		if (slot == NULL)
			return false;
		if (m->slots == 0)
			m->factor = map_factor();
		for (size_t i = 0; i < m->slots; i++)
			if (m->slot[i].item != 0)
				map_place(slot, slots, m->slot[i]);
		free(m->slot);
		m->slot = slot;
		m->slots = slots;
	}
	map_place(m->slot, m->slots,
		(struct map_slot){ .item = item + 1, .hash = map_fold(m, hash) });
	m->count++;
	return true;
}

/* Knuth's algorithm R: what follows moves up, unless it would come before its place. */
void map_drop(struct map *m, uint64_t hash, uint32_t item)
{
	size_t most = m->slots - 1, at = map_start(map_fold(m, hash), m->slots);
	for (; m->slot[at].item != item + 1; at = (at + 1) & most)
		assert(m->slot[at].item != 0);
	for (size_t i = (at + 1) & most; m->slot[i].item != 0; i = (i + 1) & most) {
		size_t start = map_start(m->slot[i].hash, m->slots);
		if (((i - start) & most) >= ((i - at) & most)) {
			m->slot[at] = m->slot[i];
			at = i;
		}
	}
	m->slot[at].item = 0;
	assert(m->count > 0);
	m->count--;
}

/* The halves change places, so that two small numbers, the first of which is the hash,
 * never become one number. */
uint64_t map_hash_number(uint64_t hash, uint64_t number)
{
	hash = ((hash << 32 | hash >> 32) ^ number) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), with a mark behind the text, so
 * that two texts are not one. */
uint64_t map_hash_text(uint64_t hash, const char *text)
{
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (hash ^ 0xff) * UINT64_C(1099511628211);
}

/* Eight at a time, then the rest with its length. */
uint64_t map_hash_bytes(uint64_t hash, const char *bytes, size_t len)
{
	uint64_t rest;
	size_t at = 0;
	for (; len - at >= sizeof rest; at += sizeof rest) {
		memcpy(&rest, bytes + at, sizeof rest);
		hash = map_hash_number(hash, rest);
	}
	for (rest = len - at + 1; at < len; at++)
		rest = rest << 8 | (unsigned char)bytes[at];
	return map_hash_number(hash, rest);
}
