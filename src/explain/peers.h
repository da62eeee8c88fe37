/* SPDX-License-Identifier: MIT */
/* peers - containers that refer to far more than others of their type usually do.
 *
 * The usual number of a type is the median of its containers that are not empty.  The
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

/* Types with fewer than ten containers have no usual number.  `*p` is zeroed, and its
 * array the caller's to free, also after a failure.  O(n log n). */
bool peers_find(struct peers *p, const struct peers_query *q, struct analysis *a,
	const struct name_tree *t, struct error *err);

#endif
