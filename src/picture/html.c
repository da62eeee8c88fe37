/* SPDX-License-Identifier: MIT */
#include "picture/html.h"

#include "base/magnitude.h"
#include "base/utf8.h"
#include "picture/sketch.h"
#include "picture/xml.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define HTML_MINUS "\xe2\x88\x92"

void html_put(struct buffer *out, const char *text, size_t len)
{
	xml_put_text(out, text, len);
}

void html_put_text(struct buffer *out, const char *text)
{
	xml_put_text(out, text, strlen(text));
}

static void html_put_sign(struct buffer *out, double value, bool plus)
{
	if (value < 0)
		buffer_put_text(out, HTML_MINUS);
	else if (value > 0 && plus)
		buffer_put_char(out, '+');
}

void html_put_count(struct buffer *out, int64_t count, bool plus)
{
	html_put_sign(out, (double)count, plus);
	sketch_put_count(out, count < 0 && count > INT64_MIN ? -count : count);
}

void html_put_bytes(struct buffer *out, double bytes, bool plus)
{
	char text[MAGNITUDE_MAX];
	html_put_sign(out, bytes, plus);
	magnitude_bytes(text, fabs(bytes));
	buffer_put_text(out, text);
}

void html_put_real(struct buffer *out, double value, int decimals)
{
	html_put_sign(out, value, false);
	if (isfinite(value) && fabs(value) < 9e15) {
		double whole;
		double part = modf(fabs(value), &whole);
		char digits[32];
		assert(decimals >= 0 && decimals < 16);
		snprintf(digits, sizeof digits, "%.*f", decimals, part);
		/* 0.96 with one digit is 1.0. */
		sketch_put_count(out, (int64_t)whole + (digits[0] == '1'));
		buffer_put_text(out, digits + 1);
	} else
		buffer_printf(out, "%g", fabs(value));
}

/* --- Markdown ------------------------------------------------------------------------
 */

static size_t html_run(const char *text, size_t len, char c)
{
	size_t run = 0;
	while (run < len && text[run] == c)
		run++;
	return run;
}

/* A code span at `text`: its length, or 0; what is in it. */
static size_t html_code_span(
	const char *text, size_t len, const char **inside, size_t *inside_len)
{
	size_t fence = html_run(text, len, '`');
	for (size_t i = fence, run; fence > 0 && i < len; i += run) {
		run = html_run(text + i, len - i, '`');
		if (run != fence) {
			run = run == 0 ? 1 : run;
			continue;
		}
		*inside = text + fence;
		*inside_len = i - fence;
		/* One space at each end belongs to the fences. */
		if (*inside_len > 2 && (*inside)[0] == ' ' &&
			(*inside)[*inside_len - 1] == ' ') {
			++*inside;
			*inside_len -= 2;
		}
		assert(*inside + *inside_len <= text + i && i + run <= len);
		return i + run;
	}
	return 0;
}

/* A link `[text](target)` at `text`: its length, or 0.  Only what leads to the web or
 * within the page is one. */
static size_t html_link(
	const char *text, size_t len, size_t *words, size_t *target, size_t *target_len)
{
	const char *close = memchr(text, ']', len);
	if (close == NULL || (size_t)(close - text) + 2 >= len || close[1] != '(')
		return 0;
	const char *end = memchr(close, ')', len - (size_t)(close - text));
	if (end == NULL)
		return 0;
	*words = (size_t)(close - text) - 1;
	*target = (size_t)(close - text) + 2;
	*target_len = (size_t)(end - text) - *target;
	const char *to = text + *target;
	bool known = strncmp(to, "https://", 8) == 0 || strncmp(to, "http://", 7) == 0 ||
		     to[0] == '#';
	return known ? (size_t)(end - text) + 1 : 0;
}

