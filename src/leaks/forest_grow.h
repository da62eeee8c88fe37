/* SPDX-License-Identifier: MIT */
/* forest_grow - one generation of a forest.  Part of `forest`; nothing else includes it.
 */
#ifndef MEMSEE_LEAKS_FOREST_GROW_H
#define MEMSEE_LEAKS_FOREST_GROW_H

#include "leaks/forest.h"

/* Gives each passing object of generation `k` its place and counts it. */
bool forest_grow(struct forest *f, const struct snapshot *s, size_t k, struct error *err);

#endif
