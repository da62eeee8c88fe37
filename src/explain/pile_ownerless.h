/* SPDX-License-Identifier: MIT */
/* pile_ownerless - piles that no object of the program owns.  Part of `pile`. */
#ifndef MEMSEE_EXPLAIN_PILE_OWNERLESS_H
#define MEMSEE_EXPLAIN_PILE_OWNERLESS_H

#include "explain/pile_search.h"

/* Each adds the piles of its kind, after those that have owners were added.  False on
 * failure.  O(n).
 *
 * Roots that nothing in the dump refers to: the objects that C code holds, if many of
 * them have one type. */
bool pile_find_roots(struct pile_search *s, struct analysis *a, struct error *err);

/* Modules whose names differ in digits alone: the program makes them. */
bool pile_find_modules(struct pile_search *s, struct error *err);

/* What no root leads to: the type that says most of it, and all of its bytes. */
bool pile_find_garbage(struct pile_search *s, struct error *err);

#endif
