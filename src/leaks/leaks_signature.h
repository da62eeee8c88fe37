/* SPDX-License-Identifier: MIT */
/* leaks_signature - the way to a leak as a text that is the same in every run.  Part of
 * `leaks`; nothing else includes it. */
#ifndef MEMSEE_LEAKS_LEAKS_SIGNATURE_H
#define MEMSEE_LEAKS_LEAKS_SIGNATURE_H

#include "leaks/leaks.h"

struct db;

/* Gives each leak the signature of the first path from a root to its example, in
 * generation `num`.  False on failure.  O(n + m). */
bool leaks_sign(struct leak_list *l, struct db *db, int64_t num, struct error *err);

#endif
