/* SPDX-License-Identifier: MIT */
/* A script's bytes become commands, and every byte of a command knows its place. */
#include "language/script.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* All commands of a script, each as `VERB|ARGUMENTS`, errors as `!MESSAGE`, separated by
 * a line that reads `---`. */
static char *commands_of(const char *text, size_t len)
{
	struct error err = ERROR_INIT;
	struct buffer all = BUFFER_INIT;
	struct script *s = script_from_text("t", text, len, &err);
	struct script_command c;
	int more = s == NULL ? -1 : script_next(s, &c, &err);
	for (; more != 0; more = s == NULL ? 0 : script_next(s, &c, &err)) {
		if (all.len > 0)
			buffer_put_text(&all, "\n---\n");
		if (more < 0)
			buffer_printf(&all, "!%s", err.message);
		else
			buffer_printf(&all, "%.*s|%s", (int)c.verb_len, c.text,
				c.text + c.args);
		error_clear(&err);
	}
	script_free(s);
	return buffer_take(&all);
}

#define NO_ABOVE                                                                         \
	"!an indented line continues the command above it, but there is none right "     \
	"above"

static const struct {
	const char *text, *commands;
} cuts[] = {
	{ "", NULL },
	{ "\n\n  \n", NULL },
	{ "gc", "gc|" },
	{ "gc\n", "gc|" },
	{ "gc\r\nstats\r\n", "gc|\n---\nstats|" },
	{ "\xef\xbb\xbfgc\n", "gc|" },
	{ "\xef\xbb\xbf# note\ngc\n", "gc|" },
	{ "#!/usr/bin/env memsee\ngc\n", "gc|" },
	{ "  gc", "gc|" }, /* nothing above that it could continue */
	{ "gc;\ngc ; ; \n;\n", "gc|\n---\ngc|" },
	{ "select 1;", "select|1" },
	/* verbs */
	{ "select*from obj", "select|*from obj" },
	{ "select(1)", "select|(1)" },
	{ "select-1", "select|-1" },
	{ "leak-check a b", "leak-check|a b" },
	{ "continue_gc", "continue_gc|" },
	{ "!update obj set a=1", "!|update obj set a=1" },
	{ "! drop table x", "!|drop table x" },
	{ "?gc", "?|gc" },
	{ "?", "?|" },
	{ "+x y", "+x|y" },
	{ "\xc3\xa9t\xc3\xa9 x", "\xc3\xa9t\xc3\xa9|x" },
	{ "read\tfile", "read|file" },
	{ "#0.1 x", "#0.1|x" },
	/* comments */
	{ "# note\n#\n#note\n-- note\n--\ngc", "gc|" },
	{ "gc\n# note\nstats", "gc|\n---\nstats|" },
	{ "echo a # b", "echo|a # b" },
	/* prompts */
	{ "::> gc", "gc|" },
	{ "::>gc\n::>\n::> # note\n   ::> stats\n", "gc|\n---\nstats|" },
	{ "echo a\n  ::> gc", "echo|a\n---\ngc|" },
	/* continued by white space */
	{ "select 1\n  from x\n\twhere y\ngc",
		"select|1\n  from x\n\twhere y\n---\ngc|" },
	{ "select 1\r\n from x\r\n", "select|1\n from x" },
	{ "select 1\n# note\n from x", "select|1\n from x" },
	{ "select 1\n-- note\n from x", "select|1\n from x" },
	{ "select 1\n -- note\n from x", "select|1\n -- note\n from x" },
	{ "text a\n  # not a comment", "text|a\n  # not a comment" },
	{ "select 1\n  #0.1 x", "select|1\n  #0.1 x" },
	{ "gc\n\n  from x\nstats", "gc|\n---\n" NO_ABOVE "\n---\nstats|" },
	{ "gc\n \n  from x", "gc|\n---\n" NO_ABOVE },
	{ "# note\n from x", NO_ABOVE },
	{ "select 1;\n", "select|1" },
	/* continued by a backslash */
	{ "select 1 \\\nfrom x", "select|1 \nfrom x" },
	{ "select 1 \\  \r\nfrom x\\\r\nwhere y\r\n", "select|1 \nfrom x\nwhere y" },
	{ "text a\\\n# b\\\n-- c\n# d\n", "text|a\n# b\n-- c" },
	{ "text a\\\n\\\n b\n c\n", "text|a\n\n b\n c" },
	{ "text a\\\n\nb", "text|a\n---\nb|" },
	{ "text a\\", "text|a" },
	{ "text a\\\n", "text|a" },
	{ "echo a\\b", "echo|a\\b" },
	{ "echo a\n b \\\nc\n d\ne", "echo|a\n b \nc\n d\n---\ne|" },
	{ "EOF", "EOF|" },
};

