/* SPDX-License-Identifier: MIT */
/* Lines, bars and stacks: figures over dumps, figures beside each other, parts of a
 * whole.  Axes begin at nought. */
#include "picture/html.h"
#include "picture/sketch.h"
#include "picture/svg.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A line: where its points lie, per cent from the left and pixels from the top. */
#define LINE_LEFT 10.0
#define LINE_RIGHT 88.0
#define LINE_TOP 48.0
#define LINE_BOTTOM 118.0
/* As many points have words, the last always. */
#define LINE_WORDS 5
/* Characters of a point's name that there is room for beside one, two and more others. */
#define LINE_NAME 13
#define LINE_NAME_OF_THREE 9
#define LINE_NAME_OF_MANY 7
/* And of the name above a line. */
#define LINE_HEAD 32
/* Lines beside each other in a picture of its own. */
#define LINES_COLUMNS 3

/* A point at x (per cent) and y: its value above it, the name of its dump below. */
static void svg_put_point(
	struct buffer *out, const struct plot *p, size_t at, double x, double y)
{
	size_t n = p->label_count, k = at % n;
	assert(at < p->count * n);
	buffer_printf(out,
		"<text class=\"tb\" font-weight=\"650\" x=\"%.4g%%\" y=\"%.4g\" "
		"text-anchor=\"middle\">",
		x, y - 10);
	svg_put_value(out, p, (double)p->values[at], false);
	/* The outer names keep within the picture. */
	const char *ends = n < 2 ? NULL : k == 0 ? "start" : k + 1 == n ? "end" : NULL;
	buffer_printf(out,
		"</text><text class=\"t2\" x=\"%.4g%%\" y=\"%g\" "
		"text-anchor=\"%s\">",
		ends == NULL ? x
		: k == 0     ? 0.0
			     : 100.0,
		LINE_BOTTOM + 19, ends == NULL ? "middle" : ends);
	/* Names of files begin alike and differ at their ends. */
	size_t len = strlen(p->labels[k]);
	size_t most = n < 3 ? LINE_NAME : n == 3 ? LINE_NAME_OF_THREE : LINE_NAME_OF_MANY;
	const char *end = p->labels[k];
	if (len > most) {
		buffer_put_text(out, "\xe2\x80\xa6");
		end += len - most + 1;
		while ((*end & 0xc0) == 0x80)
			end++;
	}
	html_put_text(out, end);
	buffer_put_text(out, "</text>\n");
}

void svg_put_line(struct buffer *out, const struct plot *p, size_t i)
{
	size_t n = p->label_count, step = (n + LINE_WORDS - 1) / LINE_WORDS;
	const int64_t *values = p->values + i * n;
	assert(n > 0 && i < p->count);
	double top = 1, x = 0, y = 0;
	for (size_t k = 0; k < n; k++)
		top = (double)values[k] > top ? (double)values[k] : top;
	bool grew = values[n - 1] > values[0];
	const char *class = grew ? "" : " k5", *stroke = grew ? "#d55e00" : "#585d63";
	buffer_printf(out,
		"<line class=\"ax\" stroke=\"#ddd\" x1=\"0\" x2=\"100%%\" y1=\"%g\" "
		"y2=\"%g\"/>\n",
		LINE_BOTTOM, LINE_BOTTOM);
	if (p->items[i].name[0] != '\0') {
		buffer_put_text(out, "<text class=\"tb\" font-weight=\"650\" x=\"0\" "
				     "y=\"14\">");
		struct buffer name = BUFFER_INIT;
		sketch_put_type(&name, p->items[i].name, LINE_HEAD);
		html_put_text(out, buffer_text(&name));
		buffer_put_text(out, "</text>\n");
		out->failed = out->failed || name.failed;
		buffer_fini(&name);
	}
	for (size_t k = 0; k < n; k++) {
		double value = values[k] > 0 ? (double)values[k] : 0;
		double last_x = x, last_y = y;
		x = n < 2 ? 50
			  : LINE_LEFT + (LINE_RIGHT - LINE_LEFT) * (double)k /
						(double)(n - 1);
		y = LINE_BOTTOM - value / top * (LINE_BOTTOM - LINE_TOP);
		if (k > 0)
			buffer_printf(out,
				"<line class=\"ln%s\" stroke=\"%s\" stroke-width=\"2\" "
				"x1=\"%.4g%%\" y1=\"%.4g\" x2=\"%.4g%%\" "
				"y2=\"%.4g\"/>\n",
				class, stroke, last_x, last_y, x, y);
		buffer_printf(out,
			"<circle class=\"dot%s\" fill=\"%s\" cx=\"%.4g%%\" cy=\"%.4g\" "
			"r=\"4\"><title>",
			class, stroke, x, y);
		html_put_text(out, p->labels[k]);
		buffer_put_text(out, ": ");
		svg_put_value(out, p, (double)values[k], false);
		buffer_put_text(out, "</title></circle>\n");
		if ((n - 1 - k) % step != 0)
			continue;
		svg_put_point(out, p, i * n + k, x, y);
	}
}

