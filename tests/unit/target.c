/* SPDX-License-Identifier: MIT */
/* What `-o` names is opened at once, written as results come, and there when it is
 * whole. */
#include "output/target.h"

#include "report.h"
#include "scratch.h"

#include "result/drawing.h"

#include <fcntl.h>
#include <signal.h>

static const struct writer_options plain_options = { 0 };

static struct places *places;

static int enter(void **state)
{
	places = places_new(NULL);
	return scratch_enter(state);
}

static int leave(void **state)
{
	places_free(places);
	return scratch_leave(state);
}

/* As if the run had ended: what it wrote may be written again. */
static void start_anew(void)
{
	places_free(places);
	places = places_new(NULL);
}

static struct target *open_target(const char *spec)
{
	struct error err = ERROR_INIT;
	struct target *t =
		target_open(places, spec, &writer_markdown, &plain_options, &err);
	if (t == NULL)
		fail_msg("%s", err.message);
	assert_string_equal(target_spec(t), spec);
	return t;
}

/* A result of one row. */
static struct result *one_row(int number, const char *caption)
{
	static const char *const names[] = { "a", "b" };
	const struct cell row[] = { cell_integer(1), cell_text("x") };
	struct error err = ERROR_INIT;
	struct result *r = result_new(2, names);
	r->number = number;
	r->caption = caption == NULL ? NULL : strdup(caption);
	assert_true(result_push(r, row, &err));
	return r;
}

static const char *put_row(struct target *t, int number, const char *caption)
{
	struct error err = ERROR_INIT;
	const char *note;
	struct result *r = one_row(number, caption);
	if (!target_result(t, r, &note, &err))
		fail_msg("%s", err.message);
	result_free(r);
	return note;
}

static void close_target(struct target *t)
{
	struct error err = ERROR_INIT;
	if (!target_close(t, &err))
		fail_msg("%s", err.message);
}

static void test_format_comes_from_prefix_or_extension(void **state)
{
	(void)state;
	static const struct {
		const char *spec;
		const struct writer_format *format;
	} cases[] = {
		{ "a.md", &writer_markdown },
		{ "a.CSV", &writer_csv },
		{ "a.b.dot", &writer_dot },
		{ "a.gv", &writer_dot },
		{ "a.txt", &writer_text },
		{ "a.jsonl", &writer_json },
		{ "json:a.md", &writer_json },
		{ "Markdown:a", &writer_markdown },
		{ "d/", &writer_csv },
		{ "text:d/", &writer_text },
		{ "-", &writer_markdown },
		{ "csv:-", &writer_csv },
		{ "csv:./x:y", &writer_csv },
		{ "./dot:x.md", &writer_markdown },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct target *t = open_target(cases[i].spec);
		assert_ptr_equal(target_format(t), cases[i].format);
		target_discard(t);
	}
	assert_int_equal(scratch_count("."), 0);
}

static void test_says_what_is_wrong_with_a_name(void **state)
{
	(void)state;
	static const struct {
		const char *spec;
		enum status status;
		const char *words;
	} cases[] = {
		{ "cvs:a", STATUS_SCRIPT,
			"unknown format 'cvs' in 'cvs:a'; did you mean 'csv'?" },
		{ "yaml:a", STATUS_SCRIPT,
			"the formats are markdown, csv, dot, text, json, html, svg" },
		{ "a.foo", STATUS_SCRIPT,
			"write FORMAT:a.foo with one of markdown, csv" },
		{ "a", STATUS_SCRIPT, "write FORMAT:a " },
		{ ".csv", STATUS_SCRIPT, "no format has the extension of '.csv'" },
		{ "csv:", STATUS_SCRIPT, "names no file" },
		{ "", STATUS_SCRIPT, "names no file" },
		{ "folder", STATUS_SCRIPT, "'folder/' gets one file" },
		{ "csv:folder", STATUS_DATA, "Is a directory" },
		{ "missing/a.csv", STATUS_DATA, "cannot write 'missing/a.csv'" },
		{ "missing/d/", STATUS_DATA, "cannot make folder 'missing/d/'" },
		{ "file/", STATUS_DATA, "cannot write into folder 'file/'" },
	};
	assert_int_equal(mkdir("folder", 0777), 0);
	scratch_write("file", "");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct error err = ERROR_INIT;
		assert_null(target_open(
			places, cases[i].spec, &writer_markdown, &plain_options, &err));
		assert_int_equal(err.status, cases[i].status);
		if (strstr(err.message, cases[i].words) == NULL)
			fail_msg("'%s' is not in '%s'", cases[i].words, err.message);
	}
}

