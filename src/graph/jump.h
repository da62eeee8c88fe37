/* SPDX-License-Identifier: MIT */
/* jump - far ancestors in a forest in few steps.
 *
 * Beside its parent each node has a jump: as far up as two jumps one after the other, or
 * to the parent.  From nodes of one depth it is equally far, and every ancestor is
 * O(log n) jumps and steps away.  Nodes are added below those that are there.
 * E. W. Myers, An applicative random-access stack, 1983. */
#ifndef MEMSEE_GRAPH_JUMP_H
#define MEMSEE_GRAPH_JUMP_H

#include <stdbool.h>
#include <stdint.h>

/* A root leads to itself, and has the depth 0. */
struct jump {
	uint32_t to, depth;
};

/* The jump of a new node: from that of its parent, of the node to which that one leads,
 * and of the node to which that leads. */
static inline struct jump jump_below(
	uint32_t parent, struct jump its, struct jump near, struct jump far)
{
	bool equal = its.depth - near.depth == near.depth - far.depth;
	return (struct jump){ equal ? near.to : parent, its.depth + 1 };
}

#endif
