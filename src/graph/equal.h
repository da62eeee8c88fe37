/* SPDX-License-Identifier: MIT */
/* equal - objects that say the same: equal values, and equal references. */
#ifndef MEMSEE_GRAPH_EQUAL_H
#define MEMSEE_GRAPH_EQUAL_H

#include "graph/objects.h"

struct db;

/* Objects that are equal. */
struct equal_group {
	uint32_t first; /* node: the one at the lowest address */
	uint32_t copies;
	int64_t bytes;   /* their sizes, saturating */
	int64_t largest; /* the largest size */
};

struct equal_groups {
	struct equal_group *item; /* ascending by `first` */
	size_t count, cap;
};

/* Groups the objects of generation `num` that have a value by type, value and length; of
 * each group there are two objects or more.  Values are compared by 128 bits of a keyed
 * hash.  NULL on failure.  O(n + bytes). */
struct equal_groups *equal_values_new(struct db *db, int64_t num, const struct graph *g,
	const struct objects *o, struct error *err);

/* The same of objects that refer to others: by type, length, and what they refer to, in
 * the order of the dump and with repeats.  `l` has their lengths; NULL, whose error is
 * set, fails.  O(n + m), and a sort when the rows of ref are not in the order of their
 * parents. */
struct equal_groups *equal_references_new(struct db *db, int64_t num,
	const struct graph *g, const struct objects *o, const struct lengths *l,
	struct error *err);

void equal_groups_free(struct equal_groups *groups); /* NULL is accepted */

#endif
