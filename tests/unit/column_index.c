/* SPDX-License-Identifier: MIT */
/* An index is made where none leads to the rows, in one generation, and SQLite uses it.
 */
#include "store/column_index.h"

#include "store/generation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
	int64_t num;
	struct db *db = db_open(NULL, DB_TEMPORARY, NULL);
	*state = db;
	return db == NULL || !generation_create_schema(db, NULL) ||
	       !generation_new(db, &num, NULL) || !generation_new(db, &num, NULL);
}

static int tear_down(void **state)
{
	db_close(*state);
	return 0;
}

/* Whether an index on that column was made. */
static bool make(struct db *db, const char *column)
{
	bool made;
	assert_true(column_index_make(db, 2, column, &made, NULL));
	return made;
}

static bool is_searched(struct db *db, const char *query)
{
	struct db_stmt *stmt;
	assert_true(db_preparef(db, &stmt, NULL, "explain query plan %s", query));
	assert_int_equal(db_step(stmt, NULL), 1);
	bool searched = strncmp(db_column(stmt, 3).text, "SEARCH", 6) == 0;
	db_stmt_free(stmt);
	return searched;
}

static void test_columns_of_both_tables_are_known(void **state)
{
	static const struct {
		const char *column;
		bool known;
	} cases[] = { { "type", true }, { "child", true }, { "address", true },
		{ "nothing", false }, { "", false }, { "type\"", false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool known;
		assert_true(column_index_knows(*state, cases[i].column, &known, NULL));
		assert_int_equal(known, cases[i].known);
	}
}

static void test_query_searches_by_what_was_made(void **state)
{
	static const char query[] = "select * from obj where type = 'x'";
	assert_false(is_searched(*state, query));
	assert_true(make(*state, "type"));
	assert_true(is_searched(*state, query));
}

static void test_second_index_on_a_column_is_not_made(void **state)
{
	assert_true(make(*state, "type"));
	assert_false(make(*state, "type"));
}

static void test_key_needs_no_index(void **state)
{
	assert_false(make(*state, "address"));
}

static void test_other_generation_is_left_alone(void **state)
{
	int64_t count;
	assert_true(make(*state, "type"));
	assert_true(db_integer(*state, &count, -1, NULL,
		"select count(*) from sqlite_schema where type = 'index' and sql like "
		"'%%(\"type\")'"));
	assert_int_equal(count, 1);
	assert_false(is_searched(*state, "select * from obj1 where type = 'x'"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_columns_of_both_tables_are_known),
		TEST(test_query_searches_by_what_was_made),
		TEST(test_second_index_on_a_column_is_not_made),
		TEST(test_key_needs_no_index),
		TEST(test_other_generation_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
