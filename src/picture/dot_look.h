/* SPDX-License-Identifier: MIT */
/* dot_look - how the parts of a drawing look in DOT, and the legend that says so.
 *
 * Shape, border and fill each mean one thing, so that they combine, and every difference
 * that a colour makes is made a second time without it: by shape, double or dashed lines
 * or a sign in the label.  The colours are tints of the Okabe-Ito palette, which the
 * colour-blind tell apart. */
#ifndef MEMSEE_PICTURE_DOT_LOOK_H
#define MEMSEE_PICTURE_DOT_LOOK_H

#include "base/buffer.h"

#include <stdbool.h>

/* The parts that the legend explains, of all that it can. */
struct dot_seen {
	unsigned nodes, edges; /* flags */
	bool plain_node;       /* some node is just an object */
	bool plain_edge;       /* some edge is just a reference */
	bool widths;           /* edges are as wide as they carry bytes */
};

/* Appends the attributes (", shape=…") of a node or an edge with these flags. */
void dot_look_put_node(struct buffer *out, unsigned flags);
void dot_look_put_edge(struct buffer *out, unsigned flags);

/* Whether only the default look applies. */
bool dot_look_is_plain_node(unsigned node_flags);
bool dot_look_is_plain_edge(unsigned edge_flags);

/* Appends the legend as a cluster: exactly what `seen` holds.  `wide` says that the graph
 * runs from left to right; otherwise it has `levels` nodes from top to bottom. */
void dot_look_put_legend(
	struct buffer *out, const struct dot_seen *seen, bool wide, size_t levels);

#endif
