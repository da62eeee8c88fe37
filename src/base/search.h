/* SPDX-License-Identifier: MIT */
/* search - by halves in what ascends. */
#ifndef MEMSEE_BASE_SEARCH_H
#define MEMSEE_BASE_SEARCH_H

#include <stddef.h>

/* Sets `at`, a size_t, to the first of 0..n-1 for which the condition `reached`, which
 * speaks of `at`, holds; to n where it holds for none.  Where it holds for one, it must
 * hold for all behind it.  O(log n) conditions.
 *
 *	SEARCH_FIRST(at, n, item[at].key >= wanted);
 *	if (at < n && item[at].key == wanted)
 *
 * A macro, because bsearch() finds only equal items, and any of several, and because a
 * function for each condition would say less than the condition. */
#define SEARCH_FIRST(at, n, reached)                                                     \
	do {                                                                             \
		size_t search_low = 0, search_high = (n);                                \
		while (search_low < search_high) {                                       \
			(at) = search_low + (search_high - search_low) / 2;              \
			if (reached)                                                     \
				search_high = (at);                                      \
			else                                                             \
				search_low = (at) + 1;                                   \
		}                                                                        \
		(at) = search_low;                                                       \
	} while (0)

#endif
