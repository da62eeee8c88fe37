/* SPDX-License-Identifier: MIT */
/* CSV read again by libcsv holds the same cells, whatever they are. */
#include "report.h"

#include <csv.h>

static const struct writer_options plain_options = { 0 };

/* Compares what libcsv reads with a result, its names first. */
struct csv_check {
	const struct result *r;
	bool alone; /* the only column: NULL is written as the empty string */
	size_t row; /* 0: the names */
	int column;
};

/* The field that a cell should become; NULL: the empty one without quotes. */
static const char *expected_field(
	const struct csv_check *check, struct buffer *field, size_t *len)
{
	struct cell cell = check->row == 0
				   ? cell_text(check->r->names[check->column])
				   : result_cell(check->r, check->row - 1, check->column);
	buffer_clear(field);
	buffer_put(field, "", 0);
	if (cell.type == CELL_TEXT)
		utf8_put_valid(field, cell.text, cell.len);
	else if (cell.type == CELL_BLOB)
		buffer_put_hex(field, cell.text, cell.len);
	else if (cell.type != CELL_NULL)
		writer_put_number(field, &cell);
	*len = field->len;
	return cell.type == CELL_NULL && !check->alone ? NULL : buffer_text(field);
}

static void check_field(void *text, size_t len, void *data)
{
	struct csv_check *check = data;
	struct buffer field = BUFFER_INIT;
	size_t want_len;
	assert_in_range(check->column, 0, check->r->columns - 1);
	const char *want = expected_field(check, &field, &want_len);
	if (want == NULL)
		assert_null(text);
	else {
		assert_non_null(text);
		assert_int_equal(len, want_len);
		assert_memory_equal(text, want, len);
	}
	check->column++;
	buffer_fini(&field);
}

static void check_row(int end, void *data)
{
	struct csv_check *check = data;
	(void)end;
	assert_int_equal(check->column, check->r->columns);
	check->column = 0;
	check->row++;
}

static void check_reading(const struct buffer *csv, const struct result *r)
{
	struct csv_check check = { .r = r, .alone = r->columns == 1 };
	struct csv_parser parser;
	assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_EMPTY_IS_NULL), 0);
	assert_int_equal(
		csv_parse(&parser, csv->data, csv->len, check_field, check_row, &check),
		csv->len);
	assert_int_equal(csv_fini(&parser, check_field, check_row, &check), 0);
	assert_int_equal(check.row, r->rows + 1);
	csv_free(&parser);
}

static void test_is_read_again_as_it_was(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct buffer csv = BUFFER_INIT;
		struct result *r = report_result(seed, 1 + (int)(seed % 7), seed % 9);
		report_write(&csv, &writer_csv, &plain_options, &r, 1);
		assert_true(utf8_is_valid(csv.data, csv.len));
		check_reading(&csv, r);
		buffer_fini(&csv);
		result_free(r);
	}
}

static void write_pairs(
	struct buffer *out, bool guard, const struct cell *cells, size_t rows)
{
	static const char *const names[] = { "a", "b" };
	struct writer_options options = { .csv_guard = guard };
	struct error err = ERROR_INIT;
	struct result *r = result_new(2, names);
	for (size_t i = 0; i < rows; i++)
		assert_true(result_push(r, cells + 2 * i, &err));
	report_write(out, &writer_csv, &options, &r, 1);
	result_free(r);
}

static void test_quotes_only_what_needs_it(void **state)
{
	(void)state;
	const struct cell cells[] = {
		cell_null(),
		cell_text(""),
		cell_integer(INT64_MIN),
		cell_real(0.5),
		cell_text("a,b"),
		cell_text("say \"hi\""),
		cell_text("two\nlines"),
		cell_text(" space"),
		cell_text("plain text"),
		cell_text("=1"),
	};
	struct buffer out = BUFFER_INIT;
	write_pairs(&out, false, cells, 5);
	assert_string_equal(buffer_text(&out), "a,b\n"
					       ",\"\"\n"
					       "-9223372036854775808,0.5\n"
					       "\"a,b\",\"say \"\"hi\"\"\"\n"
					       "\"two\nlines\",\" space\"\n"
					       "plain text,=1\n");
	buffer_fini(&out);
}

static void test_guards_formulas_but_no_numbers(void **state)
{
	(void)state;
	const struct cell cells[] = {
		cell_text("=1+1"),
		cell_text("+x"),
		cell_text("-x"),
		cell_text("@x"),
		cell_text("\t=1"),
		cell_integer(-5),
		cell_text("a=1"),
		cell_real(-0.5),
	};
	struct buffer out = BUFFER_INIT;
	write_pairs(&out, true, cells, 4);
	assert_string_equal(buffer_text(&out), "a,b\n"
					       "'=1+1,'+x\n"
					       "'-x,'@x\n"
					       "'\t=1,-5\n"
					       "a=1,-0.5\n");
	buffer_fini(&out);
}

static void test_separates_results_by_an_empty_line(void **state)
{
	(void)state;
	static const char *const names[] = { "only" };
	struct error err = ERROR_INIT;
	struct cell null = cell_null();
	struct result *r[2] = { result_new(1, names), result_new(1, names) };
	assert_true(result_push(r[0], &null, &err));
	struct buffer out = BUFFER_INIT;
	report_write(&out, &writer_csv, &plain_options, r, 2);
	assert_string_equal(buffer_text(&out), "only\n\"\"\n\nonly\n");
	buffer_fini(&out);
	result_free(r[0]);
	result_free(r[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_read_again_as_it_was),
		cmocka_unit_test(test_quotes_only_what_needs_it),
		cmocka_unit_test(test_guards_formulas_but_no_numbers),
		cmocka_unit_test(test_separates_results_by_an_empty_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
