/* SPDX-License-Identifier: MIT */
#include "base/sort.h"

#include "base/array.h"
#include "base/parallel.h"
#include "base/search.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	SORT_DIGIT = 11,
	SORT_THREADS = 8,
	SORT_SMALL = 1 << 14,
	/* So many items are first divided into buckets of about 1 << SORT_BUCKET_BITS,
	 * which are sorted in the cache; one that is larger than a share of 1 /
	 * SORT_SHARE of them by all threads. */
	SORT_LARGE = 1 << 18,
	SORT_BUCKET_BITS = 12,
	SORT_BUCKETS_AT_ONCE = 8,
	SORT_SHARE = 8,
};

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

/* Sorts by one digit, from `from` into `to`; p->counts[p->threads - 1] then says where
 * the items of each digit end. */
static void sort_digit(struct sort_pass *p, const uint64_t *from, uint64_t *to, size_t n,
	unsigned shift, unsigned digit)
{
	p->from = from;
	p->to = to;
	p->n = n;
	p->shift = shift;
	p->mask = (UINT64_C(1) << digit) - 1;
	parallel_run(p->threads, sort_count, p);
	/* Turns counts into where each thread's items of each digit go: shares stay in
	 * order. */
	size_t sum = 0;
	for (size_t d = 0; d <= p->mask; d++) {
		for (unsigned t = 0; t < p->threads; t++) {
			size_t count = p->counts[t][d];
			p->counts[t][d] = sum;
			sum += count;
		}
	}
	parallel_run(p->threads, sort_place, p);
}

/* What is to be sorted by, in so many passes from one array to the other. */
struct sort_key {
	unsigned from, bits, passes;
};

/* The digit of pass `i`, of which the first bit is at `shift`. */
static unsigned sort_width(const struct sort_key *key, unsigned i, unsigned shift)
{
	return (key->bits - (shift - key->from)) / (key->passes - i);
}

/* Sorts by all digits, with p->threads threads; returns the array that has the items. */
static uint64_t *sort_all(struct sort_pass *p, uint64_t *items, uint64_t *other, size_t n,
	const struct sort_key *key)
{
	unsigned shift = key->from;
	for (unsigned i = 0; i < key->passes; i++) {
		unsigned digit = sort_width(key, i, shift);
		sort_digit(p, items, other, n, shift, digit);
		shift += digit;
		uint64_t *swap = items;
		items = other;
		other = swap;
	}
	return items;
}

/* Items that are divided by their first digit: where each bucket ends. */
struct sort_buckets {
	uint64_t *items, *other;
	struct sort_key key; /* without that digit */
	size_t most;         /* larger buckets are left to all threads */
	size_t end[1 << SORT_DIGIT];
};

/* One thread sorts each of these buckets. */
static void sort_some_buckets(void *context, size_t first, size_t end)
{
	const struct sort_buckets *b = context;
	struct sort_pass p;
	p.threads = 1;
	size_t start = first == 0 ? 0 : b->end[first - 1];
	for (size_t bucket = first; bucket < end; start = b->end[bucket++])
		if (b->end[bucket] - start <= b->most)
			sort_all(&p, b->items + start, b->other + start,
				b->end[bucket] - start, &b->key);
}

