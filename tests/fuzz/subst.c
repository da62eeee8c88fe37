/* SPDX-License-Identifier: MIT */
/* Substitutions: whatever stands in the text, the output's bytes come from within it, and
 * so do errors. */
#include "language/subst.h"
#include "result/result.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static const struct result *find_result(void *context, int number)
{
	return number == 0 ? context : NULL;
}

static bool find_name(
	void *context, const char *name, size_t len, struct subst_value *value)
{
	(void)context;
	*value = (struct subst_value){ .text = "(1, 2)", .len = 6 };
	return len > 0 && name[0] != 'z';
}

static struct result *make_result(void)
{
	static const char *const names[] = { "address", "text" };
	struct result *r = result_new(2, names);
	fuzz_check(r != NULL);
	for (int i = 0; i < 3; i++) {
		struct cell row[] = { cell_integer(i + 7), cell_bytes("a'\0b", 4) };
		fuzz_check(result_push(r, row, NULL));
	}
	return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const args[] = { "one", "2" };
	struct result *r = make_result();
	const struct subst_scope scope = { .context = r,
		.find_result = find_result,
		.find_name = find_name,
		.args = args,
		.arg_count = 2,
		.current_generation = 3 };
	for (int sql = 0; sql < 2; sql++) {
		struct error err = ERROR_INIT;
		struct subst_text out = SUBST_TEXT_INIT;
		bool ok = (sql != 0 ? subst_sql : subst_text)(
			&scope, (const char *)data, size, 0, &out, &err);
		fuzz_check(ok == (err.status == STATUS_OK));
		fuzz_check(err.offset == ERROR_NOWHERE || err.offset <= size);
		for (size_t i = 0; ok && i <= out.text.len; i += 1 + out.text.len / 16)
			fuzz_check(subst_origin(&out, i) <= size);
		subst_text_fini(&out);
	}
	result_free(r);
	return 0;
}
