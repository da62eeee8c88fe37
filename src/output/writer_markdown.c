/* SPDX-License-Identifier: MIT */
/* Markdown as GitHub reads it: a table per result, padded so that its source reads well
 * too, numbers aligned right, and below it the drawing of a path or tree that fits a
 * page.
 *
 * Values are data.  A column in which some text could be taken for markup (also for what
 * sites add: mentions, issue numbers, bare links, emoji, formulas) is set in code spans,
 * in which nothing acts; elsewhere text is left as it is.  Control characters are shown,
 * never written.  Text wider than MARKDOWN_CELL_WIDTH columns, or than the column's
 * `width`, is cut, and the number of missing characters follows.  The labels #R.N are
 * left out: sites would link them to issues. */
#include "output/writer.h"

#include "base/array.h"
#include "base/utf8.h"
#include "picture/mermaid.h"
#include "picture/mermaid_plot.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MARKDOWN_CELL_WIDTH 120
/* Wider cells stick out of their row instead of widening all others. */
#define MARKDOWN_PAD_WIDTH 60

struct markdown_column {
	const char *name;
	bool number;  /* numbers, and NULLs among them */
	bool text;    /* something else than those */
	bool code;    /* some text needs a code span */
	size_t limit; /* columns of a text that are shown */
	size_t width; /* to which cells are padded */
	size_t plain_width, code_width;
};

struct markdown_table {
	struct writer *w;
	const struct result *r;
	struct markdown_column *columns;
	int shown;          /* of the columns; all but on a terminal */
	struct buffer seen; /* a cell as text; empty between two cells */
	struct buffer cell; /* the same as Markdown; empty between two cells */
	bool failed;        /* one of the two has failed */
};

static bool markdown_is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool markdown_holds(const char *text, const char *part)
{
	return strcasestr(text, part) != NULL;
}

/* Whether no reader takes anything in `text` for markup: underscores are inside words,
 * spaces between them, and an asterisk or colon is alone. */
static bool markdown_is_plain(const char *text, size_t len)
{
	static const char harmless[] = "\"%'()+,-./;=>?!^";
	size_t stars = 0, colons = 0;
	if (len == 0)
		return true;
	if (text[0] == ' ' || text[len - 1] == ' ' || markdown_holds(text, "://") ||
		markdown_holds(text, "www.") || markdown_holds(text, "GH-"))
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = text[i];
		if (c == '*')
			stars++;
		else if (c == ':')
			colons++;
		else if (c == ' ') {
			if (text[i + 1] == ' ')
				return false;
		} else if (c == '_') {
			if (i == 0 || !markdown_is_word(text[i - 1]) ||
				!markdown_is_word(text[i + 1]))
				return false;
		} else if (!markdown_is_word(c) && strchr(harmless, c) == NULL)
			return false;
	}
	return stars <= 1 && colons <= 1;
}

/* A code span: a fence longer than any run of backticks inside.  In a table a pipe must
 * be escaped even there, and GitHub takes that one backslash away again. */
static void markdown_put_code(
	struct buffer *out, const char *text, size_t len, bool in_table)
{
	size_t fence = 1, run = 0;
	for (size_t i = 0; i < len; i++) {
		run = text[i] == '`' ? run + 1 : 0;
		if (run >= fence)
			fence = run + 1;
	}
	/* One space is taken from both ends, unless there are only spaces. */
	bool spaced = strspn(text, " ") < len &&
		      (text[0] == '`' || text[len - 1] == '`' ||
			      (text[0] == ' ' && text[len - 1] == ' '));
	writer_put_repeated(out, '`', fence);
	buffer_put_text(out, spaced ? " " : "");
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '|' && in_table)
			buffer_put_char(out, '\\');
		buffer_put_char(out, text[i]);
	}
	buffer_put_text(out, spaced ? " " : "");
	writer_put_repeated(out, '`', fence);
}

/* Sets t->cell to t->seen as a cell of the table, and empties t->seen. */
static void markdown_set_text(struct markdown_table *t, size_t limit, bool code)
{
	const char *text = buffer_text(&t->seen);
	size_t len = utf8_fit(text, t->seen.len, limit);
	assert(len <= t->seen.len);
	buffer_clear(&t->cell);
	if (code && len > 0)
		markdown_put_code(&t->cell, text, len, true);
	else
		buffer_put(&t->cell, text, len);
	if (len < t->seen.len)
		buffer_printf(
			&t->cell, " …+%zu", utf8_length(text + len, t->seen.len - len));
	t->failed |= t->seen.failed || t->cell.failed;
	buffer_clear(&t->seen);
}

static void markdown_set_cell(struct markdown_table *t,
	const struct markdown_column *column, const struct cell *cell, bool code)
{
	bool text = cell->type == CELL_TEXT;
	writer_put_visible(t->w, column->name, cell, &t->seen);
	markdown_set_text(t, text || cell->type == CELL_BLOB ? column->limit : SIZE_MAX,
		code && text);
}

