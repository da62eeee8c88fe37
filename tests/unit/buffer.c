/* SPDX-License-Identifier: MIT */
/* A buffer holds any bytes, ends them with a NUL and remembers a failure. */
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_appends_what_it_is_given(void **state)
{
	(void)state;
	struct buffer b = BUFFER_INIT;
	assert_string_equal(buffer_text(&b), "");
	buffer_put(&b, "a\0b", 3);
	buffer_printf(&b, "%d-%s", 42, "x");
	buffer_put_char(&b, '!');
	assert_int_equal(b.len, 8);
	assert_memory_equal(b.data, "a\0b42-x!", 9);
	buffer_fini(&b);
}

static void test_stays_failed_until_cleared(void **state)
{
	(void)state;
	struct buffer b = BUFFER_INIT;
	buffer_put_text(&b, "kept");
	assert_null(buffer_reserve(&b, SIZE_MAX));
	buffer_put_text(&b, "ignored");
	assert_true(b.failed);
	assert_string_equal(buffer_text(&b), "kept");
	assert_null(buffer_take(&b));
	buffer_put_text(&b, "new");
	char *taken = buffer_take(&b);
	assert_string_equal(taken, "new");
	free(taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_appends_what_it_is_given),
		cmocka_unit_test(test_stays_failed_until_cleared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
