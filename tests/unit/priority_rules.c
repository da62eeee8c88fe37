/* SPDX-License-Identifier: MIT */
/* A reference has low priority just when a rule takes both of its types. */
#include "paths/priority_rules.h"

#include "store/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One object of each type. */
static const char *const types[] = { "frame", "traceback", "weakref", "KeyedRef",
	"function", "dict", "module", "type", "ABCMeta", "classobj", "list", "Registry" };

enum { TYPES = sizeof types / sizeof *types };

static struct {
	struct db *db;
	struct objects *o;
} here;

static int set_up(void **state)
{
	int64_t size[TYPES] = { 0 };
	(void)state;
	here.db = db_open(NULL, DB_TEMPORARY, NULL);
	here.o = objects_build(size, types, TYPES, NULL);
	return here.db == NULL || here.o == NULL;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(here.db);
	objects_free(here.o);
	return 0;
}

static bool takes(const char *rule, const char *type)
{
	return strcmp(rule, "*") == 0 || strcmp(rule, type) == 0;
}

/* Compares what is low with `rules`, pairs of type names, the last NULL. */
static void check(const char *const rules[][2])
{
	struct priority p;
	assert_true(priority_load(here.db, here.o, &p, NULL));
	for (uint32_t i = 0; i < TYPES; i++)
		for (uint32_t j = 0; j < TYPES; j++) {
			bool want = false;
			for (size_t k = 0; rules[k][0] != NULL; k++)
				want = want || (takes(rules[k][0], types[i]) &&
						       takes(rules[k][1], types[j]));
			assert_int_equal(priority_is_low(&p, i, j), want);
		}
	priority_fini(&p);
}

/* The manual's table. */
static void test_rules_without_a_table_are_the_default_ones(void **state)
{
	static const char *const rules[][2] = { { "frame", "*" }, { "traceback", "*" },
		{ "weakref", "*" }, { "KeyedRef", "*" }, { "function", "dict" },
		{ "*", "module" }, { "*", "type" }, { "*", "ABCMeta" },
		{ "*", "classobj" }, { NULL, NULL } };
	(void)state;
	check(rules);
}

static void test_table_that_is_made_has_the_default_rules(void **state)
{
	(void)state;
	int64_t found;
	size_t rules = 0;
	const struct runtime_low *low = runtime_cpython.low;
	assert_true(priority_create(here.db, NULL));
	for (; low[rules].parent != NULL; rules++) {
		assert_true(db_integer(here.db, &found, 0, NULL,
			"select count(*) from low_priority where parent = %Q and child = "
			"%Q",
			low[rules].parent, low[rules].child));
		assert_int_equal(found, 1);
	}
	assert_true(db_integer(
		here.db, &found, 0, NULL, "select count(*) from low_priority"));
	assert_int_equal(found, rules);
}

static void test_table_that_is_there_is_left_alone(void **state)
{
	static const char *const none[][2] = { { NULL, NULL } };
	(void)state;
	assert_true(db_exec(
		here.db, "create table low_priority (parent text, child text)", NULL));
	assert_true(priority_create(here.db, NULL));
	check(none);
}

static void test_rows_of_the_table_replace_the_rules(void **state)
{
	static const char *const rules[][2] = { { "list", "dict" },
		{ "list", "Registry" }, { "dict", "dict" }, { "*", "frame" },
		{ "type", "*" }, { NULL, NULL } };
	(void)state;
	assert_true(db_exec(here.db,
		"create table low_priority (parent text, child text);"
		"insert into low_priority values ('list', 'dict'), ('dict', 'dict'),"
		" ('list', 'Registry'), ('*', 'frame'), ('type', '*')",
		NULL));
	check(rules);
}

static void test_two_stars_take_everything(void **state)
{
	static const char *const rules[][2] = { { "*", "*" }, { NULL, NULL } };
	(void)state;
	assert_true(db_exec(here.db,
		"create table low_priority (parent text, child text);"
		"insert into low_priority values ('*', '*')",
		NULL));
	check(rules);
}

static void test_rows_that_mean_no_type_are_no_rules(void **state)
{
	static const char *const rules[][2] = { { "list", "dict" }, { NULL, NULL } };
	(void)state;
	assert_true(db_exec(here.db,
		"create table low_priority (parent, child);"
		"insert into low_priority values (null, 'dict'), ('dict', null), (1, "
		"2.5),"
		" ('Nobody', '*'), ('*', 'Nobody'), ('', 'dict'), ('list', 'dict'),"
		" ('list', 'dict'), ('LIST', 'list')",
		NULL));
	check(rules);
}

static void test_table_without_the_columns_is_an_error(void **state)
{
	struct priority p;
	struct error err = ERROR_INIT;
	(void)state;
	assert_true(db_exec(here.db, "create table low_priority (a, b)", NULL));
	assert_false(priority_load(here.db, here.o, &p, &err));
	assert_non_null(strstr(err.message, "must have the columns parent and child"));
	priority_fini(&p);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rules_without_a_table_are_the_default_ones),
		TEST(test_table_that_is_made_has_the_default_rules),
		TEST(test_table_that_is_there_is_left_alone),
		TEST(test_rows_of_the_table_replace_the_rules),
		TEST(test_two_stars_take_everything),
		TEST(test_rows_that_mean_no_type_are_no_rules),
		TEST(test_table_without_the_columns_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
