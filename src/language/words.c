/* SPDX-License-Identifier: MIT */
#include "language/words.h"

#include "base/array.h"
#include "base/buffer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The reading of one word: a byte at a time, so that where a byte of it was written is
 * found by reading it again. */
struct words_scan {
	const char *text;
	size_t len;
	size_t at;
	size_t opened; /* where the open quote is */
	char quote;    /* the open quote, or NUL */
	bool quoted;
};

static bool words_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A backslash that takes the byte behind it literally. */
static bool words_is_escape(const struct words_scan *s)
{
	if (s->text[s->at] != '\\' || s->at + 1 >= s->len || s->quote == '\'')
		return false;
	char next = s->text[s->at + 1];
	if (next == '"' || next == '\\')
		return true;
	return s->quote == '\0' && (next == '\'' || words_is_blank(next));
}

/* The next byte of the word: true, and its place in `from`. */
static bool words_scan_byte(struct words_scan *s, size_t *from)
{
	for (; s->at < s->len; s->at++) {
		char c = s->text[s->at];
		if (s->quote == '\0' && words_is_blank(c))
			return false;
		bool doubled = s->quote != '\0' && c == s->quote && s->at + 1 < s->len &&
			       s->text[s->at + 1] == s->quote;
		if (doubled || words_is_escape(s)) {
			*from = s->at + 1;
			s->at += 2;
			return true;
		}
		if (s->quote == '\0' && (c == '"' || c == '\'')) {
			s->quote = c;
			s->opened = s->at;
			s->quoted = true;
		} else if (s->quote != '\0' && c == s->quote) {
			s->quote = '\0';
		} else {
			*from = s->at++;
			return true;
		}
	}
	return false;
}

void words_fini(struct words *w)
{
	for (size_t i = 0; i < w->count; i++)
		free(w->items[i].text);
	free(w->items);
	free(w->source);
	*w = WORDS_INIT;
}

bool words_split(struct words *w, const char *text, size_t len, size_t base_offset,
	struct error *err)
{
	w->source = array_new(len + 1, 1);
	if (w->source == NULL)
		return error_nomem(err);
	memcpy(w->source, text, len);
	w->source[len] = '\0';
	w->source_len = len;
	w->base_offset = base_offset;
	struct words_scan s = { .text = w->source, .len = len };
	while (true) {
		while (s.at < len && words_is_blank(s.text[s.at]))
			s.at++;
		if (s.at == len)
			return true;
		/* A word begins here. */
		struct buffer word = BUFFER_INIT;
		size_t start = s.at, from = 0;
		assert(s.quote == '\0');
		s.quoted = false;
		while (words_scan_byte(&s, &from))
			buffer_put_char(&word, s.text[from]);
		if (s.quote != '\0') {
			buffer_fini(&word);
			return error_at(err, STATUS_SCRIPT, s.opened + base_offset,
				"the quote %c is not closed", s.quote);
		}
		size_t size = word.len;
		char *taken = buffer_take(&word);
		if (taken == NULL || !array_reserve(&w->items, &w->cap, w->count + 1,
					     sizeof *w->items)) {
			free(taken);
			return error_nomem(err);
		}
		w->items[w->count++] =
			(struct word){ taken, size, start, s.at, s.quoted, false };
	}
}

size_t words_origin(const struct words *w, size_t word, size_t offset)
{
	assert(word < w->count);
	const struct word *item = &w->items[word];
	struct words_scan s = { .text = w->source, .len = item->end, .at = item->offset };
	size_t from = item->offset;
	if (item->substituted)
		return from + w->base_offset;
	for (size_t i = 0; i <= offset; i++)
		if (!words_scan_byte(&s, &from))
			return item->end + w->base_offset;
	return from + w->base_offset;
}

bool words_is(const struct words *w, size_t word, const char *text)
{
	return word < w->count && !w->items[word].quoted &&
	       strcasecmp(w->items[word].text, text) == 0;
}
