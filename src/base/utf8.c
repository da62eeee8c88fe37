/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <assert.h>

static bool utf8_is_tail(const char *text)
{
	return ((unsigned char)*text & 0xc0) == 0x80;
}

uint32_t utf8_surrogate(const char *text, size_t len)
{
	if (len < 3 || (unsigned char)text[0] != 0xed || !utf8_is_tail(text + 1) ||
		!utf8_is_tail(text + 2) || (unsigned char)text[1] < 0xa0)
		return 0;
	return 0xd000u | ((unsigned char)text[1] & 0x3fu) << 6 |
	       ((unsigned char)text[2] & 0x3fu);
}

/* The table 3-7 of the Unicode standard: how many bytes follow, and which the first of
 * them may be. */
static size_t utf8_tails(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 1;
	if (lead >= 0xe0 && lead <= 0xef) {
		*low = lead == 0xe0 ? 0xa0 : 0x80;
		*high = lead == 0xed ? 0x9f : 0xbf;
		return 2;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		*low = lead == 0xf0 ? 0x90 : 0x80;
		*high = lead == 0xf4 ? 0x8f : 0xbf;
		return 3;
	}
	return 0;
}

uint32_t utf8_decode(const char *text, size_t len, size_t *used)
{
	unsigned char lead = (unsigned char)text[0], low, high;
	*used = 1;
	if (lead < 0x80)
		return lead;
	if (utf8_surrogate(text, len) != 0) {
		*used = 3;
		return UTF8_INVALID;
	}
	size_t tails = utf8_tails(lead, &low, &high);
	if (tails == 0)
		return UTF8_INVALID;
	uint32_t c = lead & (0x3fU >> tails);
	for (; *used <= tails; ++*used) {
		if (*used == len)
			return UTF8_INVALID;
		unsigned char tail = (unsigned char)text[*used];
		if (tail < low || tail > high)
			return UTF8_INVALID;
		c = c << 6 | (tail & 0x3f);
		low = 0x80;
		high = 0xbf;
	}
	return c;
}

bool utf8_is_valid(const char *text, size_t len)
{
	for (size_t at = 0, used; at < len; at += used)
		if (utf8_decode(text + at, len - at, &used) == UTF8_INVALID)
			return false;
	return true;
}

size_t utf8_encode(char *to, uint32_t c)
{
	static const unsigned char mark[] = { 0, 0xc0, 0xe0, 0xf0 };
	assert(c <= 0x10ffff);
	unsigned tails = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	to[0] = (char)(mark[tails] | c >> (6 * tails));
	for (unsigned i = 1; i <= tails; i++)
		to[i] = (char)(0x80 | (c >> (6 * (tails - i)) & 0x3f));
	return tails + 1;
}

size_t utf8_cut(const char *text, size_t len, size_t most)
{
	size_t n = len < most ? len : most;
	while (n > 0 && n < len && utf8_is_tail(text + n))
		n--;
	return n;
}

void utf8_put(struct buffer *out, uint32_t c)
{
	char bytes[4];
	size_t n = utf8_encode(bytes, c);
	buffer_put(out, bytes, n);
}

void utf8_put_valid(struct buffer *out, const char *text, size_t len)
{
	size_t good = 0, at = 0, used;
	for (; at < len; at += used) {
		if (utf8_decode(text + at, len - at, &used) != UTF8_INVALID)
			continue;
		buffer_put(out, text + good, at - good);
		utf8_put(out, UTF8_REPLACEMENT);
		good = at + used;
	}
	buffer_put(out, text + good, len - good);
}

bool utf8_is_unseen(uint32_t c)
{
	static const uint32_t ranges[][2] = {
		{ 0x0, 0x1f },         /* C0 controls */
		{ 0x7f, 0x9f },        /* DEL, C1 controls */
		{ 0xad, 0xad },        /* soft hyphen */
		{ 0x61c, 0x61c },      /* Arabic letter mark */
		{ 0x180e, 0x180e },    /* Mongolian vowel separator */
		{ 0x200b, 0x200b },    /* zero width space */
		{ 0x200e, 0x200f },    /* left-to-right, right-to-left mark */
		{ 0x2028, 0x202e },    /* separators, embeddings, overrides */
		{ 0x2060, 0x206f },    /* word joiner, invisible operators, isolates */
		{ 0xfdd0, 0xfdef },    /* noncharacters */
		{ 0xfeff, 0xfeff },    /* byte order mark */
		{ 0xfff0, 0xfffb },    /* interlinear annotation */
		{ 0xfffe, 0xffff },    /* noncharacters */
		{ 0xe0000, 0xe00ff },  /* tags */
		{ 0xe01f0, 0xe0fff },  /* unassigned, ignorable */
		{ 0xffffe, 0xfffff },  /* noncharacters */
		{ 0x10fffe, 0x10ffff } /* noncharacters */
	};
	if (c > 0x1f && c < 0x7f)
		return false;
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (c <= ranges[i][1])
			return c >= ranges[i][0];
	return false;
}

void utf8_put_visible(struct buffer *out, const char *text, size_t len)
{
	static const char *const short_form[] = {
		['\t'] = "\\t", ['\n'] = "\\n", ['\r'] = "\\r"
	};
	size_t good = 0, at = 0, used;
	for (; at < len; at += used) {
		uint32_t c = utf8_decode(text + at, len - at, &used);
		if (c != UTF8_INVALID && !utf8_is_unseen(c))
			continue;
		buffer_put(out, text + good, at - good);
		uint32_t half = c == UTF8_INVALID ? utf8_surrogate(text + at, used) : 0;
		if (half != 0)
			buffer_printf(out, "\\u%04x", (unsigned)half);
		else if (c <= '\r' && short_form[c] != NULL)
			buffer_put_text(out, short_form[c]);
		else if (c != UTF8_INVALID)
			buffer_printf(out,
				c < 0x80      ? "\\x%02x"
				: c < 0x10000 ? "\\u%04x"
					      : "\\U%08x",
				(unsigned)c);
		else /* bytes that are not a character */
			for (size_t i = at; i < at + used; i++)
				buffer_printf(
					out, "\\x%02x", (unsigned)(unsigned char)text[i]);
		good = at + used;
	}
	buffer_put(out, text + good, len - good);
}

size_t utf8_text_width(const char *text, size_t len)
{
	size_t width = 0;
	for (size_t at = 0, used; at < len; at += used)
		width += (size_t)utf8_width(utf8_decode(text + at, len - at, &used));
	return width;
}

size_t utf8_fit(const char *text, size_t len, size_t width)
{
	size_t at = 0, used;
	for (; at < len; at += used) {
		size_t next = (size_t)utf8_width(utf8_decode(text + at, len - at, &used));
		if (next > width)
			break;
		width -= next;
	}
	return at;
}

size_t utf8_length(const char *text, size_t len)
{
	size_t count = 0;
	for (size_t at = 0, used; at < len; at += used, count++)
		utf8_decode(text + at, len - at, &used);
	return count;
}