static size_t markdown_width(const struct buffer *cell)
{
	return utf8_text_width(buffer_text(cell), cell->len);
}

static size_t markdown_wider(size_t width, const struct buffer *cell)
{
	size_t other = markdown_width(cell);
	return other > width ? other : width;
}

static void markdown_set_header(struct markdown_table *t, const char *name)
{
	utf8_put_visible(&t->seen, name, strlen(name));
	bool code = !markdown_is_plain(buffer_text(&t->seen), t->seen.len);
	markdown_set_text(t, MARKDOWN_CELL_WIDTH, code);
}

/* On a terminal a table fits its window: the widest column of text shrinks first, as long
 * as it stays readable, then columns at the right are left out.  Figures are never cut.
 */
static void markdown_fit(struct markdown_table *t)
{
	enum { LEAST = 26, KEPT = 2 };
	for (;;) {
		size_t whole = 1;
		struct markdown_column *widest = NULL;
		for (int i = 0; i < t->shown; i++) {
			struct markdown_column *column = &t->columns[i];
			whole += column->width + 3;
			if (column->text && column->width > LEAST &&
				(widest == NULL || column->width > widest->width))
				widest = column;
		}
		if (whole <= t->w->terminal)
			return;
		if (widest == NULL) {
			if (t->shown <= KEPT)
				return;
			t->shown--;
			continue;
		}
		/* What is left out is counted behind the text, and a code span has marks.
		 */
		size_t over = whole - t->w->terminal, marks = widest->code ? 8 : 6;
		size_t width =
			widest->width > over + LEAST ? widest->width - over : LEAST;
		widest->width = width;
		widest->limit = width - marks;
	}
}

/* What each column holds, whether it needs code spans, and how wide it is. */
static void markdown_measure(struct markdown_table *t, struct buffer *out)
{
	const struct result *r = t->r;
	for (int i = 0; i < r->columns; i++)
		t->columns[i] = (struct markdown_column){ .name = r->names[i],
			.limit = writer_width(t->w, r->names[i], MARKDOWN_CELL_WIDTH) };
	for (size_t row = 0; row < r->rows; row++) {
		const struct cell *cells = writer_row(t->w, r, row, out);
		for (int i = 0; cells != NULL && i < r->columns; i++) {
			struct markdown_column *column = &t->columns[i];
			enum cell_type type = cells[i].type;
			if (type == CELL_INTEGER || type == CELL_REAL)
				column->number = true;
			else if (type != CELL_NULL)
				column->text = true;
			markdown_set_cell(t, column, &cells[i], false);
			column->plain_width =
				markdown_wider(column->plain_width, &t->cell);
			if (type == CELL_TEXT && !column->code) {
				utf8_put_visible(&t->seen, cells[i].text, cells[i].len);
				column->code = !markdown_is_plain(
					buffer_text(&t->seen), t->seen.len);
				buffer_clear(&t->seen);
			}
			/* Only a text looks different as code. */
			if (type == CELL_TEXT)
				markdown_set_cell(t, column, &cells[i], true);
			column->code_width = markdown_wider(column->code_width, &t->cell);
		}
	}
	for (int i = 0; i < r->columns; i++) {
		struct markdown_column *column = &t->columns[i];
		column->number = column->number && !column->text;
		size_t width = column->code ? column->code_width : column->plain_width;
		if (width > MARKDOWN_PAD_WIDTH)
			width = MARKDOWN_PAD_WIDTH;
		markdown_set_header(t, column->name);
		column->width = markdown_wider(width < 3 ? 3 : width, &t->cell);
		t->failed |= t->cell.failed;
		assert(column->width >= 3 && t->seen.len == 0);
	}
	if (t->w->terminal > 0)
		markdown_fit(t);
}

/* Appends t->cell, padded, with the bar before it, and empties it. */
static void markdown_put_padded(struct markdown_table *t,
	const struct markdown_column *column, struct buffer *out)
{
	size_t width = markdown_width(&t->cell);
	size_t pad = column->width > width ? column->width - width : 0;
	buffer_put_text(out, "| ");
	writer_put_repeated(out, ' ', column->number ? pad : 0);
	buffer_put(out, buffer_text(&t->cell), t->cell.len);
	writer_put_repeated(out, ' ', column->number ? 1 : pad + 1);
	if (t->failed || t->cell.failed)
		out->failed = true;
	buffer_clear(&t->cell);
}

