/* SPDX-License-Identifier: MIT */
/* snapshot_classes - whose objects a crowd is of, where the type does not say it. */
#ifndef MEMSEE_COMPARE_SNAPSHOT_CLASSES_H
#define MEMSEE_COMPARE_SNAPSHOT_CLASSES_H

#include "compare/snapshot.h"

/* Finds the classes of a snapshot whose references have labels, and gives each object the
 * shape of its class:
 *
 *   - A class of a class of the program's own (`class ModelBase(type)`) is TRAIT_CLASS,
 * as is `type`: it has what only classes have.
 *   - An object of Python 2's `instance` has its class for a type.
 *   - An object of a class of Python code has the class with its module for a shape, as
 *     `shop.Event`, for another module may have an `Event`, too.  Its flags are those of
 *     `Event`, and TRAIT_MODULED.
 *
 * False on failure.  O(n + m), and two queries for each class. */
bool snapshot_tell_classes(
	struct snapshot *s, struct db *db, struct vocabulary *v, struct error *err);

#endif
