/* SPDX-License-Identifier: MIT */
/* html_drawing - a path or a tree of references as markup: boxes and labelled arrows that
 * flow with the page. */
#ifndef MEMSEE_OUTPUT_HTML_DRAWING_H
#define MEMSEE_OUTPUT_HTML_DRAWING_H

#include "base/buffer.h"
#include "result/drawing.h"

#include <stdbool.h>

/* Appends a drawing in which no node has two parents: a path from left to right, a tree
 * as nested lists.  False, and nothing is appended, for another, for one without arrows,
 * and for one that is too large to be read. */
bool html_put_drawing(struct buffer *out, const struct drawing *d);

#endif
