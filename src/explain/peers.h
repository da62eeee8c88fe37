/* SPDX-License-Identifier: MIT */
/* peers - containers that refer to far more than others of their type usually do.
 *
 * What half of a type's containers do not exceed, empty ones left out, is usual.  The
 * dicts of modules and classes have no peers. */
#ifndef MEMSEE_EXPLAIN_PEERS_H
#define MEMSEE_EXPLAIN_PEERS_H

#include "explain/name.h"

struct peer {
	uint32_t node;
	uint32_t references; /* of the container, each object counted once */
	uint32_t usual;
};

struct peers {
	struct peer *peer; /* by node */
	size_t count, cap;
};

struct peers_query {
	uint32_t least; /* references, and */
	uint32_t times; /* how many times the usual number that is */
};

/* Types with fewer than ten containers have nothing usual.  `*p` is zeroed, and its array
 * the caller's to free, also after a failure.  O(n log n). */
bool peers_find(struct peers *p, const struct peers_query *q, struct analysis *a,
	const struct name_tree *t, struct error *err);

#endif