static void test_cuts_commands(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		char *all = commands_of(cuts[i].text, strlen(cuts[i].text));
		const char *want = cuts[i].commands;
		assert_string_equal(all, want == NULL ? "" : want);
		free(all);
	}
}

static void test_names_places(void **state)
{
	(void)state;
	static const char text[] = "\xef\xbb\xbf# note\r\n"
				   "  # indented\n"
				   "\n"
				   "::> echo \xc3\xa9 $x\r\n"
				   "# between\n"
				   "\tlast; \n";
	struct error err = ERROR_INIT;
	struct script *s = script_from_text("dir/a.memsee", text, sizeof text - 1, &err);
	assert_non_null(s);
	struct script_command c;
	assert_int_equal(script_next(s, &c, &err), -1);
	assert_int_equal(err.status, STATUS_SCRIPT);
	struct script_place p = script_locate(s, &c, err.offset);
	assert_string_equal(p.file, "dir/a.memsee");
	assert_int_equal(p.line, 2);
	assert_int_equal(p.column, 3);
	assert_int_equal(p.source_len, strlen("  # indented"));
	error_clear(&err);

	assert_int_equal(script_next(s, &c, &err), 1);
	assert_string_equal(c.text, "echo \xc3\xa9 $x\n\tlast");
	p = script_locate(s, &c, 8);
	assert_int_equal(p.line, 4);
	assert_int_equal(p.column, 12);
	assert_int_equal(p.source_offset, 12);
	assert_memory_equal(p.source, "::> echo \xc3\xa9 $x", p.source_len);
	p = script_locate(s, &c, 12);
	assert_int_equal(p.line, 6);
	assert_int_equal(p.column, 2);
	assert_memory_equal(p.source, "\tlast; ", p.source_len);
	p = script_locate(s, &c, c.len);
	assert_int_equal(p.line, 6);
	assert_int_equal(p.column, 6);
	p = script_locate(s, &c, ERROR_NOWHERE);
	assert_int_equal(p.line, 4);
	assert_int_equal(p.column, 5);
	assert_int_equal(script_next(s, &c, &err), 0);
	assert_int_equal(err.status, STATUS_OK);
	script_free(s);
}

