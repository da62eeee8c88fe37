/* SPDX-License-Identifier: MIT */
/* Every line of JSON, read by yajl, is the row that was written. */
#include "report.h"

#include <math.h>

#include <yajl/yajl_tree.h>

static const struct writer_options plain_options = { 0 };

static void check_value(yajl_val value, const struct cell *cell)
{
	struct buffer want = BUFFER_INIT;
	if (cell->type == CELL_NULL) {
		assert_true(YAJL_IS_NULL(value));
	} else if (cell->type == CELL_INTEGER) {
		/* yajl itself takes the least 64-bit integer for too small. */
		writer_put_number(&want, cell);
		assert_true(YAJL_IS_NUMBER(value));
		assert_string_equal(YAJL_GET_NUMBER(value), buffer_text(&want));
	} else if (cell->type == CELL_REAL) {
		assert_true(YAJL_IS_NUMBER(value));
		assert_true(strtod(YAJL_GET_NUMBER(value), NULL) == cell->real);
		assert_non_null(strpbrk(YAJL_GET_NUMBER(value), ".e"));
	} else {
		if (cell->type == CELL_TEXT)
			utf8_put_valid(&want, cell->text, cell->len);
		else
			buffer_put_hex(&want, cell->text, cell->len);
		assert_true(YAJL_IS_STRING(value));
		/* The tree ends strings at a NUL. */
		assert_string_equal(YAJL_GET_STRING(value), buffer_text(&want));
	}
	buffer_fini(&want);
}

static void check_line(const char *line, const struct result *r, size_t row)
{
	char message[256], label[32];
	yajl_val tree = yajl_tree_parse(line, message, sizeof message);
	if (tree == NULL)
		fail_msg("%s in %s", message, line);
	assert_true(YAJL_IS_OBJECT(tree));
	assert_int_equal(tree->u.object.len, r->columns + 1);
	snprintf(label, sizeof label, "#%d.%zu", r->number, row);
	assert_string_equal(tree->u.object.keys[0], "#");
	assert_string_equal(YAJL_GET_STRING(tree->u.object.values[0]), label);
	for (int i = 0; i < r->columns; i++) {
		struct cell cell = result_cell(r, row, i);
		check_value(tree->u.object.values[i + 1], &cell);
		for (int j = 0; j <= i; j++)
			assert_string_not_equal(
				tree->u.object.keys[i + 1], tree->u.object.keys[j]);
	}
	yajl_tree_free(tree);
}

static void test_is_read_again_as_it_was(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct buffer json = BUFFER_INIT;
		struct result *r = report_result(seed, 1 + (int)(seed % 7), seed % 9);
		report_write(&json, &writer_json, &plain_options, &r, 1);
		char *line = json.data;
		for (size_t row = 0; row < r->rows; row++) {
			char *end = strchr(line, '\n');
			assert_non_null(end);
			*end = '\0';
			assert_true(utf8_is_valid(line, strlen(line)));
			check_line(line, r, row);
			line = end + 1;
		}
		assert_true(json.len == 0 || *line == '\0');
		buffer_fini(&json);
		result_free(r);
	}
}

static void test_writes_a_row_in_the_promised_form(void **state)
{
	(void)state;
	static const char *const names[] = { "address", "n", "N", "n", "n_2", "#" };
	struct error err = ERROR_INIT;
	const struct cell row[] = { cell_integer(140), cell_null(), cell_real(HUGE_VAL),
		cell_bytes("a\0\x1b\"\\\n", 6), cell_text("\xe2\x80\xae\xff"),
		cell_real(48) };
	struct result *r = result_new(6, names);
	r->number = 7;
	assert_true(result_push(r, row, &err));
	struct buffer out = BUFFER_INIT;
	report_write(&out, &writer_json, &plain_options, &r, 1);
	assert_string_equal(buffer_text(&out),
		"{\"#\": \"#7.0\", \"address\": 140, \"n\": null, \"N\": 9e999, "
		"\"n_3\": \"a\\u0000\\u001b\\\"\\\\\\n\", \"n_2\": "
		"\"\\u202e\xef\xbf\xbd\", "
		"\"#_2\": 48.0}\n");
	buffer_fini(&out);
	result_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_read_again_as_it_was),
		cmocka_unit_test(test_writes_a_row_in_the_promised_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
