/* SPDX-License-Identifier: MIT */
/* judge - which places leak.
 *
 * Places are judged from the deepest holder upward.  One that is not a leak by itself
 * gives its crowds to the place of all below the holder, and so on up to the module,
 * class or frame, so that many small growths, as of a history for each user, meet there.
 * A place leaks when the first of these holds:
 *
 *   objects     its units (what the holder itself refers to) of the class that grows
 *               most, or of all where none is half, grow and survive (growth.h), and so
 *               do the references of the place, by half at least; and there are enough
 *   chain       a class most of whose objects hang on one of their own class, as in a
 *               linked list or a tree, grows, survives, and there are enough
 *   batches     three units or more come in each step and survive, and so does a class
 * below them, and of that there are enough deep        where objects move: a class grows,
 * at whatever depth references  those to what was there before grow: a list of None, keys
 * that the dump does not show
 *
 * Enough are `count` objects, or three whose place grows by a share of the heap.  After
 * that permanents that are in no leak and grow in their own size, as a str or bytearray,
 * or in length, as a list of numbers where those are no objects; those of one type and
 * label below one name are added up.
 *
 * Dumps of different processes, or of one whose objects move, have no deaths and births:
 * there "survive" always holds, and numbers alone decide about a changing crowd.
 */
#ifndef MEMSEE_LEAKS_JUDGE_H
#define MEMSEE_LEAKS_JUDGE_H

#include "leaks/findings.h"
#include "leaks/forest.h"
#include "leaks/holders.h"
#include "leaks/leaks.h"

struct judge {
	struct forest *f;
	const struct holders *h;
	const struct snapshot *last;
	struct origins *origins;
	const struct leak_limits *limits;
	uint32_t str; /* the type of Python's text; TERM_NONE: there is none */
	struct findings *findings;
	/* Of each type: how many references of permanents to its objects are more in the
	 * last generation than in the first. */
	int64_t *referred;
	/* The place that a place was judged in at last: itself at first. */
	uint32_t *into;
	size_t into_cap;
	uint32_t own_places; /* places below this number were counted, not folded */
	uint32_t *anchor; /* of each permanent: that of holders.h, or the container that a
			     variable names one item of */
	uint64_t *joined; /* bits, of those: what is in it is in the place of a chain */
};

/* Judges all places and permanents.  False on failure.  O(places log places). */
bool judge_all(struct judge *j, struct error *err);
void judge_fini(struct judge *j);

/* Does a leak count only objects that are in no other of their type?  A building block
 * inside of another is a part of it, as of a nested tuple; so is, outside of CPython, an
 * object of the runtime's library, as the future that follows another. */
static inline bool judge_counts_outer(
	const struct judge *j, enum leak_kind kind, enum origin origin)
{
	return kind == LEAK_OBJECTS &&
	       (origin == ORIGIN_BLOCK ||
		       (origin == ORIGIN_LIBRARY &&
			       j->last->words->types.runtime != &runtime_cpython));
}

/* The place in which what was counted in `place` was judged. */
uint32_t judge_find_place(const struct judge *j, uint32_t place);

#endif
