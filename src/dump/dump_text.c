/* SPDX-License-Identifier: MIT */
#include "dump/dump_text.h"

#include "base/utf8.h"
#include "dump/dump_bytes.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

static bool dump_is_high(int unit)
{
	return (unit & ~0x3ff) == 0xd800;
}

static bool dump_is_low(int unit)
{
	return (unit & ~0x3ff) == 0xdc00;
}

/* The UTF-16 unit of the \uXXXX at `at`, where `left` bytes are left; -1 if there is no
 * such escape. */
static int dump_unit(const char *at, size_t left)
{
	if (left < 6 || at[0] != '\\' || at[1] != 'u')
		return -1;
	int unit = 0;
	for (int i = 2; i < 6; i++) {
		int c = (unsigned char)at[i], digit;
		if (c >= '0' && c <= '9')
			digit = c - '0';
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			digit = (c | 0x20) - 'a' + 10;
		else
			return -1;
		unit = unit << 4 | digit;
	}
	assert(unit >= 0 && unit <= 0xffff);
	return unit;
}

/* Copies the bytes that need no decoding and returns their number. */
static size_t dump_put_run(char **to, const char *from, size_t len, char quote)
{
	size_t run = (size_t)(dump_skip_plain(from, from + len, quote) - from);
	memcpy(*to, from, run);
	*to += run;
	return run;
}

bool dump_text_decode(
	struct buffer *out, const char *raw, size_t len, unsigned *surrogates)
{
	static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
	buffer_clear(out);
	char *to = buffer_reserve(out, len);
	if (to == NULL)
		return true;
	for (size_t i = dump_put_run(&to, raw, len, '"'); i < len;
		i += dump_put_run(&to, raw + i, len - i, '"')) {
		const char *at = raw + i;
		size_t left = len - i, used;
		if (*at == '\\' && left >= 2 && at[1] != 'u') {
			/* An escape of two bytes. */
			const char *known = memchr(from, at[1], sizeof from - 1);
			if (known == NULL)
				return false;
			*to++ = into[known - from];
			used = 2;
		} else if (*at == '\\') {
			/* A UTF-16 unit, or two of them that are a pair. */
			int unit = dump_unit(at, left), low = -1;
			if (unit < 0)
				return false;
			if (dump_is_high(unit))
				low = dump_unit(at + 6, left - 6);
			uint32_t c = (uint32_t)unit;
			used = 6;
			if (low >= 0 && dump_is_low(low)) {
				c = 0x10000u + ((c & 0x3ff) << 10) +
				    ((uint32_t)low & 0x3ff);
				used = 12;
			} else if (dump_is_high(unit) || dump_is_low(unit)) {
				++*surrogates;
			}
			to += utf8_encode(to, c);
		} else {
			/* A character beyond ASCII is copied; control characters and
			 * quotes are not allowed here. */
			uint32_t c = utf8_decode(at, left, &used);
			bool half = c == UTF8_INVALID && utf8_surrogate(at, left) != 0;
			if (c < 0x20 || c == '"' || (c == UTF8_INVALID && !half))
				return false;
			*surrogates += half;
			memcpy(to, at, used);
			to += used;
		}
		assert(used > 0 && used <= left);
		i += used;
	}
	/* No escape is shorter than the bytes it becomes. */
	assert((size_t)(to - out->data) <= len);
	*to = '\0';
	out->len = (size_t)(to - out->data);
	return true;
}

void dump_text_repair(char *text, size_t len)
{
	static const char replacement[] = "\xef\xbf\xbd";
	for (size_t i = 0; i + 2 < len; i++)
		if (text[i] == '\xed' && ((unsigned char)text[i + 1] & 0xe0) == 0xa0)
			memcpy(text + i, replacement, 3);
}

void dump_text_repr(struct buffer *out, const char *text, size_t len)
{
	static const char controls[] = "\t\n\r", letters[] = "tnr";
	static const char digits[] = "0123456789abcdef";
	static const char of_width[] = { [2] = 'x', [4] = 'u', [8] = 'U' };
	buffer_clear(out);
	/* No byte becomes more than the four of \xNN. */
	char *to = len > SIZE_MAX / 8 ? NULL : buffer_reserve(out, 4 * len + 3);
	if (to == NULL) {
		out->failed = true;
		return;
	}
	if (dump_skip_plain(text, text + len, '\'') == text + len) {
		memcpy(to, "u'", 2);
		memcpy(to + 2, text, len);
		memcpy(to + 2 + len, "'", 2);
		out->len = len + 3;
		return;
	}
	bool single = len > 0 && memchr(text, '\'', len) != NULL;
	char quote = single && memchr(text, '"', len) == NULL ? '"' : '\'';
	*to++ = 'u';
	*to++ = quote;
	for (size_t i = dump_put_run(&to, text, len, quote); i < len;
		i += dump_put_run(&to, text + i, len - i, quote)) {
		size_t used;
		uint32_t c = utf8_decode(text + i, len - i, &used);
		if (c == UTF8_INVALID)
			c = utf8_surrogate(text + i, len - i);
		const char *known = c > 0 && c < 0x20 ? strchr(controls, (int)c) : NULL;
		if (known != NULL) {
			*to++ = '\\';
			*to++ = letters[known - controls];
		} else if (c < 0x20 || c >= 0x7f) {
			/* \xNN, \uNNNN or \UNNNNNNNN, whichever is the shortest. */
			int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
			*to++ = '\\';
			*to++ = of_width[width];
			for (int d = width - 1; d >= 0; d--)
				*to++ = digits[c >> (4 * d) & 15];
		} else {
			if (c == (uint32_t)quote || c == '\\')
				*to++ = '\\';
			*to++ = (char)c;
		}
		assert(used > 0);
		i += used;
	}
	*to++ = quote;
	assert((size_t)(to - out->data) <= 4 * len + 3);
	*to = '\0';
	out->len = (size_t)(to - out->data);
}
