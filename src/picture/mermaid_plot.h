/* SPDX-License-Identifier: MIT */
/* mermaid_plot - the plots that Mermaid has a chart for, as GitHub draws them. */
#ifndef MEMSEE_PICTURE_MERMAID_PLOT_H
#define MEMSEE_PICTURE_MERMAID_PLOT_H

#include "base/buffer.h"
#include "result/plot.h"

#include <stdbool.h>

/* Appends lines, bars or a stack as a fenced block; false, and nothing is appended, for
 * other kinds, for nothing, and for a path that mermaid_fits() refuses. */
bool mermaid_put_plot(struct buffer *out, const struct plot *p);

#endif
