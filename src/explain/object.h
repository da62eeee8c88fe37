/* SPDX-License-Identifier: MIT */
/* object - one object of the current generation, looked up by its address. */
#ifndef MEMSEE_EXPLAIN_OBJECT_H
#define MEMSEE_EXPLAIN_OBJECT_H

#include "store/db.h"

struct object {
	bool found;
	int64_t address;
	int64_t size;
	char *type; /* these are owned, NULL when the object has none */
	char *name;
	char *repr;
};

/* Reads the object at `address`; when there is none, `found` is false and the rest empty.
 * Free with object_fini(); after a failure there is nothing to free.  O(log n). */
bool object_read(struct object *o, struct db *db, int64_t address, struct error *err);
void object_fini(struct object *o);

/* What distinguishes it from others of its type, or NULL: its repr unless that only
 * repeats the type.  Borrowed from the object. */
char *object_detail(const struct object *o);

/* Is it part of the program rather than of its data: a module, frame, type, function, …?
 */
bool object_is_code(const struct object *o);

#endif
