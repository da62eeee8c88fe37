/* SPDX-License-Identifier: MIT */
/* One self-contained page: the answer first, then the report's sections with a table of
 * contents.  It asks the network for nothing, and its Content-Security-Policy allows only
 * what it holds, by hash.  Everything reads without script, which only adds controls.
 *
 * The answer is what a report says before its first result or second title: the first
 * sentence becomes the page's heading, those behind it the findings.  The
 * answer comes before the contents, and the checks are known last of all, so the page is
 * put together at the end. */
#include "base/array.h"
#include "base/utf8.h"
#include "output/html_card.h"
#include "output/html_drawing.h"
#include "output/html_figure.h"
#include "output/html_page.h"
#include "output/html_table.h"
#include "output/html_tree.h"
#include "output/writer.h"
#include "picture/html.h"
#include "picture/svg.h"
#include "result/check.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A first sentence beyond this is too long for a heading, and is a finding. */
#define HTML_HEADING_MAX 240
#define HTML_FINDINGS_MAX 40

/* The page so far; NULL out of memory, and then the target will fail at the end. */
static struct html_page *html_page(struct writer *w, struct buffer *out)
{
	if (w->own == NULL)
		w->own = array_new_zeroed(1, sizeof(struct html_page));
	if (w->own == NULL)
		out->failed = true;
	w->started = true;
	return w->own;
}

static void html_fini(struct writer *w)
{
	struct html_page *p = w->own;
	if (p == NULL)
		return;
	free(p->title);
	free(p->heading);
	buffer_fini(&p->findings);
	buffer_fini(&p->picture);
	buffer_fini(&p->facts);
	buffer_fini(&p->contents);
	buffer_fini(&p->body);
	free(p);
	w->own = NULL;
}

static void html_close_section(struct html_page *p)
{
	if (p->open)
		buffer_put_text(&p->body, "</section>\n");
	p->open = p->carded = false;
	p->answered = true;
}

static void html_open_section(struct html_page *p, const char *title)
{
	html_close_section(p);
	size_t number = ++p->sections;
	buffer_printf(&p->contents, "<li><a href=\"#s%zu\">", number);
	html_put_plain(&p->contents, title);
	buffer_put_text(&p->contents, "</a></li>");
	buffer_printf(&p->body, "<section id=\"s%zu\" aria-labelledby=\"h%zu\">", number,
		number);
	buffer_printf(&p->body, "<h2 id=\"h%zu\">", number);
	html_put_inline(&p->body, title, strlen(title));
	buffer_put_text(&p->body, "</h2>\n");
	p->open = true;
}

static void html_title(struct writer *w, const char *text, struct buffer *out)
{
	struct html_page *p = html_page(w, out);
	if (p == NULL)
		return;
	if (w->titles++ > 0) {
		html_open_section(p, text);
		return;
	}
	p->title = strdup(text);
	p->broken = p->broken || p->title == NULL;
}

/* --- the text -------------------------------------------------------------------------
 */

/* A sentence that semicolons divide is a finding for each of its parts: data holds few,
 * and to divide a name does no harm. */
static void html_put_parts(struct html_page *p, const char *text)
{
	struct buffer whole = BUFFER_INIT;
	html_put_inline(&whole, text, strlen(text));
	p->broken = p->broken || whole.failed;
	const char *rest = buffer_text(&whole), *entity = NULL;
	size_t open = 0; /* elements around what is read */
	for (const char *at = rest; *at != '\0'; at++) {
		if (*at == '<')
			open = at[1] == '/' ? open - 1 : open + 1;
		else if (*at == '&')
			entity = at;
		if (*at != ';')
			continue;
		bool ends_entity = entity != NULL;
		entity = NULL;
		if (ends_entity || open > 0 || at[1] != ' ')
			continue;
		buffer_put(&p->findings, rest, (size_t)(at - rest));
		buffer_put_text(&p->findings, "</li>\n<li>");
		rest = ++at + 1;
	}
	buffer_put_text(&p->findings, rest);
	buffer_fini(&whole);
}

static void html_put_finding(struct html_page *p, const char *text, bool markdown)
{
	static const char end[] = "</li>\n";
	/* What holds something belongs to it. */
	if (p->finding_count > 0 && !p->findings.failed &&
		strncmp(text, "held by ", 8) == 0) {
		p->findings.len -= sizeof end - 1;
		buffer_put_text(&p->findings, "<br><span class=\"note\">");
		html_put_text(&p->findings, text);
		buffer_put_text(&p->findings, "</span></li>\n");
		return;
	}
	buffer_put_text(&p->findings, "<li>");
	if (markdown)
		html_put_parts(p, text);
	else
		html_put_text(&p->findings, text);
	buffer_put_text(&p->findings, "</li>\n");
	p->finding_count++;
}

