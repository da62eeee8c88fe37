/* SPDX-License-Identifier: MIT */
/* Items are found by their keys, whatever their hashes. */
#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ITEMS = 3000 };

struct wanted {
	const uint64_t *key;
	uint64_t value;
};

static bool is_item(const void *key, uint32_t item)
{
	const struct wanted *w = key;
	return w->key[item] == w->value;
}

/* All keys are there, each once, and nothing else is: `spread` says how many different
 * hashes there are. */
static void check(uint64_t spread)
{
	uint64_t key[ITEMS];
	struct map m = { 0 };
	for (uint32_t i = 0; i < ITEMS; i++) {
		key[i] = UINT64_C(0x5851f42d4c957f2d) * i;
		struct wanted w = { key, key[i] };
		assert_int_equal(map_find(&m, i % spread, is_item, &w), MAP_NONE);
		assert_true(map_put(&m, i % spread, i));
	}
	for (uint32_t i = 0; i < ITEMS; i++) {
		struct wanted w = { key, key[i] };
		assert_int_equal(map_find(&m, i % spread, is_item, &w), i);
		w.value++;
		assert_int_equal(map_find(&m, i % spread, is_item, &w), MAP_NONE);
	}
	map_fini(&m);
	assert_int_equal(map_find(&m, 0, is_item, &(struct wanted){ key, 0 }), MAP_NONE);
}

/* What is left is found after every other item went, in another order than they came. */
static void check_drop(uint64_t spread)
{
	uint64_t key[ITEMS];
	struct map m = { 0 };
	for (uint32_t i = 0; i < ITEMS; i++) {
		key[i] = i;
		assert_true(map_put(&m, i % spread, i));
	}
	for (uint32_t i = ITEMS / 2; i-- > 0;)
		map_drop(&m, 2 * i % spread, 2 * i);
	assert_int_equal(m.count, ITEMS / 2);
	for (uint32_t i = 0; i < ITEMS; i++) {
		struct wanted w = { key, key[i] };
		assert_int_equal(
			map_find(&m, i % spread, is_item, &w), i % 2 == 0 ? MAP_NONE : i);
	}
	for (uint32_t i = 1; i < ITEMS; i += 2)
		map_drop(&m, i % spread, i);
	for (size_t i = 0; i < m.slots; i++)
		assert_int_equal(m.slot[i].item, 0);
	map_fini(&m);
}

static void test_what_is_dropped_is_gone(void **state)
{
	(void)state;
	check_drop(ITEMS);
	check_drop(7);
	check_drop(1);
}

static void test_every_item_is_found(void **state)
{
	(void)state;
	check(ITEMS);
}

static void test_equal_hashes_are_told_apart(void **state)
{
	(void)state;
	check(1);
	check(7);
}

static void test_texts_do_not_run_together(void **state)
{
	(void)state;
	assert_true(map_hash_text(map_hash_text(0, "ab"), "c") !=
		    map_hash_text(map_hash_text(0, "a"), "bc"));
	assert_true(map_hash_number(0, 1) != map_hash_number(0, UINT64_C(1) << 32));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_item_is_found),
		cmocka_unit_test(test_equal_hashes_are_told_apart),
		cmocka_unit_test(test_what_is_dropped_is_gone),
		cmocka_unit_test(test_texts_do_not_run_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
