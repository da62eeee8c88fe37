/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "base/array.h"

#include <stdlib.h>

enum { MAP_LEAST = 64 };

void map_fini(struct map *m)
{
	free(m->slot);
	*m = (struct map){ 0 };
}

/* The high bits of a product have seen all bits of both factors. */
static uint32_t map_fold(uint64_t hash)
{
	return (uint32_t)(hash * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

uint32_t map_find(const struct map *m, uint64_t hash,
	bool (*same)(const void *key, uint32_t item), const void *key)
{
	uint32_t folded = map_fold(hash);
	if (m->slots == 0)
		return MAP_NONE;
	for (size_t at = folded & (m->slots - 1);; at = (at + 1) & (m->slots - 1)) {
		const struct map_slot *slot = &m->slot[at];
		if (slot->item == 0)
			return MAP_NONE;
		if (slot->hash == folded && same(key, slot->item - 1))
			return slot->item - 1;
	}
}

static void map_place(struct map_slot *slot, size_t slots, struct map_slot item)
{
	size_t at = item.hash & (slots - 1);
	while (slot[at].item != 0)
		at = (at + 1) & (slots - 1);
	slot[at] = item;
}

static bool map_grow(struct map *m)
{
	size_t slots = m->slots == 0 ? MAP_LEAST : m->slots * 2;
	struct map_slot *slot = array_new_zeroed(slots, sizeof *slot);
	if (slot == NULL)
		return false;
	for (size_t i = 0; i < m->slots; i++)
		if (m->slot[i].item != 0)
			map_place(slot, slots, m->slot[i]);
	free(m->slot);
	m->slot = slot;
	m->slots = slots;
	return true;
}

bool map_put(struct map *m, uint64_t hash, uint32_t item)
{
	if ((m->count + 1) * 2 > m->slots && !map_grow(m))
		return false;
	map_place(m->slot, m->slots,
		(struct map_slot){ .item = item + 1, .hash = map_fold(hash) });
	m->count++;
	return true;
}

uint64_t map_hash_number(uint64_t hash, uint64_t number)
{
	hash = (hash ^ number) * UINT64_C(0x9e3779b97f4a7c15);
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
