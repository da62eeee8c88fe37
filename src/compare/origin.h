/* SPDX-License-Identifier: MIT */
/* origin - where a class comes from: the program itself, a library, or Python's own
 * building blocks.
 *
 * A dump has no modules beside its types, but the objects are there: the class, which
 * refers to the name of its module (`__module__`), and the module, which refers to the
 * path of its file. */
#ifndef MEMSEE_COMPARE_ORIGIN_H
#define MEMSEE_COMPARE_ORIGIN_H

#include "compare/snapshot.h"

struct db_stmt;

/* The better a name for a leak, the less. */
enum origin { ORIGIN_PROGRAM, ORIGIN_LIBRARY, ORIGIN_BLOCK, ORIGIN_UNKNOWN };

struct origins {
	const struct snapshot *s;
	struct db_stmt *value; /* of the object at ?1 */
	struct origin_named *item;
	size_t count, cap;
	unsigned char *known; /* of each type: enum origin */
	char **module;        /* of each type; NULL when it is not known */
};

/* For the types of one generation.  False on failure; origins_fini() is due in any case.
 * O(n). */
bool origins_init(
	struct origins *o, const struct snapshot *s, struct db *db, struct error *err);
void origins_fini(struct origins *o);

/* Where the class of that name is from.  `*module` (may be NULL) is borrowed: the name of
 * its module, or NULL when it is not known, as of classes that several modules have. */
enum origin origin_of(struct origins *o, uint32_t type, const char **module);

#endif
