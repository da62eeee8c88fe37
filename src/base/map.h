/* SPDX-License-Identifier: MIT */
/* map - finds items in an array of the caller, by the caller's own equality.
 *
 * Open addressing (Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithm L) from
 * hashes to the items' numbers.  The keys stay in the caller's array, and a function of
 * the caller compares them. */
#ifndef MEMSEE_BASE_MAP_H
#define MEMSEE_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No item. */
#define MAP_NONE UINT32_MAX

struct map_slot {
	uint32_t item; /* number + 1; 0: free */
	uint32_t hash;
};

/* All zero is an empty one. */
struct map {
	struct map_slot *slot;
	size_t slots; /* a power of two, at least twice `count` */
	size_t count;
	uint64_t factor; /* of the hashes, set with the first slots */
};

/* An odd number that nobody can know before: multiplied with it, the high bits say where
 * a number goes in a table (multiply-shift; M. Dietzfelbinger et al., "A reliable
 * randomized algorithm for the closest-pair problem", 1997), so a forged dump cannot
 * choose numbers that collide.  The results of a search must not depend on it. */
uint64_t map_factor(void);

void map_fini(struct map *m);

/* The item for which same(key, item) holds, of those that were put with `hash`; MAP_NONE
 * when there is none.  O(1) expected. */
uint32_t map_find(const struct map *m, uint64_t hash,
	bool (*same)(const void *key, uint32_t item), const void *key);

/* Adds an item, less than MAP_NONE, that is equal to none that is there.  False out of
 * memory, and then nothing changed.  Amortised O(1). */
bool map_put(struct map *m, uint64_t hash, uint32_t item);

/* Takes out an item, which was put with `hash`.  O(1) expected. */
void map_drop(struct map *m, uint64_t hash, uint32_t item);

/* `hash`, which may be 0, with a number, a text or bytes mixed in: not for keys that an
 * attacker chooses to collide. */
uint64_t map_hash_number(uint64_t hash, uint64_t number);
uint64_t map_hash_text(uint64_t hash, const char *text);
uint64_t map_hash_bytes(uint64_t hash, const char *bytes, size_t len);

#endif
