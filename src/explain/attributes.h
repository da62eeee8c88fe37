/* SPDX-License-Identifier: MIT */
/* attributes - which dicts hold the attributes of an object.
 *
 * A reader does not distinguish the dict that an instance, a class or a module has for
 * its attributes from the object itself.  Whoever counts objects for readers asks here,
 * so that all of them count in the same way.
 *
 * Labels of the dump decide: such a dict is what `.__dict__` leads to.  Without them
 * every dict of an object is, but for those in slots: the label that one object of each
 * type would have (labels.h) decides for all that have one dict. */
#ifndef MEMSEE_EXPLAIN_ATTRIBUTES_H
#define MEMSEE_EXPLAIN_ATTRIBUTES_H

#include "graph/analysis.h"

/* The owner of each dict of attributes, of every other node the node itself: borrowed
 * from `a`, which keeps it.  Of several owners it is the one at the lowest address.  An
 * owner is no such dict, so its owner is itself.  NULL on failure.  O(n), and a few
 * queries for each type, the first time. */
const uint32_t *attributes_owner(struct analysis *a, struct error *err);

#endif
