/* SPDX-License-Identifier: MIT */
/* A Markdown table, read as GitHub reads it, has every cell in its place and no value in
 * it acts as markup. */
#include "report.h"

#include "result/drawing.h"

static const struct writer_options plain_options = { 0 };

/* Appends the text of a piece of HTML, its character references resolved. */
static void put_html_text(struct buffer *out, const char *html, size_t len)
{
	static const char *const names[][2] = { { "&lt;", "<" }, { "&gt;", ">" },
		{ "&amp;", "&" }, { "&quot;", "\"" } };
	for (size_t i = 0; i < len;) {
		size_t n = 0;
		while (n < 4 && strncmp(html + i, names[n][0], strlen(names[n][0])) != 0)
			n++;
		if (n < 4) {
			buffer_put_text(out, names[n][1]);
			i += strlen(names[n][0]);
		} else
			buffer_put_char(out, html[i++]);
	}
}

/* The text of the next cell, which may be one code span and no other element. */
static const char *next_cell(const char *html, struct buffer *text)
{
	const char *cell = strstr(html, "<td");
	assert_non_null(cell);
	cell = strchr(cell, '>') + 1;
	const char *end = strstr(cell, "</td>");
	assert_non_null(end);
	const char *inside = cell, *inside_end = end;
	if (strncmp(cell, "<code>", 6) == 0) {
		inside += 6;
		inside_end -= 7;
		assert_memory_equal(inside_end, "</code>", 7);
	}
	assert_null(memchr(inside, '<', (size_t)(inside_end - inside)));
	put_html_text(text, inside, (size_t)(inside_end - inside));
	return end;
}

static void check_table(const char *html, const struct result *r)
{
	for (size_t row = 0; row < r->rows; row++) {
		html = strstr(html, "<tr>");
		assert_non_null(html);
		for (int i = 0; i < r->columns; i++) {
			struct buffer got = BUFFER_INIT, want = BUFFER_INIT;
			struct cell cell = result_cell(r, row, i);
			html = next_cell(html, &got);
			report_visible(&want, &cell);
			assert_string_equal(buffer_text(&got), buffer_text(&want));
			buffer_fini(&got);
			buffer_fini(&want);
		}
		html = strstr(html, "</tr>");
	}
	assert_null(strstr(html, "<td"));
}

static void test_renders_every_cell_as_text(void **state)
{
	(void)state;
	if (!report_has_program("cmark-gfm"))
		skip();
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct buffer markdown = BUFFER_INIT, html = BUFFER_INIT;
		struct writer_options wide = { .width = NULL };
		struct result *r =
			report_result(seed, 1 + (int)(seed % 7), 1 + seed % 60);
		report_write(&markdown, &writer_markdown, &wide, &r, 1);
		assert_int_equal(report_pipe("cmark-gfm -e table -e autolink "
					     "-e strikethrough -e tagfilter --unsafe",
					 &markdown, &html),
			0);
		check_table(strstr(buffer_text(&html), "<tbody>"), r);
		buffer_fini(&markdown);
		buffer_fini(&html);
		result_free(r);
	}
}

static struct result *one_column(const char *name, const struct cell *cells, size_t rows)
{
	struct error err = ERROR_INIT;
	struct result *r = result_new(1, &name);
	for (size_t i = 0; i < rows; i++)
		assert_true(result_push(r, &cells[i], &err));
	return r;
}

static void check_written(struct result *r, const char *want)
{
	struct buffer out = BUFFER_INIT;
	report_write(&out, &writer_markdown, &plain_options, &r, 1);
	assert_string_equal(buffer_text(&out), want);
	buffer_fini(&out);
	result_free(r);
}

static void test_reads_well_as_it_is(void **state)
{
	(void)state;
	static const char *const names[] = { "type", "count(*)", "value" };
	struct error err = ERROR_INIT;
	struct result *r = result_new(3, names);
	const struct cell rows[][3] = {
		{ cell_text("dict"), cell_integer(29), cell_text("a|b") },
		{ cell_text("collections.deque"), cell_integer(-1), cell_null() },
		{ cell_text("漢字"), cell_null(), cell_text("") },
	};
	for (size_t i = 0; i < 3; i++)
		assert_true(result_push(r, rows[i], &err));
	r->caption = strdup("Types & <all>");
	check_written(r, "**Types \\& \\<all\\>**\n"
			 "\n"
			 "| type              | count(*) | value  |\n"
			 "| ----------------- | -------: | ------ |\n"
			 "| dict              |       29 | `a\\|b` |\n"
			 "| collections.deque |       -1 | ∘      |\n"
			 "| 漢字              |        ∘ |        |\n");
}

static void test_aligns_numbers_right_and_nothing_else(void **state)
{
	(void)state;
	static const char *const names[] = { "number", "mixed", "null" };
	struct error err = ERROR_INIT;
	struct result *r = result_new(3, names);
	const struct cell rows[][3] = {
		{ cell_null(), cell_integer(1), cell_null() },
		{ cell_real(0.5), cell_text("x"), cell_null() },
	};
	for (size_t i = 0; i < 2; i++)
		assert_true(result_push(r, rows[i], &err));
	check_written(r, "| number | mixed | null |\n"
			 "| -----: | ----- | ---- |\n"
			 "|      ∘ | 1     | ∘    |\n"
			 "|    0.5 | x     | ∘    |\n");
}

static void test_sets_a_column_in_code_when_a_value_needs_it(void **state)
{
	(void)state;
	const struct cell cells[] = { cell_text("plain"), cell_text("`"),
		cell_text("a``b"), cell_text("__init__") };
	check_written(one_column("v", cells, 4), "| v          |\n"
						 "| ---------- |\n"
						 "| `plain`    |\n"
						 "| `` ` ``    |\n"
						 "| ```a``b``` |\n"
						 "| `__init__` |\n");
}

