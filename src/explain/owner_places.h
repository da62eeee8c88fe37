/* SPDX-License-Identifier: MIT */
/* owner_places - the heap by package, module and name, as its plots show it.
 *
 * Every object that a root leads to is in one place, and the places are a tree whose sums
 * are those of the dominator tree.  A module is a place below its package, of the same
 * name where a package is one module.  Below a module are the objects that it alone
 * keeps, and objects without a single owner whose names begin with the module.  An object
 * that retains enough is a place of its own, others of a type and an owner are one
 * together.  The dict of attributes counts for its owner. */
#ifndef MEMSEE_EXPLAIN_OWNER_PLACES_H
#define MEMSEE_EXPLAIN_OWNER_PLACES_H

#include "explain/name.h"
#include "result/plot.h"

/* The places of a heap, of which several plots can be made; `names`, of `a`, and `a` are
 * borrowed.  NULL on failure.  O(n log n). */
struct places;
struct places *owner_places_new(
	struct analysis *a, struct name_tree *names, struct error *err);
void owner_places_free(struct places *p); /* NULL is accepted */

/* The plot of a heap.  A treemap has two levels: packages, and of these the modules and
 * names that own most.  NULL on failure.  O(places log places). */
struct plot *owner_places_plot(
	struct places *p, enum plot_kind kind, const char *caption, struct error *err);

/* A heap and the names of its objects. */
struct owner_places_heap {
	struct analysis *a;
	struct name_tree *names;
};

/* An icicle of the heap of `a` in which `before` of each place is its size in the heap
 * of `then`.  A place is the same by its package, module and type, an object by its
 * address and type.  NULL on failure. */
struct plot *owner_places_compare(struct analysis *a, struct name_tree *names,
	const struct owner_places_heap *then, const char *caption, struct error *err);

#endif
