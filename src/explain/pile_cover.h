/* SPDX-License-Identifier: MIT */
/* pile_cover - the trees of names with the bytes below each object.  Part of `pile`;
 * nothing else includes it.
 *
 * The reached objects have ranks 0..reached-1, breadth first: each comes after the one
 * that leads to it, and what one leads to is together.  So what walks down or up, or over
 * all of them, reads memory from one end to the other. */
#ifndef MEMSEE_EXPLAIN_PILE_COVER_H
#define MEMSEE_EXPLAIN_PILE_COVER_H

#include "explain/name.h"

struct cover {
	uint32_t reached;
	uint32_t tops; /* to which nothing leads: the first ranks, ascending by node */
	/* Of each rank: */
	uint32_t *node;
	uint32_t *up;    /* the rank of what leads to it; of a top its own */
	uint32_t *first; /* its children are the ranks first[i] … first[i + 1] - 1 */
	int64_t *bytes;  /* below it, itself included */
};

/* `*c` is zeroed, and the caller's for cover_fini(), also after a failure.  O(n). */
bool cover_init(struct cover *c, const struct name_tree *t, const struct objects *o,
	struct error *err);
void cover_fini(struct cover *c);

/* The rank of a node that is a top.  O(log n). */
uint32_t cover_find_top(const struct cover *c, uint32_t node);

#endif
