/* SPDX-License-Identifier: MIT */
/* Lines, bars and stacks: figures over dumps, figures beside each other, parts of a
 * whole.  Axes begin at nought. */
#include "picture/html.h"
#include "picture/svg.h"

#include <math.h>
#include <stdlib.h>

/* Of lines: where the points lie, per cent from the left and pixels from the top. */
#define LINES_LEFT 6.0
#define LINES_RIGHT 74.0
#define LINES_TOP 24.0
#define LINES_BOTTOM 155.0
#define LINES_STYLES 5
/* Names at the ends of lines need that much each. */
#define LINES_NAME 15.0

static double lines_x(const struct plot *p, size_t k)
{
	return p->label_count < 2 ? LINES_LEFT
				  : LINES_LEFT + (LINES_RIGHT - LINES_LEFT) * (double)k /
							 (double)(p->label_count - 1);
}

static double lines_y(double value, double top)
{
	return LINES_BOTTOM - (top > 0 ? value / top : 0) * (LINES_BOTTOM - LINES_TOP);
}

static void lines_put_axis(struct buffer *out, const struct plot *p)
{
	buffer_printf(out,
		"<line class=\"ax\" stroke=\"#ddd\" x1=\"0\" x2=\"%g%%\" y1=\"%g\" "
		"y2=\"%g\"/>\n",
		LINES_RIGHT + 4, LINES_BOTTOM, LINES_BOTTOM);
	/* Of many dumps as many are named as there is room for, the last always. */
	size_t step = (p->label_count + 7) / 8;
	for (size_t k = 0; k < p->label_count; k++) {
		if ((p->label_count - 1 - k) % step != 0)
			continue;
		buffer_printf(out,
			"<text class=\"t2\" x=\"%.4g%%\" y=\"%g\" text-anchor=\"%s\">",
			lines_x(p, k), LINES_BOTTOM + 19, k == 0 ? "start" : "middle");
		html_put_text(out, p->labels[k]);
		buffer_put_text(out, "</text>\n");
	}
}

static void lines_put_line(struct buffer *out, const struct plot *p, size_t i, double top)
{
	const int64_t *values = p->values + i * p->label_count;
	size_t style = i % LINES_STYLES + 1;
	static const char *const strokes[] = { "#d55e00", "#e69f00", "#0072b2", "#009e73",
		"#585d63" };
	for (size_t k = 0; k < p->label_count; k++) {
		double x = lines_x(p, k), y = lines_y((double)values[k], top);
		if (k > 0)
			buffer_printf(out,
				"<line class=\"ln k%zu\" stroke=\"%s\" "
				"stroke-width=\"2\" "
				"x1=\"%.4g%%\" y1=\"%.4g\" x2=\"%.4g%%\" y2=\"%.4g\"/>\n",
				style, strokes[style - 1], lines_x(p, k - 1),
				lines_y((double)values[k - 1], top), x, y);
		buffer_printf(out,
			"<circle class=\"dot ln k%zu\" fill=\"%s\" cx=\"%.4g%%\" "
			"cy=\"%.4g\" r=\"3\"><title>",
			style, strokes[style - 1], x, y);
		html_put_text(out, p->items[i].name);
		buffer_put_text(out, ", ");
		html_put_text(out, p->labels[k]);
		buffer_put_text(out, ": ");
		svg_put_value(out, p, (double)values[k], false);
		buffer_put_text(out, "</title></circle>\n");
		/* Figures at each point of one line; of several they would run together.
		 */
		if (p->count == 1 && p->label_count <= 12) {
			buffer_printf(out,
				"<text class=\"tb\" font-weight=\"650\" x=\"%.4g%%\" "
				"y=\"%.4g\" text-anchor=\"%s\">",
				x, y - 10, k == 0 ? "start" : "middle");
			svg_put_value(out, p, (double)values[k], false);
			buffer_put_text(out, "</text>\n");
		}
	}
}

/* The name of each line at its end, moved apart where the ends are close. */
static void lines_put_names(struct buffer *out, const struct plot *p, double top)
{
	double last = -LINES_NAME;
	bool put[64] = { false };
	size_t n = p->count < 64 ? p->count : 64;
	for (size_t round = 0; round < n; round++) {
		size_t best = SIZE_MAX;
		for (size_t i = 0; i < n; i++) {
			size_t end = (i + 1) * p->label_count - 1;
			if (!put[i] &&
				(best == SIZE_MAX ||
					p->values[end] >
						p->values[(best + 1) * p->label_count -
							  1]))
				best = i;
		}
		double value = (double)p->values[(best + 1) * p->label_count - 1];
		double y = lines_y(value, top);
		double left = (double)(n - round - 1) * LINES_NAME;
		/* Not beyond the axis: those below need their room. */
		if (y > LINES_BOTTOM - left)
			y = LINES_BOTTOM - left;
		if (y < last + LINES_NAME)
			y = last + LINES_NAME;
		put[best] = true;
		last = y;
		buffer_printf(out, "<text x=\"%g%%\" y=\"%.4g\"><title>",
			LINES_RIGHT + 1.5, y + 4);
		html_put_text(out, p->items[best].name);
		buffer_put_text(out, "</title>");
		if (p->count > 1) {
			svg_put_value(out, p, value, false);
			buffer_put_char(out, ' ');
		}
		html_put_text(out, p->items[best].name);
		buffer_put_text(out, "</text>\n");
	}
}