/* A line of plain text as Markdown in which nothing acts. */
static char *html_escape(const char *text)
{
	struct buffer escaped = BUFFER_INIT;
	for (; *text != '\0'; text++) {
		if (strchr("\\`*[]", *text) != NULL)
			buffer_put_char(&escaped, '\\');
		buffer_put_char(&escaped, *text);
	}
	return buffer_take(&escaped);
}

static bool html_is_list(const char *text)
{
	return (text[0] == '-' || text[0] == '*') && text[1] == ' ';
}

/* The bytes of the first sentence: up to a full stop before a space, outside code. */
static size_t html_sentence(const char *text)
{
	bool code = false;
	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '`')
			code = !code;
		if (!code && text[i] == '.' &&
			(text[i + 1] == ' ' || text[i + 1] == '\n'))
			return i + 1;
	}
	return strlen(text);
}

static void html_answer(struct html_page *p, const char *text, bool markdown)
{
	assert(!p->answered);
	/* Each item of a list, which may have several lines, is a finding. */
	while (markdown && html_is_list(text)) {
		const char *end = text;
		do
			end += strcspn(end, "\n") + (strchr(end, '\n') != NULL);
		while (*end != '\0' && !html_is_list(end));
		assert(end > text);
		char *item = strndup(text + 2, (size_t)(end - text) - 2);
		p->broken |= item == NULL;
		if (item != NULL)
			html_put_finding(p, item, true);
		free(item);
		if (*end == '\0')
			return;
		text = end;
	}
	/* A warning is read first, but is not the answer. */
	static const char *const warnings[] = { "Warning:", "Note:" };
	size_t first = markdown ? html_sentence(text) : strlen(text);
	bool heads = p->heading == NULL && (p->finding_count == 0 || !markdown) &&
		     first <= HTML_HEADING_MAX && !html_is_list(text) &&
		     strstr(text, "\n\n") == NULL &&
		     strncmp(text, warnings[0], strlen(warnings[0])) != 0 &&
		     strncmp(text, warnings[1], strlen(warnings[1])) != 0;
	if (heads) {
		p->headed = p->findings.len;
		p->heading = markdown ? strndup(text, first) : html_escape(text);
		p->broken = p->broken || p->heading == NULL;
		/* "3 leaks in 3 dumps:" is a heading without its colon or full stop. */
		size_t len = p->heading == NULL ? 0 : strlen(p->heading);
		if (len > 0 && strchr(":.", p->heading[len - 1]) != NULL)
			p->heading[len - 1] = '\0';
		text += first + strspn(text + first, " \n");
		if (*text != '\0')
			html_put_finding(p, text, markdown);
	} else if (p->finding_count < HTML_FINDINGS_MAX)
		html_put_finding(p, text, markdown);
}

static void html_text(struct writer *w, const char *text, struct buffer *out)
{
	static const char next[] = "Next:";
	struct html_page *p = html_page(w, out);
	if (p == NULL)
		return;
	if (!p->answered) {
		html_answer(p, text, true);
		return;
	}
	if (strncmp(text, next, sizeof next - 1) == 0) {
		html_open_section(p, "Next");
		text += sizeof next - 1;
		text += strspn(text, " \n");
	}
	html_put_markdown(&p->body, text);
}

static void html_line(struct writer *w, const char *text, struct buffer *out)
{
	struct html_page *p = html_page(w, out);
	if (p == NULL)
		return;
	if (!p->answered) {
		html_answer(p, text, false);
		return;
	}
	buffer_put_text(&p->body, "<p class=\"note\">");
	html_put_text(&p->body, text);
	buffer_put_text(&p->body, "</p>\n");
}

/* --- results --------------------------------------------------------------------------
 */

