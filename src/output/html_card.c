/* SPDX-License-Identifier: MIT */
#include "output/html_card.h"

#include "base/saturate.h"
#include "output/html_drawing.h"
#include "output/html_figure.h"
#include "picture/html.h"
#include "picture/svg.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum {
	CARD_ITEMS = 10, /* most findings with a sentence in the answer */
	CARD_PARTS = 8,  /* most of them in the bar that adds them up */
	CARD_POINTS = 5, /* most numbers of a series in a sentence */
};

/* A value of the card's series. */
static void card_put_value(
	struct buffer *out, const struct card *c, int64_t value, bool plus)
{
	if (c->unit == NULL)
		html_put_bytes(out, (double)value, plus);
	else
		html_put_count(out, value, plus);
}

/* The card's per cent of the whole growth; below 0 when there is no such share. */
static double card_share(const struct card_list *l, const struct card *c)
{
	return l->growth > 0 && c->bytes > 0 && c->bytes <= l->growth
		       ? 100 * (double)c->bytes / (double)l->growth
		       : -1;
}

/* One finding as a sentence: what it is, what keeps it, how it grew. */
static void card_put_sentence(struct buffer *items, const struct card_list *l, size_t i)
{
	const struct card *c = &l->items[i];
	buffer_put_text(items, "<li><b class=\"m\">");
	html_put_text(items, c->title);
	buffer_put_text(items, "</b> is kept by ");
	buffer_printf(items, "<a href=\"#leak-%zu\">", i + 1);
	buffer_put_text(items, c->keeper != NULL ? "<code>" : "");
	html_put_text(items, c->keeper != NULL           ? c->keeper
			     : c->chain->node_count == 0 ? "nothing but itself"
							 : "what has no name");
	buffer_put_text(items, c->keeper != NULL ? "</code></a>: " : "</a>: ");
	for (size_t k = 0; k < l->label_count; k++) {
		if (l->label_count > CARD_POINTS && k > 1 && k + 2 < l->label_count) {
			buffer_put_text(items, k == 2 ? ", \xe2\x80\xa6" : "");
			continue;
		}
		buffer_put_text(items, k == 0                    ? ""
				       : k + 1 == l->label_count ? ", then "
								 : ", ");
		card_put_value(items, c, c->series[k], false);
	}
	buffer_put_text(items, ". ");
	if (c->bytes > 0) {
		buffer_put_text(items, "<span class=\"note\">");
		html_put_exact(items, c->bytes, true);
		if (card_share(l, c) >= 0) {
			buffer_put_text(items, ", ");
			html_put_real(items, card_share(l, c), 1);
			buffer_put_text(items, " % of the growth");
		}
		buffer_put_text(items, ".</span>");
	}
	buffer_put_text(items, "</li>\n");
}

void html_put_card_list(
	struct buffer *items, struct buffer *picture, const struct card_list *l)
{
	static const enum plot_colour colours[] = { PLOT_GREW, PLOT_UNKNOWN,
		PLOT_PROGRAM };
	enum { COLOURS = sizeof colours / sizeof *colours };
	struct error ignored = ERROR_INIT;
	struct plot *bar = plot_new(PLOT_STACK, "What the heap grew by");
	int64_t left = l->growth;
	const struct plot_item whole = {
		.name = "growth", .parent = PLOT_NONE, .value = l->growth, .count = -1
	};
	for (size_t i = 0; i < l->count; i++) {
		const struct card *c = &l->items[i];
		const struct plot_item part = { .name = c->title,
			.parent = 0,
			.value = c->bytes,
			.count = -1,
			.colour = i < COLOURS ? colours[i] : PLOT_PACKAGE };
		if (bar != NULL && i < CARD_PARTS && card_share(l, c) >= 0 &&
			(bar->count > 0 || plot_put(bar, &whole, &ignored)))
			plot_put(bar, &part, &ignored);
		if (i < CARD_PARTS && c->bytes > 0)
			left = saturate_subtract(left, c->bytes);
		if (i < CARD_ITEMS)
			card_put_sentence(items, l, i);
	}
	if (l->count > CARD_ITEMS)
		buffer_printf(items, "<li>And <a href=\"#leak-%d\">%zu more</a>.</li>\n",
			CARD_ITEMS + 1, l->count - CARD_ITEMS);
	/* Leaks that share what hangs on them add up to more than the whole. */
	const struct plot_item rest = { .name = "everything else",
		.parent = 0,
		.value = left,
		.count = -1,
		.colour = PLOT_REST };
	if (bar == NULL ||
		(bar->count > 0 && left > 0 && !plot_put(bar, &rest, &ignored)))
		picture->failed = true;
	else if (bar->count > 1 && left >= 0) {
		/* The bar of the heap's growth, and in words the shares of its parts. */
		assert(l->growth > 0);
		bar->bytes = true;
		buffer_put_text(picture, "<p class=\"note\">Of ");
		html_put_exact(picture, l->growth, true);
		buffer_put_text(picture, " that the heap grew by:</p>\n");
		svg_put(picture, bar, 0);
		buffer_put_text(picture, "<ul class=\"key\">");
		for (size_t i = 1; i < bar->count; i++) {
			const struct plot_item *part = &bar->items[i];
			html_put_swatch(picture, svg_colour_class(part->colour),
				svg_colour_fill(part->colour));
			buffer_put_text(picture, "<span><b>");
			html_put_real(picture,
				100 * (double)part->value / (double)l->growth, 1);
			buffer_put_text(picture, " %</b> ");
			html_put_text(picture, part->name);
			buffer_put_text(picture, "</span></li>");
		}
		buffer_put_text(picture, "</ul>\n");
	}
	plot_free(bar);
}

