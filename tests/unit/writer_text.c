/* SPDX-License-Identifier: MIT */
/* The text format is the original's grid, byte for byte where that lost nothing. */
#include "report.h"

#include <strings.h>

static int width_of(const void *context, const char *column)
{
	(void)context;
	return strcmp(column, "type") == 0 ? 6 : strcmp(column, "size") == 0 ? 4 : 0;
}

static const char *name_of(const void *context, int64_t number)
{
	(void)context;
	return number == INT64_C(94370588614000) ? "big" : number == 5 ? "five" : NULL;
}

static void check_grid(const struct writer_options *options, int columns,
	const char *const *names, const struct cell *cells, size_t rows, const char *want)
{
	struct error err = ERROR_INIT;
	struct buffer out = BUFFER_INIT;
	struct result *r = result_new(columns, names);
	r->number = 3;
	for (size_t i = 0; i < rows; i++)
		assert_true(result_push(r, cells + i * (size_t)columns, &err));
	report_write(&out, &writer_text, options, &r, 1);
	assert_string_equal(buffer_text(&out), want);
	buffer_fini(&out);
	result_free(r);
}

static void test_is_the_grid_of_the_original(void **state)
{
	(void)state;
	static const char *const names[] = { "address", "type", "size", "len", "mark",
		"n" };
	static const struct writer_options options = { .name_of = name_of };
	const struct cell cells[] = {
		cell_integer(94370588614000),
		cell_text("bytes"),
		cell_integer(2066),
		cell_null(),
		cell_null(),
		cell_integer(5),
		cell_integer(140),
		cell_text("dict"),
		cell_null(),
		cell_integer(3),
		cell_integer(12),
		cell_integer(1),
	};
	check_grid(&options, 6, names, cells, 2,
		"#                 address type                       size        len "
		"mark       "
		"         n\n"
		"-------- ---------------- -------------------- ---------- ---------- "
		"---------- "
		"----------\n"
		"#3.0                 $big bytes                      2066          ∘ ∘  "
		"        "
		"         5\n"
		"#3.1                  140 dict                          ∘          3 12 "
		"        "
		"         1\n");
}

static void test_cuts_text_with_a_mark_and_widens_for_numbers(void **state)
{
	(void)state;
	static const char *const names[] = { "type", "size", "total", "typeof(value)" };
	static const struct writer_options options = { .width = width_of };
	const struct cell cells[] = {
		cell_text("collections.deque"),
		cell_integer(12345),
		cell_integer(1),
		cell_text("漢字漢字漢字"),
		cell_text("a\x1b"),
		cell_integer(1),
		cell_integer(INT64_C(-4611686018428426323)),
		cell_text("x"),
	};
	check_grid(&options, 4, names, cells, 2,
		"#        type    size total                typeof(va…\n"
		"-------- ------ ----- -------------------- ----------\n"
		"#3.0     colle… 12345 1                    漢字漢字… \n"
		"#3.1     a\\x1b      1 -4611686018428426323 x         \n");
}

static void test_shows_an_empty_grid(void **state)
{
	(void)state;
	static const char *const names[] = { "count(*)" };
	static const struct writer_options options = { 0 };
	check_grid(&options, 1, names, NULL, 0,
		"#          count(*)\n"
		"-------- ----------\n");
}

/* Every row is one line, and the columns stand below each other. */
static void test_keeps_random_cells_in_their_columns(void **state)
{
	(void)state;
	static const struct writer_options options = { 0 };
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct buffer out = BUFFER_INIT;
		struct result *r = report_result(seed, 1 + (int)(seed % 7), seed % 9);
		report_write(&out, &writer_text, &options, &r, 1);
		size_t width = 0, lines = 0;
		for (char *line = out.data, *end; *line != '\0';
			line = end + 1, lines++) {
			end = strchr(line, '\n');
			assert_non_null(end);
			size_t this_width = utf8_text_width(line, (size_t)(end - line));
			assert_true(width == 0 || this_width == width);
			width = this_width;
			assert_true(utf8_is_valid(line, (size_t)(end - line)));
		}
		assert_int_equal(lines, r->rows + 2);
		buffer_fini(&out);
		result_free(r);
	}
}

static void test_keeps_lines_together(void **state)
{
	(void)state;
	static const struct writer_options options = { 0 };
	struct buffer out = BUFFER_INIT;
	struct writer w;
	writer_init(&w, &writer_text, &options);
	writer_text.title(&w, "Heap\x1b", &out);
	writer_text.line(&w, "one", &out);
	writer_text.line(&w, "two\x07", &out);
	writer_text.text(&w, "a\nb", &out);
	writer_fini(&w);
	assert_string_equal(
		buffer_text(&out), "Heap\\x1b\n========\n\none\ntwo\\x07\n\na\nb\n");
	buffer_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_the_grid_of_the_original),
		cmocka_unit_test(test_cuts_text_with_a_mark_and_widens_for_numbers),
		cmocka_unit_test(test_shows_an_empty_grid),
		cmocka_unit_test(test_keeps_random_cells_in_their_columns),
		cmocka_unit_test(test_keeps_lines_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
