/* SPDX-License-Identifier: MIT */
/* render - DOT files drawn by Graphviz.
 *
 * The program is run itself, never through a shell; its messages are dropped, its status
 * counts.  Pictures appear whole or not at all. */
#ifndef MEMSEE_OUTPUT_RENDER_H
#define MEMSEE_OUTPUT_RENDER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/places.h"

#include <stdbool.h>
#include <stddef.h>

/* The path of Graphviz's `dot`, looked for in $PATH: malloc'ed, or NULL. */
char *render_find_dot(void);

/* Appends the name of the picture of graph `number`, from 1, in the DOT file `path`: as
 * `dot -O` calls them, FILE.dot.svg, FILE.dot.2.svg, … */
void render_put_name(struct buffer *out, const char *path, size_t number);

/* Draws the `count` graphs of a DOT file as SVG.  STATUS_DATA when dot fails or a picture
 * cannot be written, STATUS_SCRIPT when `places` protects one's place.  Holds the
 * pictures of the file in memory. */
bool render_file(struct places *places, const char *dot, const char *path, size_t count,
	struct error *err);

#endif
