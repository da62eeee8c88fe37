/* SPDX-License-Identifier: MIT */
/* Graphviz draws what is written, whatever the labels hold, and shows it as it is. */
#include "report.h"

#include "result/drawing.h"

static void put_node(struct drawing *d, uint64_t id, const char *title,
	const char *detail, unsigned flags, const char *cluster)
{
	struct error err = ERROR_INIT;
	struct drawing_node node = { .id = id,
		.title = (char *)title,
		.detail = (char *)detail,
		.bytes = (int64_t)id * 1000 - 1,
		.count = 1 + (int64_t)id % 3,
		.flags = flags,
		.cluster = (char *)cluster };
	assert_true(drawing_put_node(d, &node, NULL, &err));
}

static void put_edge(
	struct drawing *d, size_t from, size_t to, const char *label, unsigned flags)
{
	struct error err = ERROR_INIT;
	struct drawing_edge edge = { .from = from,
		.to = to,
		.label = (char *)label,
		.count = 1 + (int64_t)to % 3,
		.bytes = (int64_t)from * 100 - 1,
		.flags = flags };
	assert_true(drawing_put_edge(d, &edge, &err));
}

static struct result *new_result(const char *caption, struct drawing *d)
{
	static const char *const names[] = { "address" };
	struct result *r = result_new(1, names);
	assert_non_null(r);
	r->number = 4;
	r->caption = caption == NULL ? NULL : strdup(caption);
	r->drawing = d;
	return r;
}

/* A random drawing; every text in it stands in `keep` no longer than needed. */
static struct result *random_result(uint64_t seed)
{
	uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	struct buffer text[3] = { { 0 } };
	struct drawing *d = drawing_new();
	size_t nodes = 1 + report_random(&state) % 20;
	for (size_t i = 0; i < nodes; i++) {
		for (int k = 0; k < 3; k++)
			report_text(&state, &text[k]);
		uint64_t pick = report_random(&state);
		put_node(d, i, pick % 7 == 0 ? NULL : buffer_text(&text[0]),
			pick % 3 == 0 ? NULL : buffer_text(&text[1]),
			(unsigned)(pick >> 8) & (unsigned)(pick >> 20) & 0xfff,
			pick % 4 == 0 ? buffer_text(&text[2]) : NULL);
	}
	for (size_t i = 0; i < nodes * 3 / 2; i++) {
		uint64_t pick = report_random(&state);
		report_text(&state, &text[0]);
		put_edge(d, pick % nodes, (pick >> 8) % nodes,
			pick % 5 == 0 ? NULL : buffer_text(&text[0]),
			(unsigned)(pick >> 16) & 0xf);
	}
	struct result *r = new_result(buffer_text(&text[1]), d);
	for (int k = 0; k < 3; k++)
		buffer_fini(&text[k]);
	return r;
}

static void test_is_drawn_whatever_it_holds(void **state)
{
	(void)state;
	if (!report_has_program("dot"))
		skip();
	struct buffer dot = BUFFER_INIT, svg = BUFFER_INIT;
	struct result *results[60];
	struct writer_options options = { .node_limit = 15 };
	for (uint64_t seed = 0; seed < 60; seed++)
		results[seed] = random_result(seed + 1);
	report_write(&dot, &writer_dot, &options, results, 60);
	assert_true(utf8_is_valid(dot.data, dot.len));
	/* It prints nothing but complaints. */
	assert_int_equal(report_pipe("sh -c 'dot -Tsvg 2>&1 >/dev/null'", &dot, &svg), 0);
	assert_string_equal(buffer_text(&svg), "");
	size_t graphs = 0;
	for (const char *at = buffer_text(&dot); (at = strstr(at, "digraph ")) != NULL;
		at++)
		graphs++;
	assert_true(graphs >= 60);
	for (int i = 0; i < 60; i++)
		result_free(results[i]);
	buffer_fini(&dot);
	buffer_fini(&svg);
}

/* Appends the text of the next <text> of an SVG. */
static const char *next_text(const char *svg, struct buffer *text)
{
	static const char *const names[][2] = { { "&lt;", "<" }, { "&gt;", ">" },
		{ "&amp;", "&" }, { "&quot;", "\"" }, { "&#45;", "-" },
		{ "&#39;", "'" } };
	svg = strstr(svg, "<text");
	if (svg == NULL)
		return NULL;
	for (svg = strchr(svg, '>') + 1; *svg != '<';) {
		size_t n = 0;
		while (n < 6 && strncmp(svg, names[n][0], strlen(names[n][0])) != 0)
			n++;
		buffer_put(text, n < 6 ? names[n][1] : svg, 1);
		svg += n < 6 ? strlen(names[n][0]) : 1;
	}
	return svg;
}

/* Whether one of the texts in the picture is `want`. */
static bool has_text(const char *svg, const char *want)
{
	struct buffer text = BUFFER_INIT;
	bool found = false;
	while (!found && (svg = next_text(svg, &text)) != NULL) {
		found = strcmp(buffer_text(&text), want) == 0;
		buffer_clear(&text);
	}
	buffer_fini(&text);
	return found;
}