/* Where the emphasis that begins with `mark` stars at `text` ends, or 0. */
static size_t html_emphasis_end(const char *text, size_t len, size_t mark)
{
	if (len <= mark || text[mark] == ' ')
		return 0;
	for (size_t i = mark + 1, run; i < len; i += run) {
		const char *inside;
		size_t inside_len;
		run = html_run(text + i, len - i, '*');
		if (run == mark && text[i - 1] != ' ')
			return i;
		if (run == 0)
			run = html_code_span(text + i, len - i, &inside, &inside_len);
		if (run == 0)
			run = text[i] == '\\' && i + 1 < len ? 2 : 1;
	}
	return 0;
}

/* Appends white space, with line ends, as the single space that HTML makes of it. */
static size_t html_put_space(struct buffer *out, const char *text, size_t len)
{
	size_t n = 0;
	while (n < len && strchr(" \t\n", text[n]) != NULL)
		n++;
	if (n > 0)
		buffer_put_char(out, ' ');
	return n;
}

/* Whether a code span has a sentence, which is code only for what it quotes.  Nothing in
 * it can act here, so it reads better as text. */
static bool html_is_sentence(const char *text, size_t len)
{
	enum { WORDS = 8 };
	size_t spaces = 0;
	for (size_t i = 0; i < len; i++)
		spaces += text[i] == ' ';
	return spaces >= WORDS && strncmp(text, "memsee ", 7) != 0 &&
	       strncmp(text, "neo4j", 5) != 0;
}

static bool html_is_mark(char c)
{
	return c == '`' || c == '*' || c == '[' || c == '\\' || c == ' ' || c == '\t' ||
	       c == '\n';
}

void html_put_inline(struct buffer *out, const char *text, size_t len)
{
	for (size_t i = 0, used; i < len; i += used) {
		const char *at = text + i, *inside;
		size_t left = len - i, inside_len, target, end;
		if ((used = html_put_space(out, at, left)) > 0)
			continue;
		if ((used = html_code_span(at, left, &inside, &inside_len)) > 0) {
			bool code = !html_is_sentence(inside, inside_len);
			buffer_put_text(out, code ? "<code>" : "");
			html_put(out, inside, inside_len);
			buffer_put_text(out, code ? "</code>" : "");
			continue;
		}
		if (at[0] == '[' &&
			(used = html_link(at, left, &inside_len, &target, &end)) > 0) {
			buffer_put_text(out, "<a href=\"");
			html_put(out, at + target, end);
			buffer_put_text(out, "\">");
			html_put_inline(out, at + 1, inside_len);
			buffer_put_text(out, "</a>");
			continue;
		}
		size_t stars = html_run(at, left, '*');
		if ((stars == 1 || stars == 2) &&
			(end = html_emphasis_end(at, left, stars)) > 0) {
			buffer_put_text(out, stars == 2 ? "<strong>" : "<em>");
			html_put_inline(out, at + stars, end - stars);
			buffer_put_text(out, stars == 2 ? "</strong>" : "</em>");
			used = end + stars;
			continue;
		}
		if (at[0] == '\\' && left > 1 && (unsigned char)at[1] < 0x80 &&
			strchr("\\`*_{}[]<>~|$&#@:().!+-", at[1]) != NULL) {
			html_put(out, at + 1, 1);
			used = 2;
			continue;
		}
		/* A mark that marks nothing is text, as is all up to the next. */
		for (used = 1; used < left && !html_is_mark(at[used]); used++)
			;
		assert(used <= left);
		html_put(out, at, used);
	}
}

void html_put_plain(struct buffer *out, const char *text)
{
	size_t len = strlen(text);
	for (size_t i = 0, used; i < len; i += used) {
		const char *inside;
		size_t inside_len;
		used = html_code_span(text + i, len - i, &inside, &inside_len);
		if (used > 0) {
			html_put(out, inside, inside_len);
			continue;
		}
		used = html_put_space(out, text + i, len - i);
		if (used > 0)
			continue;
		used = text[i] == '\\' && i + 1 < len ? 2 : 1;
		while (i + used < len && !html_is_mark(text[i + used]))
			used++;
		if (text[i] == '*' || text[i] == '\\')
			html_put(out, text + i + 1, used - 1);
		else
			html_put(out, text + i, used);
	}
}

