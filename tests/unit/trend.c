/* SPDX-License-Identifier: MIT */
/* Claims about what a row of numbers says. */
#include "compare/trend.h"
#include "leaks/growth.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct example {
	size_t n;
	int64_t value[6];
	enum trend trend;
};

static void judges_as_people_do(void **state)
{
	static const struct example examples[] = {
		{ 1, { 0 }, TREND_FLAT },
		{ 1, { 7 }, TREND_FLAT },
		{ 2, { 0, 0 }, TREND_FLAT },
		{ 2, { 0, 1 }, TREND_NEW },
		{ 2, { 1, 0 }, TREND_GONE },
		{ 2, { 100, 101 }, TREND_FLAT },
		{ 2, { 100, 102 }, TREND_MONOTONIC },
		{ 2, { 102, 100 }, TREND_SHRINKING },
		{ 3, { 20, 120, 220 }, TREND_MONOTONIC },
		{ 3, { 0, 100, 200 }, TREND_MONOTONIC },
		{ 3, { 0, 0, 200 }, TREND_NEW },
		{ 3, { 5, 0, 0 }, TREND_GONE },
		{ 3, { 0, 5, 0 }, TREND_GONE },
		{ 3, { 22, 100, 100 }, TREND_SATURATING },
		{ 3, { 0, 100, 149 }, TREND_SATURATING },
		{ 3, { 0, 100, 150 }, TREND_MONOTONIC },
		{ 4, { 0, 50, 80, 90 }, TREND_SATURATING },
		{ 4, { 10, 20, 15, 40 }, TREND_NET_UP },
		{ 4, { 10, 20, 20, 40 }, TREND_NET_UP },
		{ 4, { 40, 20, 15, 10 }, TREND_SHRINKING },
		{ 5, { 100, 300, 100, 300, 100 }, TREND_FLAT },
		{ 3, { INT64_MIN, 0, INT64_MAX }, TREND_MONOTONIC },
		{ 3, { -300, -200, -100 }, TREND_MONOTONIC },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++)
		assert_string_equal(
			trend_name(trend_judge(examples[i].value, examples[i].n)),
			trend_name(examples[i].trend));
}

static void what_slows_down_comes_to_an_end(void **state)
{
	static const int64_t even[] = { 0, 500, 1000 }, filling[] = { 0, 500, 600 },
			     slower[] = { 0, 1000, 1350 }, still[] = { 5, 5, 80 },
			     pair[] = { 100, 101 };
	(void)state;
	assert_true(growth_goes_on(even, 3, 50));
	assert_true(growth_goes_on(pair, 2, 50));
	assert_false(growth_goes_on(filling, 3, 50));
	assert_false(growth_goes_on(still, 3, 50));
	/* To 0.35 of the step before: 188 more are to come. */
	assert_true(growth_goes_on(slower, 3, 150));
	assert_false(growth_goes_on(slower, 3, 200));
}

static void a_crowd_that_changes_does_not_survive(void **state)
{
	static const int64_t count[] = { 100, 400, 700 }, none[] = { 0, 0, 0 },
			     stay[] = { 100, 400, 0 }, came[] = { 0, 300, 300 },
			     fresh[] = { 0, 400, 700 };
	(void)state;
	assert_true(growth_survives(count, stay, came, 3));
	assert_false(growth_survives(count, none, fresh, 3));
}

static void the_slope_is_that_of_the_nearest_line(void **state)
{
	static const int64_t line[] = { 5, 8, 11, 14 }, bent[] = { 0, 10, 0, 10 };
	(void)state;
	assert_float_equal(trend_slope(line, 4), 3, 1e-12);
	assert_float_equal(trend_slope(line, 2), 3, 1e-12);
	assert_float_equal(trend_slope(line, 1), 0, 1e-12);
	/* (-1.5)(0) + (-0.5)(10) + (0.5)(0) + (1.5)(10) = 10, over 5 */
	assert_float_equal(trend_slope(bent, 4), 2, 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges_as_people_do),
		cmocka_unit_test(what_slows_down_comes_to_an_end),
		cmocka_unit_test(a_crowd_that_changes_does_not_survive),
		cmocka_unit_test(the_slope_is_that_of_the_nearest_line),
	};
	return cmocka_run_group_tests_name("trend", tests, NULL, NULL);
}
