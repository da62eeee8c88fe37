/* SPDX-License-Identifier: MIT */
/* brought - what imports bring with them.
 *
 * A module that was not there in all generations brings its functions, classes, tables
 * and constants: all passing objects that it reaches through passing ones.  The
 * program did not grow by them.  But a program that makes modules without end leaks them:
 * ten or more with the same set of names are not imports. */
#ifndef MEMSEE_LEAKS_BROUGHT_H
#define MEMSEE_LEAKS_BROUGHT_H

#include "leaks/lineage.h"

/* The bits of the nodes of generation `k` that imports brought: malloc'ed.  `*modules`
 * is the number of modules.  NULL out of memory.  O(n + m). */
uint64_t *brought_find(const struct lineage *l, const struct snapshot *s, size_t k,
	uint32_t *modules, struct error *err);

#endif
