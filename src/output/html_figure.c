/* SPDX-License-Identifier: MIT */
#include "output/html_figure.h"

#include "picture/html.h"
#include "picture/svg.h"

#include <assert.h>
#include <inttypes.h>

void html_put_swatch(struct buffer *out, const char *class, const char *fill)
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
		if (item->parent == PLOT_NONE || !svg_is_first_part(p, i))
			continue;
		html_put_swatch(out, svg_colour_class(item->colour),
			svg_colour_fill(item->colour));
		buffer_put_text(out, "<span><b>");
		svg_put_part(out, p, i);
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

void html_put_plot(struct buffer *out, const struct plot *p)
{
	static const char *const classes[] = { [PLOT_ICICLE] = " class=\"ic\"",
		[PLOT_TREEMAP] = " class=\"tm\"",
		[PLOT_LINES] = " class=\"lines\"",
		[PLOT_BARS] = " class=\"bars\"",
		[PLOT_STACK] = "",
		[PLOT_CHAIN] = "" };
	bool tree = p->kind == PLOT_ICICLE || p->kind == PLOT_TREEMAP;
	assert(svg_height(p) > 0 && (!tree || p->count > 0));
	buffer_printf(out, "<figure%s", classes[p->kind]);
	if (tree) {
		buffer_printf(out, " data-total=\"%" PRId64 "\" data-name=\"",
			p->items[0].value);
		html_put_text(out, p->caption);
		buffer_put_char(out, '"');
	}
	buffer_put_text(out, "><figcaption>");
	html_put_text(out, p->caption);
	buffer_put_text(out, "</figcaption>\n");
	if (p->kind == PLOT_LINES) {
		buffer_put_text(out, "<div class=\"panels\">\n");
		for (size_t i = 0; i < p->count; i++) {
			buffer_printf(out,
				"<svg class=\"pic\" font-size=\"12\" role=\"img\" "
				"height=\"%d\" aria-label=\"",
				SVG_LINE_HEIGHT);
			html_put_text(out, p->items[i].name);
			buffer_put_text(out, ": from ");
			svg_put_value(out, p, (double)p->items[i].before, false);
			buffer_put_text(out, " to ");
			svg_put_value(out, p, (double)p->items[i].value, false);
			buffer_put_text(out, "\">");
			svg_put_line(out, p, i);
			buffer_put_text(out, "</svg>\n");
		}
		buffer_put_text(out, "</div>\n");
	} else
		svg_put(out, p, 0);
	if (tree)
		buffer_printf(out, "<p class=\"read\">%s</p>\n",
			p->kind == PLOT_ICICLE
				? "A box is as wide as what it alone keeps alive; below "
				  "it is what it owns. Select a box to zoom."
				: "An area is what would go with the object. Select one "
				  "for its full name.");
	html_put_key(out, p);
	buffer_put_text(out, "</figure>\n");
}
