/* SPDX-License-Identifier: MIT */
#include "dump/dump_text.h"

#include "base/utf8.h"
#include "dump/dump_bytes.h"

#include <stdint.h>
#include <string.h>

static int dump_hex(const char *at)
{
	int value = 0;
	for (int i = 0; i < 4; i++) {
		int c = (unsigned char)at[i], digit;
		if (c >= '0' && c <= '9')
			digit = c - '0';
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			digit = (c | 0x20) - 'a' + 10;
		else
			return -1;
		value = value << 4 | digit;
	}
	return value;
}

static bool dump_is_high(int unit)
{
	return (unit & ~0x3ff) == 0xd800;
}

static bool dump_is_low(int unit)
{
	return (unit & ~0x3ff) == 0xdc00;
}

/* The unit of a \uXXXX at `at`, with `left` bytes of the string left there; -1 when there
 * is none. */
static int dump_unit(const char *at, size_t left)
{
	return left >= 6 && at[0] == '\\' && at[1] == 'u' ? dump_hex(at + 2) : -1;
}

/* Decodes the escape at raw[at]: its length, 0 when it is none. */
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

/* Copies the character at `raw` as it is: its length, 0 when it may not stand there. */
static size_t dump_plain(const char *raw, size_t left, char **to, unsigned *surrogates)
{
	size_t len;
	uint32_t c = utf8_decode(raw, left, &len);
	bool half = c == UTF8_INVALID && utf8_surrogate(raw, left) != 0;
	if (c < 0x20 || c == '"' || (c == UTF8_INVALID && !half))
		return 0;
	*surrogates += half;
	memcpy(*to, raw, len);
	*to += len;
	return len;
}

/* Copies what stands for itself: its length. */
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
		size_t used = raw[i] == '\\'
				      ? dump_escape(raw + i, len - i, &to, surrogates)
				      : dump_plain(raw + i, len - i, &to, surrogates);
		if (used == 0)
			return false;
		i += used;
	}
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

static char *dump_repr_character(char *to, uint32_t c, char quote)
{
	static const char from[] = "\t\n\r", into[] = "tnr";
	const char *known;
	if (c >= 0x7f || (c < 0x20 && (c == 0 || strchr(from, (int)c) == NULL))) {
		/* \xNN and its longer brothers: a letter and as many hex digits as it
		 * takes. */
		static const char digits[] = "0123456789abcdef";
		int count = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
		*to++ = '\\';
		*to++ = count == 2 ? 'x' : count == 4 ? 'u' : 'U';
		for (int i = count - 1; i >= 0; i--)
			*to++ = digits[c >> (4 * i) & 15];
		return to;
	}
	if (c < 0x20) {
		known = strchr(from, (int)c);
		*to++ = '\\';
		*to++ = into[known - from];
		return to;
	}
	if (c == (uint32_t)quote || c == '\\')
		*to++ = '\\';
	*to++ = (char)c;
	return to;
}

void dump_text_repr(struct buffer *out, const char *text, size_t len)
{
	buffer_clear(out);
	/* \xNN for one byte is the most that a byte can become. */
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
		to = dump_repr_character(to, c, quote);
		i += used;
	}
	*to++ = quote;
	*to = '\0';
	out->len = (size_t)(to - out->data);
}
