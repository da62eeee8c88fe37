/* SPDX-License-Identifier: MIT */
/* A module's file says whose it is on every system, and a class is of the only module
 * that it can be of. */
#include "explain/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_files_say_whose_code_they_hold(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		enum name_owner owner;
	} rows[] = {
		{ "/srv/shop/models.py", NAME_PROGRAM },
		{ "C:\\shop\\models.py", NAME_PROGRAM },
		{ "", NAME_PROGRAM },
		{ "/usr/lib/python3.11/queue.py", NAME_LIBRARY },
		{ "/usr/lib64/python3.12/queue.py", NAME_LIBRARY },
		{ "/opt/pypy/lib-python/2.7/Queue.py", NAME_LIBRARY },
		{ "C:\\Python312\\Lib\\queue.py", NAME_LIBRARY },
		{ "<frozen importlib._bootstrap>", NAME_LIBRARY },
		/* A folder of packages is within that of the library. */
		{ "/usr/lib/python3/dist-packages/yaml/loader.py", NAME_PACKAGE },
		{ "/v/lib/python3.12/site-packages/django/db/models.py", NAME_PACKAGE },
		{ "C:\\Python312\\Lib\\site-packages\\yaml\\loader.py", NAME_PACKAGE },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(home_owner(rows[i].file), rows[i].owner);
}

static void test_only_one_module_is_known(void **state)
{
	(void)state;
	struct home h = { 0 };
	assert_false(home_is_known(&h));
	home_note(&h, 7, 100);
	assert_true(home_is_known(&h));
	/* The same module under another name of the class. */
	home_note(&h, 9, 100);
	assert_true(home_is_known(&h));
	assert_int_equal(h.text, 7);
	home_note(&h, 8, 101);
	assert_false(home_is_known(&h));
	/* Two remain two, whatever comes. */
	home_note(&h, 7, 100);
	assert_false(home_is_known(&h));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_say_whose_code_they_hold),
		cmocka_unit_test(test_only_one_module_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
