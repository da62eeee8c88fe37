/* SPDX-License-Identifier: MIT */
#include "cpython/cpython_heap.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void text_put(struct cpython *c, struct buffer *out, uint32_t code)
{
	if ((code >= 0xd800 && code < 0xe000) || code > 0x10ffff) {
		c->surrogates++;
		code = 0xfffd;
	}
	utf8_put(out, code);
}

void cpython_text(struct cpython *c, uint64_t str, uint64_t max, struct buffer *out)
{
	const struct cpython_layout *l = &c->layout;
	const struct cpython_type *t = cpython_type_of(c, str);
	if (t == NULL || t->rule != CPYTHON_STR)
		return;
	/* Where the characters are, and how many bytes each has. */
	uint32_t state = memory_u32(c->m, str + (uint64_t)l->us_state);
	unsigned width = (state & (unsigned)l->us_kind_bits) /
			 (unsigned)(l->us_kind_bits & -l->us_kind_bits);
	bool compact = (state & (unsigned)l->us_compact_bits) != 0;
	bool ascii = (state & (unsigned)l->us_ascii_bits) != 0;
	uint64_t len = cpython_field(c, str, l->us_length);
	if ((width != 1 && width != 2 && width != 4) || len > CPYTHON_ITEMS_MAX)
		return;
	uint64_t at = !compact ? cpython_field(c, str, l->us_data)
			       : str + (uint64_t)(ascii ? l->us_ascii_size
							: l->us_compact_size);
	const uint8_t *p = memory_at(c->m, at, len * width);
	for (uint64_t i = 0; p != NULL && i < len && i < max; i++, p += width) {
		uint32_t code = p[0];
		if (width == 2)
			code = p[0] | (uint32_t)p[1] << 8;
		if (width == 4)
			memcpy(&code, p, sizeof code);
		text_put(c, out, code);
	}
}

void cpython_bytes(struct cpython *c, uint64_t at, uint64_t size, struct buffer *out)
{
	const uint8_t *p = memory_at(c->m, at, size);
	for (uint64_t i = 0; p != NULL && i < size; i++)
		text_put(c, out, p[i]);
}

/* --- numbers -------------------------------------------------------------------------
 */

uint64_t cpython_int_digits(struct cpython *c, uint64_t object)
{
	int64_t tag = (int64_t)cpython_u64(c, object + 16);
	if (cpython_since(c, 12))
		return (uint64_t)tag >> 3;
	return tag < 0 ? -(uint64_t)tag : (uint64_t)tag;
}

bool cpython_int(struct cpython *c, uint64_t object, int64_t *value)
{
	enum { DIGIT_BITS = 30 };
	uint64_t tag = cpython_u64(c, object + 16),
		 digits = cpython_int_digits(c, object);
	bool negative = cpython_since(c, 12) ? (tag & 3) == 2 : (int64_t)tag < 0;
	uint64_t v = 0;
	if (digits > 3)
		return false;
	for (uint64_t i = digits; i-- > 0;) {
		if (v >> (64 - DIGIT_BITS) != 0)
			return false;
		v = v << DIGIT_BITS | memory_u32(c->m, object + 24 + i * 4);
	}
	if (v > (uint64_t)INT64_MAX + negative)
		return false;
	*value = negative ? (int64_t)-v : (int64_t)v;
	return true;
}

/* repr() of a float: the shortest digits that are read back as the same number; an
 * exponent from 1e16 on and below 1e-4. */
