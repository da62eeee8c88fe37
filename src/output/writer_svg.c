/* SPDX-License-Identifier: MIT */
/* Pictures alone: one document with one picture below the other, each with its caption
 * and its key; under DIR/ one file each.  Results and words are left out: every other
 * format has them. */
#include "base/array.h"
#include "output/page.h"
#include "output/writer.h"
#include "picture/html.h"
#include "picture/svg.h"

#include <assert.h>
#include <stdlib.h>

#define SVG_WIDTH 960
#define SVG_MARGIN 16
#define SVG_LINE 20

/* The pictures so far; the document's head needs the size of all. */
struct svg_page {
	struct buffer body;
	unsigned y, width; /* width: without margins */
};

static struct svg_page *svg_page(struct writer *w, struct buffer *out)
{
	if (w->own == NULL)
		w->own = array_new_zeroed(1, sizeof(struct svg_page));
	struct svg_page *p = w->own;
	if (p == NULL)
		out->failed = true;
	else if (p->width == 0)
		p->width = SVG_WIDTH - 2 * SVG_MARGIN;
	return p;
}

static void svg_fini(struct writer *w)
{
	struct svg_page *p = w->own;
	if (p != NULL)
		buffer_fini(&p->body);
	free(p);
	w->own = NULL;
}

static bool svg_result(
	struct writer *w, const struct result *r, struct buffer *out, const char **note)
{
	(void)w;
	(void)r;
	(void)out;
	(void)note;
	return false;
}

/* A line of the key, open for its words; svg_close_swatch() ends it. */
static void svg_open_swatch(struct svg_page *page, const char *class, const char *fill)
{
	buffer_printf(&page->body,
		"<rect class=\"%s\" fill=\"%s\" x=\"0\" y=\"%u\" width=\"11\" "
		"height=\"11\"/><text class=\"t2\" x=\"18\" y=\"%u\">",
		class, fill, page->y, page->y + 10);
}

static void svg_close_swatch(struct svg_page *page)
{
	buffer_put_text(&page->body, "</text>\n");
	page->y += SVG_LINE;
}

static bool svg_plot(
	struct writer *w, const struct plot *p, struct buffer *out, const char **note)
{
	struct svg_page *page = svg_page(w, out);
	unsigned height = svg_height(p);
	(void)note;
	if (page == NULL || height == 0)
		return false;
	/* A graph that is wider than other pictures makes them wider, too. */
	unsigned width = svg_width(p);
	if (width > page->width)
		page->width = width;
	buffer_printf(&page->body,
		"<text class=\"tb\" x=\"0\" y=\"%u\" font-size=\"14\" "
		"font-weight=\"650\">",
		page->y + 15);
	html_put_text(&page->body, p->caption);
	buffer_put_text(&page->body, "</text>\n");
	page->y += SVG_LINE + 8;
	svg_put(&page->body, p, page->y);
	page->y += height + 12;
	/* A stack's parts have no room for their names, so its key has them. */
	for (size_t i = 0; p->kind == PLOT_STACK && i < p->count; i++) {
		const struct plot_item *item = &p->items[i];
		if (item->parent == PLOT_NONE || !svg_is_first_part(p, i))
			continue;
		svg_open_swatch(page, svg_colour_class(item->colour),
			svg_colour_fill(item->colour));
		html_put_text(&page->body, item->name);
		buffer_put_char(&page->body, ' ');
		svg_put_part(&page->body, p, i);
		svg_close_swatch(page);
	}
	/* The key of the others says what the colours mean. */
	unsigned colours = p->kind == PLOT_STACK ? 0 : svg_colours(p);
	bool steps = p->kind != PLOT_STACK && p->compares;
	const char *class, *fill, *words;
	for (size_t i = 0; steps && svg_growth_step(i, &class, &fill, &words); i++) {
		svg_open_swatch(page, class, fill);
		buffer_put_text(&page->body, words);
		svg_close_swatch(page);
	}
	for (int c = 0; c < PLOT_COLOURS; c++) {
		if ((colours & 1U << c) == 0)
			continue;
		assert(svg_colour_words((enum plot_colour)c) != NULL);
		svg_open_swatch(page, svg_colour_class((enum plot_colour)c),
			svg_colour_fill((enum plot_colour)c));
		buffer_put_text(&page->body, svg_colour_words((enum plot_colour)c));
		svg_close_swatch(page);
	}
	page->y += SVG_LINE;
	return true;
}

static void svg_end(struct writer *w, struct buffer *out)
{
	struct svg_page *p = svg_page(w, out);
	if (p == NULL)
		return;
	buffer_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
		"font-family=\"system-ui,-apple-system,'Segoe UI',Roboto,'Liberation "
		"Sans',sans-serif\" font-size=\"12\">\n<style>",
		p->width + 2 * SVG_MARGIN, p->y + 2 * SVG_MARGIN);
	page_put_picture_style(out);
	buffer_printf(out,
		"</style>\n<rect class=\"paper\" fill=\"#fcfcfa\" width=\"100%%\" "
		"height=\"100%%\"/>\n<svg x=\"%u\" y=\"%u\" width=\"%u\" "
		"height=\"%u\">\n",
		SVG_MARGIN, SVG_MARGIN, p->width, p->y);
	buffer_put(out, buffer_text(&p->body), p->body.len);
	buffer_put_text(out, "</svg>\n</svg>\n");
	out->failed = out->failed || p->body.failed;
}

const struct writer_format writer_svg = {
	.name = "svg",
	.extension = "svg",
	.result = svg_result,
	.plot = svg_plot,
	.end = svg_end,
	.fini = svg_fini,
};
