/* SPDX-License-Identifier: MIT */
/* labels - the names of the references of objects: `[3]`, `['path']`, `.body`.
 *
 * A meliae dump lists references without names, but in the order in which CPython visits
 * them, and the rows of `ref` keep that order.  This gives labels:
 *
 *   list, tuple           last item first: `[2]`, `[1]`, `[0]`
 *   dict                  2 · len references: key, value, key, value … (Python 2), or
 *                         value, key, … (Python 3, if any key is not a str): `['path']`;
 *                         len references (Python 3, all keys are str): the values alone,
 *                         `{0}`, `{1}`, … unless the value has a name of its own
 *   OrderedDict           (Python 3) its keys in their order, then as a dict
 *   defaultdict           the function that makes its values, then as a dict
 *   instance              its slots, its `.__dict__`, its `.__class__`
 *   function, frame, …    the members in the order of its traverse function
 *
 * Names of references that a dump has are taken from it: see store/notes.h.  Only the
 * references that it leaves without a name are labelled as above.
 *
 * The order of members that may be missing is a guess, and marked as one, and so is a
 * name that was taken from the value.  Labels are read for the few references that are
 * shown; nothing is stored. */
#ifndef MEMSEE_EXPLAIN_LABELS_H
#define MEMSEE_EXPLAIN_LABELS_H

#include "base/error.h"
#include "explain/label.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct labels;
struct labels_heap;

/* For the references of generation `num`.  Until labels_close() the database is read
 * under one lock, see db_read_begin().  NULL on failure. */
struct labels *labels_open(struct db *db, int64_t num, struct error *err);
/* The same without that lock, for callers that hold one already or run a statement. */
struct labels *labels_open_unlocked(struct db *db, int64_t num, struct error *err);
/* The same from arrays, which must outlive it; ids are then the objects' numbers. */
struct labels *labels_open_heap(const struct labels_heap *heap, struct error *err);
void labels_close(struct labels *l); /* NULL is accepted */

/* Is all that it reads in memory, so that a thread may use it while others use the
 * database? */
bool labels_are_near(const struct labels *l);

/* The label of the reference from the object at `parent` to that at `child`; of several
 * references the one at place `nth`, from 0, in the order of the dump.  False on failure;
 * without such a reference `*label` is all empty.  `attributes`: `parent` is
 * the dict of an object's attributes: then its entries are `.name`.  The parent's
 * references are kept for the next call: O(children) when the parent changes, O(log
 * children) otherwise. */
bool labels_find(struct labels *l, int64_t parent, int64_t child, size_t nth,
	bool attributes, struct label *label, struct error *err);

/* The same for the reference that is the parent's `place`th, from 0.  O(1) as long as the
 * parent stays the same. */
bool labels_find_place(struct labels *l, int64_t parent, size_t place, bool attributes,
	struct label *label, struct error *err);

/* What the label of a reference is made from. */
struct labels_basis {
	enum {
		LABELS_TEXT,  /* only labels_find_place() says it */
		LABELS_INDEX, /* `[number]` */
		LABELS_ENTRY, /* the value of the key `number`, an object's id */
		LABELS_KEY    /* it leads to a key: `key` */
	} kind;
	int64_t number;
};

/* The same, for those whose text is the same for all of one basis: where arrays have
 * millions of them, most texts need to be put together only once.  O(1) likewise. */
bool labels_find_basis(struct labels *l, int64_t parent, size_t place,
	struct labels_basis *basis, struct error *err);

/* Copies the name of the object at `address` to `room`; "" without one. */
bool labels_name(
	struct labels *l, int64_t address, char room[LABEL_MAX], struct error *err);

#endif
