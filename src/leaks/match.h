/* SPDX-License-Identifier: MIT */
/* match - which objects of one dump are those of the next dump of the same process.
 *
 * CPython moves no object, so what has the same address, type and content is the same
 * object; the content distinguishes it from another that was made where the first had
 * died.
 *
 *   a value (int, str)      equal value and size; a String of Ruby may get longer
 *   a class, a module       equal name
 *   a tuple                 as many items, and as a container
 *   named references        of the names that both have, at least half lead to the same
 *   (attributes, text keys) object; names on both sides, but none in common: another
 *   other containers        half of the children of the smaller are in the other; with
 *                           up to four of them, those with values alone decide
 *   held by C code alone    the only reference of both leads to an object of one type
 *   no contents (object())  the same by the order in what holds it: in a list or deque
 *                           of ten or more such, 19 of 20 in the order of before or
 *                           in the reverse, else none is; in a dict the same key
 *
 * Where objects move, or dumps are of different processes, only what has a name of its
 * own is found again: modules and classes, by their names. */
#ifndef MEMSEE_LEAKS_MATCH_H
#define MEMSEE_LEAKS_MATCH_H

#include "compare/snapshot.h"

/* `*node` is malloc'ed: for each node of `a` the node of `b` that it is, or GRAPH_NONE.
 * `identity`: both are of one process whose objects stay where they are.  False
 * out of memory.  O(n + m). */
bool match_snapshots(const struct snapshot *a, const struct snapshot *b, bool identity,
	uint32_t **node, struct error *err);

#endif
