/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_fini(struct buffer *b)
{
	free(b->data);
	*b = BUFFER_INIT;
}

void buffer_clear(struct buffer *b)
{
	b->len = 0;
	b->failed = false;
	if (b->data != NULL)
		b->data[0] = '\0';
}

char *buffer_reserve(struct buffer *b, size_t more)
{
	assert(b->data == NULL ? b->len == 0 && b->cap == 0 : b->len < b->cap);
	if (b->failed || more >= SIZE_MAX / 2 - b->len) {
		b->failed = true;
		return NULL;
	}
	size_t need = b->len + more + 1;
	if (need > b->cap) {
		size_t cap = b->cap + b->cap / 2;
		if (cap < need)
			cap = need < 64 ? 64 : need;
		char *data = realloc(b->data, cap);
		if (data == NULL) {
			b->failed = true;
			return NULL;
		}
		b->data = data;
		b->cap = cap;
	}
	assert(b->len + more < b->cap);
	return b->data + b->len;
}

void buffer_put(struct buffer *b, const void *data, size_t len)
{
	char *to = buffer_reserve(b, len);
	if (to == NULL)
		return;
	assert(len == 0 || data != NULL);
	if (len > 0)
		memcpy(to, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buffer_put_text(struct buffer *b, const char *text)
{
	buffer_put(b, text, strlen(text));
}

void buffer_put_char(struct buffer *b, char c)
{
	buffer_put(b, &c, 1);
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *to = len < 0 ? NULL : buffer_reserve(b, (size_t)len);
	if (to == NULL) {
		b->failed = true;
		return;
	}
	va_start(args, format);
	int again = vsnprintf(to, (size_t)len + 1, format, args);
	va_end(args);
	assert(again == len);
	(void)again;
	b->len += (size_t)len;
	assert(b->data[b->len] == '\0');
}

void buffer_put_hex(struct buffer *b, const void *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *byte = data;
	for (size_t i = 0; i < len; i++) {
		buffer_put_char(b, digits[byte[i] >> 4]);
		buffer_put_char(b, digits[byte[i] & 0xf]);
	}
}

void buffer_put_real(struct buffer *b, double value)
{
	char text[40];
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	buffer_put_text(b, text);
	if (isfinite(value) && strpbrk(text, ".e") == NULL)
		buffer_put_text(b, ".0");
}

void buffer_put_doubled(struct buffer *b, const char *text, size_t len, char quote)
{
	while (len > 0) {
		const char *found = memchr(text, quote, len);
		size_t n = found == NULL ? len : (size_t)(found - text) + 1;
		buffer_put(b, text, n);
		if (found != NULL)
			buffer_put_char(b, quote);
		text += n;
		len -= n;
	}
}

const char *buffer_text(const struct buffer *b)
{
	return b->data == NULL ? "" : b->data;
}

char *buffer_take(struct buffer *b)
{
	char *data = NULL;
	if (buffer_reserve(b, 0) != NULL) {
		data = b->data;
		assert(b->len < b->cap);
		data[b->len] = '\0';
		b->data = NULL;
	}
	buffer_fini(b);
	return data;
}
