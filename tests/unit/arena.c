/* SPDX-License-Identifier: MIT */
/* Room in memory and in files. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SIZE = 1 << 20, COUNT = 70 }; /* more than two pieces */

/* Fills room and looks at it again after the memory was let go of. */
static void check(struct arena *a)
{
	unsigned char *room[COUNT];
	for (int i = 0; i < COUNT; i++) {
		room[i] = arena_take(a, SIZE);
		assert_non_null(room[i]);
		memset(room[i], i + 1, SIZE);
		if (i % 10 == 0)
			arena_rest(a);
	}
	arena_rest(a);
	for (int i = 0; i < COUNT; i++)
		for (int k = 0; k < SIZE; k += 997)
			assert_int_equal(room[i][k], i + 1);
	assert_null(arena_take(a, SIZE_MAX - 8));
}

static void room_in_memory_stays(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	check(&a);
	arena_clear(&a);
	check(&a);
	arena_fini(&a);
}

static void room_in_files_comes_back(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	arena_spool(&a);
	check(&a);
	arena_fini(&a);
}

static void without_a_folder_it_is_in_memory(void **state)
{
	(void)state;
	struct arena a;
	setenv("TMPDIR", "/nowhere", 1);
	arena_init(&a);
	arena_spool(&a);
	check(&a);
	arena_fini(&a);
	unsetenv("TMPDIR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_in_memory_stays),
		cmocka_unit_test(room_in_files_comes_back),
		cmocka_unit_test(without_a_folder_it_is_in_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
