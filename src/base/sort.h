/* SPDX-License-Identifier: MIT */
/* sort - integers, many of them in linear time, and texts that are made when needed. */
#ifndef MEMSEE_BASE_SORT_H
#define MEMSEE_BASE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorts items[0..n-1] ascending by `bits` bits of each from bit `from` upward; items that
 * agree there keep their order.  A radix sort from the least significant digit, O(n) for
 * each 11 bits, with `threads` threads; many items are first divided by their first digit
 * into buckets that fit into the cache.  `scratch` has room for n items too; the result
 * is in whichever of both arrays is returned. */
uint64_t *sort_bits(uint64_t *items, uint64_t *scratch, size_t n, unsigned from,
	unsigned bits, unsigned threads);

/* Sorts items[0..n-1], which agree in the bits from `bits` upward, ascending and without
 * more memory: American flag sort (McIlroy, Bostic and McIlroy, Engineering Radix Sort,
 * 1993). O(n) for each 8 bits, two to three times as slow as sort_bits(). */
void sort_in_place(uint64_t *items, size_t n, unsigned bits);

/* Sort items[0..n-1] ascending.  The first is for lists that are short as a rule: O(n),
 * and 16 bytes of memory an item for a long one that is in no order, or O(n log n) where
 * there is none.  The second is sort_in_place(). */
void sort_u32(uint32_t *items, size_t n);
void sort_u64(uint64_t *items, size_t n);

/* An item by its number, and how much it weighs. */
struct sort_rank {
	int64_t weight;
	uint32_t id;
};

/* Sorts the heaviest first; items of equal weight ascend by their number.  O(n log n). */
void sort_ranks(struct sort_rank *items, size_t n);

/* Sorts items[0..n-1] of `size` bytes by `compare`, and those that are equal by their
 * texts, ascending, which `text` makes (malloc'ed; NULL out of memory) only where they
 * are needed: just the first `most` items are in order afterwards.  About `most` texts
 * are in memory at a time where that are few, else those of all that are equal.  False
 * out of memory.  O(n log n), and O(most) for each text where few are wanted. */
bool sort_ties(void *items, size_t n, size_t size, size_t most,
	int (*compare)(const void *a, const void *b),
	char *(*text)(const void *context, const void *item), const void *context);

/* The first of the ascending items[0..n-1] that is not below `wanted`; n without one.
 * O(log n). */
size_t sort_find_u32(const uint32_t *items, size_t n, uint32_t wanted);

#endif
