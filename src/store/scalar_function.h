/* SPDX-License-Identifier: MIT */
/* scalar_function - functions of the layers above that SQL calls with the values of a
 * row.
 *
 * `select name_of(address) from obj`: one value in, one value out.  Application-defined
 * functions of SQLite, https://sqlite.org/appfunc.html. */
#ifndef MEMSEE_STORE_SCALAR_FUNCTION_H
#define MEMSEE_STORE_SCALAR_FUNCTION_H

#include "base/buffer.h"
#include "store/db.h"

struct scalar_function {
	const char *name;
	/* Sets `*value` for an argument that is not NULL; of NULL the value is NULL.  A
	 * text must outlive the call: in `room`, which is empty, or elsewhere. */
	bool (*call)(void *context, struct cell argument, struct buffer *room,
		struct cell *value, struct error *err);
};

/* Makes the function known to SQL on this connection.  `f` and `context` must outlive it.
 */
bool scalar_function_register(
	struct db *db, const struct scalar_function *f, void *context, struct error *err);

#endif
