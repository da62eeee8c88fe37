/* SPDX-License-Identifier: MIT */
/* read_log - how each generation was read: table read_log(gen, fact,
 * value), a row a generation and fact, in the order in which they were noted. */
#ifndef MEMSEE_STORE_READ_LOG_H
#define MEMSEE_STORE_READ_LOG_H

#include "store/db.h"

/* Makes the table unless it is there. */
bool read_log_create(struct db *db, struct error *err);

/* A database of the original has no such table: then an empty temporary one replaces
 * it, so that reports can ask, until something is read. */
bool read_log_stand_in(struct db *db, struct error *err);

/* Notes a fact of generation `gen`. */
bool read_log_put(struct db *db, int64_t gen, const char *fact, struct cell value,
	struct error *err);

/* A fact of generation `gen`, a text or a whole number, as text for free(); NULL in
 * `*text` without one. */
bool read_log_text(
	struct db *db, int64_t gen, const char *fact, char **text, struct error *err);

/* The same as a number; `missing` without one. */
bool read_log_integer(struct db *db, int64_t gen, const char *fact, int64_t missing,
	int64_t *value, struct error *err);

/* What people call the dump of generation `gen`: its file without what follows the first
 * dot, `g3` when no file is known.  For free(). */
bool read_log_dump(struct db *db, int64_t gen, char **name, struct error *err);

#endif