static void text_float(double number, struct buffer *out)
{
	char text[40], digits[24] = "0";
	if (!isfinite(number)) {
		buffer_put_text(out, isnan(number) ? "nan" : number < 0 ? "-inf" : "inf");
		return;
	}
	int precision = 0;
	do {
		snprintf(text, sizeof text, "%.*e", precision, number);
	} while (strtod(text, NULL) != number && ++precision < 17);
	if (text[0] == '-')
		buffer_put_char(out, '-');
	const char *at = text + (text[0] == '-'), *e = strchr(at, 'e');
	int exponent = atoi(e + 1), count = 0;
	for (; at < e && count < 20; at++)
		if (*at != '.')
			digits[count++] = *at;
	while (count > 1 && digits[count - 1] == '0')
		count--;
	if (exponent < -4 || exponent >= 16) {
		buffer_put_char(out, digits[0]);
		if (count > 1)
			buffer_printf(out, ".%.*s", count - 1, digits + 1);
		buffer_printf(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
		return;
	}
	for (int place = exponent < 0 ? 0 : exponent;
		place >= 0 || exponent - place < count; place--) {
		int digit = exponent - place;
		if (place == -1)
			buffer_put_char(out, '.');
		buffer_put_char(out, digit >= 0 && digit < count ? digits[digit] : '0');
	}
	if (count <= exponent + 1)
		buffer_put_text(out, ".0");
}

/* --- keys ----------------------------------------------------------------------------
 */

/* repr() of text or, with `before` "b", of bytes, within a JSON string. */
static void text_repr(
	struct buffer *out, const char *before, const char *text, size_t len)
{
	bool bytes = before[0] != '\0';
	bool single = memchr(text, '\'', len) != NULL;
	bool quotes = memchr(text, '"', len) != NULL;
	const char *quote = single && !quotes ? "\\\"" : "'";
	buffer_put_text(out, before);
	buffer_put_text(out, quote);
	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)text[i];
		unsigned char next = i + 1 < len ? (unsigned char)text[i + 1] : 0;
		if (b == '\'' && quote[0] == '\'')
			buffer_put_text(out, "\\\\'");
		else if (b == '\\')
			buffer_put_text(out, "\\\\\\\\");
		else if (b == '\n' || b == '\r' || b == '\t')
			buffer_printf(out, "\\\\%c",
				b == '\n'   ? 'n'
				: b == '\r' ? 'r'
					    : 't');
		else if (b < 0x20 || b == 0x7f)
			buffer_printf(out, "\\\\x%02x", b);
		else if (b == '"')
			buffer_put_text(out, "\\\"");
		else if ((b == 0xc2 && (next < 0xa1 || next == 0xad || bytes)) ||
			 (b == 0xc3 && bytes)) {
			/* U+0080 to U+00A0 and U+00AD are not printable; no byte beyond
			 * ASCII is. */
			buffer_printf(out, "\\\\x%02x", (b & 3) << 6 | (next & 0x3f));
			i++;
		} else
			buffer_put_char(out, (char)b);
	}
	buffer_put_text(out, quote);
}

void cpython_key(struct cpython *c, uint64_t key, uint64_t index, struct buffer *out)
{
	const struct cpython_type *t = cpython_type_of(c, key);
	int64_t number;
	enum cpython_rule rule = t != NULL && t->exact ? t->rule : CPYTHON_OTHER;
	if (rule == CPYTHON_STR || rule == CPYTHON_BYTES) {
		struct buffer *text = &c->key;
		uint64_t size = cpython_u64(c, key + 16);
		buffer_clear(text);
		if (rule == CPYTHON_STR)
			cpython_text(c, key, CPYTHON_TEXT_MAX, text);
		else
			cpython_bytes(c, key + 32,
				size < CPYTHON_TEXT_MAX ? size : CPYTHON_TEXT_MAX, text);
		text_repr(out, rule == CPYTHON_STR ? "" : "b", buffer_text(text),
			text->len);
	} else if (rule == CPYTHON_INT && cpython_int(c, key, &number) &&
		   number > -1000000000000000000 && number < 1000000000000000000) {
		buffer_printf(out, "%" PRId64, number);
	} else if (rule == CPYTHON_BOOL && cpython_int(c, key, &number)) {
		buffer_put_text(out, number != 0 ? "True" : "False");
	} else if (rule == CPYTHON_FLOAT) {
		double value;
		uint64_t bits = cpython_u64(c, key + 16);
		memcpy(&value, &bits, sizeof value);
		text_float(value, out);
	} else if (t != NULL && t->is_none) {
		buffer_put_text(out, "None");
	} else {
		buffer_printf(out, "#%" PRIu64, index);
	}
}
