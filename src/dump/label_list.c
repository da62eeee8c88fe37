/* SPDX-License-Identifier: MIT */
#include "dump/label_list.h"

#include <inttypes.h>
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

static void label_list_escape(struct buffer *out, struct dump_text t)
{
	size_t done = 0;
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.data[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buffer_put(out, t.data + done, i - done);
		if (c < 0x20)
			buffer_printf(out, "\\u%04x", c);
		else
			buffer_printf(out, "\\%c", c);
		done = i + 1;
	}
	if (t.len > done)
		buffer_put(out, t.data + done, t.len - done);
}

/* The item that begins at `start` is complete: it is kept unless it was to be expected.
 */
static void label_list_item(struct label_list *l, size_t start, bool expected)
{
	l->start = start;
	if (!expected)
		l->kept = l->text.len;
}

static size_t label_list_next(struct label_list *l)
{
	if (l->last != LABEL_LIST_EMPTY)
		buffer_put_char(&l->text, ',');
	return l->text.len;
}

void label_list_put(struct label_list *l, const char *before, struct dump_text name,
	const char *after)
{
	size_t last = l->start, start = label_list_next(l), last_len = start - 1 - last;
	buffer_put_char(&l->text, '"');
	buffer_put_text(&l->text, before);
	label_list_escape(&l->text, name);
	buffer_put_text(&l->text, after);
	buffer_put_char(&l->text, '"');
	bool same = !l->text.failed && l->last == LABEL_LIST_TEXT &&
		    l->text.len - start == last_len &&
		    memcmp(l->text.data + start, l->text.data + last, last_len) == 0;
	l->last = LABEL_LIST_TEXT;
	l->named = true;
	label_list_item(l, start, same);
}

void label_list_index(struct label_list *l, int64_t index)
{
	size_t start = label_list_next(l);
	bool expected = l->last == LABEL_LIST_INDEX && index == l->index + 1;
	buffer_printf(&l->text, "%" PRId64, index);
	l->last = LABEL_LIST_INDEX;
	l->index = index;
	l->named = true;
	label_list_item(l, start, expected);
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
	bool more = l->kept < l->text.len;
	l->text.len = l->kept;
	buffer_put_text(&l->text, more ? ",true]" : "]");
	return (struct dump_text){ l->text.data, l->text.len };
}
