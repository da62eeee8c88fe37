/* SPDX-License-Identifier: MIT */
/* The hash is the one of the paper, whose appendix has the value for 15 bytes. */
#include "base/siphash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void siphash_gives_the_values_of_its_authors(void **state)
{
	(void)state;
	const struct siphash_key key = { UINT64_C(0x0706050403020100),
		UINT64_C(0x0f0e0d0c0b0a0908) };
	unsigned char text[15];
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (unsigned char)i;
	assert_true(siphash(&key, text, 0) == UINT64_C(0x726fdb47dd0e0e31));
	assert_true(siphash(&key, text, 15) == UINT64_C(0xa129ca6149be45e5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(siphash_gives_the_values_of_its_authors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
