/* SPDX-License-Identifier: MIT */
/* trend - what a row of numbers, one a generation, says: a leak, a cache that fills, or
 * nothing. */
#ifndef MEMSEE_COMPARE_TREND_H
#define MEMSEE_COMPARE_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum trend {
	TREND_FLAT,       /* first and last differ by 1 % of the largest at most */
	TREND_NEW,        /* 0 everywhere but in the last */
	TREND_GONE,       /* 0 in the last, not before */
	TREND_MONOTONIC,  /* more in every step */
	TREND_SATURATING, /* more, never less, but the last step is less than half of the
			     average of those before: a cache that fills */
	TREND_NET_UP,     /* more at the end, and less or equal in between */
	TREND_SHRINKING,  /* less at the end */
};

/* The trend of `n` values, at least one. */
enum trend trend_judge(const int64_t *value, size_t n);

/* The slope of the straight line nearest to the values (least squares), a generation;
 * 0 for a single one. */
double trend_slope(const int64_t *value, size_t n);

/* "flat", "new", "gone", "monotonic", "saturating", "net-up", "shrinking". */
const char *trend_name(enum trend t);

#endif