static void test_leaves_nothing_for_a_site_to_act_on(void **state)
{
	(void)state;
	static const char *const values[] = { "@me", "see #1", "$x$", ":tada:", "GH-12",
		"http://x.y", "www.x.y", "a@b.cc", "~~x~~", "*a* *b*", "_x_", "a  b",
		" a" };
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		const struct cell cells[] = { cell_text(values[i]) };
		struct buffer out = BUFFER_INIT, want = BUFFER_INIT;
		struct result *r = one_column("v", cells, 1);
		report_write(&out, &writer_markdown, &plain_options, &r, 1);
		buffer_printf(&want, "| `%s` ", values[i]);
		assert_non_null(strstr(buffer_text(&out), buffer_text(&want)));
		buffer_fini(&out);
		buffer_fini(&want);
		result_free(r);
	}
}

static void test_says_how_much_is_cut(void **state)
{
	(void)state;
	char text[161] = { 0 };
	memset(text, 'x', 160);
	const struct cell cells[] = { cell_text(text) };
	struct buffer want = BUFFER_INIT;
	buffer_put_text(&want, "| v");
	buffer_printf(&want, "%59s |\n| ", "");
	for (int i = 0; i < 60; i++)
		buffer_put_char(&want, '-');
	buffer_printf(&want, " |\n| %.120s …+40 |\n", text);
	check_written(one_column("v", cells, 1), buffer_text(&want));
	buffer_fini(&want);
}

static void test_says_that_there_are_no_rows(void **state)
{
	(void)state;
	check_written(one_column("v", NULL, 0), "*No rows.*\n");
}

static void write_lines(const struct writer_format *format, struct buffer *out)
{
	struct writer w;
	writer_init(&w, format, &plain_options);
	format->title(&w, "Heap of *today*", out);
	format->title(&w, "Part", out);
	format->text(&w, "A [link](x)\nand more.", out);
	format->line(&w, "213 objects", out);
	format->line(&w, "1. <b>\x1b", out);
	writer_fini(&w);
}

static void test_keeps_the_authors_markdown_but_no_lines(void **state)
{
	(void)state;
	struct buffer out = BUFFER_INIT;
	write_lines(&writer_markdown, &out);
	assert_string_equal(buffer_text(&out), "# Heap of *today*\n"
					       "\n"
					       "## Part\n"
					       "\n"
					       "A [link](x)\n"
					       "and more.\n"
					       "\n"
					       "213 objects\n"
					       "\n"
					       "`1. <b>\\x1b`\n");
	buffer_fini(&out);
}

static struct drawing *two_nodes(const char *title, unsigned edge_flags)
{
	struct error err = ERROR_INIT;
	struct drawing *d = drawing_new();
	struct drawing_node a = { .id = 1,
		.title = (char *)"Registry",
		.bytes = 40,
		.count = 1,
		.flags = DRAWING_SOURCE };
	struct drawing_node b = { .id = 2,
		.title = (char *)title,
		.bytes = -1,
		.count = 1,
		.flags = DRAWING_TARGET };
	struct drawing_edge e = { .to = 1,
		.label = (char *)".x",
		.count = 1,
		.bytes = -1,
		.flags = edge_flags };
	assert_true(drawing_put_node(d, &a, NULL, &err));
	assert_true(drawing_put_node(d, &b, NULL, &err));
	assert_true(drawing_put_edge(d, &e, &err));
	return d;
}

static void test_draws_a_path_for_github(void **state)
{
	(void)state;
	const struct cell cells[] = { cell_integer(1) };
	struct result *r = one_column("address", cells, 1);
	r->drawing = two_nodes("a\"]\n```|%%", DRAWING_ON_PATH | DRAWING_GUESSED);
	check_written(r,
		"| address |\n"
		"| ------: |\n"
		"|       1 |\n"
		"\n"
		"```mermaid\n"
		"flowchart TD\n"
		"    n0([\"Registry<br>40 bytes\"])\n"
		"    n1[[\"a#34;#93;#92;n#96;#96;#96;#124;#37;#37;\"]]\n"
		"    n0 -->|\".x ?\"| n1\n"
		"    classDef source "
		"fill:#d3e6f3,stroke:#0072b2,stroke-width:3px,color:#000\n"
		"    class n0 source\n"
		"    classDef target "
		"fill:#fae0c8,stroke:#d55e00,stroke-width:2px,color:#000\n"
		"    class n1 target\n"
		"```\n"
		"\n"
		"*Arrows: refers to; a name with ?: guessed; blue, round: start; "
		"orange, double sides: end.*\n");
	/* References among the rows of a select are no answer. */
	r = one_column("address", cells, 1);
	r->drawing = two_nodes("dict", 0);
	check_written(r, "| address |\n| ------: |\n|       1 |\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_renders_every_cell_as_text),
		cmocka_unit_test(test_reads_well_as_it_is),
		cmocka_unit_test(test_aligns_numbers_right_and_nothing_else),
		cmocka_unit_test(test_sets_a_column_in_code_when_a_value_needs_it),
		cmocka_unit_test(test_leaves_nothing_for_a_site_to_act_on),
		cmocka_unit_test(test_says_how_much_is_cut),
		cmocka_unit_test(test_says_that_there_are_no_rows),
		cmocka_unit_test(test_keeps_the_authors_markdown_but_no_lines),
		cmocka_unit_test(test_draws_a_path_for_github),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
