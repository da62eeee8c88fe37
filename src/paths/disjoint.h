/* SPDX-License-Identifier: MIT */
/* disjoint - paths that share no object but their ends, and what to cut.
 *
 * There are as many such paths as the smallest number of objects whose removal frees the
 * targets (Menger's theorem): one path is one independent reason why a target is alive,
 * and removing what the cut names removes all of them. */
#ifndef MEMSEE_PATHS_DISJOINT_H
#define MEMSEE_PATHS_DISJOINT_H

#include "paths/path.h"

struct disjoint {
	struct path_list paths; /* in their order, the first first */
	uint32_t *cut;          /* ascending; those nearest to the targets */
	size_t cut_count;
	bool more; /* the limit was reached: there may be more, and the cut is unknown */
	bool direct; /* a source refers to a target, or is one: no object can be cut */
};

/* Finds at most `limit` paths from the sources to the targets.  q->low is not looked at.
 * Maximum flow through nodes of capacity one, by shortest augmenting paths: O(m) for each
 * path.  `*d` is the caller's, for disjoint_fini(), also after a failure.
 * J. Edmonds and R. M. Karp, Theoretical improvements in algorithmic efficiency for
 * network flow problems, 1972. */
bool disjoint_find(const struct graph *g, const struct path_query *q, size_t limit,
	struct disjoint *d, struct error *err);
void disjoint_fini(struct disjoint *d);

#endif