static void markdown_put_table(struct markdown_table *t, struct buffer *out)
{
	markdown_measure(t, out);
	assert(t->shown > 0 && t->shown <= t->r->columns);
	/* The names of the columns, and the rule that says how they are aligned. */
	for (int i = 0; i < t->shown; i++) {
		markdown_set_header(t, t->columns[i].name);
		markdown_put_padded(t, &t->columns[i], out);
	}
	buffer_put_text(out, "|\n");
	for (int i = 0; i < t->shown; i++) {
		buffer_put_text(out, "| ");
		writer_put_repeated(
			out, '-', t->columns[i].width - (t->columns[i].number ? 1 : 0));
		buffer_put_text(out, t->columns[i].number ? ": " : " ");
	}
	buffer_put_text(out, "|\n");
	for (size_t row = 0; row < t->r->rows; row++) {
		const struct cell *cells = writer_row(t->w, t->r, row, out);
		for (int i = 0; cells != NULL && i < t->shown; i++) {
			const struct markdown_column *column = &t->columns[i];
			markdown_set_cell(t, column, &cells[i], column->code);
			markdown_put_padded(t, column, out);
		}
		buffer_put_text(out, "|\n");
		writer_drain(t->w, out);
	}
}

/* The text of a report before its first result or second title is its answer.  On a
 * terminal a long report scrolls it away, so the answer is repeated at the end. */
struct markdown_answer {
	struct buffer text;
	bool whole;   /* nothing is added any more */
	size_t lines; /* of the document behind it */
};

static void markdown_keep_answer(struct writer *w, const char *text, struct buffer *out)
{
	if (w->terminal == 0)
		return;
	if (w->own == NULL)
		w->own = array_new_zeroed(1, sizeof(struct markdown_answer));
	struct markdown_answer *answer = w->own;
	if (answer == NULL) {
		out->failed = true;
		return;
	}
	if (text == NULL)
		answer->whole = true;
	if (answer->whole)
		return;
	buffer_put_text(&answer->text, answer->text.len > 0 ? "\n" : "");
	buffer_put_text(&answer->text, text);
	buffer_put_char(&answer->text, '\n');
}

static void markdown_end(struct writer *w, struct buffer *out)
{
	enum { SCREEN = 24 };
	const struct markdown_answer *answer = w->own;
	if (answer == NULL || answer->lines <= SCREEN || answer->text.len == 0)
		return;
	writer_put_gap(w, out);
	buffer_put_text(out, "---\n\n");
	buffer_put(out, buffer_text(&answer->text), answer->text.len);
	out->failed = out->failed || answer->text.failed;
}

static void markdown_fini(struct writer *w)
{
	struct markdown_answer *answer = w->own;
	if (answer != NULL)
		buffer_fini(&answer->text);
	free(answer);
	w->own = NULL;
}

static bool markdown_result(
	struct writer *w, const struct result *r, struct buffer *out, const char **note)
{
	struct markdown_table t = { .w = w, .r = r, .shown = r->columns };
	(void)note;
	markdown_keep_answer(w, NULL, out);
	if (w->own != NULL)
		((struct markdown_answer *)w->own)->lines += r->rows + 4;
	/* Spaces at its ends would keep the stars from being markup. */
	const char *caption = r->caption == NULL ? "" : r->caption;
	caption += strspn(caption, " ");
	if (*caption != '\0') {
		writer_put_gap(w, out);
		buffer_put_text(out, "**");
		utf8_put_visible(&t.seen, caption, strlen(caption));
		for (const char *c = buffer_text(&t.seen); *c != '\0'; c++) {
			/* Nothing acts as markup; a colon before a space begins neither
			 * an emoji nor a link. */
			if (strchr("\\`*_{}[]<>~|$&#@:", *c) != NULL &&
				!(c[0] == ':' && (c[1] == ' ' || c[1] == '\0')))
				buffer_put_char(out, '\\');
			buffer_put_char(out, *c);
		}
		out->failed = out->failed || t.seen.failed;
		buffer_fini(&t.seen);
		while (out->len > 0 && out->data[out->len - 1] == ' ')
			out->data[--out->len] = '\0';
		buffer_put_text(out, "**\n");
	}
	writer_put_gap(w, out);
	if (r->rows == 0) {
		buffer_put_text(out, "*No rows.*\n");
		return true;
	}
	t.columns = array_new((size_t)r->columns, sizeof *t.columns);
	if (t.columns == NULL)
		out->failed = true;
	else
		markdown_put_table(&t, out);
	if (t.shown < r->columns) {
		buffer_printf(out, "\n%d more column%s: ", r->columns - t.shown,
			r->columns - t.shown == 1 ? "" : "s");
		for (int i = t.shown; i < r->columns; i++) {
			buffer_put_text(out, i == t.shown ? "" : ", ");
			writer_put_markdown(out, r->names[i], strlen(r->names[i]));
		}
		buffer_put_char(out, '\n');
	}
	if (r->drawing != NULL && !w->options->pictured && w->terminal == 0 &&
		mermaid_fits(r->drawing)) {
		writer_put_gap(w, out);
		mermaid_put(r->drawing, out);
		w->drawn = r->drawing;
	}
	free(t.columns);
	buffer_fini(&t.seen);
	buffer_fini(&t.cell);
	return true;
}

