/* SPDX-License-Identifier: MIT */
/* pile - places of one heap where objects pile up, as a leak does in one dump.
 *
 * The paths that give objects their names (name.h) are trees that hold every reachable
 * object once, so the bytes below the objects add up, even where several hold one.  A
 * pile is below an owner where
 *
 *   - many objects are, none of which has most of the bytes: a list, a dict, the
 *     attributes of an object, the globals of a module,
 *   - objects of one type lead to each other: a chain or tree,
 *   - one object is large by itself.
 *
 * Functions and classes in modules and classes are part of the program and do not count.
 * An owner has one pile, and an object in a pile is in none further up; three piles of
 * one type below one owner are one.  Constant tables and known
 * caches of the standard library are not piles unless they are very large.
 *
 * There are also piles without an owner: roots that nothing refers to, which C code
 * holds; modules with numbers in their names; garbage that waits for the collector.
 */
#ifndef MEMSEE_EXPLAIN_PILE_H
#define MEMSEE_EXPLAIN_PILE_H

#include "explain/name.h"

enum pile_kind {
	PILE_MANY,
	PILE_CHAIN,
	PILE_SINGLE,
	PILE_ROOTS,
	PILE_MODULES,
	PILE_GARBAGE,
};

struct pile {
	enum pile_kind kind;
	uint32_t owner;  /* below which it is, GRAPH_NONE without */
	uint32_t holder; /* the nearest object, class, module, … on the way to the owner;
			    the owner itself if it is one; GRAPH_NONE: none */
	uint32_t sample;  /* an object of the type that the pile is about */
	uint32_t objects; /* of that type */
	uint32_t units;   /* to which the owner itself refers */
	uint32_t unit;    /* one of the commonest type among these */
	uint32_t kinds;   /* how many types there are among these */
	int64_t bytes;
	bool telling; /* it is about objects of a class, or classes, or modules */
	bool few;     /* of large ones */
};

struct pile_query {
	uint32_t least; /* objects from which on they are many */
	int64_t bytes;  /* from which on a pile counts */
	int64_t large;  /* from which on few or one object do */
};

struct piles {
	struct pile *pile; /* the most suspect first: see pile_weight() */
	size_t count, cap;
};

/* `*p` is zeroed, and the caller's for piles_fini(), also after a failure.
 * O(n · depth of the large owners). */
bool piles_find(struct piles *p, const struct pile_query *q, struct analysis *a,
	struct name_tree *t, struct error *err);
void piles_fini(struct piles *p);

#endif