static void test_tells_what_it_is_for(void **state)
{
	(void)state;
	static const struct {
		const char *text, *header;
	} rows[] = {
		{ "", "" },
		{ "gc\n# no\n", "" },
		{ "# one\n#\n#  two\ngc\n", "one\n\n two\n" },
		{ "#!/usr/bin/env memsee\n# SPDX-License-Identifier: MIT\n#\n# one\n\n# "
		  "no",
			"one\n" },
		{ "#!/x\n# SPDX-License-Identifier: MIT\n\n-- one\r\n--two\n\n# no",
			"one\ntwo\n" },
		{ "\n\n# one", "one\n" },
		{ "\xef\xbb\xbf#!x\n# one", "one\n" },
		{ "# one\n  # no\n", "one\n" },
		{ "#0.1\n# no", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct script *s =
			script_from_text("t", rows[i].text, strlen(rows[i].text), NULL);
		assert_string_equal(script_header(s), rows[i].header);
		script_free(s);
	}
	/* It does not disturb the reading. */
	struct script *s = script_from_text("t", "# a\ngc\nstats", 12, NULL);
	struct script_command c;
	script_next(s, &c, NULL);
	script_header(s);
	assert_int_equal(script_next(s, &c, NULL), 1);
	assert_string_equal(c.text, "stats");
	assert_int_equal(script_locate(s, &c, 0).line, 3);
	script_free(s);
}

static void test_refuses_what_is_no_text(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t len;
		const char *message;
	} rows[] = {
		{ "gc\nab\0", 6, "t:2:3: a NUL byte in a script" },
		{ "\xc3\xa9\xff", 3, "t:1:2: invalid UTF-8 in a script" },
		{ "\n\n\xc3", 3, "t:3:1: invalid UTF-8 in a script" },
		{ "\xc0\x80", 2, "t:1:1: invalid UTF-8 in a script" },
		{ "\xe0\x80\x80", 3, "t:1:1: invalid UTF-8 in a script" },
		{ "\xed\xa0\x80", 3, "t:1:1: invalid UTF-8 in a script" },
		{ "\xf4\x90\x80\x80", 4, "t:1:1: invalid UTF-8 in a script" },
		{ "\xf0\x8f\xbf\xbf", 4, "t:1:1: invalid UTF-8 in a script" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error err = ERROR_INIT;
		assert_null(script_from_text("t", rows[i].text, rows[i].len, &err));
		assert_int_equal(err.status, STATUS_SCRIPT);
		assert_string_equal(err.message, rows[i].message);
	}
	char *long_text = malloc(SCRIPT_SIZE_MAX + 1);
	assert_non_null(long_text);
	memset(long_text, '#', SCRIPT_SIZE_MAX + 1);
	struct error err = ERROR_INIT;
	assert_null(script_from_text("t", long_text, SCRIPT_SIZE_MAX + 1, &err));
	assert_string_equal(err.message, "script 't' is longer than 64 MiB");
	free(long_text);
}

static void test_loads_files(void **state)
{
	(void)state;
	struct error err = ERROR_INIT;
	assert_null(script_load("/nonexistent/x.memsee", &err));
	assert_int_equal(err.status, STATUS_SCRIPT);
	assert_string_equal(err.message,
		"cannot open script '/nonexistent/x.memsee': No such file or directory");
	error_clear(&err);
	assert_null(script_load("/", &err));
	assert_string_equal(err.message, "cannot read script '/': Is a directory");
	error_clear(&err);

	char path[] = "/tmp/memsee-script-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");
	for (int i = 0; i < 5000; i++)
		fprintf(file, "echo %d\n", i);
	fclose(file);
	struct script *s = script_load(path, &err);
	unlink(path);
	assert_non_null(s);
	assert_string_equal(script_name(s), path);
	struct script_command c;
	for (int i = 0; i < 5000; i++) {
		assert_int_equal(script_next(s, &c, &err), 1);
		assert_int_equal(atoi(c.text + c.args), i);
		assert_int_equal(script_locate(s, &c, 0).line, i + 1);
	}
	assert_int_equal(script_next(s, &c, &err), 0);
	script_free(s);
}

/* Every byte of a command stands at its place in the source, but line breaks, which stand
 * at a line's end. */
static void check_places(const struct script *s, const struct script_command *c)
{
	assert_true(c->len > 0 && strlen(c->text) == c->len);
	assert_true(c->verb_len > 0 && c->verb_len <= c->args && c->args <= c->len);
	for (size_t i = 0; i <= c->len; i++) {
		struct script_place p = script_locate(s, c, i);
		assert_true(p.source_offset <= p.source_len);
		assert_true(p.line > 0 && p.column > 0);
		if (c->text[i] != '\n' && i < c->len && p.source_offset < p.source_len)
			assert_int_equal(p.source[p.source_offset], c->text[i]);
	}
}

static void test_survives_random_bytes(void **state)
{
	(void)state;
	static const char *const parts[] = { "\n", "\r\n", " ", "\t", "\\", "\\\n", "#",
		"#1", "--", "::>", "::> ", ";", "gc", "a", "\xc3\xa9", "!", "?",
		"\xef\xbb\xbf", "\r", "'" };
	srand(1);
	for (int round = 0; round < 100000; round++) {
		char text[64];
		size_t len = 0;
		for (int n = rand() % 12; n > 0; n--) {
			const char *part =
				parts[(size_t)rand() % (sizeof parts / sizeof *parts)];
			memcpy(text + len, part, strlen(part));
			len += strlen(part);
		}
		if (rand() % 8 == 0 && len > 0)
			text[(size_t)rand() % len] = (char)rand();
		struct script *s = script_from_text("t", text, len, NULL);
		struct script_command c;
		int calls = 0;
		for (int more; s != NULL && (more = script_next(s, &c, NULL)) != 0;) {
			check_places(s, &c);
			assert_true(++calls <= 64);
		}
		if (s != NULL)
			assert_non_null(script_header(s));
		script_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cuts_commands),
		cmocka_unit_test(test_names_places),
		cmocka_unit_test(test_tells_what_it_is_for),
		cmocka_unit_test(test_refuses_what_is_no_text),
		cmocka_unit_test(test_loads_files),
		cmocka_unit_test(test_survives_random_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
