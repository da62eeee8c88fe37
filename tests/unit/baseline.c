/* SPDX-License-Identifier: MIT */
/* Claims about files of known findings. */
#include "compare/baseline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
	char folder[32];
	char path[64];
};

static int make_folder(void **state)
{
	static struct fixture f;
	strcpy(f.folder, "/tmp/baseline-XXXXXX");
	if (mkdtemp(f.folder) == NULL)
		return -1;
	snprintf(f.path, sizeof f.path, "%s/known.csv", f.folder);
	*state = &f;
	return 0;
}

static int drop_folder(void **state)
{
	struct fixture *f = *state;
	unlink(f->path);
	return rmdir(f->folder);
}

static void put_file(const struct fixture *f, const char *text)
{
	FILE *file = fopen(f->path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static char *get_file(const struct fixture *f, char *text, size_t size)
{
	FILE *file = fopen(f->path, "r");
	assert_non_null(file);
	size_t n = fread(text, 1, size - 1, file);
	text[n] = '\0';
	fclose(file);
	return text;
}

static void findings_are_new_known_or_grown(void **state)
{
	const struct fixture *f = *state;
	struct baseline b;
	put_file(f, "note,signature,count\nwhy,b,5\n,a,3\n");
	assert_true(baseline_read(&b, f->path, false, NULL));
	assert_int_equal(baseline_judge(&b, "b", 5), BASELINE_KNOWN);
	assert_int_equal(baseline_judge(&b, "a", 4), BASELINE_GROWN);
	assert_int_equal(baseline_judge(&b, "c", 0), BASELINE_NEW);
	/* Findings of one signature add up. */
	assert_int_equal(baseline_judge(&b, "b", 1), BASELINE_GROWN);
	baseline_fini(&b);
}

static void what_is_not_found_is_stale_and_dropped(void **state)
{
	const struct fixture *f = *state;
	struct baseline b;
	char text[256];
	put_file(f, "signature,count,note\nb,5,\"x, \"\"y\"\"\"\na,3,\nz,1,gone\n");
	assert_true(baseline_read(&b, f->path, true, NULL));
	assert_int_equal(baseline_judge(&b, "b", 7), BASELINE_GROWN);
	assert_true(baseline_accept(&b, "b", 7, NULL));
	assert_int_equal(baseline_judge(&b, "a", 1), BASELINE_KNOWN);
	assert_true(baseline_accept(&b, "a", 1, NULL));
	assert_int_equal(baseline_judge(&b, "12", 2), BASELINE_NEW);
	assert_true(baseline_accept(&b, "12", 2, NULL));
	assert_false(b.items[3].found);
	struct places *places = places_new(NULL);
	assert_true(baseline_write(&b, places, f->path, NULL));
	/* A second check of the run would drop what the first has accepted. */
	assert_false(baseline_write(&b, places, f->path, NULL));
	places_free(places);
	baseline_fini(&b);
	assert_string_equal(get_file(f, text, sizeof text),
		"signature,count,note\n\"12\",2,\n\"a\",1,\n\"b\",7,\"x, \"\"y\"\"\"\n");
	/* What was written is read as it was. */
	assert_true(baseline_read(&b, f->path, false, NULL));
	assert_int_equal(b.count, 3);
	assert_string_equal(b.items[0].signature, "12");
	assert_string_equal(b.items[2].note, "x, \"y\"");
	baseline_fini(&b);
}

static void a_missing_file_is_empty_only_for_an_update(void **state)
{
	const struct fixture *f = *state;
	struct baseline b;
	struct error err = ERROR_INIT;
	unlink(f->path);
	assert_true(baseline_read(&b, f->path, true, &err));
	assert_int_equal(b.count, 0);
	baseline_fini(&b);
	assert_false(baseline_read(&b, f->path, false, &err));
	assert_int_equal(err.status, STATUS_DATA);
	baseline_fini(&b);
}

static void what_cannot_be_understood_is_refused(void **state)
{
	static const char *const files[] = { "", "signature\na\n", "count\n1\n",
		"signature,count\na,x\n", "signature,count\n,1\n",
		"signature,count\na,1\na,1\n" };
	const struct fixture *f = *state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct baseline b;
		struct error err = ERROR_INIT;
		put_file(f, files[i]);
		assert_false(baseline_read(&b, f->path, false, &err));
		assert_int_equal(err.status, STATUS_DATA);
		baseline_fini(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			findings_are_new_known_or_grown, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(
			what_is_not_found_is_stale_and_dropped, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(
			a_missing_file_is_empty_only_for_an_update, make_folder,
			drop_folder),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_understood_is_refused, make_folder, drop_folder),
	};
	return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
