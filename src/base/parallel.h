/* SPDX-License-Identifier: MIT */
/* parallel - the same work on several threads. */
#ifndef MEMSEE_BASE_PARALLEL_H
#define MEMSEE_BASE_PARALLEL_H

#include <stddef.h>

#define PARALLEL_MAX 64

/* The threads to use when `wanted` were asked for: the processors that this process may
 * use for 0, never more than PARALLEL_MAX. */
unsigned parallel_threads(unsigned wanted);

/* Calls work(context, 0) … work(context, threads - 1), each on a thread of its own, and
 * returns when all have.  A thread that cannot be started has its call made here, so the
 * calls must not wait for each other. */
void parallel_run(
	unsigned threads, void (*work)(void *context, unsigned index), void *context);

/* Calls work(context, i) for each i below `n`, on as many threads as parallel_threads(0);
 * the calls must not wait for each other.  Each thread takes the next one when it has
 * done one, so those that take longest come first. */
void parallel_each(size_t n, void (*work)(void *context, size_t i), void *context);

/* The same, and calls own(own_context) on this thread, which then takes part in the rest:
 * for one thing that other threads may not do. */
void parallel_each_beside(size_t n, void (*work)(void *context, size_t i), void *context,
	void (*own)(void *own_context), void *own_context);

/* Calls work(context, first, end) for pieces that make up 0 to n - 1, of `piece` items
 * each but the last.  Each thread takes the next piece when it has done one: for items
 * that take unequal time, as those that touch new memory do. */
void parallel_pieces(unsigned threads, size_t n, size_t piece,
	void (*work)(void *context, size_t first, size_t end), void *context);

/* Where share `index` of `n` things begins; share `threads` begins at n. */
size_t parallel_share(size_t n, unsigned threads, unsigned index);

#endif
