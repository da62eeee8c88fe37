/* SPDX-License-Identifier: MIT */
/* The sorts agree with qsort(), whatever is sorted. */
#include "base/sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t state = 1;

static uint64_t draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* Integers of `bits` bits: any, few different ones, ascending, descending, all equal. */
static uint64_t make(int kind, unsigned bits, size_t i, size_t n)
{
	const uint64_t mask = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
	const uint64_t kinds[] = { draw(), draw() % 5 * 0x1234567, i, n - i, 77 };
	return kinds[kind] & mask;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static void test_sorts_agree(void **unused)
{
	static const size_t sizes[] = { 0, 1, 2, 31, 32, 33, 255, 1000, 20000 };
	static const unsigned widths[] = { 1, 7, 8, 9, 33, 57, 64 };
	enum { KINDS = 5, MOST = 20000 };
	(void)unused;
	uint64_t *want = malloc(MOST * sizeof *want), *got = malloc(MOST * sizeof *got);
	uint64_t *scratch = malloc(MOST * sizeof *scratch);
	assert_true(want != NULL && got != NULL && scratch != NULL);
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
			for (int kind = 0; kind < KINDS; kind++) {
				size_t n = sizes[s], bytes = n * sizeof *want;
				for (size_t i = 0; i < n; i++)
					want[i] = make(kind, widths[w], i, n);
				memcpy(got, want, bytes);
				sort_in_place(got, n, widths[w]);
				uint64_t *other = malloc(bytes + 1);
				assert_non_null(other);
				memcpy(other, want, bytes);
				uint64_t *bits =
					sort_bits(other, scratch, n, 0, widths[w], 2);
				if (n > 0)
					qsort(want, n, sizeof *want, compare);
				assert_memory_equal(got, want, bytes);
				sort_u64(got, n);
				assert_memory_equal(got, want, bytes);
				memcpy(got, bits, bytes);
				for (size_t i = 0; i < n / 2; i++) {
					uint64_t swap = got[i];
					got[i] = got[n - 1 - i];
					got[n - 1 - i] = swap;
				}
				sort_u64(got, n);
				assert_memory_equal(got, want, bytes);
				assert_memory_equal(bits, want, bytes);
				free(other);
			}
		}
	}
	free(want);
	free(got);
	free(scratch);
}

/* So many that they are divided into buckets first, of which some have most items: items
 * of equal keys keep their order. */
static void test_many_items_keep_their_order(void **unused)
{
	static const unsigned widths[] = { 1, 9, 10, 23, 32 };
	enum { N = 300000, KINDS = 5 };
	(void)unused;
	uint64_t *items = malloc(N * sizeof *items), *want = malloc(N * sizeof *want);
	uint64_t *scratch = malloc(N * sizeof *scratch);
	assert_true(items != NULL && want != NULL && scratch != NULL);
	for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
		for (int kind = 0; kind < KINDS; kind++) {
			for (unsigned threads = 1; threads <= 3; threads += 2) {
				/* A third of all keys are one, or the kind decides all.
				 */
				for (size_t i = 0; i < N; i++)
					items[i] = make(threads == 3 && i % 3 == 0 ? 4
										   : kind,
							   widths[w], i, N)
							   << 32 |
						   i;
				memcpy(want, items, N * sizeof *want);
				qsort(want, N, sizeof *want, compare);
				uint64_t *sorted = sort_bits(
					items, scratch, N, 32, widths[w], threads);
				assert_true(sorted == items || sorted == scratch);
				assert_memory_equal(sorted, want, N * sizeof *want);
			}
		}
	}
	free(items);
	free(want);
	free(scratch);
}

/* Lists of every length at which another way begins, and long ones. */
static void test_lists_of_any_length_are_sorted(void **unused)
{
	enum { KINDS = 5, ALL = 300, MOST = 20000 };
	uint32_t *items = malloc(MOST * sizeof *items);
	uint64_t *want = malloc(MOST * sizeof *want);
	(void)unused;
	assert_true(items != NULL && want != NULL);
	for (size_t length = 0; length <= ALL + 2; length++)
		for (int round = 0; round < 4 * KINDS; round++) {
			size_t n = length <= ALL       ? length
				   : length == ALL + 1 ? 4097
						       : MOST;
			for (size_t i = 0; i < n; i++) {
				want[i] = make(round % KINDS, 32, i, n);
				items[i] = (uint32_t)want[i];
			}
			if (n > 0)
				qsort(want, n, sizeof *want, compare);
			sort_u32(items, n);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(items[i], want[i]);
		}
	free(items);
	free(want);
}

/* Bits that all items share may be anything. */
static void test_shared_bits_do_not_matter(void **unused)
{
	uint64_t items[1000], want[1000];
	(void)unused;
	for (size_t i = 0; i < 1000; i++)
		items[i] = want[i] = UINT64_C(0xabcd) << 48 | (draw() & 0xfffff);
	sort_in_place(items, 1000, 20);
	qsort(want, 1000, sizeof *want, compare);
	assert_memory_equal(items, want, sizeof want);
}

struct weighed {
	unsigned weight;
	unsigned word;
};

static int compare_weights(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;
	return (x->weight > y->weight) - (x->weight < y->weight);
}

/* The order of the words is not that of their numbers. */
static char *word_of(const void *calls, const void *item)
{
	const struct weighed *w = item;
	char text[32];
	++**(size_t *const *)calls;
	snprintf(text, sizeof text, "%u", w->word);
	return strdup(text);
}

static int compare_all(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;
	char p[32], q[32];
	if (x->weight != y->weight)
		return compare_weights(a, b);
	snprintf(p, sizeof p, "%u", x->word);
	snprintf(q, sizeof q, "%u", y->word);
	return strcmp(p, q);
}

/* The first items are those that a sort of all by all gives, the others are still there,
 * and no text is made where nothing is equal. */
static void test_ties_are_ordered_by_texts(void **unused)
{
	enum { MOST = 1500 };
	static const size_t sizes[] = { 0, 1, 2, 3, 40, 600, MOST };
	static const size_t wanted[] = { 0, 1, 2, 10, 255, 256, 257, 1000, MOST };
	static const unsigned weights[] = { 1, 3, 50, 1000000 };
	static struct weighed items[MOST], all[MOST];
	(void)unused;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
		for (size_t m = 0; m < sizeof wanted / sizeof *wanted; m++)
			for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
				size_t n = sizes[s], most = wanted[m] < n ? wanted[m] : n;
				for (size_t i = 0; i < n; i++)
					items[i] = (struct weighed){
						(unsigned)(draw() % weights[w]),
						(unsigned)(draw() % 100000)
					};
				memcpy(all, items, sizeof all);
				qsort(all, n, sizeof *all, compare_all);
				bool tie = false;
				for (size_t i = 1; i < n && i <= most; i++)
					tie = tie || all[i].weight == all[i - 1].weight;
				size_t calls = 0, *counter = &calls;
				assert_true(sort_ties(items, n, sizeof *items, most,
					compare_weights, word_of, &counter));
				assert_memory_equal(items, all, most * sizeof *items);
				assert_true(
					calls <= n && (calls > 0) == (tie && most > 0));
				qsort(items, n, sizeof *items, compare_all);
				assert_memory_equal(items, all, n * sizeof *items);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorts_agree),
		cmocka_unit_test(test_many_items_keep_their_order),
		cmocka_unit_test(test_lists_of_any_length_are_sorted),
		cmocka_unit_test(test_shared_bits_do_not_matter),
		cmocka_unit_test(test_ties_are_ordered_by_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