static void test_file_is_there_when_it_is_whole(void **state)
{
	(void)state;
	scratch_write("a.csv", "before");
	struct target *t = open_target("a.csv");
	put_row(t, 0, NULL);
	put_row(t, 1, NULL);
	scratch_check("a.csv", "before");
	close_target(t);
	scratch_check("a.csv", "a,b\n1,x\n\na,b\n1,x\n");
	start_anew();
	t = open_target("a.csv");
	put_row(t, 0, NULL);
	target_discard(t);
	scratch_check("a.csv", "a,b\n1,x\n\na,b\n1,x\n");
	assert_int_equal(scratch_count("."), 1);
}

static void test_folder_gets_a_file_a_result(void **state)
{
	(void)state;
	static const struct {
		const char *caption, *file;
	} cases[] = {
		{ "Top types", "d/top-types.csv" },
		{ NULL, "d/result-1.csv" },
		{ "top / types!", "d/top-types-2.csv" },
		{ "TOP TYPES", "d/top-types-3.csv" },
		{ "Top types 2", "d/top-types-2-2.csv" },
		{ "../../etc/passwd", "d/etc-passwd.csv" },
		{ "...", "d/result-6.csv" },
		{ "CON", "d/result-7-con.csv" },
		{ "com7", "d/result-8-com7.csv" },
		{ "Größe \x1b[31m漢字\xff", "d/größe-31m漢字.csv" },
	};
	enum { CASES = sizeof cases / sizeof cases[0] };
	struct target *t = open_target("d/");
	for (int i = 0; i < CASES; i++)
		put_row(t, i, cases[i].caption);
	for (int i = 0; i < CASES; i++)
		assert_int_equal(access(cases[i].file, F_OK), -1);
	close_target(t);
	for (int i = 0; i < CASES; i++)
		scratch_check(cases[i].file, "a,b\n1,x\n");
	assert_int_equal(scratch_count("d"), CASES);
}

static void test_folder_keeps_long_captions_short(void **state)
{
	(void)state;
	char caption[401] = { 0 };
	for (size_t i = 0; i < 400; i += 2)
		memcpy(caption + i, "é", 2);
	struct target *t = open_target("d/");
	put_row(t, 0, caption);
	close_target(t);
	caption[80] = '\0';
	struct buffer path = BUFFER_INIT;
	buffer_printf(&path, "d/%s.csv", caption);
	scratch_check(buffer_text(&path), "a,b\n1,x\n");
	buffer_fini(&path);
}

static void test_folder_is_left_as_it_was(void **state)
{
	(void)state;
	assert_int_equal(mkdir("old", 0777), 0);
	scratch_write("old/result-0.csv", "before");
	struct target *t = open_target("old/"), *new = open_target("new/");
	put_row(t, 0, NULL);
	put_row(t, 1, NULL);
	put_row(new, 0, NULL);
	target_discard(t);
	target_discard(new);
	assert_int_equal(scratch_count("old"), 1);
	scratch_check("old/result-0.csv", "before");
	assert_int_equal(access("new", F_OK), -1);
}

static void test_folder_puts_a_heading_where_its_result_is(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	struct target *t = open_target("markdown:d/");
	assert_true(target_title(t, "One", &err));
	put_row(t, 0, NULL);
	assert_true(target_title(t, "Two", &err));
	assert_true(target_line(t, "words", &err));
	put_row(t, 1, NULL);
	close_target(t);
	static const char table[] = "|   a | b   |\n| --: | --- |\n|   1 | x   |\n";
	struct buffer want = BUFFER_INIT;
	buffer_printf(&want, "# One\n\n%s", table);
	scratch_check("d/result-0.md", buffer_text(&want));
	buffer_clear(&want);
	buffer_printf(&want, "# Two\n\nwords\n\n%s", table);
	scratch_check("d/result-1.md", buffer_text(&want));
	buffer_fini(&want);
}

static void test_drawings_leave_out_what_has_none(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	const char *note;
	struct target *folder = open_target("dot:d/"), *file = open_target("a.dot");
	assert_non_null(put_row(folder, 0, NULL));
	assert_non_null(put_row(file, 0, NULL));
	struct result *r = one_row(1, "path");
	r->drawing = drawing_new();
	assert_true(target_result(folder, r, &note, &err));
	assert_null(note);
	result_free(r);
	close_target(folder);
	close_target(file);
	assert_int_equal(scratch_count("d"), 1);
	struct buffer dot = scratch_read("a.dot");
	assert_non_null(strstr(buffer_text(&dot), "digraph"));
	buffer_fini(&dot);
}

