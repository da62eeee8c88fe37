/* SPDX-License-Identifier: MIT */
/* A function of ours is a table to SQL: with arguments, in joins, with its errors. */
#include "store/table_function.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct {
	struct db *db;
	int fills, finds;
} here;

/* upto(n): 1 … n, and its square, which is NULL for 3; a negative n is an error. */
static bool upto_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	++*(int *)context;
	if (arguments[0] < 0)
		return error_set(err, STATUS_SCRIPT, "less than nothing");
	for (int64_t i = 1; i <= arguments[0]; i++) {
		const int64_t row[] = { i, i == 3 ? TABLE_NULL : i * i };
		if (!table_rows_push(rows, row, err))
			return false;
	}
	return true;
}

/* evens: 0, 2, … 98, of which one is found without the others. */
static bool evens_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	(void)context;
	(void)arguments;
	for (int64_t i = 0; i < 100; i += 2)
		if (!table_rows_push(rows, &i, err))
			return false;
	return true;
}

static bool evens_find(void *context, const int64_t *arguments, int64_t value,
	struct table_rows *rows, struct error *err)
{
	(void)context;
	(void)arguments;
	here.finds++;
	return value < 0 || value >= 100 || value % 2 != 0 ||
	       table_rows_push(rows, &value, err);
}

/* thirds(n): the multiples of 3 below n, in parts of at most four numbers looked at, so
 * that parts are empty at the start, in between and at the end; it fails at 100. */
static bool thirds_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	(void)context;
	int64_t from = (int64_t)rows->next, to = from + (from % 2 == 0 ? 1 : 3);
	if (from >= 100)
		return error_set(err, STATUS_SCRIPT, "no thirds from 100 on");
	rows->source = rows;
	for (int64_t i = from; i < to && i < arguments[0]; i++)
		if (i % 3 == 0 && i > 0 && !table_rows_push(rows, &i, err))
			return false;
	rows->next = to < arguments[0] ? (size_t)to : 0;
	return true;
}

static const struct table_function thirds = { "thirds", "n integer", 1, "below hidden", 1,
	thirds_fill, NULL };
static const struct table_function upto = { "upto", "n integer, square integer", 2,
	"most hidden", 1, upto_fill, NULL };
static const struct table_function evens = { "evens", "n integer", 1, NULL, 0, evens_fill,
	evens_find };

static int set_up(void **state)
{
	(void)state;
	here.db = db_open(NULL, DB_TEMPORARY, NULL);
	here.fills = here.finds = 0;
	return here.db == NULL ||
	       !table_function_register(here.db, &upto, &here.fills, NULL) ||
	       !table_function_register(here.db, &evens, NULL, NULL) ||
	       !table_function_register(here.db, &thirds, NULL, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	db_close(here.db);
	return 0;
}

static void check(int64_t want, const char *query)
{
	int64_t value;
	assert_true(db_integer(here.db, &value, -1, NULL, "%s", query));
	assert_int_equal(value, want);
}

static void check_fails(const char *query, const char *message)
{
	int64_t value;
	struct error err = ERROR_INIT;
	assert_false(db_integer(here.db, &value, -1, &err, "%s", query));
	assert_non_null(strstr(err.message, message));
}

static void test_rows_are_those_of_the_arguments(void **state)
{
	(void)state;
	check(0, "select count(*) from upto(0)");
	check(5, "select count(*) from upto(5)");
	check(1 + 4 + 16 + 25, "select sum(square) from upto(5)");
	check(3, "select n from upto(5) where square is null");
}

static void test_argument_may_come_from_a_row(void **state)
{
	(void)state;
	check(1 + 2 + 3 + 4, "select count(*) from upto(4) a, upto(a.n) b");
	check(1 + 2 + 3 + 4,
		"select count(*) from upto(4) a join upto b on b.most = a.n");
}

static void test_nothing_comes_of_null(void **state)
{
	(void)state;
	check(0, "select count(*) from upto(null)");
	assert_int_equal(here.fills, 0);
}

static void test_text_that_is_a_number_is_one(void **state)
{
	(void)state;
	check(5, "select count(*) from upto('5')");
}

static void test_arguments_are_counted(void **state)
{
	(void)state;
	check_fails("select count(*) from upto", "upto() takes 1 argument");
	check_fails("select count(*) from upto()", "upto() takes 1 argument");
	check_fails("select count(*) from upto(1, 2)", "too many arguments");
}

static void test_error_of_the_function_is_that_of_the_query(void **state)
{
	(void)state;
	check_fails("select count(*) from upto(-1)", "less than nothing");
	check(2, "select count(*) from upto(2)");
}

static void test_join_on_the_first_column_finds_rows(void **state)
{
	(void)state;
	check(3, "select count(*) from upto(6) join evens using (n)");
	assert_int_equal(here.finds, 6);
	check(0, "select count(*) from evens where n = 3");
	check(0, "select count(*) from evens where n = 'two'");
	check(1, "select count(*) from evens where n = '2'");
}

static void test_rows_can_be_asked_for_again(void **state)
{
	(void)state;
	check(50 * 50, "select count(*) from evens a cross join evens b");
	check(9, "select count(*) from upto(3) a cross join upto(3) b");
}

static void test_rows_come_in_parts(void **state)
{
	(void)state;
	check(13, "select count(*) from thirds(40)");
	check(39 * 7, "select sum(n) from thirds(40)");
	check(12, "select max(rowid) from thirds(40)");
	check(13, "select count(distinct rowid) from thirds(40)");
	check(0, "select count(*) from thirds(2)");
	check(13 * 13, "select count(*) from thirds(40) a cross join thirds(40) b");
	int64_t value;
	struct error err = ERROR_INIT;
	assert_false(db_integer(
		here.db, &value, -1, &err, "select count(*) from thirds(200)"));
	assert_non_null(strstr(err.message, "no thirds from 100 on"));
}

static void test_views_may_use_it(void **state)
{
	(void)state;
	assert_true(db_exec(
		here.db, "create temp view squares as select square from upto(4)", NULL));
	check(21, "select sum(square) from squares");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows_are_those_of_the_arguments),
		TEST(test_argument_may_come_from_a_row),
		TEST(test_nothing_comes_of_null),
		TEST(test_text_that_is_a_number_is_one),
		TEST(test_arguments_are_counted),
		TEST(test_error_of_the_function_is_that_of_the_query),
		TEST(test_join_on_the_first_column_finds_rows),
		TEST(test_rows_can_be_asked_for_again),
		TEST(test_rows_come_in_parts),
		TEST(test_views_may_use_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