static bool markdown_plot(
	struct writer *w, const struct plot *p, struct buffer *out, const char **note)
{
	struct buffer chart = BUFFER_INIT;
	bool put = w->terminal == 0 && (p->drawing == NULL || p->drawing != w->drawn) &&
		   mermaid_put_plot(&chart, p);
	if (put) {
		writer_put_gap(w, out);
		buffer_put(out, buffer_text(&chart), chart.len);
	}
	out->failed = out->failed || chart.failed;
	buffer_fini(&chart);
	*note = p->kind == PLOT_CHAIN || w->terminal > 0 ? NULL
							 : "Markdown has no such chart";
	return put;
}

/* In a link a path is part of a URL, so all but its plain characters are escaped. */
static void markdown_picture(
	struct writer *w, const char *path, const char *caption, struct buffer *out)
{
	writer_put_gap(w, out);
	buffer_put_text(out, "![");
	writer_put_markdown(out, caption, strlen(caption));
	buffer_put_text(out, "](");
	for (; *path != '\0'; path++) {
		unsigned char c = (unsigned char)*path;
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || strchr("-._/~", c) != NULL;
		if (plain)
			buffer_put_char(out, (char)c);
		else
			buffer_printf(out, "%%%02X", c);
	}
	buffer_put_text(out, ")\n");
}

/* The first is the document's heading, the others are those of its parts.  Both they and
 * paragraphs are the author's own Markdown. */
static void markdown_title(struct writer *w, const char *text, struct buffer *out)
{
	if (w->titles > 0)
		markdown_keep_answer(w, NULL, out);
	writer_put_gap(w, out);
	buffer_put_text(out, w->titles++ == 0 ? "# " : "## ");
	for (; *text != '\0'; text++)
		buffer_put_char(out, *text == '\n' ? ' ' : *text);
	buffer_put_char(out, '\n');
}

static void markdown_text(struct writer *w, const char *text, struct buffer *out)
{
	size_t len = strlen(text);
	while (len > 0 && text[len - 1] == '\n')
		len--;
	markdown_keep_answer(w, text, out);
	writer_put_gap(w, out);
	buffer_put(out, text, len);
	buffer_put_char(out, '\n');
}

void writer_put_markdown(struct buffer *out, const char *text, size_t len)
{
	struct buffer seen = BUFFER_INIT;
	utf8_put_visible(&seen, text, len);
	const char *line = buffer_text(&seen);
	/* A sign, or a number with a mark and white space or nothing behind it, could
	 * begin a list or another block; no other block begins with plain text. */
	size_t digits = strspn(line, "0123456789");
	bool marked = digits > 0 && (line[digits] == '.' || line[digits] == ')');
	bool begins_block =
		!markdown_is_word(line[0]) ||
		(marked && (line[digits + 1] == ' ' || line[digits + 1] == '\0'));
	if (seen.len > 0 && markdown_is_plain(line, seen.len) && !begins_block)
		buffer_put(out, line, seen.len);
	else if (seen.len > 0)
		markdown_put_code(out, line, seen.len, false);
	if (seen.failed)
		out->failed = true;
	buffer_fini(&seen);
}

void writer_put_in_code(struct buffer *out, const char *text, size_t len)
{
	size_t end = out->len;
	while (end > 0 && strchr(" \t\n", out->data[end - 1]) != NULL)
		end--;
	if (end < out->len && memchr(out->data + end, '\n', out->len - end) != NULL) {
		out->data[end] = ' ';
		out->len = end + 1;
		out->data[out->len] = '\0';
	}
	struct buffer seen = BUFFER_INIT;
	utf8_put_visible(&seen, text, len);
	for (size_t i = 0; i < seen.len; i++)
		if (seen.data[i] == '`')
			buffer_put_text(out, "\\x60");
		else
			buffer_put_char(out, seen.data[i]);
	out->failed = out->failed || seen.failed;
	buffer_fini(&seen);
}

static void markdown_line(struct writer *w, const char *text, struct buffer *out)
{
	markdown_keep_answer(w, text, out);
	writer_put_gap(w, out);
	writer_put_markdown(out, text, strlen(text));
	buffer_put_char(out, '\n');
}

const struct writer_format writer_markdown = {
	.name = "markdown",
	.extension = "md",
	.title = markdown_title,
	.text = markdown_text,
	.line = markdown_line,
	.result = markdown_result,
	.plot = markdown_plot,
	.picture = markdown_picture,
	.end = markdown_end,
	.fini = markdown_fini,
};
