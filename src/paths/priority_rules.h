/* SPDX-License-Identifier: MIT */
/* priority_rules - which references have low priority: the table `low_priority`.
 *
 * A row (parent, child) is a pair of type names; `*` takes any type.  Without the table
 * the rules are those of the heap's runtime (dump/runtime.h): in CPython from frames,
 * tracebacks and weak references, to classes and modules, from functions to dicts (their
 * globals). */
#ifndef MEMSEE_PATHS_PRIORITY_RULES_H
#define MEMSEE_PATHS_PRIORITY_RULES_H

#include "graph/objects.h"
#include "paths/priority.h"

/* Makes the table with the rules for CPython, unless it is there. */
bool priority_create(struct db *db, struct error *err);

/* The rules of the table, or the default ones, made ready for the objects
 * `o`, which must outlive `*p`, which is the caller's, for priority_fini().
 * O(n). */
bool priority_load(
	struct db *db, const struct objects *o, struct priority *p, struct error *err);

#endif
