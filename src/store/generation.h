/* SPDX-License-Identifier: MIT */
/* generation - the tables of a memsee database.
 *
 * Each dump that is read is a generation.  The current one's tables are called `obj` and
 * `ref`, those of generation N otherwise `objN` and `refN`: changing the current
 * generation renames tables, as the original Python memsee does, so that databases are
 * exchangeable both ways.  Table `gen(num, current)` lists them.
 *
 * `obj` is keyed by address and `ref` holds a row a reference, parent and child, in the
 * order of the parents' addresses and, of one parent, of the dump; the pseudo parent 0
 * refers to the objects that nothing else refers to.  Databases of the original have
 * their rows in file order and more indexes; nothing here depends on either. */
#ifndef MEMSEE_STORE_GENERATION_H
#define MEMSEE_STORE_GENERATION_H

#include "store/db.h"

/* No generation is current. */
#define GENERATION_NONE 0

#define GENERATION_TABLE_MAX 32

/* Makes the tables that every memsee database has, without any generation. */
bool generation_create_schema(struct db *db, struct error *err);

/* Fails with STATUS_DATA when the database is not one of memsee's. */
bool generation_check_schema(struct db *db, struct error *err);

/* The number of generations, and the current one or GENERATION_NONE. */
bool generation_count(struct db *db, int64_t *count, struct error *err);
bool generation_current(struct db *db, int64_t *num, struct error *err);

/* The current one; fails with STATUS_SCRIPT when there is none. */
bool generation_require(struct db *db, int64_t *num, struct error *err);

/* Is there a generation of that number? */
bool generation_exists(struct db *db, int64_t num, bool *exists, struct error *err);

/* The name of the table `kind` ("obj" or "ref") of generation `num`, which exists. */
bool generation_table(struct db *db, const char *kind, int64_t num,
	char name[GENERATION_TABLE_MAX], struct error *err);

/* Is a table of that name, in whatever case, one of memsee's own, of any generation? */
bool generation_owns(const char *table);

/* Makes generation `num`, which exists, or none the current one: in a transaction of its
 * own. */
bool generation_select(struct db *db, int64_t num, struct error *err);

/* From here on `obj` and `ref` mean those of generation `num`, which exists, and the
 * tables of the one that is current have its number: temporary views, so nothing of the
 * database changes.  generation_look_back() drops them; what fails leaves none. */
bool generation_look_at(struct db *db, int64_t num, struct error *err);
bool generation_look_back(struct db *db, struct error *err);

/* Makes a new, empty generation the current one: its tables without indexes.  `*num` is
 * its number, one above the highest.  Call it in a transaction. */
bool generation_new(struct db *db, int64_t *num, struct error *err);

/* Takes back `n` generations that this connection made, with all that is noted of them,
 * in a transaction of its own.  If one of them is current, generation `before` is from
 * here on, if it is still there. */
bool generation_remove(
	struct db *db, const int64_t *num, size_t n, int64_t before, struct error *err);

/* Makes the indexes of generation `num`, which is the current one.  Call it in a
 * transaction.  They are called `parentN` and `childN`, on the columns of `ref`. */
bool generation_index(struct db *db, int64_t num, struct error *err);

#endif
