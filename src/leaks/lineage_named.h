/* SPDX-License-Identifier: MIT */
/* lineage_named - permanents that were replaced under their name.  Part of `lineage`;
 * nothing else includes it. */
#ifndef MEMSEE_LEAKS_LINEAGE_NAMED_H
#define MEMSEE_LEAKS_LINEAGE_NAMED_H

#include "leaks/lineage.h"

/* Adds to the permanents of `l` what they hold under a name.  False on failure. */
bool lineage_add_named(struct lineage *l, struct snapshots *s, struct error *err);

#endif
