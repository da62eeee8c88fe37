/* SPDX-License-Identifier: MIT */
/* title, section, text, caption, otherwise, hide, output, width: what a report consists
 * of and where it goes. */
#include "base/array.h"
#include "session/commands.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* title TEXT, section TEXT */
static bool heading_run(struct session *s, const struct invocation *in, struct error *err)
{
	return in->command == &command_section ? session_section(s, in->text, err)
					       : session_title(s, in->text, err);
}

const struct command command_title = {
	.name = "title",
	.usage = "TEXT",
	.summary = "write a heading",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = heading_run,
};

const struct command command_section = {
	.name = "section",
	.usage = "TEXT",
	.summary = "write a heading if something follows it",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = heading_run,
};

static size_t text_backticks(const char *text, size_t len)
{
	size_t run = 0;
	while (run < len && text[run] == '`')
		run++;
	return run;
}

static size_t text_piece_len(const struct subst_text *made, size_t i)
{
	size_t end = i + 1 < made->piece_count ? made->pieces[i + 1].out : made->text.len;
	assert(end >= made->pieces[i].out);
	return end - made->pieces[i].out;
}

/* Whether the script's own text after piece `i` closes the code span that `fence` opened:
 * else the backticks that seemed to open one are only backticks. */
static bool text_closes(const struct subst_text *pieces, size_t i, size_t fence)
{
	assert(fence > 0);
	while (++i < pieces->piece_count) {
		const char *text = pieces->text.data + pieces->pieces[i].out;
		size_t len = pieces->pieces[i].copied ? text_piece_len(pieces, i) : 0,
		       run;
		for (size_t at = 0; at < len; at += run + (run == 0)) {
			run = text_backticks(text + at, len - at);
			if (run == fence)
				return true;
		}
	}
	return false;
}

/* Continuation lines are indented because scripts require it, which in Markdown
 * would make a nested list or a block of code: the white space that all of them
 * begin with, except for empty lines, is not part of the text. */
static void text_put_dedented(const char *text, struct buffer *out)
{
	size_t common = SIZE_MAX;
	for (const char *line = text; (line = strchr(line, '\n')) != NULL;) {
		size_t indent = strspn(++line, " \t");
		if (line[indent] != '\n' && line[indent] != '\0' && indent < common)
			common = indent;
	}
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

/* The paragraph of an invocation: malloc'ed, NULL out of memory.  The script's own text
 * is Markdown; substituted values are data and must not act as such. */
static char *text_make(const struct invocation *in)
{
	const struct subst_text *pieces = in->made;
	struct buffer made = BUFFER_INIT, out = BUFFER_INIT;
	/* The length of the run of backticks that holds a code span open; 0: none is. */
	size_t fence = 0;
	for (size_t i = 0; i < pieces->piece_count; i++) {
		const char *text = pieces->text.data + pieces->pieces[i].out;
		size_t len = text_piece_len(pieces, i);
		if (pieces->pieces[i].copied) {
			buffer_put(&made, text, len);
			for (size_t at = 0, run; at < len; at += run) {
				run = text_backticks(text + at, len - at);
				if (run > 0 && (fence == 0 || fence == run))
					fence = fence == 0 ? run : 0;
				else if (run == 0)
					run = text[at] == '\\' && fence == 0 ? 2 : 1;
			}
			continue;
		}
		if (fence > 0 && text_closes(pieces, i, fence))
			writer_put_in_code(&made, text, len);
		else
			writer_put_markdown(&made, text, len);
	}
	text_put_dedented(buffer_text(&made), &out);
	char *paragraph = made.failed ? NULL : buffer_take(&out);
	buffer_fini(&made);
	buffer_fini(&out);
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

/* caption TEXT, otherwise TEXT: both wait for the next result. */
static bool next_run(struct session *s, const struct invocation *in, struct error *err)
{
	bool caption = in->command == &command_caption;
	char **waiting = caption ? &s->caption : &s->otherwise;
	char *text = caption ? strdup(in->text) : text_make(in);
	if (text == NULL)
		return error_nomem(err);
	free(*waiting);
	*waiting = text;
	return true;
}

const struct command command_caption = {
	.name = "caption",
	.usage = "TEXT",
	.summary = "name the next result",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = next_run,
};

const struct command command_otherwise = {
	.name = "otherwise",
	.usage = "TEXT",
	.summary = "write a paragraph in place of the next result if that has no rows",
	.kind = COMMAND_TEXT,
	.least = 1,
	.run = next_run,
};

static bool hide_run(struct session *s, const struct invocation *in, struct error *err)
{
	(void)in;
	(void)err;
	s->hide = true;
	return true;
}

const struct command command_hide = {
	.name = "hide",
	.usage = "",
	.summary = "keep the next result out of reports that people read",
	.kind = COMMAND_WORDS,
	.run = hide_run,
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
	.summary = "write results to another place as well, or stop doing so",
	.kind = COMMAND_WORDS,
	.most = 1,
	.run = output_run,
};

/* width COLUMN N …: a column that has a width gets the new one. */
static bool width_run(struct session *s, const struct invocation *in, struct error *err)
{
	enum { WIDTH_MAX = 10000 };
	if (in->words.count % 2 != 0)
		return command_usage(in, err);
	for (size_t i = 0; i < in->words.count; i += 2) {
		const char *column = in->words.items[i].text;
		int64_t width;
		size_t at = 0;
		if (!command_integer(in, i + 1, &width, err))
			return false;
		if (width < 1 || width > WIDTH_MAX)
			return command_bad_word(in, i + 1, "no width:", err);
		while (at < s->width_count && strcmp(s->widths[at].column, column) != 0)
			at++;
		if (at == s->width_count) {
			char *copy = strdup(column);
			if (copy == NULL ||
				!array_reserve(&s->widths, &s->width_cap,
					s->width_count + 1, sizeof *s->widths)) {
				free(copy);
				return error_nomem(err);
			}
			s->widths[s->width_count++] =
				(struct session_width){ .column = copy };
		}
		assert(at < s->width_count && s->width_count <= s->width_cap);
		s->widths[at].width = (int)width;
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
