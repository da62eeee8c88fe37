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

/* A quoted text: the three parts as one piece, which is all that a label of a program
 * takes; byte for byte only where one of them has to be escaped. */
static void label_list_quote(
	struct buffer *out, const char *before, struct dump_text name, const char *after)
{
	size_t before_len = strlen(before), after_len = strlen(after);
	char *to = buffer_reserve(out, before_len + name.len + after_len + 2);
	if (to == NULL)
		return;
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
		return;
	}
	memcpy(to, after, after_len);
	to[after_len] = '"';
	to[after_len + 1] = '\0';
	out->len += after_len + 1;
}

/* Where the next item begins: behind the indexes that were only counted so far. */
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

/* The item that begins at `start` is complete: it is kept unless it was to be expected.
 */
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
	size_t last = l->start, start = label_list_next(l), last_len = start - 1 - last;
	label_list_quote(&l->text, before, name, after);
	bool same = !l->text.failed && l->last == LABEL_LIST_TEXT &&
		    l->text.len - start == last_len &&
		    memcmp(l->text.data + start, l->text.data + last, last_len) == 0;
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

static bool label_list_is_name(struct dump_text t)
{
	static const char first[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$#@";
	if (t.len == 0 || t.len > 80 || t.data[0] == '\0' ||
		strchr(first, t.data[0]) == NULL)
		return false;
	for (size_t i = 1; i < t.len; i++)
		if (t.data[i] == '\0' || (strchr(first, t.data[i]) == NULL &&
						 (t.data[i] < '0' || t.data[i] > '9')))
			return false;
	return true;
}

void label_list_attribute(struct label_list *l, struct dump_text name)
{
	if (label_list_is_name(name))
		label_list_put(l, ".", name, "");
	else
		label_list_put(l, "['", name, "']");
}

struct dump_text label_list_end(struct label_list *l)
{
	if (!l->named || l->text.failed)
		return (struct dump_text){ 0 };
	bool more = l->counted > 0 || l->kept < l->text.len;
	l->text.len = l->kept;
	buffer_put_text(&l->text, more ? ",true]" : "]");
	return (struct dump_text){ l->text.data, l->text.len };
}