/* Many rows pass through in pieces and are the same bytes. */
static void test_long_results_are_written_in_pieces(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	const struct writer_format *const *format = writer_formats();
	struct result *r = report_result(7, 6, 20000);
	for (; *format != NULL; format++) {
		struct buffer spec = BUFFER_INIT, want = BUFFER_INIT;
		const char *note;
		if (*format == &writer_dot || *format == &writer_svg)
			continue;
		buffer_printf(&spec, "%s:out", (*format)->name);
		start_anew();
		struct target *t = open_target(buffer_text(&spec));
		assert_true(target_result(t, r, &note, &err));
		close_target(t);
		report_write(&want, *format, &plain_options, &r, 1);
		struct buffer got = scratch_read("out");
		assert_true(got.len > 1000000);
		assert_int_equal(got.len, want.len);
		assert_memory_equal(got.data, want.data, got.len);
		buffer_fini(&got);
		buffer_fini(&want);
		buffer_fini(&spec);
	}
	result_free(r);
}

/* Every format tells of a place that takes no bytes, and goes on telling. */
static void check_fault(const char *place, const char *why)
{
	for (const struct writer_format *const *f = writer_formats(); *f != NULL; f++) {
		struct error err = ERROR_INIT;
		struct buffer spec = BUFFER_INIT;
		const char *note;
		struct result *r = one_row(0, NULL);
		r->drawing = drawing_new();
		buffer_printf(&spec, "%s:%s", (*f)->name, place);
		struct target *t = open_target(buffer_text(&spec));
		/* A page is written whole when it is closed: that is when it shows. */
		bool page = *f == &writer_html || *f == &writer_svg;
		for (int again = 0; again < 2; again++) {
			assert_int_equal(target_result(t, r, &note, &err), page);
			assert_true(page || err.status == STATUS_DATA);
			assert_true(page || strstr(err.message, why) != NULL);
			error_clear(&err);
		}
		assert_false(target_close(t, &err));
		assert_int_equal(err.status, STATUS_DATA);
		assert_non_null(strstr(err.message, why));
		result_free(r);
		buffer_fini(&spec);
	}
}

static void test_full_disk_is_an_error_in_every_format(void **state)
{
	(void)state;
	check_fault("/dev/full", "No space left on device");
}

static void test_closed_pipe_is_an_error_in_every_format(void **state)
{
	(void)state;
	int ends[2];
	char place[32];
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	snprintf(place, sizeof place, "/dev/fd/%d", ends[1]);
	check_fault(place, "Broken pipe");
	close(ends[1]);
}

static void test_standard_output_comes_result_by_result(void **state)
{
	(void)state;
	int ends[2], saved = dup(STDOUT_FILENO);
	char got[64] = { 0 };
	assert_int_equal(pipe(ends), 0);
	fflush(stdout);
	dup2(ends[1], STDOUT_FILENO);
	struct target *t = open_target("csv:-");
	put_row(t, 0, NULL);
	assert_int_equal(read(ends[0], got, sizeof got), 8);
	put_row(t, 1, NULL);
	assert_int_equal(read(ends[0], got + 8, sizeof got - 8), 9);
	close_target(t);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(ends[0]);
	close(ends[1]);
	assert_string_equal(got, "a,b\n1,x\n\na,b\n1,x\n");
}

static void test_knows_a_place_named_twice(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "a.csv", "./a.csv", true },
		{ "a.csv", "json:a.csv", true },
		{ "-", "csv:-", false }, /* written as it comes */
		{ "-", "csv:/dev/stdout", false },
		{ "d/", "./d//", true },
		{ "a.csv", "b.csv", false },
		{ "d/", "json:d/", false },
		{ "d/", "a.csv", false },
		{ "-", "a.csv", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct error err = ERROR_INIT;
		struct target *a = open_target(cases[i].a);
		struct target *b = target_open(
			places, cases[i].b, &writer_markdown, &plain_options, &err);
		assert_true((b == NULL || target_shares_folder(a, b)) == cases[i].same);
		assert_true(b != NULL || err.status == STATUS_SCRIPT);
		target_discard(a);
		target_discard(b);
	}
}

#define SCRATCH(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH(test_format_comes_from_prefix_or_extension),
		SCRATCH(test_says_what_is_wrong_with_a_name),
		SCRATCH(test_file_is_there_when_it_is_whole),
		SCRATCH(test_folder_gets_a_file_a_result),
		SCRATCH(test_folder_keeps_long_captions_short),
		SCRATCH(test_folder_is_left_as_it_was),
		SCRATCH(test_folder_puts_a_heading_where_its_result_is),
		SCRATCH(test_drawings_leave_out_what_has_none),
		SCRATCH(test_long_results_are_written_in_pieces),
		SCRATCH(test_full_disk_is_an_error_in_every_format),
		SCRATCH(test_closed_pipe_is_an_error_in_every_format),
		SCRATCH(test_standard_output_comes_result_by_result),
		SCRATCH(test_knows_a_place_named_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
