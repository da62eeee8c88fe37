/* SPDX-License-Identifier: MIT */
/* Text of unknown quality is decoded as Unicode says, measured, and made harmless. */
#include "report.h"

static void test_decodes_every_character_that_it_writes(void **state)
{
	(void)state;
	struct buffer b = BUFFER_INIT;
	for (uint32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 37) {
		size_t used;
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		buffer_clear(&b);
		utf8_put(&b, c);
		assert_int_equal(utf8_decode(b.data, b.len, &used), c);
		assert_int_equal(used, b.len);
		assert_true(utf8_is_valid(b.data, b.len));
		for (size_t cut = 1; cut < b.len; cut++)
			assert_int_equal(
				utf8_decode(b.data, cut, &used), (int64_t)UTF8_INVALID);
	}
	buffer_fini(&b);
}

static void test_takes_bad_bytes_in_the_recommended_runs(void **state)
{
	(void)state;
	static const struct {
		const char *text, *valid, *visible;
	} cases[] = {
		{ "a\xff!", "a\xef\xbf\xbd!", "a\\xff!" },
		{ "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd", "\\xc0\\xaf" },
		{ "\xe2\x82", "\xef\xbf\xbd", "\\xe2\\x82" },
		{ "\xe2\x82z", "\xef\xbf\xbdz", "\\xe2\\x82z" },
		{ "\xe0\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
			"\\xe0\\x80\\x80" },
		{ "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
			"\\xf4\\x90\\x80\\x80" },
		{ "\xf0\x9f\x90", "\xef\xbf\xbd", "\\xf0\\x9f\\x90" },
		{ "x\xed\xa0\xbdy", "x\xef\xbf\xbdy", "x\\ud83dy" },
		{ "\xed\xa0", "\xef\xbf\xbd\xef\xbf\xbd", "\\xed\\xa0" },
	};
	struct buffer b = BUFFER_INIT;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		buffer_clear(&b);
		utf8_put_valid(&b, cases[i].text, strlen(cases[i].text));
		assert_string_equal(buffer_text(&b), cases[i].valid);
		buffer_clear(&b);
		utf8_put_visible(&b, cases[i].text, strlen(cases[i].text));
		assert_string_equal(buffer_text(&b), cases[i].visible);
		assert_false(utf8_is_valid(cases[i].text, strlen(cases[i].text)));
	}
	buffer_fini(&b);
}

static void test_shows_what_would_act(void **state)
{
	(void)state;
	static const char text[] =
		"\0 \x1b[2J\r\n\t\x7f\xc2\x9b \xe2\x80\xae \xef\xbb\xbf "
		"\xf3\xa0\x81\x81 \xe2\x80\xa8 é \xe2\x80\x8d";
	struct buffer b = BUFFER_INIT;
	utf8_put_visible(&b, text, sizeof text - 1);
	assert_string_equal(buffer_text(&b),
		"\\x00 \\x1b[2J\\r\\n\\t\\x7f\\u009b \\u202e \\ufeff "
		"\\U000e0041 \\u2028 é \xe2\x80\x8d");
	buffer_fini(&b);
}

/* Whatever comes in: valid, on one line, nothing unseen, and again the same. */
static void test_shows_random_text_harmlessly(void **state)
{
	(void)state;
	uint64_t random = 42;
	struct buffer keep = BUFFER_INIT, once = BUFFER_INIT, twice = BUFFER_INIT;
	for (int i = 0; i < 3000; i++) {
		struct cell cell = report_text(&random, &keep);
		buffer_clear(&once);
		buffer_clear(&twice);
		utf8_put_visible(&once, cell.text, cell.len);
		assert_true(utf8_is_valid(buffer_text(&once), once.len));
		for (size_t at = 0, used; at < once.len; at += used)
			assert_false(utf8_is_unseen(
				utf8_decode(once.data + at, once.len - at, &used)));
		utf8_put_visible(&twice, buffer_text(&once), once.len);
		assert_string_equal(buffer_text(&once), buffer_text(&twice));
	}
	buffer_fini(&keep);
	buffer_fini(&once);
	buffer_fini(&twice);
}

static void test_measures_columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_text_width("plain", 5), 5);
	assert_int_equal(utf8_text_width("é∘…", strlen("é∘…")), 3);
	assert_int_equal(utf8_text_width("漢字", strlen("漢字")), 4);
	assert_int_equal(utf8_text_width("🐍", strlen("🐍")), 2);
	assert_int_equal(utf8_text_width("e\xcc\x81", 3), 1);
	assert_int_equal(utf8_length("e\xcc\x81漢", 6), 3);
	for (uint32_t c = 0x20; c < 0x7f; c++)
		assert_int_equal(utf8_width(c), 1);
}

static void test_cuts_between_what_is_seen(void **state)
{
	(void)state;
	assert_int_equal(utf8_fit("abc", 3, 2), 2);
	assert_int_equal(utf8_fit("abc", 3, 9), 3);
	assert_int_equal(utf8_fit("漢字", 6, 3), 3); /* half a character is none */
	assert_int_equal(utf8_fit("e\xcc\x81x", 4, 1), 3);
	assert_int_equal(utf8_fit("", 0, 5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decodes_every_character_that_it_writes),
		cmocka_unit_test(test_takes_bad_bytes_in_the_recommended_runs),
		cmocka_unit_test(test_shows_what_would_act),
		cmocka_unit_test(test_shows_random_text_harmlessly),
		cmocka_unit_test(test_measures_columns),
		cmocka_unit_test(test_cuts_between_what_is_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
