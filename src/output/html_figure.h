/* SPDX-License-Identifier: MIT */
/* html_figure - a plot as a figure of a page: its caption, its picture, its key. */
#ifndef MEMSEE_OUTPUT_HTML_FIGURE_H
#define MEMSEE_OUTPUT_HTML_FIGURE_H

#include "base/buffer.h"
#include "result/plot.h"

/* Appends the figure of a plot that has a height; html_drawing puts a PLOT_CHAIN. */
void html_put_plot(struct buffer *out, const struct plot *p);

/* Appends the beginning of a key's item: its colour.  The words and `</li>` follow. */
void html_put_swatch(struct buffer *out, const char *class, const char *fill);

#endif
