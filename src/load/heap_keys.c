/* SPDX-License-Identifier: MIT */
#include "load/heap_keys.h"

#include "base/array.h"
#include "base/search.h"
#include "base/sort.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SEEN_BITS = 9, HASH_BITS = 13 };

static size_t heap_hash(int64_t window, unsigned bits)
{
	return (size_t)((uint64_t)window * UINT64_C(0x9e3779b97f4a7c15) >> (64 - bits));
}

bool heap_windows_init(struct heap_windows *w)
{
	*w = (struct heap_windows){ 0 };
	w->seen = array_new_zeroed(1 << SEEN_BITS, sizeof *w->seen);
	return w->seen != NULL;
}

void heap_windows_fini(struct heap_windows *w)
{
	free(w->items);
	free(w->seen);
	*w = (struct heap_windows){ 0 };
}

/* Sorts the windows and drops repeats. */
static void heap_windows_settle(struct heap_windows *w)
{
	if (w->count == 0)
		return;
	/* Addresses are positive, so their windows have the same order unsigned. */
	assert(w->items[0] >= 0);
	sort_u64((uint64_t *)w->items, w->count);
	size_t kept = 1;
	for (size_t i = 1; i < w->count; i++)
		if (w->items[i] != w->items[kept - 1])
			w->items[kept++] = w->items[i];
	w->count = kept;
}

static bool heap_windows_add(struct heap_windows *w, int64_t window)
{
	if (!w->scattered && w->count == (size_t)4 * HEAP_WINDOWS_MAX) {
		heap_windows_settle(w);
		w->scattered = w->count > HEAP_WINDOWS_MAX;
	}
	if (w->scattered)
		return true;
	if (!array_reserve(&w->items, &w->cap, w->count + 1, sizeof *w->items))
		return false;
	w->items[w->count++] = window;
	return true;
}

bool heap_windows_put(struct heap_windows *w, const int64_t *addresses, size_t n)
{
	uint64_t bits = w->bits;
	for (size_t i = 0; i < n; i++) {
		int64_t window = addresses[i] >> HEAP_WINDOW_BITS;
		int64_t *seen = &w->seen[heap_hash(window, SEEN_BITS)];
		bits |= (uint64_t)addresses[i];
		if (*seen == window + 1)
			continue;
		*seen = window + 1;
		if (!heap_windows_add(w, window))
			return false;
	}
	assert((int64_t)bits >= 0);
	w->bits = bits;
	return true;
}

bool heap_windows_merge(struct heap_windows *w, const struct heap_windows *other)
{
	for (size_t i = 0; i < other->count; i++)
		if (!heap_windows_add(w, other->items[i]))
			return false;
	w->bits |= other->bits;
	w->scattered |= other->scattered;
	return true;
}

static unsigned heap_bits(uint64_t values)
{
	unsigned bits = 0;
	while (bits < 64 && UINT64_C(1) << bits < values)
		bits++;
	return bits;
}

bool heap_keys_init(struct heap_keys *k, struct heap_windows *w)
{
	*k = (struct heap_keys){ 0 };
	heap_windows_settle(w);
	while (k->align < HEAP_ALIGN_MAX && (w->bits >> k->align & 1) == 0)
		k->align++;
	k->slot_bits = HEAP_WINDOW_BITS - k->align;
	k->count = w->count;
	if (w->scattered || w->count << k->slot_bits > UINT64_C(1) << 32)
		return false;
	k->key_bits = heap_bits((uint64_t)w->count << k->slot_bits);
	k->windows = w->items;
	w->items = NULL;
	w->count = w->cap = 0;
	k->hash_window = array_new_zeroed(1 << HASH_BITS, sizeof *k->hash_window);
	k->hash_index = array_new_zeroed(1 << HASH_BITS, sizeof *k->hash_index);
	if (k->hash_window == NULL || k->hash_index == NULL) {
		heap_keys_fini(k);
		return false;
	}
	/* A free slot ends every search. */
	assert(k->count < (size_t)1 << HASH_BITS && k->key_bits <= 32);
	for (size_t i = 0; i < k->count; i++) {
		size_t at = heap_hash(k->windows[i], HASH_BITS);
		while (k->hash_window[at] != 0)
			at = (at + 1) & ((1 << HASH_BITS) - 1);
		k->hash_window[at] = k->windows[i] + 1;
		k->hash_index[at] = (uint32_t)i;
	}
	return true;
}

bool heap_keys_init_ranks(struct heap_keys *k, int64_t *addresses, size_t n)
{
	*k = (struct heap_keys){ .ranks = addresses };
	uint64_t *scratch = array_new(n, sizeof *scratch);
	if (scratch == NULL)
		return false;
	/* Positive integers have the same order and representation unsigned. */
	uint64_t *sorted = sort_bits((uint64_t *)addresses, scratch, n, 0, 63, 1);
	if (sorted == scratch)
		memcpy(addresses, sorted, n * sizeof *sorted);
	free(scratch);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || addresses[i] != addresses[i - 1])
			addresses[k->rank_count++] = addresses[i];
	k->key_bits = heap_bits(k->rank_count);
	return k->rank_count < UINT32_MAX;
}

void heap_keys_fini(struct heap_keys *k)
{
	free(k->windows);
	free(k->hash_window);
	free(k->hash_index);
	free(k->ranks);
	*k = (struct heap_keys){ 0 };
}

static uint32_t heap_keys_rank(const struct heap_keys *k, int64_t address)
{
	size_t at;
	SEARCH_FIRST(at, k->rank_count, k->ranks[at] > address);
	return at == 0 ? 0 : (uint32_t)(at - 1);
}

static uint32_t heap_keys_slot(const struct heap_keys *k, size_t at, int64_t address)
{
	uint64_t slot = (uint64_t)address & ((UINT64_C(1) << HEAP_WINDOW_BITS) - 1);
	return k->hash_index[at] << k->slot_bits | (uint32_t)(slot >> k->align);
}

uint32_t heap_keys_key(const struct heap_keys *k, int64_t address)
{
	if (k->ranks != NULL) {
		uint32_t rank = heap_keys_rank(k, address);
		assert(k->ranks[rank] == address);
		return rank;
	}
	int64_t window = address >> HEAP_WINDOW_BITS;
	size_t at = heap_hash(window, HASH_BITS);
	while (k->hash_window[at] != window + 1)
		at = (at + 1) & ((1 << HASH_BITS) - 1);
	return heap_keys_slot(k, at, address);
}

bool heap_keys_find(const struct heap_keys *k, int64_t address, uint32_t *key)
{
	int64_t window = address >> HEAP_WINDOW_BITS;
	if (address <= 0 || (k->ranks == NULL && k->count == 0) ||
		(k->ranks != NULL && k->rank_count == 0))
		return false;
	if (k->ranks != NULL) {
		*key = heap_keys_rank(k, address);
	} else {
		size_t at = heap_hash(window, HASH_BITS);
		while (k->hash_window[at] != 0 && k->hash_window[at] != window + 1)
			at = (at + 1) & ((1 << HASH_BITS) - 1);
		if (k->hash_window[at] == 0)
			return false;
		*key = heap_keys_slot(k, at, address);
	}
	return heap_keys_address(k, *key) == address;
}