unsigned svg_lines_height(const struct plot *p)
{
	return (unsigned)((p->count + LINES_COLUMNS - 1) / LINES_COLUMNS) *
	       SVG_LINE_HEIGHT;
}

/* Each has an axis of its own: a leak would be flat beside a large value. */
void svg_put_lines(struct buffer *out, const struct plot *p)
{
	for (size_t i = 0; i < p->count; i++) {
		buffer_printf(out,
			"<svg x=\"%.5g%%\" y=\"%zu\" width=\"%.4g%%\" height=\"%d\">\n",
			100.0 * (double)(i % LINES_COLUMNS) / LINES_COLUMNS,
			i / LINES_COLUMNS * SVG_LINE_HEIGHT, 94.0 / LINES_COLUMNS,
			SVG_LINE_HEIGHT);
		svg_put_line(out, p, i);
		buffer_put_text(out, "</svg>\n");
	}
}

/* --- bars -----------------------------------------------------------------------------
 */

/* Per cent for the names beside their bars, and, on a telephone, above them. */
#define BARS_NAME 34.0
#define BARS_NAME_MOST 80.0
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
			"<svg y=\"%g\" width=\"100%%\" height=\"%d\"><svg width=\"%g%%\">"
			"<svg class=\"bn\" width=\"%g%%\"><text x=\"0\" y=\"16\">",
			y, SVG_BAR_HEIGHT, BARS_NAME_MOST,
			100 * BARS_NAME / BARS_NAME_MOST);
		html_put_text(out, item->name);
		buffer_put_text(out, "</text></svg></svg>");
		buffer_printf(out,
			"<rect class=\"bb %s\" fill=\"%s\" x=\"%.4g%%\" y=\"5\" "
			"width=\"%.4g%%\" height=\"14\"><title>",
			item->value < 0 ? "k-dn" : svg_colour_class(item->colour),
			item->value < 0 ? "#7cb8de" : svg_colour_fill(item->colour),
			item->value < 0 ? zero - width : zero, width);
		html_put_text(out, item->name);
		buffer_put_text(out, ": ");
		svg_put_value(out, p, (double)item->value, growth);
		if (item->detail != NULL) {
			buffer_put_text(out, ", ");
			html_put_text(out, item->detail);
		}
		buffer_printf(out, "</title></rect><text x=\"100%%\" y=\"16\" "
				   "text-anchor=\"end\">");
		svg_put_value(out, p, (double)item->value, growth);
		buffer_put_text(out, "</text></svg>\n");
	}
}

/* --- stacks ---------------------------------------------------------------------------
 */

void svg_put_stack(struct buffer *out, const struct plot *p)
{
	double most = 0, y = 0, x = 0;
	/* Several bars are on one scale. */
	for (size_t i = 0; i < p->count; i++)
		if (p->items[i].parent == PLOT_NONE && (double)p->items[i].value > most)
			most = (double)p->items[i].value;
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
