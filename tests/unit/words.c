/* SPDX-License-Identifier: MIT */
/* Arguments are split into words, and every byte of a word knows where it was written. */
#include "language/words.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_splits(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *words; /* [a][b], quoted ones as <a> */
	} rows[] = {
		{ "", "" },
		{ " \t\n ", "" },
		{ "a", "[a]" },
		{ " a  b\tc\nd ", "[a][b][c][d]" },
		{ "\"a b\" 'c d'", "<a b><c d>" },
		{ "\"type = 'x'\" to 'y = \"z\"'", "<type = 'x'>[to]<y = \"z\">" },
		{ "\"\" ''", "<><>" },
		{ "\"a\"\"b\" 'it''s'", "<a\"b><it's>" },
		{ "\"a\\\"b\" \"c\\\\\"", "<a\"b><c\\>" },
		{ "\"like '10\\%' escape '\\'\"", "<like '10\\%' escape '\\'>" },
		{ "'a\\' b", "<a\\>[b]" },
		{ "'a\\\\b' 'c\\\"d'", "<a\\\\b><c\\\"d>" },
		{ "a\\ b a\\\\b a\\nb \\'x \\\"y", "[a b][a\\b][a\\nb]['x][\"y]" },
		{ "a\\", "[a\\]" },
		{ "a\"b c\"d'e f'", "<ab cde f>" },
		{ "x=\"a b\"", "<x=a b>" },
		{ "\"a\nb\"", "<a\nb>" },
		{ "path from 'a' to \"b\" reversed first 3",
			"[path][from]<a>[to]<b>[reversed][first][3]" },
		{ "\xc3\xa9 \"\xe2\x88\x98 x\"", "[\xc3\xa9]<\xe2\x88\x98 x>" },
		{ "#0.1 $x $@ a#b;", "[#0.1][$x][$@][a#b;]" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct words w = WORDS_INIT;
		struct buffer all = BUFFER_INIT;
		assert_true(words_split(&w, rows[i].text, strlen(rows[i].text), 0, NULL));
		for (size_t k = 0; k < w.count; k++) {
			assert_int_equal(strlen(w.items[k].text), w.items[k].len);
			buffer_printf(&all, w.items[k].quoted ? "<%s>" : "[%s]",
				w.items[k].text);
		}
		assert_string_equal(buffer_text(&all), rows[i].words);
		buffer_fini(&all);
		words_fini(&w);
	}
}

/* The byte behind the text is not looked at, whatever it is. */
static void test_a_backslash_ends_the_text(void **state)
{
	(void)state;
	static const char behind[] = { '"', '\\', '\'', ' ' };
	for (size_t i = 0; i < sizeof behind; i++) {
		char text[] = { 'a', '\\', behind[i], '\0' };
		struct words w = WORDS_INIT;
		assert_true(words_split(&w, text, 2, 0, NULL));
		assert_int_equal(w.count, 1);
		assert_string_equal(w.items[0].text, "a\\");
		words_fini(&w);
	}
}

static void test_names_the_open_quote(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t offset;
		const char *message;
	} rows[] = {
		{ "a \"b", 102, "the quote \" is not closed" },
		{ "'a' it's b", 106, "the quote ' is not closed" },
		{ "\"type = to", 100, "the quote \" is not closed" },
		{ "\"a\\\"", 100, "the quote \" is not closed" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct words w = WORDS_INIT;
		struct error err = ERROR_INIT;
		assert_false(
			words_split(&w, rows[i].text, strlen(rows[i].text), 100, &err));
		assert_int_equal(err.status, STATUS_SCRIPT);
		assert_int_equal(err.offset, rows[i].offset);
		assert_string_equal(err.message, rows[i].message);
		words_fini(&w);
	}
}

static void test_knows_where_a_byte_was_written(void **state)
{
	(void)state;
	struct words w = WORDS_INIT;
	assert_true(words_split(&w, "ab \"c\"\"d\\\"e\" f", 14, 10, NULL));
	static const size_t origins[] = { 14, 16, 17, 19, 20,
		21 }; /* of c"d"e and its end */
	assert_string_equal(w.items[1].text, "c\"d\"e");
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(words_origin(&w, 1, i), origins[i]);
	assert_int_equal(words_origin(&w, 1, 99), 22);
	assert_int_equal(words_origin(&w, 0, 1), 11);
	assert_int_equal(w.items[1].offset, 3);
	assert_int_equal(w.items[1].end, 12);
	words_fini(&w);
}

static void test_keywords_are_unquoted(void **state)
{
	(void)state;
	struct words w = WORDS_INIT;
	assert_true(words_split(&w, "From \"from\" fro", 15, 0, NULL));
	assert_true(words_is(&w, 0, "from"));
	assert_false(words_is(&w, 1, "from"));
	assert_false(words_is(&w, 2, "from"));
	assert_false(words_is(&w, 3, "from"));
	words_fini(&w);
}

static void test_survives_random_bytes(void **state)
{
	(void)state;
	static const char bytes[] = "ab \t\n\"\"''\\\\\0\xc3";
	srand(2);
	for (int round = 0; round < 200000; round++) {
		char text[16];
		size_t len = (size_t)rand() % sizeof text;
		for (size_t i = 0; i < len; i++)
			text[i] = bytes[(size_t)rand() % (sizeof bytes - 1)];
		struct words w = WORDS_INIT;
		struct error err = ERROR_INIT;
		if (!words_split(&w, text, len, 0, &err))
			assert_true(
				err.offset < len &&
				(text[err.offset] == '"' || text[err.offset] == '\''));
		size_t behind = 0;
		for (size_t i = 0; i < w.count; i++) {
			const struct word *word = &w.items[i];
			assert_true(word->offset >= behind && word->end > word->offset);
			assert_true(word->end <= len);
			behind = word->end;
			for (size_t k = 0; k < word->len; k++)
				assert_int_equal(
					text[words_origin(&w, i, k)], word->text[k]);
		}
		words_fini(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_splits),
		cmocka_unit_test(test_a_backslash_ends_the_text),
		cmocka_unit_test(test_names_the_open_quote),
		cmocka_unit_test(test_knows_where_a_byte_was_written),
		cmocka_unit_test(test_keywords_are_unquoted),
		cmocka_unit_test(test_survives_random_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
