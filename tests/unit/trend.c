/* SPDX-License-Identifier: MIT */
/* Claims about what a row of numbers says. */
#include "compare/trend.h"

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

static void only_what_goes_on_is_a_leak(void **state)
{
	(void)state;
	assert_true(trend_is_leak(TREND_MONOTONIC, 2));
	assert_true(trend_is_leak(TREND_MONOTONIC, 5));
	assert_true(trend_is_leak(TREND_NEW, 2));
	assert_false(trend_is_leak(TREND_NEW, 3));
	assert_false(trend_is_leak(TREND_SATURATING, 3));
	assert_false(trend_is_leak(TREND_NET_UP, 3));
	assert_false(trend_is_leak(TREND_FLAT, 2));
	assert_false(trend_is_leak(TREND_SHRINKING, 2));
	assert_false(trend_is_leak(TREND_GONE, 2));
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
		cmocka_unit_test(only_what_goes_on_is_a_leak),
		cmocka_unit_test(the_slope_is_that_of_the_nearest_line),
	};
	return cmocka_run_group_tests_name("trend", tests, NULL, NULL);
}
