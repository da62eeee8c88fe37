/* SPDX-License-Identifier: MIT */
#include "picture/svg.h"

#include "base/saturate.h"
#include "picture/html.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct svg_colour {
	const char *class, *fill, *words;
};

static const struct svg_colour svg_colours_of[PLOT_COLOURS] = {
	[PLOT_PLAIN] = { "k-std", "#c5d0d6", NULL },
	[PLOT_PROGRAM] = { "k-own", "#e69f00", "your program" },
	[PLOT_PACKAGE] = { "k-lib", "#7cc4ec", "installed packages" },
	[PLOT_LIBRARY] = { "k-std", "#c5d0d6", "standard library" },
	[PLOT_NOBODY] = { "k-none", "#e3e3dd", "no name found" },
	[PLOT_REST] = { "k-rest", "#cfd3d4", NULL },
	[PLOT_GREW] = { "k-grew", "#d55e00", NULL },
	[PLOT_OBJECTS] = { "k-p1", "#009e73", "objects in the dump" },
	[PLOT_FREE] = { "k-p2", "#8fd0bb", "free in Python's allocator" },
	[PLOT_FREE_MALLOC] = { "k-p3", "#c9e6dc", "free in malloc" },
	[PLOT_UNKNOWN] = { "k-up2", "#eda877", "not explained: C code, stacks" },
	[PLOT_FILES] = { "k-none", "#e3e3dd", "program and libraries, from files" },
};

const char *svg_colour_words(enum plot_colour colour)
{
	assert(colour < PLOT_COLOURS);
	return svg_colours_of[colour].words;
}

const char *svg_colour_class(enum plot_colour colour)
{
	assert(colour < PLOT_COLOURS);
	return svg_colours_of[colour].class;
}

const char *svg_colour_fill(enum plot_colour colour)
{
	assert(colour < PLOT_COLOURS);
	return svg_colours_of[colour].fill;
}

unsigned svg_colours(const struct plot *p)
{
	unsigned colours = 0;
	for (int c = 0; !p->compares && c < PLOT_COLOURS; c++)
		if ((p->unseen_colours & 1U << c) != 0 &&
			svg_colour_words((enum plot_colour)c) != NULL)
			colours |= 1U << c;
	for (size_t i = 0; !p->compares && i < p->count; i++)
		if (p->items[i].parent != PLOT_NONE &&
			svg_colour_words(p->items[i].colour) != NULL)
			colours |= 1U << p->items[i].colour;
	return colours;
}

bool svg_is_first_part(const struct plot *p, size_t item)
{
	assert(p->items[item].parent != PLOT_NONE);
	for (size_t i = 0; i < p->items[item].parent; i++)
		if (p->items[i].parent != PLOT_NONE &&
			strcmp(p->items[i].name, p->items[item].name) == 0)
			return false;
	return true;
}

void svg_put_part(struct buffer *out, const struct plot *p, size_t item)
{
	size_t bars = 0;
	for (size_t bar = 0; bar < p->count; bar++) {
		int64_t value = 0;
		if (p->items[bar].parent != PLOT_NONE)
			continue;
		for (size_t i = bar + 1; i < p->count; i++)
			if (p->items[i].parent == bar &&
				strcmp(p->items[i].name, p->items[item].name) == 0)
				value = p->items[i].value;
		buffer_put_text(out, bars++ == 0 ? "" : " \xe2\x86\x92 ");
		svg_put_value(out, p, (double)value, false);
	}
}

void svg_put_value(struct buffer *out, const struct plot *p, double value, bool plus)
{
	if (p->bytes)
		html_put_bytes(out, value, plus);
	else
		html_put_count(out, saturate_real(value), plus);
}

void svg_put_about(struct buffer *out, const struct plot *p, const struct plot_item *item)
{
	double whole = p->count == 0 ? 0 : (double)p->items[0].value;
	html_put_text(out, item->name);
	buffer_put_char(out, '\n');
	svg_put_value(out, p, (double)item->value, false);
	if (whole > 0) {
		buffer_put_text(out, ", ");
		html_put_real(out, 100 * (double)item->value / whole, 1);
		buffer_put_text(out, " % of the whole");
	}
	if (item->count >= 0) {
		buffer_put_text(out, ", ");
		html_put_count(out, item->count, false);
		buffer_put_text(out, item->count == 1 ? " object" : " objects");
	}
	if (p->compares) {
		buffer_put_text(out, ", was ");
		svg_put_value(out, p, (double)item->before, false);
	}
	if (item->detail != NULL) {
		buffer_put_text(out, ", ");
		html_put_text(out, item->detail);
	}
}

/* In a comparison the colour is the share that is new, in steps. */
struct svg_step {
	double share; /* less than this is new */
	const char *class, *fill, *words;
};

static const struct svg_step svg_steps[] = {
	{ -0.02, "k-dn", "#7cb8de", "shrunk" },
	{ 0.02, "k-same", "#e0e2e0", "as before" },
	{ 0.2, "k-up1", "#f6dcc8", "up to 20 % new" },
	{ 0.5, "k-up2", "#eda877", "up to half new" },
	{ 2, "k-up3", "#d9702a", "more than half new" },
};

