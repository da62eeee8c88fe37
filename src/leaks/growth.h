/* SPDX-License-Identifier: MIT */
/* growth - the rules of leaks: which row of numbers, one per generation, is a leak.
 *
 * It *grows* when each step is up by one at least and no end is in sight.  Of three and
 * more generations, let r be the last step by the mean of those before: r is 0.3 at
 * least, and where it is less than 0.5, what is still to come if the steps go on to
 * shrink so, last * r / (1 - r), is as much as a leak.
 *
 * It *survives* when it is the same objects that stay: deaths in a step are at most 0.34
 * of the births, and half of what a step added is there one generation later.  A queue or
 * a cache that is full has as many deaths as births. */
#ifndef MEMSEE_LEAKS_GROWTH_H
#define MEMSEE_LEAKS_GROWTH_H

#include "base/saturate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The last less the first. */
static inline int64_t growth_of(const int64_t *value, size_t n)
{
	return saturate_subtract(value[n - 1], value[0]);
}

/* `enough` is how much makes a leak.  Two numbers at least. */
bool growth_goes_on(const int64_t *value, size_t n, int64_t enough);

/* How many there are, how many of them are there in the next generation, and how many
 * were not there in the one before. */
bool growth_survives(
	const int64_t *count, const int64_t *stay, const int64_t *came, size_t n);

#endif
