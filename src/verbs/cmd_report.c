/* SPDX-License-Identifier: MIT */
/* title, section, text, caption, otherwise, output, width: what a report consists of and
 * where it goes. */
#include "base/array.h"
#include "session/commands.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool title_run(struct session *s, const struct invocation *in, struct error *err)
{
	return session_title(s, in->text, err);
}

const struct command command_title = {
	.name = "title",
	.usage = "TEXT",
	.summary = "write a heading",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = title_run,
};

static bool section_run(struct session *s, const struct invocation *in, struct error *err)
{
	return session_section(s, in->text, err);
}

const struct command command_section = {
	.name = "section",
	.usage = "TEXT",
	.summary = "write a heading if something follows it",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = section_run,
};

static size_t text_backticks(const char *text, size_t len)
{
	size_t run = 0;
	while (run < len && text[run] == '`')
		run++;
	return run;
}

/* The length of the run of backticks that holds a code span open behind `text`, or 0;
 * `fence` is that in front of it. */
static size_t text_fence(size_t fence, const char *text, size_t len)
{
	for (size_t i = 0, run; i < len; i += run) {
		run = text_backticks(text + i, len - i);
		if (run > 0 && (fence == 0 || fence == run))
			fence = fence == 0 ? run : 0;
		else if (run == 0)
			run = text[i] == '\\' && fence == 0 ? 2 : 1;
	}
	return fence;
}

static size_t text_piece_len(const struct subst_text *made, size_t i)
{
	size_t end = i + 1 < made->piece_count ? made->pieces[i + 1].out : made->text.len;
	return end - made->pieces[i].out;
}

/* Whether the script's own text behind piece `i` closes the span that is open there: else
 * what seemed to begin one is but backticks. */
static bool text_closes(const struct subst_text *made, size_t i, size_t fence)
{
	while (++i < made->piece_count) {
		const char *text = made->text.data + made->pieces[i].out;
		size_t len = made->pieces[i].copied ? text_piece_len(made, i) : 0;
		for (size_t at = 0, run; at<len; at += run> 0 ? run : 1)
			if ((run = text_backticks(text + at, len - at)) == fence)
				return true;
	}
	return false;
}

/* The script's own text is Markdown; what was put in is data and must not act. */
static void text_put_pieces(const struct subst_text *made, struct buffer *out)
{
	size_t fence = 0;
	for (size_t i = 0; i < made->piece_count; i++) {
		const char *text = made->text.data + made->pieces[i].out;
		size_t len = text_piece_len(made, i);
		if (made->pieces[i].copied) {
			buffer_put(out, text, len);
			fence = text_fence(fence, text, len);
		} else if (fence > 0 && text_closes(made, i, fence))
			writer_put_in_code(out, text, len);
		else
			writer_put_markdown(out, text, len);
	}
}

/* The white space that every continuation line begins with; empty lines do not count. */
static size_t text_common_indent(const char *text)
{
	size_t common = SIZE_MAX;
	while ((text = strchr(text, '\n')) != NULL) {
		size_t indent = strspn(++text, " \t");
		if (text[indent] != '\n' && text[indent] != '\0' && indent < common)
			common = indent;
	}
	return common;
}

/* Continuation lines are indented because a script wants it, which in Markdown would make
 * a nested list or a block of code: what all of them share is no part of the text. */
static void text_put_dedented(const char *text, struct buffer *out)
{
	size_t common = text_common_indent(text);
	for (;;) {
		size_t len = strcspn(text, "\n");
		buffer_put(out, text, len);
		if (text[len] == '\0')
			return;
		buffer_put_char(out, '\n');
		text += len + 1;
		size_t indent = strspn(text, " \t");
		text += indent < common ? indent : common;
	}
}

/* The paragraph of an invocation: malloc'ed, NULL out of memory. */
static char *text_make(const struct invocation *in)
{
	struct buffer made = BUFFER_INIT, text = BUFFER_INIT;
	text_put_pieces(in->made, &made);
	text_put_dedented(buffer_text(&made), &text);
	char *paragraph = made.failed ? NULL : buffer_take(&text);
	buffer_fini(&made);
	buffer_fini(&text);
	return paragraph;
}

static bool text_run(struct session *s, const struct invocation *in, struct error *err)
{
	char *text = text_make(in);
	bool ok = text != NULL || error_nomem(err);
	/* What a substitution left empty says nothing. */
	if (ok && text[strspn(text, " \t\n")] != '\0')
		ok = session_text(s, text, err);
	free(text);
	return ok;
}

const struct command command_text = {
	.name = "text",
	.usage = "TEXT",
	.summary = "write a paragraph; its Markdown is kept",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = text_run,
};

static bool caption_run(struct session *s, const struct invocation *in, struct error *err)
{
	char *caption = strdup(in->text);
	if (caption == NULL)
		return error_nomem(err);
	free(s->caption);
	s->caption = caption;
	return true;
}

const struct command command_caption = {
	.name = "caption",
	.usage = "TEXT",
	.summary = "name the next result",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = caption_run,
};

static bool otherwise_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	char *text = text_make(in);
	if (text == NULL)
		return error_nomem(err);
	free(s->otherwise);
	s->otherwise = text;
	return true;
}

const struct command command_otherwise = {
	.name = "otherwise",
	.usage = "TEXT",
	.summary = "write a paragraph in place of the next result if that has no rows",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = otherwise_run,
};

static bool output_run(struct session *s, const struct invocation *in, struct error *err)
{
	const char *spec = in->words.count == 0 ? NULL : in->words.items[0].text;
	return (spec == NULL || session_may_write(s, "output", spec, err)) &&
	       session_set_output(s, spec, err);
}

const struct command command_output = {
	.name = "output",
	.usage = "[FILE|FORMAT:FILE|DIR/]",
	.summary = "let results go to a further place from here on, or no more",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = output_run,
};

static bool width_set(struct session *s, const char *column, int width, struct error *err)
{
	for (size_t i = 0; i < s->width_count; i++)
		if (strcmp(s->widths[i].column, column) == 0) {
			s->widths[i].width = width;
			return true;
		}
	char *copy = strdup(column);
	if (copy == NULL || !array_reserve(&s->widths, &s->width_cap, s->width_count + 1,
				    sizeof *s->widths)) {
		free(copy);
		return error_nomem(err);
	}
	s->widths[s->width_count++] = (struct session_width){ copy, width };
	return true;
}

static bool width_run(struct session *s, const struct invocation *in, struct error *err)
{
	enum { WIDTH_MAX = 10000 };
	if (in->words.count % 2 != 0)
		return command_usage(in, err);
	for (size_t i = 0; i < in->words.count; i += 2) {
		int64_t width;
		if (!command_integer(in, i + 1, &width, err))
			return false;
		if (width < 1 || width > WIDTH_MAX)
			return command_bad_word(in, i + 1, "no width:", err);
		if (!width_set(s, in->words.items[i].text, (int)width, err))
			return false;
	}
	return true;
}

const struct command command_width = {
	.name = "width",
	.usage = "COLUMN N …",
	.summary = "set how wide columns are shown in text reports",
	.kind = COMMAND_WORDS,
	.least = 2,
	.most = COMMAND_ANY,
	.run = width_run,
};
