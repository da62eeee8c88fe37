/* SPDX-License-Identifier: MIT */
/* names - what `set` gave a name, kept in table `env` of the database.
 *
 * The values are read once and kept here, in the order in which the names were first
 * set.  Databases of the original may hold a name several times: the last one counts. */
#ifndef MEMSEE_STORE_NAMES_H
#define MEMSEE_STORE_NAMES_H

#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct name {
	char *name; /* without the `$` */
	char *value;
	bool is_number; /* the value is an integer in plain digits … */
	int64_t number; /* … this one */
};

struct names {
	struct name *items;
	size_t count, cap;
};

void names_fini(struct names *n); /* also of a zeroed one */

/* Forgets what it holds and reads the names of `db`. */
bool names_load(struct names *n, struct db *db, struct error *err);

/* Sets a name, here and in the database. */
bool names_set(struct names *n, struct db *db, const char *name, const char *value,
	struct error *err);

/* The value of a name, or NULL.  Borrowed until the name is set again.  O(names). */
const char *names_find(const struct names *n, const char *name, size_t len);

/* The first name whose value is the integer `number`, or NULL: what `$name` is shown
 * instead of an address.  O(names). */
const char *names_find_number(const struct names *n, int64_t number);

#endif
