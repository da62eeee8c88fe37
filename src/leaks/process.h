/* SPDX-License-Identifier: MIT */
/* process - are dumps of one process, so that an address is an identity? */
#ifndef MEMSEE_LEAKS_PROCESS_H
#define MEMSEE_LEAKS_PROCESS_H

#include "compare/snapshots.h"

/* `*one` is true when objects that stay keep their addresses: no dump says that its
 * runtime moves objects (fact `identity` of read_log), all name the same process (fact
 * `pid`), if they name one, and half of the modules and classes that the first and the
 * last have by the same name are at the same address.  False on failure. */
bool process_is_one(struct snapshots *s, bool *one, struct error *err);

/* What the process weighs, beside its objects. */
struct process_weight {
	int64_t process;   /* bytes that it has to itself; -1: the dump does not say */
	int64_t objects;   /* bytes of all objects; -1 likewise */
	int64_t collector; /* 1 it runs by itself, 0 it is off, -1 likewise */
};

/* From the facts of generation `num`: `anonymous`, else `rss`, of one process alone. */
bool process_weigh(
	struct db *db, int64_t num, struct process_weight *w, struct error *err);

/* Did the process grow by much more than its objects?  By 10 MB and by 5 % at least, of
 * which objects are less than half: the rest is memory of C code, of threads, or is lost
 * between objects. */
bool process_outgrows(
	const struct process_weight *before, const struct process_weight *after);

#endif
