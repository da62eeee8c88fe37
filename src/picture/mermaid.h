/* SPDX-License-Identifier: MIT */
/* mermaid - a small drawing as a Mermaid flow chart, which GitHub and GitLab show inside
 * Markdown. */
#ifndef MEMSEE_PICTURE_MERMAID_H
#define MEMSEE_PICTURE_MERMAID_H

#include "base/buffer.h"
#include "result/drawing.h"

#include <stdbool.h>

/* Whether it is small enough to be read inside a page, and says something: its edges are
 * the answer, not just the references among the rows of a table. */
bool mermaid_fits(const struct drawing *d);

/* Appends the drawing as a fenced code block.  Safe whatever the labels hold: all but
 * letters, digits and a few marks of punctuation become character references. */
void mermaid_put(const struct drawing *d, struct buffer *out);

#endif
