/* SPDX-License-Identifier: MIT */
/* counted - what objects count as where generations are compared.
 *
 *   - The dict of an object's attributes counts with the object (explain/attributes.h):
 *     its bytes do, and it is no object of its own.
 *   - Where several modules have a class of one name, their objects are told apart:
 *     `Event (shop)`, `Event (shop.tests)`.  Names mean the same in all generations.
 *
 * A view of a generation is its objects as they count, for whoever takes struct objects.
 */
#ifndef MEMSEE_COMPARE_COUNTED_H
#define MEMSEE_COMPARE_COUNTED_H

#include "graph/analysis.h"

/* All zero: objects count as the dump has them. */
struct counted {
	bool folds;
	char **twin; /* the names of several classes, ascending */
	size_t twins, cap;
};

/* Looks for such names in the generations.  False on failure; counted_fini() is due in
 * any case.  O(n) each. */
bool counted_init(struct counted *c, struct db *db, const int64_t *num, size_t n,
	struct error *err);
void counted_fini(struct counted *c);

struct counted_view {
	struct objects objects; /* those of the analysis, but for what is owned: */
	int64_t *size;          /* 0 for a part */
	uint32_t *type;
	char **name; /* borrowed from the analysis and from: */
	char **made; /* names that the dump has not, owned */
	uint32_t mades;
	uint32_t part;         /* the type of all parts: count 0 for them; GRAPH_NONE */
	const uint32_t *owner; /* of each node: attributes_owner(); NULL: no parts */
};

/* The view of `a`, which must outlive it, for counted_view_fini(), also after a failure.
 * The type of parts is called `dict` like that of other dicts.  O(n). */
bool counted_view_init(struct counted_view *v, const struct counted *c,
	struct analysis *a, struct error *err);
void counted_view_fini(struct counted_view *v);

#endif
