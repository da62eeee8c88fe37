/* SPDX-License-Identifier: MIT */
/* forest - the place of every passing object.
 *
 * A passing object that permanents refer to belongs to one of them: rather not to a weak
 * reference, rather not as the key of a dict, rather to the place with most such objects.
 * Breadth-first through passing objects from there gives the rest its place; roots come
 * after all permanents, and the rest is garbage.  No count includes the objects that
 * imports brought (brought.h) and the references to them, interned strings and constants
 * that nothing refers to, the interpreter's tables of subclasses, and garbage where dumps
 * name all roots (dump/runtime.h): it differs by chance. */
#ifndef MEMSEE_LEAKS_FOREST_H
#define MEMSEE_LEAKS_FOREST_H

#include "leaks/lineage.h"
#include "leaks/places.h"

struct forest {
	const struct lineage *l;
	struct snapshots *s;
	struct places places;
	uint64_t **brought; /* of each generation: bits of its nodes */
	uint32_t modules;   /* that imports brought, in the last generation */
	/* The permanents whose references are counted, ascending. */
	uint32_t *holder, holders;
	/* The labels that a holder has in all generations: those of holder[h] are
	 * label[start[h]] … label[end[h] - 1]. */
	uint32_t *start, *end, *label;
	/* Pairs of crowds of one type in different places, one of whose objects refers to
	 * one of the other: crowd << 32 | crowd. */
	uint64_t *touch;
	size_t touches, touch_cap;
	/* The last generation: the place of each node, PLACE_NONE where it has none. */
	uint32_t *place;
};

/* Counts all generations.  False on failure; forest_fini() is due in any case.  O(n + m)
 * a generation. */
bool forest_init(struct forest *f, const struct lineage *l, struct snapshots *s,
	struct error *err);
void forest_fini(struct forest *f);

/* Is the node the interpreter's table of the subclasses of a class: weak references that
 * nothing refers to? */
bool forest_is_table(const struct snapshot *s, uint32_t node);

#endif
