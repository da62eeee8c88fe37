/* SPDX-License-Identifier: MIT */
/* The rule of each generation is its own, and is there again. */
#include "store/root_rule.h"

#include "store/db.h"
#include "store/generation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int open_heap(void **state)
{
	struct db *db = db_open("", DB_TEMPORARY, NULL);
	*state = db;
	return db == NULL || !generation_create_schema(db, NULL);
}

static int close_heap(void **state)
{
	db_close(*state);
	return 0;
}

static enum root_rule rule_of(struct db *db, int64_t num)
{
	enum root_rule rule = ROOT_RULE_CHOSEN;
	assert_true(root_rule_find(db, num, &rule, NULL));
	return rule;
}

static void test_is_natural_until_set(void **state)
{
	struct db *db = *state;
	int64_t tables;
	assert_int_equal(rule_of(db, 1), ROOT_RULE_NATURAL);
	assert_true(db_integer(db, &tables, -1, NULL,
		"select count(*) from sqlite_schema where name like 'root%%'"));
	assert_int_equal(tables, 0);
	assert_true(root_rule_set(db, 1, ROOT_RULE_ORIGINAL, NULL, NULL, 0, NULL));
	assert_int_equal(rule_of(db, 1), ROOT_RULE_ORIGINAL);
	assert_int_equal(rule_of(db, 2), ROOT_RULE_NATURAL);
	assert_true(root_rule_set(db, 1, ROOT_RULE_NATURAL, NULL, NULL, 0, NULL));
	assert_int_equal(rule_of(db, 1), ROOT_RULE_NATURAL);
}

static void check_chosen(struct db *db, int64_t num, const int64_t *want, size_t n)
{
	int64_t *addresses = NULL;
	size_t count = 99;
	assert_int_equal(rule_of(db, num), ROOT_RULE_CHOSEN);
	assert_true(root_rule_addresses(db, num, &addresses, &count, NULL));
	assert_int_equal(count, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(addresses[i], want[i]);
	free(addresses);
}

static void test_chosen_are_ascending_and_distinct(void **state)
{
	struct db *db = *state;
	static const int64_t first[] = { 48, 16, INT64_MAX, 16, 32 };
	static const int64_t want[] = { 16, 32, 48, INT64_MAX };
	static const int64_t second[] = { 7 };
	assert_true(
		root_rule_set(db, 1, ROOT_RULE_CHOSEN, "x = 'it''s'", first, 5, NULL));
	assert_true(root_rule_set(db, 2, ROOT_RULE_CHOSEN, "y", second, 1, NULL));
	check_chosen(db, 1, want, 4);
	check_chosen(db, 2, second, 1);
	/* What was chosen before is forgotten, in this generation alone. */
	assert_true(root_rule_set(db, 1, ROOT_RULE_CHOSEN, "z", NULL, 0, NULL));
	check_chosen(db, 1, NULL, 0);
	check_chosen(db, 2, second, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_is_natural_until_set, open_heap, close_heap),
		cmocka_unit_test_setup_teardown(
			test_chosen_are_ascending_and_distinct, open_heap, close_heap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
