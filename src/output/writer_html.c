/* SPDX-License-Identifier: MIT */
/* One self-contained page: the answer first, then the report's sections with a table of
 * contents.  It asks the network for nothing, and its Content-Security-Policy allows only
 * what it holds, by hash.  Everything reads without script, which only adds controls.
 *
 * The answer is what a report says before its first result or second title: the first
 * sentence becomes the page's heading, those behind it the findings.  As it stands before
 * the contents and the checks come last of all, the page is put together at the end. */
#include "base/array.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "output/html_card.h"
#include "output/html_drawing.h"
#include "output/html_table.h"
#include "output/html_tree.h"
#include "output/page.h"
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
/* One beyond this has smaller letters. */
#define HTML_HEADING_LONG 70
#define HTML_FINDINGS_MAX 40

struct html_page {
	char *title;             /* the first; NULL before it */
	char *heading;           /* the first sentence of the answer, as Markdown */
	struct buffer findings;  /* its others, as items of a list */
	struct buffer picture;   /* plots of the answer */
	struct buffer facts;     /* items of the strip of facts */
	struct buffer contents;  /* items of the table of contents */
	struct buffer body;      /* the sections; the last may be open */
	size_t sections, tables; /* how many there are */
	size_t finding_count;
	bool answered; /* what is said from here on is not the answer */
	bool open;     /* the last section is */
	bool carded;   /* its findings have cards, so its tables are for who asks */
	size_t headed; /* where in `findings` those behind the heading begin */
	size_t passed, failed;
	bool broken; /* out of memory */
};

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

/* --- what is said ---------------------------------------------------------------------
 */

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
		html_put_inline(&p->findings, text, strlen(text));
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

/* A list of the answer: an item, a finding. */
static void html_put_findings(struct html_page *p, const char *text)
{
	while (*text != '\0') {
		const char *end = text;
		do
			end += strcspn(end, "\n") + (strchr(end, '\n') != NULL);
		while (*end != '\0' && !html_is_list(end));
		char *item = strndup(text, (size_t)(end - text));
		p->broken = p->broken || item == NULL;
		if (item != NULL)
			html_put_finding(p, html_is_list(item) ? item + 2 : item, true);
		free(item);
		text = end;
	}
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
	/* A warning is read first, but is not the answer. */
	static const char warning[] = "Warning:";
	size_t first = markdown ? html_sentence(text) : strlen(text);
	bool heads = p->heading == NULL && (p->finding_count == 0 || !markdown) &&
		     !html_is_list(text) && first <= HTML_HEADING_MAX &&
		     strstr(text, "\n\n") == NULL &&
		     strncmp(text, warning, sizeof warning - 1) != 0;
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
	} else if (markdown && html_is_list(text))
		html_put_findings(p, text);
	else if (p->finding_count < HTML_FINDINGS_MAX)
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

/* The rows: as a tree where they are one, and as a table. */
static void html_put_rows(
	struct writer *w, const struct result *r, bool named, struct html_page *p)
{
	char number[48];
	snprintf(
		number, sizeof number, r->number < 0 ? "Result" : "Result %d", r->number);
	const char *caption =
		r->caption == NULL || *r->caption == '\0' ? number : r->caption;
	bool tree = html_is_tree(r);
	if (tree) {
		if (!named) {
			buffer_put_text(&p->body, "<h3>");
			html_put_text(&p->body, caption);
			buffer_put_text(&p->body, "</h3>\n");
		}
		html_put_tree(w, r, &p->body);
	}
	/* What cards and trees show is there as a table as well. */
	if (p->carded || tree) {
		buffer_put_text(&p->body, "<details><summary>");
		html_put_text(&p->body, tree ? "The same as a table" : caption);
		buffer_put_text(&p->body, "</summary>\n");
	}
	html_put_table(w, r, ++p->tables, &p->body);
	buffer_put_text(&p->body, p->carded || tree ? "</details>\n" : "");
}

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
		/* They say what the lines behind the heading said. */
		p->findings.len = p->headed;
		html_put_card_list(&p->findings, &p->picture, r->cards);
		p->finding_count++;
	}
	/* The checks come last of all; they are no part of what stood before. */
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
	html_put_rows(w, r, named, p);
	return true;
}

/* An item of a key, open for its words. */
static void html_put_swatch(struct buffer *out, const char *class, const char *fill)
{
	buffer_printf(out,
		"<li><svg class=\"sw\" aria-hidden=\"true\" width=\"12\" "
		"height=\"12\"><rect class=\"%s\" fill=\"%s\" width=\"100%%\" "
		"height=\"100%%\"/></svg> ",
		class, fill);
}

