/* SPDX-License-Identifier: MIT */
#include "dump/label_list.h"

#include "dump/dump_write.h"

#include <assert.h>
#include <string.h>

void label_list_clear(struct label_list *l)
{
	struct buffer text = l->text;
	*l = (struct label_list){ .text = text };
	buffer_clear(&l->text);
	buffer_put_char(&l->text, '[');
	l->kept = 1;
}

void label_list_fini(struct label_list *l)
{
	buffer_fini(&l->text);
}

/* Writes the indexes that were only counted so far, and returns where the next item
 * begins. */
static size_t label_list_next(struct label_list *l)
{
	for (; l->counted > 0; l->counted--) {
		buffer_put_char(&l->text, ',');
		dump_write_number(&l->text, l->index - (int64_t)l->counted + 1);
	}
	if (l->last != LABEL_LIST_EMPTY)
		buffer_put_char(&l->text, ',');
	return l->text.len;
}

/* Ends the item that begins at `start`.  An item that follows from the one before it is
 * not kept. */
static void label_list_item(struct label_list *l, size_t start, bool expected)
{
	l->start = start;
	if (!expected)
		l->kept = l->text.len;
	assert(l->text.failed || (l->kept <= l->text.len && start < l->text.len));
}

void label_list_put(struct label_list *l, const char *before, struct dump_text name,
	const char *after)
{
	struct buffer *out = &l->text;
	size_t last = l->start, start = label_list_next(l), last_len = start - 1 - last;
	size_t before_len = strlen(before), after_len = strlen(after);
	char *to = buffer_reserve(out, before_len + name.len + after_len + 2);
	if (to != NULL) {
		/* The usual label is three parts copied as one piece.  Only one with
		 * something to escape is written byte by byte. */
		*to++ = '"';
		memcpy(to, before, before_len);
		to += before_len;
		size_t i = 0;
		for (; i < name.len; i++) {
			unsigned char c = (unsigned char)name.data[i];
			if (c < 0x20 || c == '"' || c == '\\')
				break;
			to[i] = name.data[i];
		}
		out->len += 1 + before_len + i;
		to += i;
		*to = '\0';
		if (i < name.len) {
			dump_write_escaped(out, name.data + i, name.len - i);
			buffer_put(out, after, after_len);
			buffer_put_char(out, '"');
		} else {
			memcpy(to, after, after_len);
			memcpy(to + after_len, "\"", 2);
			out->len += after_len + 1;
		}
		assert(out->failed || out->len < out->cap);
	}
	bool same = !out->failed && l->last == LABEL_LIST_TEXT &&
		    out->len - start == last_len &&
		    memcmp(out->data + start, out->data + last, last_len) == 0;
	l->last = LABEL_LIST_TEXT;
	l->named = true;
	label_list_item(l, start, same);
}

void label_list_index(struct label_list *l, int64_t index)
{
	if (l->last == LABEL_LIST_INDEX && index == l->index + 1) {
		l->index = index;
		l->counted++;
		return;
	}
	size_t start = label_list_next(l);
	dump_write_number(&l->text, index);
	l->last = LABEL_LIST_INDEX;
	l->index = index;
	l->named = true;
	label_list_item(l, start, false);
}

void label_list_none(struct label_list *l)
{
	size_t start = label_list_next(l);
	buffer_put_text(&l->text, "null");
	label_list_item(l, start, l->last == LABEL_LIST_NULL);
	l->last = LABEL_LIST_NULL;
}

void label_list_attribute(struct label_list *l, struct dump_text name)
{
	static const char first[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$#@";
	bool is_name = name.len > 0 && name.len <= 80 &&
		       (name.data[0] < '0' || name.data[0] > '9');
	for (size_t i = 0; is_name && i < name.len; i++) {
		char c = name.data[i];
		is_name =
			(c >= '0' && c <= '9') || (c != '\0' && strchr(first, c) != NULL);
	}
	if (is_name)
		label_list_put(l, ".", name, "");
	else
		label_list_put(l, "['", name, "']");
}

struct dump_text label_list_end(struct label_list *l)
{
	if (!l->named || l->text.failed)
		return (struct dump_text){ 0 };
	assert(l->kept > 0 && l->kept <= l->text.len);
	bool more = l->counted > 0 || l->kept < l->text.len;
	l->text.len = l->kept;
	buffer_put_text(&l->text, more ? ",true]" : "]");
	return (struct dump_text){ l->text.data, l->text.len };
}
