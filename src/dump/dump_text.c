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

/* Decodes the escape at `raw` and returns its length, 0 if it is not an escape. */
static size_t dump_escape(const char *raw, size_t left, char **to, unsigned *surrogates)
{
	static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
	if (left < 2)
		return 0;
	if (raw[1] != 'u') {
		const char *known = memchr(from, raw[1], sizeof from - 1);
		if (known == NULL)
			return 0;
		*(*to)++ = into[known - from];
		return 2;
	}
	int unit = dump_unit(raw, left);
	if (unit < 0)
		return 0;
	int low = dump_is_high(unit) ? dump_unit(raw + 6, left - 6) : -1;
	if (low >= 0 && dump_is_low(low)) {
		*to += utf8_encode(*to, 0x10000u + (((uint32_t)unit & 0x3ff) << 10) +
						((uint32_t)low & 0x3ff));
		return 12;
	}
	if (dump_is_high(unit) || dump_is_low(unit))
		++*surrogates;
	*to += utf8_encode(*to, (uint32_t)unit);
	return 6;
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
	buffer_clear(out);
	char *to = buffer_reserve(out, len);
	if (to == NULL)
		return true;
	for (size_t i = dump_put_run(&to, raw, len, '"'); i < len;
		i += dump_put_run(&to, raw + i, len - i, '"')) {
		size_t used;
		if (raw[i] == '\\') {
			used = dump_escape(raw + i, len - i, &to, surrogates);
			if (used == 0)
				return false;
		} else {
			/* A character beyond ASCII is copied; control characters and
			 * quotes are not allowed here. */
			uint32_t c = utf8_decode(raw + i, len - i, &used);
			bool half = c == UTF8_INVALID &&
				    utf8_surrogate(raw + i, len - i) != 0;
			if (c < 0x20 || c == '"' || (c == UTF8_INVALID && !half))
				return false;
			*surrogates += half;
			memcpy(to, raw + i, used);
			to += used;
		}
		assert(used > 0 && used <= len - i);
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