/* The colours of a picture in words. */
static void html_put_key(struct buffer *out, const struct plot *p)
{
	unsigned colours = svg_colours(p);
	if (p->kind != PLOT_STACK && colours == 0 && !p->compares)
		return;
	buffer_put_text(out, "<ul class=\"key\">");
	for (size_t i = 0; p->kind == PLOT_STACK && i < p->count; i++) {
		const struct plot_item *item = &p->items[i];
		if (item->parent == PLOT_NONE)
			continue;
		html_put_swatch(out, svg_colour_class(item->colour),
			svg_colour_fill(item->colour));
		buffer_put_text(out, "<span><b>");
		svg_put_value(out, p, (double)item->value, false);
		buffer_put_text(out, "</b> ");
		html_put_text(out, item->name);
		buffer_put_text(out, "</span></li>");
	}
	const char *class, *fill, *words;
	for (size_t i = 0; p->compares && svg_growth_step(i, &class, &fill, &words);
		i++) {
		html_put_swatch(out, class, fill);
		buffer_printf(out, "<span>%s</span></li>", words);
	}
	for (int c = 0; p->kind != PLOT_STACK && c < PLOT_COLOURS; c++)
		if ((colours & 1U << c) != 0) {
			html_put_swatch(out, svg_colour_class((enum plot_colour)c),
				svg_colour_fill((enum plot_colour)c));
			buffer_printf(out, "<span>%s</span></li>",
				svg_colour_words((enum plot_colour)c));
		}
	buffer_put_text(out, "</ul>\n");
}

