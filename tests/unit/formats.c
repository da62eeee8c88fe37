/* SPDX-License-Identifier: MIT */
/* Dumps of other runtimes, cut at every byte and with every byte changed: read as far as
 * they go, or refused with one line; never anything else. */
#include "load/formats.h"
#include "dump/input.h"
#include "load/load_foreign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

/* A file in memory. */
static int dump_file = -1;
static char dump_path[64];

/* A small dump of each format, and how many objects it holds. */
static const struct small {
	const char *format, *file;
	uint64_t objects;
} smalls[] = {
	{ "heapsnapshot", "tiny.heapsnapshot", 18 },
	{ "hprof", "tiny.hprof", 26 },
	{ "ruby", "tiny_ruby.json", 19 },
	{ "php-meminfo", "tiny_php.json", 5 },
};

enum { SMALLS = sizeof smalls / sizeof *smalls };

static size_t read_small(const struct small *small, char *to, size_t room)
{
	const char *folder = getenv("MEMSEE_DATA");
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder == NULL ? "tests/data" : folder,
		small->file);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t len = fread(to, 1, room, f);
	assert_true(len > 0 && len < room);
	fclose(f);
	return len;
}

static void write_dump(const char *data, size_t len)
{
	assert_int_equal(ftruncate(dump_file, 0), 0);
	assert_int_equal(pwrite(dump_file, data, len, 0), (ssize_t)len);
}

/* Reads the dump as of that format, or as it is recognised; how many objects it had, and
 * whether the whole of it was read. */
static uint64_t load(const char *format, bool strict, bool *whole)
{
	struct error err = ERROR_INIT;
	struct load_options options = LOAD_OPTIONS_DEFAULT;
	struct load_report report = { .file = dump_path };
	struct progress progress;
	struct heap heap;
	const char *rest;
	char word[80];
	options.strict = strict;
	options.block = 1 << 14; /* less to clear for each of many dumps */
	struct dump_input *in = dump_input_open(dump_path, options.limits, &err);
	assert_non_null(in);
	if (format == NULL) {
		size_t len;
		const unsigned char *head = dump_input_head(in, &len);
		options.format = dump_format_recognise(head, len);
	} else {
		snprintf(word, sizeof word, "%s:x", format);
		options.format = dump_format_split(word, &rest);
	}
	assert_non_null(options.format);
	assert_non_null(options.format->read);
	progress_init(&progress, PROGRESS_NEVER, stderr, 0);
	heap_init(&heap);
	bool loaded = load_foreign(in, &options, &progress, &heap, NULL, &report, &err);
	assert_int_equal(loaded, err.status == STATUS_OK);
	if (!loaded) {
		assert_int_equal(err.status, STATUS_DATA);
		assert_null(strchr(err.message, '\n'));
		assert_true(strlen(err.message) > 10);
	}
	uint64_t objects = loaded ? report.objects : 0;
	*whole = loaded && report.torn == NULL && report.rejected == 0;
	heap_fini(&heap);
	progress_fini(&progress);
	dump_input_close(in);
	report.file = NULL;
	load_report_fini(&report);
	return objects;
}

static void test_formats_are_recognised_and_named(void **state)
{
	(void)state;
	char data[1 << 16];
	bool whole;
	for (size_t i = 0; i < SMALLS; i++) {
		write_dump(data, read_small(&smalls[i], data, sizeof data));
		assert_int_equal(load(NULL, true, &whole), smalls[i].objects);
		assert_true(whole);
		assert_int_equal(
			load(smalls[i].format, false, &whole), smalls[i].objects);
		assert_true(whole);
	}
}

static void test_a_dump_may_end_at_any_byte(void **state)
{
	(void)state;
	char data[1 << 16];
	for (size_t i = 0; i < SMALLS; i++) {
		size_t len = read_small(&smalls[i], data, sizeof data);
		uint64_t before = 0;
		for (size_t n = 0; n < len; n++) {
			bool whole;
			write_dump(data, n);
			uint64_t objects = load(smalls[i].format, false, &whole);
			assert_true(objects <= smalls[i].objects);
			assert_true(objects >= before || objects == 0);
			before = objects;
		}
	}
}

static void test_any_byte_may_be_wrong(void **state)
{
	(void)state;
	static const unsigned char wrong[] = { 0xff, '9' };
	char data[1 << 16];
	for (size_t i = 0; i < SMALLS; i++) {
		size_t len = read_small(&smalls[i], data, sizeof data);
		for (size_t n = 0; n < len; n++)
			for (size_t w = 0; w < sizeof wrong; w++) {
				bool whole;
				char right = data[n];
				data[n] = (char)wrong[w];
				write_dump(data, len);
				load(smalls[i].format, w == 1, &whole);
				data[n] = right;
			}
	}
}

/* Counts, lengths, indexes and addresses: each number of a text, and each word of two
 * or four bytes of HPROF, becomes one that nobody expects. */
static void test_any_number_may_be_anything(void **state)
{
	(void)state;
	static const char *const numbers[] = { "0", "-1", "4294967295",
		"9223372036854775807", "-9223372036854775808", "18446744073709551616",
		"1e400", "0x7fffffffffffffff" };
	static const uint64_t words[] = { 0x7fffffffffffffff, 0xffffffffffffffff,
		0x00000000fffffff0 };
	static char data[1 << 16], made[1 << 17];
	bool whole;
	for (size_t i = 0; i < SMALLS; i++) {
		size_t len = read_small(&smalls[i], data, sizeof data), end;
		bool binary = strcmp(smalls[i].format, "hprof") == 0;
		for (size_t n = 0; !binary && n < len; n = end) {
			end = n + 1;
			if (data[n] < '0' || data[n] > '9')
				continue;
			end = n + strspn(data + n, "0123456789abcdefx");
			for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
				size_t number = strlen(numbers[k]);
				memcpy(made, data, n);
				memcpy(made + n, numbers[k], number);
				memcpy(made + n + number, data + end, len - end);
				write_dump(made, n + number + len - end);
				load(smalls[i].format, k % 2 == 0, &whole);
			}
		}
		for (size_t n = 0; binary && n < len; n++)
			for (size_t width = 2; width <= 4 && n + width <= len; width *= 2)
				for (size_t k = 0; k < sizeof words / sizeof *words;
					k++) {
					memcpy(made, data, len);
					for (size_t b = 0; b < width; b++)
						made[n + b] = (char)(words[k] >>
								     8 * (width - 1 - b));
					write_dump(made, len);
					load(smalls[i].format, k % 2 == 0, &whole);
				}
	}
}

static int set_up(void **state)
{
	(void)state;
	dump_file = memfd_create("dump", 0);
	snprintf(dump_path, sizeof dump_path, "/proc/self/fd/%d", dump_file);
	return dump_file < 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats_are_recognised_and_named),
		cmocka_unit_test(test_a_dump_may_end_at_any_byte),
		cmocka_unit_test(test_any_byte_may_be_wrong),
		cmocka_unit_test(test_any_number_may_be_anything),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
