/* SPDX-License-Identifier: MIT */
/* saturate - arithmetic that stays in the range of 64 bits.
 *
 * A dump, a table and a script may hold any number, and sums of sizes are of many
 * objects: what does not fit becomes the nearest end of the range, not undefined
 * behaviour. */
#ifndef MEMSEE_BASE_SATURATE_H
#define MEMSEE_BASE_SATURATE_H

#include <stdint.h>

/* a + b */
static inline int64_t saturate_add(int64_t a, int64_t b)
{
	int64_t sum;
	if (!__builtin_add_overflow(a, b, &sum))
		return sum;
	return b > 0 ? INT64_MAX : INT64_MIN;
}

/* a - b.  Not a + -b, for -INT64_MIN does not fit. */
static inline int64_t saturate_subtract(int64_t a, int64_t b)
{
	int64_t difference;
	if (!__builtin_sub_overflow(a, b, &difference))
		return difference;
	return b < 0 ? INT64_MAX : INT64_MIN;
}

/* high * 2^32 + low: a sum that SQL made in halves, `low` not negative. */
static inline int64_t saturate_halves(int64_t high, int64_t low)
{
	int64_t sum;
	if (__builtin_mul_overflow(high, INT64_C(1) << 32, &sum))
		sum = high < 0 ? INT64_MIN : INT64_MAX;
	return saturate_add(sum, low);
}

/* |a| */
static inline int64_t saturate_magnitude(int64_t a)
{
	return a >= 0 ? a : saturate_subtract(0, a);
}

/* A real number without its fraction; 0 for what is no number. */
static inline int64_t saturate_real(double real)
{
	const double end = 9223372036854775808.0; /* 2^63 */
	if (real >= -end && real < end)
		return (int64_t)real;
	return real >= end ? INT64_MAX : real < -end ? INT64_MIN : 0;
}

#endif