static void test_shows_labels_as_they_are(void **state)
{
	(void)state;
	if (!report_has_program("dot"))
		skip();
	static const char *const labels[] = { "a\"b", "c\\", "\\N\\G\\n\\l", "<b>x</b>",
		"<<i>y>", "&lt;&amp;", "{a|<p>b}", "]; evil [label=z", "n0 -> n1;", "/*",
		"//", "#" };
	enum { LABELS = sizeof labels / sizeof labels[0] };
	struct writer_options options = { 0 };
	struct buffer dot = BUFFER_INIT, svg = BUFFER_INIT;
	struct drawing *d = drawing_new();
	for (size_t i = 0; i < LABELS; i++)
		put_node(d, i * 3, labels[i], NULL, 0, labels[(i + 1) % LABELS]);
	struct result *r = new_result("\"]; } <caption>", d);
	report_write(&dot, &writer_dot, &options, &r, 1);
	assert_int_equal(report_pipe("dot -Tsvg", &dot, &svg), 0);
	for (size_t i = 0; i < LABELS; i++)
		if (!has_text(buffer_text(&svg), labels[i]))
			fail_msg("%s is not in the picture", labels[i]);
	assert_true(has_text(buffer_text(&svg), "\"]; } <caption>"));
	result_free(r);
	buffer_fini(&dot);
	buffer_fini(&svg);
}

static size_t count_of(const char *text, const char *part)
{
	size_t count = 0;
	for (; (text = strstr(text, part)) != NULL; text++)
		count++;
	return count;
}

static void test_legend_explains_exactly_what_is_there(void **state)
{
	(void)state;
	struct writer_options options = { 0 };
	struct buffer dot = BUFFER_INIT;
	struct drawing *d = drawing_new();
	put_node(d, 1, "Registry", NULL, DRAWING_SOURCE, NULL);
	put_node(d, 2, "dict", NULL, DRAWING_TARGET, NULL);
	put_edge(d, 0, 1, ".x", DRAWING_ON_PATH);
	struct result *r = new_result(NULL, d);
	report_write(&dot, &writer_dot, &options, &r, 1);
	const char *legend = strstr(buffer_text(&dot), "cluster_legend");
	assert_non_null(legend);
	assert_non_null(strstr(legend, "start"));
	assert_non_null(strstr(legend, "end: "));
	assert_non_null(strstr(legend, "on the path"));
	static const char *const absent[] = { "root", "object: ", "guessed", "cycle",
		"new", "owns", "frees", "left out" };
	for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
		assert_null(strstr(legend, absent[i]));
	result_free(r);
	buffer_fini(&dot);
}

static void test_counts_what_the_limit_leaves_out(void **state)
{
	(void)state;
	struct writer_options options = { .node_limit = 10 };
	struct buffer dot = BUFFER_INIT;
	struct drawing *d = drawing_new();
	struct error err = ERROR_INIT;
	for (size_t i = 0; i < 100; i++) {
		struct drawing_node node = { .id = i,
			.title = (char *)"dict",
			.bytes = -1,
			.count = 1,
			.flags = i == 99 ? DRAWING_TARGET : 0 };
		assert_true(drawing_put_node(d, &node, NULL, &err));
		if (i > 0 && i < 99)
			put_edge(d, i <= 50 ? 0 : 1, i, NULL, 0);
	}
	struct result *r = new_result(NULL, d);
	report_write(&dot, &writer_dot, &options, &r, 1);
	const char *text = buffer_text(&dot);
	/* 0, 1, …, 6 and the end; 44 hang on 0 and 48 on 1. */
	assert_int_equal(count_of(text, "label=\"dict\""), 8);
	assert_non_null(strstr(text, "m0 [label=\"44 more\""));
	assert_non_null(strstr(text, "m1 [label=\"48 more\""));
	assert_non_null(strstr(text, "n99 ["));
	assert_int_equal(count_of(text, " more\""), 2);
	result_free(r);
	buffer_fini(&dot);
}

static void test_says_when_there_is_nothing_to_draw(void **state)
{
	(void)state;
	struct writer_options options = { 0 };
	struct buffer dot = BUFFER_INIT;
	struct writer w;
	const char *note = NULL;
	struct result *none = new_result("No path", drawing_new());
	struct result *table = new_result(NULL, NULL);
	writer_init(&w, &writer_dot, &options);
	assert_false(writer_dot.result(&w, table, &dot, &note));
	assert_non_null(note);
	assert_int_equal(dot.len, 0);
	writer_dot.end(&w, &dot);
	assert_non_null(strstr(buffer_text(&dot), "nothing to draw"));
	buffer_clear(&dot);
	report_write(&dot, &writer_dot, &options, &none, 1);
	assert_non_null(strstr(buffer_text(&dot), "nothing found"));
	assert_non_null(strstr(buffer_text(&dot), "label=\"No path\""));
	writer_fini(&w);
	result_free(none);
	result_free(table);
	buffer_fini(&dot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_drawn_whatever_it_holds),
		cmocka_unit_test(test_shows_labels_as_they_are),
		cmocka_unit_test(test_legend_explains_exactly_what_is_there),
		cmocka_unit_test(test_counts_what_the_limit_leaves_out),
		cmocka_unit_test(test_says_when_there_is_nothing_to_draw),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