void html_put_cards(struct buffer *out, const struct card_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct card *c = &l->items[i];
		assert(c->series != NULL && c->chain != NULL && l->label_count > 0);
		int64_t growth =
			saturate_subtract(c->series[l->label_count - 1], c->series[0]);
		buffer_printf(out,
			"<article class=\"leak\" id=\"leak-%zu\" "
			"aria-labelledby=\"lh-%zu\"><div><h3 id=\"lh-%zu\"><span "
			"class=\"m\">",
			i + 1, i + 1, i + 1);
		html_put_text(out, c->title);
		buffer_put_text(out, "</span> <small>");
		html_put_text(out, c->about == NULL ? "" : c->about);
		buffer_put_text(out, "</small></h3>\n<p class=\"big\"><b>");
		card_put_value(out, c, growth, true);
		buffer_printf(out, "%s%s</b>, from ", c->unit == NULL ? "" : " ",
			c->unit == NULL ? "" : c->unit);
		card_put_value(out, c, c->series[0], false);
		buffer_put_text(out, " to ");
		card_put_value(out, c, c->series[l->label_count - 1], false);
		buffer_put_text(out, ": ");
		html_put_text(out, c->trend);
		buffer_put_text(out, ".");
		if (c->bytes > 0 && c->unit != NULL) {
			buffer_put_text(out, " <b>");
			html_put_exact(out, c->bytes, true);
			buffer_put_text(out, "</b> with all that hangs on them");
			if (card_share(l, c) >= 0) {
				buffer_put_text(out, ", ");
				html_put_real(out, card_share(l, c), 1);
				buffer_put_text(out, " % of what the heap grew by");
			}
			buffer_put_char(out, '.');
		}
		buffer_put_text(out, "</p>");
		if (c->site != NULL) {
			buffer_put_text(out, "<p class=\"note\">Allocated at <code>");
			html_put_text(out, c->site);
			buffer_put_text(out, "</code>.</p>");
		}
		/* A line with a figure at each point; its name is the card's title. */
		struct plot_item item = { .name = (char *)"" };
		const struct plot line = { .kind = PLOT_LINES,
			.bytes = c->unit == NULL,
			.items = &item,
			.count = 1,
			.labels = l->labels,
			.label_count = l->label_count,
			.values = c->series };
		buffer_printf(out,
			"</div>\n<div class=\"line\"><svg class=\"pic\" font-size=\"12\" "
			"role=\"img\" height=\"%d\" aria-label=\"",
			SVG_LINE_HEIGHT);
		html_put_text(out, c->title);
		for (size_t k = 0; k < l->label_count; k++) {
			buffer_put_text(out, k == 0 ? ": " : ", ");
			card_put_value(out, c, c->series[k], false);
			buffer_put_text(out, " in ");
			html_put_text(out, l->labels[k]);
		}
		buffer_put_text(out, "\">");
		svg_put_line(out, &line, 0);
		buffer_put_text(out, "</svg></div>\n<div class=\"wide\">");
		if (c->chain->node_count > 0) {
			buffer_put_text(out, "<h4>What holds them</h4>\n");
			html_put_drawing(out, c->chain);
		}
		buffer_put_text(out, "<p class=\"do\"><b>What to do:</b> ");
		html_put_inline(out, c->advice, strlen(c->advice));
		if (c->frees > 0 && c->keeper != NULL) {
			buffer_put_text(out, " Emptying it frees up to ");
			html_put_exact(out, c->frees, false);
			buffer_put_char(out, '.');
		}
		buffer_put_text(out, "</p></div></article>\n");
	}
}
