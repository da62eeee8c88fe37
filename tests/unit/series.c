/* SPDX-License-Identifier: MIT */
/* Claims about counting generations: whatever the key, nothing is lost or counted twice,
 * and what accumulates is found where it was planted. */
#include "compare/series.h"
#include "leaks/leaks.h"
#include "store/db.h"
#include "store/generation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPES = 6, ROUNDS = 60 };

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static struct db *open_heap(void)
{
	struct error err = ERROR_INIT;
	struct db *db = db_open(NULL, DB_TEMPORARY, &err);
	assert_non_null(db);
	assert_true(generation_create_schema(db, &err));
	return db;
}

static void put_object(struct db *db, int64_t address, const char *type, int64_t size)
{
	assert_true(db_execf(db, NULL,
		"insert into obj (address, type, size, value, repr) values (%lld, %Q, "
		"%lld, 'v%lld', 'r')",
		(long long)address, type, (long long)size, (long long)(size % 5)));
}

static void put_ref(struct db *db, int64_t parent, int64_t child)
{
	assert_true(db_execf(db, NULL, "insert into ref values (%lld, %lld)",
		(long long)parent, (long long)child));
}

/* A heap of up to 40 objects with references at random; some are reachable. */
static void make_generation(struct db *db, uint32_t *seed, int64_t count[TYPES])
{
	static const char *const types[TYPES] = { "dict", "str", "list", "A", "B", "C" };
	int64_t num, n = 1 + next_random(seed) % 40;
	assert_true(db_begin(db, NULL));
	assert_true(generation_new(db, &num, NULL));
	for (int64_t i = 1; i <= n; i++) {
		uint32_t type = next_random(seed) % TYPES;
		count[type]++;
		put_object(db, 16 * i, types[type], next_random(seed) % 100);
		for (uint32_t k = next_random(seed) % 3; k > 0; k--)
			put_ref(db, 16 * i, 16 * (int64_t)(1 + next_random(seed) % n));
		if (next_random(seed) % 4 == 0)
			put_ref(db, 0, 16 * i);
	}
	assert_true(generation_index(db, num, NULL));
	assert_true(db_commit(db, NULL));
}

/* Folded, all bytes are there, and as many objects as by type. */
static void check_sums(struct db *db, enum series_key key, const int64_t *num, bool plain)
{
	struct error err = ERROR_INIT;
	const struct series_query q = { key, num, 2, plain };
	const struct series_query by_type = { SERIES_TYPE, num, 2, plain };
	struct series *s = series_new(db, &q, &err);
	struct series *types = series_new(db, &by_type, &err);
	assert_non_null(s);
	assert_non_null(types);
	for (size_t k = 0; k < 2; k++) {
		char obj[GENERATION_TABLE_MAX];
		int64_t objects, size, count = 0, bytes = 0;
		assert_true(generation_table(db, "obj", num[k], obj, &err));
		assert_true(db_integer(
			db, &objects, 0, &err, "select count(*) from \"%w\"", obj));
		assert_true(db_integer(
			db, &size, 0, &err, "select sum(size) from \"%w\"", obj));
		for (size_t i = 0; i < s->count; i++) {
			count += s->row[i].count[k];
			bytes += s->row[i].bytes[k];
			assert_true(s->row[i].count[k] >= 0);
		}
		if (plain)
			assert_int_equal(count, objects);
		assert_true(count <= objects);
		assert_int_equal(count, types->total.count[k]);
		assert_int_equal(bytes, size);
		assert_int_equal(s->total.count[k], count);
		assert_int_equal(s->total.bytes[k], size);
	}
	series_free(s);
	series_free(types);
}

static void rows_add_up_whatever_the_key(void **state)
{
	static const enum series_key keys[] = { SERIES_TYPE, SERIES_OWNER,
		SERIES_SIGNATURE, SERIES_VALUE };
	static const int64_t num[] = { 1, 2 }, back[] = { 2, 1 };
	uint32_t seed = 1;
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct db *db = open_heap();
		int64_t count[2][TYPES] = { { 0 } };
		make_generation(db, &seed, count[0]);
		make_generation(db, &seed, count[1]);
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
			check_sums(db, keys[i], num, true);
			check_sums(db, keys[i], num, false);
			check_sums(db, keys[i], back, false);
		}
		db_close(db);
	}
}