/* The bytes of a list item's mark at the start of a line, or 0: "- ", "* ", "12. ". */
static size_t html_item_mark(const char *line, bool *numbered)
{
	size_t digits = strspn(line, "0123456789");
	*numbered = digits > 0;
	if (digits > 0)
		return (line[digits] == '.' || line[digits] == ')') &&
				       line[digits + 1] == ' '
			       ? digits + 2
			       : 0;
	return (line[0] == '-' || line[0] == '*' || line[0] == '+') && line[1] == ' ' ? 2
										      : 0;
}

/* Fenced code from the line at `text` on: its length, 0 when there is none. */
static size_t html_put_fenced(struct buffer *out, const char *text)
{
	if (strncmp(text, "```", 3) != 0)
		return 0;
	const char *line = strchr(text, '\n');
	if (line == NULL)
		return 0;
	const char *end = strstr(line, "\n```");
	if (end == NULL)
		return 0;
	buffer_put_text(out, "<pre>");
	for (const char *at = line + 1; at <= end; at += strcspn(at, "\n") + 1) {
		html_put(out, at, strcspn(at, "\n"));
		buffer_put_char(out, '\n');
	}
	buffer_put_text(out, "</pre>");
	end += 4;
	return (size_t)(end - text) + strcspn(end, "\n") + (strchr(end, '\n') != NULL);
}

/* The length of the block at `text`: up to an empty line, or the mark of the next item.
 */
static size_t html_block_len(const char *text, bool in_list)
{
	size_t len = 0;
	bool numbered;
	for (;;) {
		len += strcspn(text + len, "\n");
		const char *next = text + len + 1;
		if (text[len] == '\0' || next[strspn(next, " \t")] == '\n' ||
			next[0] == '\0' || (in_list && html_item_mark(next, &numbered)) ||
			strncmp(next, "```", 3) == 0)
			return len;
		len++;
	}
}

static size_t html_put_list(struct buffer *out, const char *text, bool numbered)
{
	size_t at = 0, mark;
	bool same = numbered;
	buffer_put_text(out, numbered ? "<ol>" : "<ul>");
	while ((mark = html_item_mark(text + at, &same)) > 0 && same == numbered) {
		size_t len = html_block_len(text + at, true);
		buffer_put_text(out, "<li>");
		html_put_inline(out, text + at + mark, len > mark ? len - mark : 0);
		buffer_put_text(out, "</li>");
		at += len;
		at += strspn(text + at, "\n");
	}
	buffer_put_text(out, numbered ? "</ol>" : "</ul>");
	return at;
}

void html_put_markdown(struct buffer *out, const char *text)
{
	while (*text != '\0') {
		bool numbered;
		size_t used = strspn(text, "\n");
		if (used == 0)
			used = html_put_fenced(out, text);
		if (used == 0 && html_item_mark(text, &numbered) > 0)
			used = html_put_list(out, text, numbered);
		if (used == 0) {
			used = html_block_len(text, false);
			buffer_put_text(out, "<p class=\"note\">");
			html_put_inline(out, text, used);
			buffer_put_text(out, "</p>");
		}
		assert(used > 0);
		text += used;
	}
	buffer_put_char(out, '\n');
}

void html_put_exact(struct buffer *out, int64_t bytes, bool plus)
{
	buffer_printf(out, "<data class=\"b%s\" value=\"%" PRId64 "\" title=\"",
		plus ? " p" : "", bytes);
	html_put_count(out, bytes, plus);
	buffer_put_text(out, " bytes\">");
	html_put_bytes(out, (double)bytes, plus);
	buffer_put_text(out, "</data>");
}
