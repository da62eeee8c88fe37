/* SPDX-License-Identifier: MIT */
/* bits - a set of small numbers, one bit each. */
#ifndef MEMSEE_BASE_BITS_H
#define MEMSEE_BASE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* An empty set with room for 0..n-1, released with free().  NULL out of memory. */
static inline uint64_t *bits_new(size_t n)
{
	return calloc(n / 64 + 1, sizeof(uint64_t));
}

static inline bool bits_has(const uint64_t *bits, size_t i)
{
	return (bits[i / 64] >> (i % 64) & 1) != 0;
}

static inline void bits_put(uint64_t *bits, size_t i)
{
	bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void bits_drop(uint64_t *bits, size_t i)
{
	bits[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

/* A new set with the same numbers; both have room for 0..n-1.  NULL out of memory. */
static inline uint64_t *bits_copy(const uint64_t *bits, size_t n)
{
	uint64_t *copy = malloc((n / 64 + 1) * sizeof *copy);
	if (copy != NULL)
		memcpy(copy, bits, (n / 64 + 1) * sizeof *copy);
	return copy;
}

/* How many of 0..n-1 are in the set, which has room for just that many.  O(n/64). */
static inline size_t bits_count(const uint64_t *bits, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i <= n / 64; i++)
		count += (size_t)__builtin_popcountll(bits[i]);
	return count;
}

#endif