void svg_put_lines(struct buffer *out, const struct plot *p)
{
	double top = 0;
	for (size_t i = 0; i < p->count * p->label_count; i++)
		if ((double)p->values[i] > top)
			top = (double)p->values[i];
	lines_put_axis(out, p);
	/* The first is the one that matters: it is drawn above the others. */
	for (size_t i = p->count; i-- > 0;)
		lines_put_line(out, p, i, top);
	lines_put_names(out, p, top);
}

/* --- bars -----------------------------------------------------------------------------
 */

#define BARS_NAME 34.0 /* per cent for the names */
#define BARS_END 86.0

void svg_put_bars(struct buffer *out, const struct plot *p)
{
	double most = 0, least = 0;
	for (size_t i = 0; i < p->count; i++) {
		double value = (double)p->items[i].value;
		most = value > most ? value : most;
		least = value < least ? value : least;
	}
	double span = most - least, room = BARS_END - BARS_NAME - 1;
	double zero = BARS_NAME + 1 + (span > 0 ? -least / span * room : 0);
	for (size_t i = 0; i < p->count; i++) {
		const struct plot_item *item = &p->items[i];
		double y = (double)i * SVG_BAR_HEIGHT;
		double width = span > 0 ? fabs((double)item->value) / span * room : 0;
		bool growth = item->colour == PLOT_GREW;
		buffer_printf(out,
			"<svg x=\"0\" y=\"%g\" width=\"%g%%\" height=\"%d\"><text "
			"x=\"0\" y=\"16\">",
			y, BARS_NAME, SVG_BAR_HEIGHT);
		html_put_text(out, item->name);
		buffer_put_text(out, "</text></svg>");
		buffer_printf(out,
			"<rect class=\"%s\" fill=\"%s\" x=\"%.4g%%\" y=\"%g\" "
			"width=\"%.4g%%\" height=\"14\"><title>",
			item->value < 0 ? "k-dn" : svg_colour_class(item->colour),
			item->value < 0 ? "#7cb8de" : svg_colour_fill(item->colour),
			item->value < 0 ? zero - width : zero, y + 5, width);
		html_put_text(out, item->name);
		buffer_put_text(out, ": ");
		svg_put_value(out, p, (double)item->value, growth);
		if (item->detail != NULL) {
			buffer_put_text(out, ", ");
			html_put_text(out, item->detail);
		}
		buffer_printf(out,
			"</title></rect><text x=\"100%%\" y=\"%g\" "
			"text-anchor=\"end\">",
			y + 16);
		svg_put_value(out, p, (double)item->value, growth);
		buffer_put_text(out, "</text>\n");
	}
}

/* --- stacks ---------------------------------------------------------------------------
 */

/* Several bars are on one scale. */
static double stack_most(const struct plot *p)
{
	double most = 0;
	for (size_t i = 0; i < p->count; i++)
		if (p->items[i].parent == PLOT_NONE && (double)p->items[i].value > most)
			most = (double)p->items[i].value;
	return most;
}

void svg_put_stack(struct buffer *out, const struct plot *p)
{
	double most = stack_most(p), y = 0, x = 0;
	bool named = svg_height(p) > 26;
	for (size_t i = 0; i < p->count && most > 0; i++) {
		const struct plot_item *item = &p->items[i];
		double width = 100 * (double)item->value / most;
		if (item->parent == PLOT_NONE) {
			y += i == 0 ? 0 : 46;
			x = 0;
			if (!named)
				continue;
			buffer_printf(
				out, "<text class=\"t2\" x=\"0\" y=\"%g\">", y + 13);
			html_put_text(out, item->name);
			buffer_put_text(out, ", ");
			svg_put_value(out, p, (double)item->value, false);
			buffer_put_text(out, "</text>\n");
			continue;
		}
		buffer_printf(out,
			"<svg x=\"%.4g%%\" y=\"%g\" width=\"%.4g%%\" height=\"%d\">"
			"<title>",
			x, named ? y + 18 : y, width, named ? 22 : 26);
		html_put_text(out, item->name);
		buffer_put_text(out, ": ");
		svg_put_value(out, p, (double)item->value, false);
		buffer_printf(out,
			"</title><rect class=\"e %s\" fill=\"%s\" stroke=\"#fcfcfa\" "
			"width=\"100%%\" height=\"100%%\"/></svg>\n",
			svg_colour_class(item->colour), svg_colour_fill(item->colour));
		x += width;
	}
}
