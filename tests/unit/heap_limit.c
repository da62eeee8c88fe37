/* SPDX-License-Identifier: MIT */
/* More than fits into 32 bits is refused before anything is done with it. */
#include "load/heap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A heap of one piece that says it has so many objects and references, without them: what
 * is refused is never looked at. */
static bool build(size_t objects, size_t refs, struct error *err)
{
	struct heap h;
	heap_init(&h);
	struct heap_part *part = heap_part_new(1024, NULL);
	assert_non_null(part);
	assert_true(heap_take(&h, part, err));
	part->count = objects;
	part->ref_count = refs;
	bool ok = heap_build(&h, 1, err);
	part->count = 0;
	part->ref_count = 0;
	heap_fini(&h);
	return ok;
}

static void check_refused(size_t objects, size_t refs, const char *message)
{
	struct error err = ERROR_INIT;
	assert_false(build(objects, refs, &err));
	assert_int_equal(err.status, STATUS_DATA);
	assert_string_equal(err.message, message);
}

static void test_more_objects_than_there_are_numbers(void **state)
{
	(void)state;
	check_refused(UINT32_MAX, 0,
		"4294967295 objects and 0 references are more than can be read, "
		"4294967294 together");
	check_refused((size_t)1 << 33, 0,
		"8589934592 objects and 0 references are more than can be read, "
		"4294967294 together");
}

static void test_more_references_than_there_are_numbers(void **state)
{
	(void)state;
	check_refused(0, UINT32_MAX,
		"0 objects and 4294967295 references are more than can be read, "
		"4294967294 together");
	check_refused(UINT32_MAX / 2, UINT32_MAX / 2 + (size_t)1,
		"2147483647 objects and 2147483648 references are more than can be read, "
		"4294967294 together");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_more_objects_than_there_are_numbers),
		cmocka_unit_test(test_more_references_than_there_are_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