bool svg_growth_step(size_t i, const char **class, const char **fill, const char **words)
{
	if (i >= sizeof svg_steps / sizeof *svg_steps)
		return false;
	*class = svg_steps[i].class;
	*fill = svg_steps[i].fill;
	*words = svg_steps[i].words;
	return true;
}

void svg_put_box(struct buffer *out, const struct svg_box *b)
{
	const char *fill = svg_colour_fill(b->item->colour);
	const char *class = svg_colour_class(b->item->colour);
	assert(b->width >= 0 && b->height >= 0);
	if (b->plot->compares && b->item->parent != PLOT_NONE) {
		double now = (double)b->item->value, before = (double)b->item->before;
		double share = now > 0 ? (now - before) / now : 0;
		size_t i = 0;
		while (share >= svg_steps[i].share &&
			i + 1 < sizeof svg_steps / sizeof *svg_steps)
			i++;
		fill = svg_steps[i].fill;
		class = svg_steps[i].class;
	} else if (b->item->parent == PLOT_NONE && b->plot->kind == PLOT_ICICLE) {
		class = "k-heap";
		fill = "#f2f2ee";
	}
	/* How wide a screen must be for the text of the box to be seen without the
	 * script, which cuts it to what there is room for. */
	const char *room = b->width >= 14  ? "w0"
			   : b->width >= 7 ? "w1"
			   : b->width >= 4 ? "w2"
					   : "w3";
	buffer_printf(out,
		"<svg class=\"b %s %s%s\" x=\"%.5g%%\" y=\"%.5g\" width=\"%.5g%%\" "
		"height=\"%.5g\" data-b=\"%" PRId64 "\"",
		class, room, b->class, b->x, b->y, b->width, b->height, b->item->value);
	if (b->item->address != 0)
		buffer_printf(out, " data-a=\"%" PRId64 "\"", b->item->address);
	buffer_put_text(out, "><title>");
	svg_put_about(out, b->plot, b->item);
	buffer_printf(out,
		"</title><rect fill=\"%s\" stroke=\"#fcfcfa\" width=\"100%%\" "
		"height=\"100%%\"/>",
		fill);
}

static size_t svg_bars_count(const struct plot *p)
{
	size_t tops = 0;
	for (size_t i = 0; i < p->count; i++)
		tops += p->items[i].parent == PLOT_NONE;
	return tops;
}

unsigned svg_height(const struct plot *p)
{
	if (p->kind == PLOT_CHAIN)
		return svg_chain_height(p);
	if (p->count == 0)
		return 0;
	switch (p->kind) {
	case PLOT_ICICLE:
		return svg_icicle_height(p);
	case PLOT_TREEMAP:
		return p->count > 1 ? SVG_TREEMAP_HEIGHT : 0;
	case PLOT_LINES:
		return svg_lines_height(p);
	case PLOT_BARS:
		return (unsigned)p->count * SVG_BAR_HEIGHT;
	case PLOT_STACK:
		/* One bar needs no name; each of several is below its own. */
		return (unsigned)svg_bars_count(p) * (svg_bars_count(p) > 1 ? 46 : 26);
	case PLOT_CHAIN:
		break;
	}
	return 0;
}

void svg_put(struct buffer *out, const struct plot *p, unsigned y)
{
	buffer_printf(out,
		"<svg class=\"pic\" font-size=\"12\" role=\"img\" y=\"%u\" "
		"height=\"%u\" aria-label=\"",
		y, svg_height(p));
	/* The picture in words, for readers who do not see it: its largest parts. */
	enum { SAID = 5 };
	size_t said = 0;
	html_put_text(out, p->caption);
	for (size_t i = 0; i < p->count && said < SAID; i++) {
		const struct plot_item *item = &p->items[i];
		bool tree = p->kind == PLOT_ICICLE || p->kind == PLOT_TREEMAP;
		if (tree && item->depth != 1)
			continue;
		buffer_put_text(out, said++ == 0 ? ": " : "; ");
		html_put_text(out, item->name);
		if (p->kind == PLOT_LINES)
			for (size_t k = 0; k < p->label_count; k++) {
				buffer_put_text(out, k == 0 ? " " : ", ");
				svg_put_value(out, p,
					(double)p->values[i * p->label_count + k], false);
			}
		else {
			buffer_put_char(out, ' ');
			svg_put_value(out, p, (double)item->value, false);
		}
	}
	buffer_put_text(out, "\">");
	switch (p->kind) {
	case PLOT_ICICLE:
		svg_put_icicle(out, p);
		break;
	case PLOT_TREEMAP:
		svg_put_treemap(out, p);
		break;
	case PLOT_LINES:
		svg_put_lines(out, p);
		break;
	case PLOT_BARS:
		svg_put_bars(out, p);
		break;
	case PLOT_STACK:
		svg_put_stack(out, p);
		break;
	case PLOT_CHAIN:
		svg_put_chain(out, p);
		break;
	}
	buffer_put_text(out, "</svg>\n");
}
