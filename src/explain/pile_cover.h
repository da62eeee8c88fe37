/* SPDX-License-Identifier: MIT */
/* pile_cover - the trees of names with the bytes below each object.  Part of `pile`;
 * nothing else includes it. */
#ifndef MEMSEE_EXPLAIN_PILE_COVER_H
#define MEMSEE_EXPLAIN_PILE_COVER_H

#include "explain/name.h"

struct cover {
	uint32_t nodes;
	uint32_t reached;
	uint32_t *order; /* the reached nodes, each after the one that leads to it */
	uint32_t *start; /* of each node: its children in `child`, as in struct graph_side
			  */
	uint32_t *child;
	int64_t *bytes; /* below each node, itself included */
};

/* `*c` is zeroed, and the caller's for cover_fini(), also after a failure.  O(n). */
bool cover_init(struct cover *c, const struct name_tree *t, const struct objects *o,
	struct error *err);
void cover_fini(struct cover *c);

static inline const uint32_t *cover_children(
	const struct cover *c, uint32_t node, size_t *n)
{
	*n = c->start[node + 1] - c->start[node];
	return c->child + c->start[node];
}

#endif
