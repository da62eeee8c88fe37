/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct parallel_call {
	void (*work)(void *context, unsigned index);
	void *context;
	unsigned index;
	pthread_t thread;
	bool started;
};

unsigned parallel_threads(unsigned wanted)
{
	cpu_set_t set;
	if (wanted == 0)
		wanted = sched_getaffinity(0, sizeof set, &set) == 0
				 ? (unsigned)CPU_COUNT(&set)
				 : 1;
	return wanted > PARALLEL_MAX ? PARALLEL_MAX : wanted;
}

static void *parallel_start(void *context)
{
	struct parallel_call *call = context;
	call->work(call->context, call->index);
	return NULL;
}

void parallel_run(
	unsigned threads, void (*work)(void *context, unsigned index), void *context)
{
	struct parallel_call calls[PARALLEL_MAX];
	for (unsigned i = 1; i < threads; i++) {
		calls[i] = (struct parallel_call){ work, context, i, 0, false };
		calls[i].started = pthread_create(&calls[i].thread, NULL, parallel_start,
					   &calls[i]) == 0;
	}
	work(context, 0);
	for (unsigned i = 1; i < threads; i++) {
		if (calls[i].started)
			pthread_join(calls[i].thread, NULL);
		else
			work(context, i);
	}
}

struct parallel_items {
	size_t n;
	_Atomic size_t next;
	void (*work)(void *context, size_t i);
	void *context;
	void (*own)(void *own_context); /* or NULL */
	void *own_context;
};

static void parallel_take_items(void *context, unsigned index)
{
	struct parallel_items *items = context;
	if (index == 0 && items->own != NULL)
		items->own(items->own_context);
	for (size_t i; (i = atomic_fetch_add(&items->next, 1)) < items->n;)
		items->work(items->context, i);
}

void parallel_each_beside(size_t n, void (*work)(void *context, size_t i), void *context,
	void (*own)(void *own_context), void *own_context)
{
	unsigned threads = parallel_threads(0);
	size_t most = n + (own != NULL);
	if (threads > most)
		threads = most == 0 ? 1 : (unsigned)most;
	struct parallel_items items = { .n = n,
		.work = work,
		.context = context,
		.own = own,
		.own_context = own_context };
	parallel_run(threads, parallel_take_items, &items);
	assert(items.next >= n);
}

void parallel_each(size_t n, void (*work)(void *context, size_t i), void *context)
{
	parallel_each_beside(n, work, context, NULL, NULL);
}

struct parallel_pieces {
	size_t n, piece;
	_Atomic size_t next;
	void (*work)(void *context, size_t first, size_t end);
	void *context;
};

static void parallel_take_pieces(void *context, unsigned index)
{
	(void)index;
	struct parallel_pieces *p = context;
	for (;;) {
		size_t first = atomic_fetch_add(&p->next, p->piece);
		if (first >= p->n)
			return;
		size_t left = p->n - first;
		p->work(p->context, first, first + (left < p->piece ? left : p->piece));
	}
}

void parallel_pieces(unsigned threads, size_t n, size_t piece,
	void (*work)(void *context, size_t first, size_t end), void *context)
{
	struct parallel_pieces p = {
		.n = n, .piece = piece, .work = work, .context = context
	};
	assert(piece > 0 && n <= SIZE_MAX / 2);
	parallel_run(threads, parallel_take_pieces, &p);
	assert(p.next >= n);
}

size_t parallel_share(size_t n, unsigned threads, unsigned index)
{
	return n / threads * index + n % threads * index / threads;
}