uint64_t *sort_bits(uint64_t *items, uint64_t *scratch, size_t n, unsigned from,
	unsigned bits, unsigned threads)
{
	struct sort_pass p;
	struct sort_buckets b;
	p.threads = n < SORT_SMALL ? 1 : threads > SORT_THREADS ? SORT_THREADS : threads;
	unsigned top = 0;
	while (top < SORT_DIGIT && n >> (SORT_BUCKET_BITS + top) > 1)
		top++;
	if (n < SORT_LARGE || bits <= top)
		top = 0;
	const struct sort_key key = { from, bits - top,
		(bits - top + SORT_DIGIT - 1) / SORT_DIGIT };
	if (top == 0)
		return sort_all(&p, items, scratch, n, &key);
	sort_digit(&p, items, scratch, n, from + bits - top, top);
	b.items = scratch;
	b.other = items;
	b.key = key;
	b.most = n / SORT_SHARE;
	size_t buckets = (size_t)1 << top;
	memcpy(b.end, p.counts[p.threads - 1], buckets * sizeof *b.end);
	parallel_pieces(p.threads, buckets, SORT_BUCKETS_AT_ONCE, sort_some_buckets, &b);
	for (size_t bucket = 0, start = 0; bucket < buckets; start = b.end[bucket++])
		if (b.end[bucket] - start > b.most)
			sort_all(&p, scratch + start, items + start,
				b.end[bucket] - start, &key);
	return key.passes % 2 == 0 ? scratch : items;
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

/* Two items, without a jump, which would be guessed wrong every other time. */
static void sort_two(uint32_t *a, uint32_t *b)
{
	uint32_t x = *a, y = *b;
	*a = x < y ? x : y;
	*b = x < y ? y : x;
}

/* By digits, if there is memory. */
static bool sort_long(uint32_t *items, size_t n)
{
	uint64_t *wide = array_new(n, 2 * sizeof *wide);
	if (wide == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		wide[i] = items[i];
	const uint64_t *sorted = sort_bits(wide, wide + n, n, 0, 32, 1);
	for (size_t i = 0; i < n; i++)
		items[i] = (uint32_t)sorted[i];
	free(wide);
	return true;
}

void sort_u32(uint32_t *items, size_t n)
{
	enum { FEW = 24, LONG = 256 };
	if (n == 2 || n == 3) {
		sort_two(&items[0], &items[1]);
		if (n == 3) {
			sort_two(&items[1], &items[2]);
			sort_two(&items[0], &items[1]);
		}
	} else if (n <= FEW) {
		for (size_t i = 1; i < n; i++) {
			uint32_t item = items[i];
			size_t at = i;
			for (; at > 0 && items[at - 1] > item; at--)
				items[at] = items[at - 1];
			items[at] = item;
		}
	} else {
		size_t sorted = 1;
		while (sorted < n && items[sorted - 1] <= items[sorted])
			sorted++;
		if (sorted < n && (n <= LONG || !sort_long(items, n)))
			qsort(items, n, sizeof *items, sort_compare32);
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

/* --- items with texts --------------------------------------------------------------- */

/* What sort_ties() got. */
struct sort_texts {
	size_t size; /* of an item */
	char *(*text)(const void *context, const void *item);
	const void *context;
};

struct sort_text {
	char *text;
	size_t item;
};

static int sort_compare_texts(const void *a, const void *b)
{
	const struct sort_text *x = a, *y = b;
	int order = strcmp(x->text, y->text);
	return order != 0 ? order : (x->item > y->item) - (x->item < y->item);
}

/* Orders all of items[0..n-1]. */
static bool sort_all_texts(const struct sort_texts *t, char *items, size_t n)
{
	struct sort_text *sorted = array_new_zeroed(n, sizeof *sorted);
	char *copy = array_new(n, t->size);
	bool ok = sorted != NULL && copy != NULL;
	for (size_t i = 0; ok && i < n; i++) {
		sorted[i] =
			(struct sort_text){ t->text(t->context, items + i * t->size), i };
		ok = sorted[i].text != NULL;
	}
	if (ok) {
		qsort(sorted, n, sizeof *sorted, sort_compare_texts);
		memcpy(copy, items, n * t->size);
	}
	for (size_t i = 0; ok && i < n; i++)
		memcpy(items + i * t->size, copy + sorted[i].item * t->size, t->size);
	for (size_t i = 0; sorted != NULL && i < n; i++)
		free(sorted[i].text);
	free(sorted);
	free(copy);
	return ok;
}

/* Brings the first `most` of items[0..n-1], which are more, to the front, in order. */
static bool sort_first_texts(
	const struct sort_texts *t, char *items, size_t n, size_t most)
{
	const size_t size = t->size;
	char **kept = array_new_zeroed(most, sizeof *kept);
	char *item = array_new(1, size);
	size_t count = 0;
	bool ok = kept != NULL && item != NULL;
	assert(most > 0 && most < n);
	for (size_t i = 0; ok && i < n; i++) {
		char *text = t->text(t->context, items + i * size);
		ok = text != NULL;
		if (!ok || (count == most && strcmp(kept[most - 1], text) <= 0)) {
			free(text);
			continue;
		}
		/* What it takes the place of goes to where it was. */
		if (count == most)
			free(kept[--count]);
		memcpy(item, items + i * size, size);
		memmove(items + i * size, items + count * size, size);
		size_t at = count;
		while (at > 0 && strcmp(kept[at - 1], text) > 0)
			at--;
		memmove(items + (at + 1) * size, items + at * size, (count - at) * size);
		memmove(kept + at + 1, kept + at, (count - at) * sizeof *kept);
		memcpy(items + at * size, item, size);
		kept[at] = text;
		count++;
	}
	for (size_t i = 0; kept != NULL && i < count; i++)
		free(kept[i]);
	free(kept);
	free(item);
	return ok;
}

bool sort_ties(void *items, size_t n, size_t size, size_t most,
	int (*compare)(const void *a, const void *b),
	char *(*text)(const void *context, const void *item), const void *context)
{
	enum { FEW = 256 }; /* a sort of all is faster for more */
	const struct sort_texts t = { size, text, context };
	char *item = items;
	bool ok = true;
	if (n > 1)
		qsort(items, n, size, compare);
	for (size_t at = 0, next; ok && at < n && at < most; at = next) {
		char *first = item + at * size;
		for (next = at + 1; next < n; next++)
			if (compare(first, item + next * size) != 0)
				break;
		if (next - at > 1 && most - at < next - at && most - at <= FEW)
			ok = sort_first_texts(&t, first, next - at, most - at);
		else if (next - at > 1)
			ok = sort_all_texts(&t, first, next - at);
	}
	return ok;
}
