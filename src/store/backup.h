/* SPDX-License-Identifier: MIT */
/* backup - a copy of a database beside it, and the way back.
 *
 * Both go through SQLite's online backup, so other connections, journals and locks are
 * respected. */
#ifndef MEMSEE_STORE_BACKUP_H
#define MEMSEE_STORE_BACKUP_H

#include "store/db.h"

/* Copies the database to its path with `.bak` appended, whole or not at all; its
 * owner alone may read it.  Fails when that file exists already or the database is a
 * temporary one. */
bool backup_make(struct db *db, struct places *places, struct error *err);

/* Makes the database what it was when backup_make() copied it, in one transaction; the
 * copy stays.  Fails when there is none. */
bool backup_restore(struct db *db, struct error *err);

#endif
