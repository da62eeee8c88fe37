/* SPDX-License-Identifier: MIT */
#include "store/backup.h"

#include "base/buffer.h"
#include "store/generation.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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

/* Copies everything from one connection to another; `to` knows what went wrong. */
static bool backup_copy(struct db *to, const struct db *from, struct error *err)
{
	sqlite3_backup *copy =
		sqlite3_backup_init(db_handle(to), "main", db_handle(from), "main");
	if (copy == NULL)
		return db_error(to, err);
	sqlite3_backup_step(copy, -1);
	return sqlite3_backup_finish(copy) == SQLITE_OK || db_error(to, err);
}

bool backup_make(struct db *db, struct places *places, struct error *err)
{
	if (db_is_temporary(db))
		return error_set(err, STATUS_SCRIPT,
			"the database is private to this run: nothing to back up;"
			" 'create' makes one that stays");
	char *path = backup_path(db, ".bak", err);
	if (path == NULL)
		return false;
	struct stat st;
	bool ok = lstat(path, &st) != 0 ||
		  error_set(err, STATUS_DATA,
			  "'%s' is backed up already in '%s'; 'restore' goes back to it",
			  db_path(db), path);
	/* The copy is made in a new private file beside the database. */
	char *name = ok ? backup_path(db, ".bak-XXXXXX", err) : NULL;
	struct place *aside = NULL;
	if (name != NULL) {
		int fd = mkstemp(name);
		if (fd < 0)
			error_errno(err, "cannot write", path);
		else if ((aside = places_leftover(places, name, err)) == NULL)
			unlink(name);
		if (fd >= 0)
			close(fd);
	}
	struct db *copy = aside == NULL ? NULL : db_open(name, DB_EXISTING, err);
	ok = copy != NULL && backup_copy(copy, db, err);
	db_close(copy);
	if (ok) {
		/* It gets its name, which nobody has taken meanwhile.  Not every file
		 * system can link. */
		ok = link(name, path) == 0 ? unlink(name) == 0
					   : errno != EEXIST && rename(name, path) == 0;
		if (!ok)
			error_errno(err, "cannot write", path);
	}
	if (!ok && aside != NULL)
		unlink(name);
	place_is_gone(aside);
	free(name);
	free(path);
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
	/* The file that replaces the database must be a database. */
	ok = copy != NULL && generation_check_schema(copy, err) &&
	     backup_copy(db, copy, err);
	db_close(copy);
	free(path);
	if (ok)
		db_heap_changed(db);
	return ok;
}
