/* SPDX-License-Identifier: MIT */
/* heap_keys - addresses as 32-bit keys in the same order.
 *
 * A heap is in a few stretches of the address space and its objects at multiples of 8
 * or 16, so an address is a window of 16 MiB and a slot in it.  Numbering the windows
 * that occur packs 47 bits into 32 or fewer, which halves what is sorted and stored.
 * Addresses too scattered for that (no real process has them) are numbered by rank, which
 * takes longer and more memory.
 *
 * The table of windows does not use base/map: every reference of the dump is looked up in
 * it, and this takes one comparison of integers and no call. */
#ifndef MEMSEE_LOAD_HEAP_KEYS_H
#define MEMSEE_LOAD_HEAP_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEAP_WINDOW_BITS = 24, HEAP_ALIGN_MAX = 4, HEAP_WINDOWS_MAX = 4096 };

/* The windows that some addresses are in. */
struct heap_windows {
	int64_t *items; /* window numbers, ascending once settled */
	size_t count, cap;
	uint64_t bits; /* all addresses or'ed */
	int64_t *seen; /* a lossy cache of known windows: window + 1 */
	bool scattered;
};

bool heap_windows_init(struct heap_windows *w);
void heap_windows_fini(struct heap_windows *w);
/* False out of memory. */
bool heap_windows_put(struct heap_windows *w, const int64_t *addresses, size_t n);
bool heap_windows_merge(struct heap_windows *w, const struct heap_windows *other);

struct heap_keys {
	unsigned align; /* low bits that are 0 in every address */
	unsigned slot_bits;
	unsigned key_bits; /* number of bits that keys use */
	int64_t *windows;  /* ascending */
	size_t count;
	int64_t *hash_window; /* open addressing: window + 1, 0 free */
	uint32_t *hash_index;
	int64_t *ranks; /* when scattered: every address, ascending */
	size_t rank_count;
};

/* Makes the keys of the addresses in these windows.  False if they are scattered or
 * memory is short: then call heap_keys_init_ranks(). */
bool heap_keys_init(struct heap_keys *k, struct heap_windows *w);
/* Makes keys of `addresses`: malloc'ed, taken over, in any order, with repeats.  False
 * out of memory or with more than 2^32 - 1 different ones. */
bool heap_keys_init_ranks(struct heap_keys *k, int64_t *addresses, size_t n);
void heap_keys_fini(struct heap_keys *k);

/* The key of one of the addresses, and back.  O(1), or O(log n) for scattered ones. */
uint32_t heap_keys_key(const struct heap_keys *k, int64_t address);
static inline int64_t heap_keys_address(const struct heap_keys *k, uint32_t key)
{
	if (k->ranks != NULL)
		return k->ranks[key];
	uint32_t slot = key & ((UINT32_C(1) << k->slot_bits) - 1);
	return k->windows[key >> k->slot_bits] << HEAP_WINDOW_BITS |
	       (int64_t)((uint64_t)slot << k->align);
}

/* The key of any address, of the dump or not: false when none of the dump can have it.
 * Not every address with a key is in the dump. */
bool heap_keys_find(const struct heap_keys *k, int64_t address, uint32_t *key);

#endif