static bool html_plot(
	struct writer *w, const struct plot *p, struct buffer *out, const char **note)
{
	static const char *const classes[] = { [PLOT_ICICLE] = " class=\"ic\"",
		[PLOT_TREEMAP] = " class=\"tm\"",
		[PLOT_LINES] = " class=\"lines\"",
		[PLOT_BARS] = " class=\"bars\"",
		[PLOT_STACK] = "",
		[PLOT_CHAIN] = "" };
	struct html_page *page = html_page(w, out);
	(void)note;
	if (page == NULL)
		return true;
	if (p->kind == PLOT_CHAIN)
		return p->drawing != NULL && p->drawing != w->drawn &&
		       html_put_drawing(&page->body, p->drawing);
	if (svg_height(p) == 0)
		return false;
	bool tree = p->kind == PLOT_ICICLE || p->kind == PLOT_TREEMAP;
	if (page->answered && !page->open)
		html_open_section(page, p->caption);
	struct buffer *to = page->answered ? &page->body : &page->picture;
	buffer_printf(to, "<figure%s", classes[p->kind]);
	if (tree) {
		buffer_printf(to, " data-total=\"%" PRId64 "\" data-name=\"",
			p->items[0].value);
		html_put_text(to, p->caption);
		buffer_put_char(to, '"');
	}
	buffer_put_text(to, "><figcaption>");
	html_put_text(to, p->caption);
	buffer_put_text(to, "</figcaption>\n");
	if (p->kind == PLOT_LINES) {
		buffer_put_text(to, "<div class=\"panels\">\n");
		for (size_t i = 0; i < p->count; i++) {
			buffer_printf(to,
				"<svg class=\"pic\" font-size=\"12\" role=\"img\" "
				"height=\"%d\" aria-label=\"",
				SVG_LINE_HEIGHT);
			html_put_text(to, p->items[i].name);
			buffer_put_text(to, ": from ");
			svg_put_value(to, p, (double)p->items[i].before, false);
			buffer_put_text(to, " to ");
			svg_put_value(to, p, (double)p->items[i].value, false);
			buffer_put_text(to, "\">");
			svg_put_line(to, p, i);
			buffer_put_text(to, "</svg>\n");
		}
		buffer_put_text(to, "</div>\n");
	} else
		svg_put(to, p, 0);
	if (tree)
		buffer_printf(to, "<p class=\"read\">%s</p>\n",
			p->kind == PLOT_ICICLE
				? "A box is as wide as what it alone keeps alive; below "
				  "it is what it owns. Select a box to zoom."
				: "An area is what would go with the object. Select one "
				  "for its full name.");
	html_put_key(to, p);
	buffer_put_text(to, "</figure>\n");
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

/* --- the page -------------------------------------------------------------------------
 */

enum html_outcome { HTML_CALM, HTML_GOOD, HTML_BAD };

static enum html_outcome html_outcome(const struct html_page *p)
{
	return p->failed > 0 ? HTML_BAD : p->passed > 0 ? HTML_GOOD : HTML_CALM;
}

static const char *html_heading(const struct html_page *p)
{
	return p->heading != NULL ? p->heading : p->title != NULL ? p->title : "Report";
}

static void html_put_head(struct buffer *out, const struct html_page *p)
{
	static const char *const icons[] = {
		[HTML_CALM] =
			"%3Crect x='2' y='2' width='9' height='9' fill='%237a8288'/%3E",
		[HTML_GOOD] = "%3Ccircle cx='8' cy='8' r='7' fill='%23009e73'/%3E",
		[HTML_BAD] = "%3Cpath d='M8 1l7 13H1z' fill='%23d55e00'/%3E",
	};
	struct buffer style = BUFFER_INIT, script = BUFFER_INIT;
	page_put_style(&style);
	page_put_script(&script);
	buffer_put_text(out,
		"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
		"'none'; script-src 'sha256-");
	sha256_put_base64(out, buffer_text(&script), script.len);
	buffer_put_text(out, "'; style-src 'sha256-");
	sha256_put_base64(out, buffer_text(&style), style.len);
	buffer_put_text(out, "'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
			     "<meta name=\"viewport\" content=\"width=device-width, "
			     "initial-scale=1\">\n"
			     "<meta name=\"color-scheme\" content=\"light dark\">\n"
			     "<meta name=\"robots\" content=\"noindex\">\n<title>");
	html_put_plain(out, html_heading(p));
	buffer_put_text(out,
		" \xe2\x80\x93 memsee</title>\n<link rel=\"icon\" "
		"href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
		"viewBox='0 0 16 16'%3E");
	buffer_put_text(out, icons[html_outcome(p)]);
	buffer_put_text(out, "%3C/svg%3E\">\n<style>");
	buffer_put(out, buffer_text(&style), style.len);
	buffer_put_text(out, "</style>\n</head>\n");
	out->failed = out->failed || style.failed || script.failed;
	buffer_fini(&style);
	buffer_fini(&script);
}

static void html_put_top(struct buffer *out, const struct writer *w)
{
	const char *command = w->options->command;
	buffer_put_text(out,
		"<body>\n<a class=\"skip\" href=\"#main\">Skip to the answer</a>\n"
		"<header class=\"top\"><b>memsee</b> <span>");
	if (command != NULL)
		html_put_text(
			out, command + (strncmp(command, "memsee ", 7) == 0 ? 7 : 0));
	buffer_put_text(out,
		"</span><span class=\"sp\"></span><button id=\"exact\" type=\"button\" "
		"aria-pressed=\"false\" hidden>Exact bytes</button></header>\n"
		"<div class=\"page\">\n");
}

static void html_put_contents(struct buffer *out, const struct html_page *p)
{
	buffer_put_text(out, "<nav class=\"toc\" aria-label=\"Contents\"><ol>"
			     "<li><a href=\"#main\">Answer</a></li>");
	buffer_put_text(out, buffer_text(&p->contents));
	buffer_put_text(out, "</ol></nav>\n");
}

static void html_put_answer(struct buffer *out, const struct html_page *p)
{
	static const char *const classes[] = { [HTML_CALM] = "verdict",
		[HTML_GOOD] = "verdict good",
		[HTML_BAD] = "verdict bad" };
	const char *heading = html_heading(p);
	buffer_printf(out,
		"<main id=\"main\">\n<div class=\"%s\" role=\"region\" "
		"aria-labelledby=\"v\">",
		classes[html_outcome(p)]);
	buffer_put_text(out, "<p class=\"st\">");
	if (p->failed > 0)
		buffer_printf(out,
			"\xe2\x96\xb2 %zu of %zu check%s failed, exit status 1",
			p->failed, p->failed + p->passed,
			p->failed + p->passed == 1 ? "" : "s");
	else if (p->passed > 0)
		buffer_printf(out, "\xe2\x9c\x93 %zu check%s passed, exit status 0",
			p->passed, p->passed == 1 ? "" : "s");
	if (p->title != NULL && p->heading != NULL) {
		buffer_put_text(out, p->failed + p->passed > 0 ? " \xc2\xb7 " : "");
		html_put_plain(out, p->title);
	}
	buffer_printf(out, "</p>\n<h1 id=\"v\"%s>",
		strlen(heading) > HTML_HEADING_LONG ? " class=\"long\"" : "");
	html_put_inline(out, heading, strlen(heading));
	buffer_put_text(out, "</h1>\n");
	if (p->finding_count > 0) {
		buffer_put_text(out, "<ul class=\"find\">\n");
		buffer_put_text(out, buffer_text(&p->findings));
		buffer_put_text(out, "</ul>\n");
	}
	buffer_put(out, buffer_text(&p->picture), p->picture.len);
	buffer_put_text(out, "</div>\n");
	if (p->facts.len > 0) {
		buffer_put_text(out, "<dl class=\"facts\">");
		buffer_put_text(out, buffer_text(&p->facts));
		buffer_put_text(out, "</dl>\n");
	}
}

static void html_end(struct writer *w, struct buffer *out)
{
	struct html_page *p = html_page(w, out);
	if (p == NULL)
		return;
	html_close_section(p);
	html_put_head(out, p);
	html_put_top(out, w);
	html_put_contents(out, p);
	html_put_answer(out, p);
	buffer_put(out, buffer_text(&p->body), p->body.len);
	buffer_put_text(out, "<footer>");
	if (w->options->command != NULL) {
		buffer_put_text(out, "<code>");
		html_put_text(out, w->options->command);
		buffer_put_text(out, "</code>. ");
	}
	buffer_put_text(out, "Bytes are in powers of ten: 1 kB is 1000 bytes; a figure's "
			     "title has all "
			     "its digits.</footer>\n</main>\n</div>\n<script>");
	page_put_script(out);
	buffer_put_text(out, "</script>\n</body>\n</html>\n");
	out->failed = out->failed || p->broken || p->findings.failed ||
		      p->picture.failed || p->facts.failed || p->contents.failed ||
		      p->body.failed;
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
