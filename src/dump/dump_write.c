/* SPDX-License-Identifier: MIT */
#include "dump/dump_write.h"

#include <assert.h>
#include <string.h>

void dump_write_escaped(struct buffer *out, const char *text, size_t len)
{
	size_t done = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)text[i];
		if (b >= 0x20 && b != '"' && b != '\\')
			continue;
		buffer_put(out, text + done, i - done);
		done = i + 1;
		if (b < 0x20)
			buffer_printf(out, "\\u%04x", b);
		else
			buffer_put(out, (const char[]){ '\\', (char)b }, 2);
	}
	assert(done <= len);
	buffer_put(out, text + done, len - done);
}

void dump_write_text(struct buffer *out, const char *text, size_t len)
{
	buffer_put_char(out, '"');
	dump_write_escaped(out, text, len);
	buffer_put_char(out, '"');
}

static void write_pair(struct buffer *out, const char *key, struct dump_text text)
{
	if (text.data == NULL)
		return;
	buffer_put_text(out, key);
	dump_write_text(out, text.data, text.len);
}

void dump_write_number(struct buffer *out, int64_t number)
{
	char digits[24], *at = digits + sizeof digits;
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		*--at = '-';
	buffer_put(out, at, (size_t)(digits + sizeof digits - at));
}

void dump_write_object(struct buffer *out, const struct dump_object *o)
{
	buffer_put_text(out, "{\"address\": ");
	dump_write_number(out, o->address);
	write_pair(out, ", \"type\": ", o->type);
	if (o->has_size) {
		buffer_put_text(out, ", \"size\": ");
		dump_write_number(out, o->size);
	}
	write_pair(out, ", \"name\": ", o->name);
	if (o->has_len) {
		buffer_put_text(out, ", \"len\": ");
		dump_write_number(out, o->len);
	}
	if (o->value_is_number) {
		buffer_put_text(out, ", \"value\": ");
		buffer_put(out, o->value.data, o->value.len);
	} else {
		write_pair(out, ", \"value\": ", o->value);
	}
	buffer_put_text(out, ", \"refs\": [");
	for (size_t i = 0; i < o->ref_count; i++) {
		if (i > 0)
			buffer_put(out, ", ", 2);
		dump_write_number(out, o->refs[i]);
	}
	buffer_put_char(out, ']');
	if (o->labels.data != NULL) {
		buffer_put_text(out, ", \"labels\": ");
		buffer_put(out, o->labels.data, o->labels.len);
	}
	write_pair(out, ", \"root\": ", o->root);
	buffer_put_text(out, "}\n");
}
