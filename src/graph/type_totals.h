/* SPDX-License-Identifier: MIT */
/* type_totals - how much there is of each type, and the largest of each.
 *
 * Reports ask for these instead of a pass over all rows of obj.  A type is represented by
 * its object at the lowest address. */
#ifndef MEMSEE_GRAPH_TYPE_TOTALS_H
#define MEMSEE_GRAPH_TYPE_TOTALS_H

#include "graph/lengths.h"
#include "graph/objects.h"

/* The node at the lowest address of each type; o->types of them, to be freed.  NULL out
 * of memory.  O(n). */
uint32_t *type_examples(const struct objects *o, struct error *err);

/* Objects of one type whose lengths have the same number of binary digits, so 0, 1, 2 to
 * 3, 4 to 7, …; those with a negative length are together. */
struct type_length {
	uint32_t type;
	uint32_t objects;
	int64_t least; /* length among them */
	int64_t bytes; /* their sizes, saturating */
	int64_t items; /* their lengths, saturating */
};

struct type_lengths {
	struct type_length *item; /* ascending by type, least */
	size_t count, cap;
};

/* False on failure.  O(n). */
bool type_lengths_find(const struct objects *o, const struct lengths *l,
	struct type_lengths *out, struct error *err);
void type_lengths_fini(struct type_lengths *t);

/* Figures of nodes: that of `node` in `*value`, or false when it has none. */
struct type_figure {
	bool (*get)(const void *context, uint32_t node, int64_t *value);
	const void *context;
};

/* Of each type the `most` nodes with the greatest figures, or as many as there are, of
 * equal ones those at the lowest addresses.  `*count` nodes, ascending, to be freed; NULL
 * out of memory.  O(n log most); 12 bytes for each node of the answer. */
uint32_t *type_greatest(const struct objects *o, const struct type_figure *figure,
	uint32_t most, size_t *count, struct error *err);

#endif
