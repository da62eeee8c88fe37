/* SPDX-License-Identifier: MIT */
/* A mistyped word finds the name that was meant, and only that. */
#include "base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_counts_the_fewest_edits(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		size_t distance;
	} rows[] = {
		{ "", "", 0 },
		{ "", "abc", 3 },
		{ "select", "select", 0 },
		{ "SELECT", "select", 0 },
		{ "selct", "select", 1 },
		{ "sellect", "select", 1 },
		{ "selact", "select", 1 },
		{ "slect", "select", 1 },
		{ "selcet", "select", 1 },
		{ "kitten", "sitting", 3 },
		/* Optimal string alignment: a swapped pair is not edited again. */
		{ "ca", "abc", 3 },
		{ "ab", "ba", 1 },
		{ "abcd", "badc", 2 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *a = rows[i].a, *b = rows[i].b;
		assert_int_equal(
			nearest_distance(a, strlen(a), b, strlen(b)), rows[i].distance);
		assert_int_equal(
			nearest_distance(b, strlen(b), a, strlen(a)), rows[i].distance);
	}
}

static void test_gives_up_on_long_texts(void **state)
{
	(void)state;
	char text[65];
	memset(text, 'a', sizeof text);
	assert_int_equal(nearest_distance(text, 64, text, 64), 0);
	assert_true(nearest_distance(text, 65, text, 65) == SIZE_MAX);
	assert_true(nearest_distance(text, 1, text, 65) == SIZE_MAX);
	const char *const names[] = { "aaaaaaaa", NULL };
	assert_null(nearest_name(text, 65, names));
}

static void test_suggests_what_was_meant(void **state)
{
	(void)state;
	static const char *const names[] = { "select", "set", "stats", "gc", "gen",
		"ancestor_types", "markdown", NULL };
	static const struct {
		const char *word, *name;
	} rows[] = {
		{ "selct", "select" },
		{ "Select", "select" },
		{ "sel", "select" }, /* the beginning of a name, and not `set` */
		{ "stat", "stats" },
		{ "statt", "stats" },
		{ "ancestor", "ancestor_types" },
		{ "ancestortypes", "ancestor_types" },
		{ "md", NULL },
		{ "ge", "gen" },
		{ "cg", "gc" },
		{ "g", NULL },
		{ "", NULL },
		{ "frobnicate", NULL },
		{ "xyz", NULL },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *near =
			nearest_name(rows[i].word, strlen(rows[i].word), names);
		if (rows[i].name == NULL)
			assert_null(near);
		else
			assert_string_equal(near, rows[i].name);
	}
	const char *const none[] = { NULL };
	assert_null(nearest_name("select", 6, none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts_the_fewest_edits),
		cmocka_unit_test(test_gives_up_on_long_texts),
		cmocka_unit_test(test_suggests_what_was_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