static bool html_result(
	struct writer *w, const struct result *r, struct buffer *out, const char **note)
{
	struct html_page *p = html_page(w, out);
	(void)note;
	if (p == NULL)
		return true;
	const char *caption = r->caption == NULL ? "" : r->caption;
	char number[48];
	snprintf(
		number, sizeof number, r->number < 0 ? "Result" : "Result %d", r->number);
	if (r->cards != NULL && !p->answered && p->heading != NULL) {
		/* Cards replace the findings behind the heading, which say the same. */
		assert(p->headed <= p->findings.len);
		p->findings.len = p->headed;
		html_put_card_list(&p->findings, &p->picture, r->cards);
		p->finding_count++;
	}
	/* The checks come last of all, in a section of their own. */
	bool named = !p->open || strcmp(caption, "Checks") == 0;
	if (named) {
		char *heading = r->cards != NULL   ? strdup("The leaks")
				: *caption == '\0' ? strdup(number)
						   : html_escape(caption);
		p->broken = p->broken || heading == NULL;
		html_open_section(p, heading == NULL ? "" : heading);
		free(heading);
	}
	if (r->rows == 0) {
		buffer_put_text(&p->body, "<p class=\"note\">");
		html_put_text(&p->body, caption);
		buffer_put_text(&p->body,
			*caption == '\0' ? "No rows.</p>\n" : ": no rows.</p>\n");
		return true;
	}
	w->drawn = r->drawing;
	if (r->cards != NULL) {
		buffer_put_text(&p->body,
			"<p class=\"note\">A chain reads from the module to the leaked "
			"objects; the marked box is the container that grows.</p>\n");
		html_put_cards(&p->body, r->cards);
		p->carded = true;
	} else if (!p->carded &&
		   (r->drawing == NULL || !html_put_drawing(&p->body, r->drawing)))
		w->drawn = NULL;
	/* The rows: as a tree where they are one, and as a table. */
	const char *name = *caption == '\0' ? number : caption;
	bool tree = html_is_tree(r);
	if (tree && !named) {
		buffer_put_text(&p->body, "<h3>");
		html_put_text(&p->body, name);
		buffer_put_text(&p->body, "</h3>\n");
	}
	if (tree)
		html_put_tree(w, r, &p->body);
	/* The table of rows that cards or a tree show is folded away. */
	if (p->carded || tree) {
		buffer_put_text(&p->body, "<details><summary>");
		html_put_text(&p->body, tree ? "The same as a table" : name);
		buffer_put_text(&p->body, "</summary>\n");
	}
	html_put_table(w, r, ++p->tables, &p->body);
	buffer_put_text(&p->body, p->carded || tree ? "</details>\n" : "");
	return true;
}

static bool html_plot(
	struct writer *w, const struct plot *p, struct buffer *out, const char **note)
{
	struct html_page *page = html_page(w, out);
	(void)note;
	if (page == NULL)
		return true;
	if (p->kind == PLOT_CHAIN)
		return p->drawing != NULL && p->drawing != w->drawn &&
		       html_put_drawing(&page->body, p->drawing);
	if (svg_height(p) == 0)
		return false;
	if (page->answered && !page->open)
		html_open_section(page, p->caption);
	html_put_plot(page->answered ? &page->body : &page->picture, p);
	return true;
}

static void html_checks(struct writer *w, const struct check_list *checks)
{
	struct buffer unused = BUFFER_INIT;
	struct html_page *p = html_page(w, &unused);
	if (p == NULL)
		return;
	p->passed = check_list_count(checks, CHECK_PASSED);
	p->failed = check_list_count(checks, CHECK_FAILED);
}

static void html_facts(struct writer *w, const struct result *r)
{
	struct buffer unused = BUFFER_INIT;
	struct html_page *p = html_page(w, &unused);
	if (p == NULL)
		return;
	for (size_t row = 0; row < r->rows; row++) {
		struct cell cells[4];
		assert(r->columns == sizeof cells / sizeof *cells);
		result_row(r, row, cells);
		/* A dump may say that it is V8's and not of which. */
		if (cells[1].type == CELL_TEXT && cells[1].len == 0)
			continue;
		buffer_put_text(&p->facts, "<div><dt>");
		html_put(&p->facts, cells[0].text, cells[0].len);
		buffer_put_text(&p->facts, "</dt><dd>");
		for (int i = 1; i < 3; i++) {
			if (cells[i].type == CELL_NULL)
				continue;
			buffer_put_text(&p->facts, i > 1 ? " <small>" : "");
			if (cells[i].type == CELL_INTEGER)
				buffer_put_text(&p->facts, i == 2 ? "was " : "");
			if (cells[i].type == CELL_TEXT)
				html_put(&p->facts, cells[i].text, cells[i].len);
			else if (cells[3].integer == 1)
				html_put_exact(&p->facts, cells[i].integer, false);
			else
				html_put_count(&p->facts, cells[i].integer, false);
			buffer_put_text(&p->facts, i > 1 ? "</small>" : "");
		}
		buffer_put_text(&p->facts, "</dd></div>\n");
	}
}

static void html_end(struct writer *w, struct buffer *out)
{
	struct html_page *p = html_page(w, out);
	if (p == NULL)
		return;
	html_close_section(p);
	html_page_put(out, p, w->options->command);
}

const struct writer_format writer_html = {
	.name = "html",
	.extension = "html",
	.aliases = "htm",
	.title = html_title,
	.text = html_text,
	.line = html_line,
	.result = html_result,
	.plot = html_plot,
	.checks = html_checks,
	.facts = html_facts,
	.end = html_end,
	.fini = html_fini,
};
