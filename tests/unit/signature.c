/* SPDX-License-Identifier: MIT */
/* A signature says what a path is, and nothing that another run says otherwise. */
#include "paths/signature.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const char *label, bool first, bool repeated, const char *want)
{
	struct buffer text = BUFFER_INIT;
	if (!first)
		buffer_put_text(&text, "dict");
	signature_put(&text, first, label, "list", repeated);
	assert_string_equal(buffer_text(&text), want);
	buffer_fini(&text);
}

static void test_step_is_its_label_and_type(void **state)
{
	(void)state;
	check("['a']", false, false, "dict ['a'] list");
	check(".entries", false, false, "dict .entries list");
}

static void test_step_without_a_label_is_an_arrow(void **state)
{
	(void)state;
	check("", false, false, "dict -> list");
	check("", true, false, "list");
}

static void test_places_of_attributes_are_left_out(void **state)
{
	(void)state;
	check(".{38}", false, false, "dict .{} list");
	check(".{0}", false, false, "dict .{} list");
}

static void test_what_only_looks_like_a_place_stays(void **state)
{
	(void)state;
	check(".{3x}", false, false, "dict .{3x} list");
	check("{3}", false, false, "dict {3} list");
	check(".{3}}", false, false, "dict .{3}} list");
}

static void test_repeated_steps_have_a_star(void **state)
{
	(void)state;
	check(".next", false, true, "dict .next list*");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_step_is_its_label_and_type),
		cmocka_unit_test(test_step_without_a_label_is_an_arrow),
		cmocka_unit_test(test_places_of_attributes_are_left_out),
		cmocka_unit_test(test_what_only_looks_like_a_place_stays),
		cmocka_unit_test(test_repeated_steps_have_a_star),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
