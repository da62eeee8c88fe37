/* SPDX-License-Identifier: MIT */
/* process - are dumps of one process, so that an address is an identity? */
#ifndef MEMSEE_COMPARE_PROCESS_H
#define MEMSEE_COMPARE_PROCESS_H

#include "compare/snapshots.h"

/* `*one` is true when objects that stay keep their addresses: no dump says that its
 * runtime moves objects (fact `identity` of read_log), all name the same process (fact
 * `pid`), if they name one, and half of the modules and classes that the first and the
 * last have by the same name are at the same address.  False on failure. */
bool process_is_one(struct snapshots *s, bool *one, struct error *err);

#endif