/* died + survived = before, born + survived = after, for each type. */
static void survivors_are_counted_once(void **state)
{
	static const int64_t num[] = { 1, 2 };
	uint32_t seed = 7;
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct db *db = open_heap();
		int64_t count[2][TYPES] = { { 0 } }, survived, total = 0;
		make_generation(db, &seed, count[0]);
		make_generation(db, &seed, count[1]);
		struct series *s = series_survivors(
			db, &(struct series_query){ SERIES_ADDRESS, num, 2, true }, NULL);
		struct series *types = series_new(
			db, &(struct series_query){ SERIES_TYPE, num, 2, true }, NULL);
		assert_non_null(s);
		assert_non_null(types);
		for (size_t i = 0; i < s->count; i++) {
			const struct series_row *row = &s->row[i];
			assert_true(row->count[1] <= row->count[0]);
			assert_true(row->count[1] <= row->count[2]);
			total += row->count[1];
		}
		assert_int_equal(s->total.count[0], types->total.count[0]);
		assert_int_equal(s->total.count[2], types->total.count[1]);
		assert_true(db_integer(db, &survived, 0, NULL,
			"select count(*) from obj1 a, obj b where a.address = b.address "
			"and a.type = b.type"));
		assert_int_equal(total, survived);
		series_free(s);
		series_free(types);
		db_close(db);
	}
}

/* root -> list -> entries -> Entry -> str, `n` entries; a Cache of `cached` beside it */
static void make_leak(struct db *db, int64_t n, int64_t cached)
{
	int64_t num;
	assert_true(db_begin(db, NULL));
	assert_true(generation_new(db, &num, NULL));
	put_object(db, 16, "Registry", 50);
	put_object(db, 32, "set", 50);
	put_object(db, 48, "Cache", 50);
	put_ref(db, 0, 16);
	put_ref(db, 0, 48);
	put_ref(db, 16, 32);
	for (int64_t i = 0; i < n; i++) {
		put_object(db, 10000 + 32 * i, "Entry", 100);
		put_object(db, 10016 + 32 * i, "str", 1000);
		put_ref(db, 32, 10000 + 32 * i);
		put_ref(db, 10000 + 32 * i, 10016 + 32 * i);
	}
	for (int64_t i = 0; i < cached; i++) {
		put_object(db, 900000 + 16 * i, "Page", 5000);
		put_ref(db, 48, 900000 + 16 * i);
	}
	assert_true(generation_index(db, num, NULL));
	assert_true(db_commit(db, NULL));
}

static void a_leak_is_found_where_it_accumulates(void **state)
{
	static const int64_t num[] = { 1, 2, 3 };
	const struct leak_limits limits = LEAK_LIMITS_DEFAULT;
	struct db *db = open_heap();
	struct leak_list l;
	(void)state;
	make_leak(db, 10, 10);
	make_leak(db, 70, 100);
	make_leak(db, 130, 110);
	assert_true(leaks_find(&l, db, num, 3, &limits, NULL));
	assert_int_equal(l.count, 1);
	assert_string_equal(l.items[0].class, "Entry");
	assert_int_equal(l.items[0].growth, 120);
	assert_int_equal(l.items[0].bytes, 120 * 1100);
	assert_int_equal(l.items[0].trend, TREND_MONOTONIC);
	assert_non_null(strstr(l.items[0].signature, "Registry"));
	leak_list_fini(&l);
	/* Of the first two the cache grew as the leak did. */
	assert_true(leaks_find(&l, db, num, 2, &limits, NULL));
	assert_int_equal(l.count, 2);
	assert_string_equal(l.items[0].class, "Page");
	leak_list_fini(&l);
	/* Backwards nothing grows. */
	static const int64_t back[] = { 3, 1 };
	assert_true(leaks_find(&l, db, back, 2, &limits, NULL));
	assert_int_equal(l.count, 0);
	leak_list_fini(&l);
	db_close(db);
}

static void a_threshold_leaves_small_ones_out(void **state)
{
	static const int64_t num[] = { 1, 2 };
	struct leak_limits limits = LEAK_LIMITS_DEFAULT;
	struct db *db = open_heap();
	struct leak_list l;
	(void)state;
	make_leak(db, 10, 10);
	make_leak(db, 59, 10);
	/* 49 objects, and more than 2 % of the heap, which is too small for that. */
	assert_true(leaks_find(&l, db, num, 2, &limits, NULL));
	assert_int_equal(l.count, 0);
	leak_list_fini(&l);
	limits.count = 49;
	assert_true(leaks_find(&l, db, num, 2, &limits, NULL));
	assert_int_equal(l.count, 1);
	leak_list_fini(&l);
	limits.bytes = 49 * 1100 + 1;
	assert_true(leaks_find(&l, db, num, 2, &limits, NULL));
	assert_int_equal(l.count, 0);
	leak_list_fini(&l);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_add_up_whatever_the_key),
		cmocka_unit_test(survivors_are_counted_once),
		cmocka_unit_test(a_leak_is_found_where_it_accumulates),
		cmocka_unit_test(a_threshold_leaves_small_ones_out),
	};
	return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
