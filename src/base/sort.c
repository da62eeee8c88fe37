/* SPDX-License-Identifier: MIT */
#include "base/sort.h"

#include "base/parallel.h"
#include "base/search.h"

#include <stdlib.h>
#include <string.h>

enum { SORT_DIGIT = 11, SORT_THREADS = 8, SORT_SMALL = 1 << 14 };

/* One pass over all items: by one digit. */
struct sort_pass {
	const uint64_t *from;
	uint64_t *to;
	size_t n;
	unsigned shift;
	unsigned threads;
	uint64_t mask;
	size_t counts[SORT_THREADS][1 << SORT_DIGIT];
};

static void sort_count(void *context, unsigned index)
{
	struct sort_pass *p = context;
	size_t *counts = p->counts[index];
	memset(counts, 0, (size_t)(p->mask + 1) * sizeof *counts);
	size_t end = parallel_share(p->n, p->threads, index + 1);
	for (size_t i = parallel_share(p->n, p->threads, index); i < end; i++)
		counts[p->from[i] >> p->shift & p->mask]++;
}

static void sort_place(void *context, unsigned index)
{
	struct sort_pass *p = context;
	size_t *next = p->counts[index];
	size_t end = parallel_share(p->n, p->threads, index + 1);
	for (size_t i = parallel_share(p->n, p->threads, index); i < end; i++) {
		uint64_t item = p->from[i];
		p->to[next[item >> p->shift & p->mask]++] = item;
	}
}

uint64_t *sort_bits(uint64_t *items, uint64_t *scratch, size_t n, unsigned from,
	unsigned bits, unsigned threads)
{
	if (threads > SORT_THREADS)
		threads = SORT_THREADS;
	if (n < SORT_SMALL)
		threads = 1;
	unsigned passes = (bits + SORT_DIGIT - 1) / SORT_DIGIT;
	struct sort_pass p = { .n = n, .shift = from, .threads = threads };
	for (unsigned i = 0; i < passes; i++) {
		unsigned digit = (bits - (p.shift - from)) / (passes - i);
		p.mask = (UINT64_C(1) << digit) - 1;
		p.from = items;
		p.to = scratch;
		parallel_run(threads, sort_count, &p);
		/* Turns counts into where each thread's items of each digit go: shares
		 * stay in order. */
		size_t sum = 0;
		for (size_t d = 0; d <= p.mask; d++) {
			for (unsigned t = 0; t < p.threads; t++) {
				size_t count = p.counts[t][d];
				p.counts[t][d] = sum;
				sum += count;
			}
		}
		parallel_run(threads, sort_place, &p);
		p.shift += digit;
		scratch = items;
		items = p.to;
	}
	return items;
}

void sort_in_place(uint64_t *items, size_t n, unsigned bits)
{
	enum { DIGIT = 8, FEW = 32, MASK = (1 << DIGIT) - 1 };
	if (n <= FEW) {
		for (size_t i = 1; i < n; i++) {
			uint64_t item = items[i];
			size_t at = i;
			for (; at > 0 && items[at - 1] > item; at--)
				items[at] = items[at - 1];
			items[at] = item;
		}
		return;
	}
	if (bits == 0)
		return;
	unsigned shift = bits > DIGIT ? bits - DIGIT : 0;
	size_t next[(1 << DIGIT) + 1] = { 0 }, end[1 << DIGIT];
	for (size_t i = 0; i < n; i++)
		next[(items[i] >> shift & MASK) + 1]++;
	for (size_t digit = 0; digit < 1 << DIGIT; digit++) {
		next[digit + 1] += next[digit];
		end[digit] = next[digit + 1];
	}
	/* Each item that is not among those of its digit goes there, and the one that it
	 * displaces is next. */
	for (size_t digit = 0; digit < 1 << DIGIT; digit++) {
		while (next[digit] < end[digit]) {
			uint64_t item = items[next[digit]];
			while ((item >> shift & MASK) != digit) {
				uint64_t *place = &items[next[item >> shift & MASK]++];
				uint64_t displaced = *place;
				*place = item;
				item = displaced;
			}
			items[next[digit]++] = item;
		}
	}
	for (size_t digit = 0, start = 0; digit < 1 << DIGIT; start = end[digit++])
		sort_in_place(items + start, end[digit] - start, shift);
}

static int sort_compare32(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

void sort_u32(uint32_t *items, size_t n)
{
	enum { FEW = 24 };
	if (n > FEW) {
		qsort(items, n, sizeof *items, sort_compare32);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint32_t item = items[i];
		size_t at = i;
		for (; at > 0 && items[at - 1] > item; at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

void sort_u64(uint64_t *items, size_t n)
{
	uint64_t all = 0;
	unsigned bits = 0;
	for (size_t i = 0; i < n; i++)
		all |= items[i];
	for (; all != 0; all >>= 1)
		bits++;
	sort_in_place(items, n, bits);
}

static int sort_compare_ranks(const void *a, const void *b)
{
	const struct sort_rank *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* qsort() must not get NULL, which an empty array may be. */
void sort_ranks(struct sort_rank *items, size_t n)
{
	if (n > 1)
		qsort(items, n, sizeof *items, sort_compare_ranks);
}

size_t sort_find_u32(const uint32_t *items, size_t n, uint32_t wanted)
{
	size_t at;
	SEARCH_FIRST(at, n, items[at] >= wanted);
	return at;
}
