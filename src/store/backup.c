/* SPDX-License-Identifier: MIT */
#include "store/backup.h"

#include "base/buffer.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The database's path with something appended; malloc'ed. */
static char *backup_path(const struct db *db, const char *suffix, struct error *err)
{
	struct buffer path = BUFFER_INIT;
	buffer_printf(&path, "%s%s", db_path(db), suffix);
	char *text = buffer_take(&path);
	if (text == NULL)
		error_nomem(err);
	return text;
}

/* Copies everything from one connection to another; `to` tells what went wrong. */
static bool backup_copy(struct db *to, const struct db *from, struct error *err)
{
	sqlite3_backup *copy =
		sqlite3_backup_init(db_handle(to), "main", db_handle(from), "main");
	if (copy == NULL)
		return db_error(to, err);
	sqlite3_backup_step(copy, -1);
	return sqlite3_backup_finish(copy) == SQLITE_OK || db_error(to, err);
}

bool backup_make(struct db *db, struct error *err)
{
	if (db_is_temporary(db))
		return error_set(err, STATUS_SCRIPT,
			"the database is private to this run: nothing to back up;"
			" 'create' makes one that stays");
	char *path = backup_path(db, ".bak", err);
	char *aside = backup_path(db, ".bak-new", err);
	struct db *copy = NULL;
	bool ok = path != NULL && aside != NULL;
	if (ok && access(path, F_OK) == 0)
		ok = error_set(err, STATUS_DATA,
			"'%s' is backed up already in '%s'; 'restore' goes back to it",
			db_path(db), path);
	if (ok) {
		unlink(aside); /* of a run that was killed */
		copy = db_open(aside, DB_CREATE, err);
		ok = copy != NULL && backup_copy(copy, db, err);
		if (ok && rename(aside, path) != 0)
			ok = error_errno(err, "cannot write", path);
		if (ok)
			db_close(copy);
		else
			db_discard(copy);
	}
	free(path);
	free(aside);
	return ok;
}

bool backup_restore(struct db *db, struct error *err)
{
	char *path = backup_path(db, ".bak", err);
	if (path == NULL)
		return false;
	bool ok = access(path, F_OK) == 0 ||
		  error_set(err, STATUS_SCRIPT, "no backup of '%s'; 'backup' makes one",
			  db_is_temporary(db) ? "this run's private database"
					      : db_path(db));
	struct db *copy = ok ? db_open(path, DB_EXISTING, err) : NULL;
	ok = copy != NULL && backup_copy(db, copy, err);
	db_close(copy);
	free(path);
	if (ok)
		db_heap_changed(db);
	return ok;
}
