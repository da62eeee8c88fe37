/* SPDX-License-Identifier: MIT */
/* layers - where the boxes and lines of a small graph go.
 *
 * What refers to something is in a layer left of it, as far as there is no cycle; a
 * reference that closes a cycle runs from right to left.  Layers are columns of equal
 * width; this finds the layer of each node, its place in it, and where lines begin, bend
 * and end (after K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of
 * Hierarchical System Structures", 1981: a line over several layers has a place in each,
 * orders with few crossings are found by sweeps, and heights follow the neighbours).
 * Nodes without lines are in rows below all others.
 *
 * Same drawing, same layout.  All lengths are pixels; y is that of a middle.  O(E * E)
 * for E lines and their bends. */
#ifndef MEMSEE_PICTURE_LAYERS_H
#define MEMSEE_PICTURE_LAYERS_H

#include <stdbool.h>
#include <stddef.h>

struct drawing;

#define LAYERS_BOX 42  /* the least height of a node */
#define LAYERS_LINE 13 /* from line to line at the side of a node: letters have room */

/* A node, or the place where a line passes a layer. */
struct layers_item {
	unsigned layer, rank; /* rank: from the top of its layer, from 0 */
	double y, height;
	double pull;          /* where its neighbours want it, while they are asked */
	unsigned left, right; /* lines at its sides; of a node */
};

/* A line from layer to layer. */
struct layers_segment {
	size_t left, right;     /* items */
	double left_y, right_y; /* where it begins and ends */
};

struct layers {
	struct layers_item *item; /* the nodes, then the places of lines */
	size_t count, cap, nodes;
	struct layers_segment *segment; /* those of an edge from left to right */
	size_t segments, segment_cap;
	/* One an edge of the drawing: its first segment, how many it has, whether it runs
	 * from right to left.  An edge from a node to itself has none. */
	size_t *first, *length;
	bool *back;
	unsigned layers;
	double height; /* of all */
};

/* False out of memory.  The caller calls layers_fini() in either case. */
bool layers_make(struct layers *l, const struct drawing *d);
void layers_fini(struct layers *l);

#endif
