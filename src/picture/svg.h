/* SPDX-License-Identifier: MIT */
/* svg - plots as SVG.
 *
 * A picture has no viewBox: widths and places from left to right are per cent, heights
 * are pixels, so it fits any page while its letters stay as they are.  A box is a nested
 * `<svg>`, which clips its text, with all there is to say in its `<title>`.  Colours are
 * attributes too, so a page whose style is blocked still shows them; the classes are
 * those of picture.css. */
#ifndef MEMSEE_PICTURE_SVG_H
#define MEMSEE_PICTURE_SVG_H

#include "base/buffer.h"
#include "result/plot.h"

/* The height in pixels; 0 for a plot of which nothing is to be seen. */
unsigned svg_height(const struct plot *p);
/* The width in pixels that the boxes of a graph need; 0 for all other plots, which are as
 * wide as their page. */
unsigned svg_width(const struct plot *p);

/* Appends the picture as one element `y` pixels from the top. */
void svg_put(struct buffer *out, const struct plot *p, unsigned y);

/* What a colour is for: its words in a key, NULL when it needs none; its class; its fill.
 */
const char *svg_colour_words(enum plot_colour colour);
const char *svg_colour_class(enum plot_colour colour);
const char *svg_colour_fill(enum plot_colour colour);
/* Which colours the key of a plot explains: a bit each. */
unsigned svg_colours(const struct plot *p);

/* Of a stack: whether no bar before that of part `item` has a part of its name; and what
 * that part is in each bar, in their order: "10.9 MB → 11.8 MB". */
bool svg_is_first_part(const struct plot *p, size_t item);
void svg_put_part(struct buffer *out, const struct plot *p, size_t item);

/* The steps of growth in a comparison: class, fill and words of step `i`; false behind
 * the last. */
bool svg_growth_step(size_t i, const char **class, const char **fill, const char **words);

/* For the parts of it. */

/* A box of a picture: the element is open afterwards, up to `</svg>`. */
struct svg_box {
	double x, width; /* per cent */
	double y, height;
	const struct plot *plot;
	const struct plot_item *item;
	const char *class; /* further classes, "" without */
};
void svg_put_box(struct buffer *out, const struct svg_box *b);

/* A value with its unit. */
void svg_put_value(struct buffer *out, const struct plot *p, double value, bool plus);
/* The item, its value and its share of the whole, for its title. */
void svg_put_about(
	struct buffer *out, const struct plot *p, const struct plot_item *item);

void svg_put_icicle(struct buffer *out, const struct plot *p);
unsigned svg_icicle_height(const struct plot *p);
void svg_put_treemap(struct buffer *out, const struct plot *p);
/* Lines are small pictures of SVG_LINE_HEIGHT, one an item; svg_put_line() puts the
 * inside of one. */
unsigned svg_lines_height(const struct plot *p);
void svg_put_lines(struct buffer *out, const struct plot *p);
void svg_put_line(struct buffer *out, const struct plot *p, size_t item);
void svg_put_bars(struct buffer *out, const struct plot *p);
void svg_put_stack(struct buffer *out, const struct plot *p);
/* A drawing that is no tree, in layers: its size in pixels; false where there is nothing
 * to draw, or too much.  It may be NULL. */
struct drawing;
bool svg_graph_size(const struct drawing *d, unsigned *width, unsigned *height);
void svg_put_graph(struct buffer *out, const struct drawing *d);
unsigned svg_chain_height(const struct plot *p);
void svg_put_chain(struct buffer *out, const struct plot *p);

#define SVG_TREEMAP_HEIGHT 430
#define SVG_LINE_HEIGHT 156
#define SVG_BAR_HEIGHT 24

#endif
