/* SPDX-License-Identifier: MIT */
#include "store/backup.h"

#include "base/buffer.h"

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

/* A new private file beside the database. */
static struct place *backup_aside(
	const char *path, struct places *places, struct error *err)
{
	struct buffer name = BUFFER_INIT;
	buffer_printf(&name, "%s-XXXXXX", path);
	char *aside = buffer_take(&name);
	struct place *place = NULL;
	int fd = aside == NULL ? -1 : mkstemp(aside);
	if (aside == NULL)
		error_nomem(err);
	else if (fd < 0)
		error_errno(err, "cannot write", path);
	else if ((place = places_leftover(places, aside, err)) == NULL)
		unlink(aside);
	if (fd >= 0)
		close(fd);
	free(aside);
	return place;
}

/* Gives the copy its name, which nobody has taken meanwhile. */
static bool backup_put(const char *aside, const char *path, struct error *err)
{
	/* Not every file system can link. */
	bool ok = link(aside, path) == 0 ? unlink(aside) == 0
					 : errno != EEXIST && rename(aside, path) == 0;
	return ok || error_errno(err, "cannot write", path);
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
	struct place *aside = ok ? backup_aside(path, places, err) : NULL;
	struct db *copy =
		aside == NULL ? NULL : db_open(place_path(aside), DB_EXISTING, err);
	ok = copy != NULL && backup_copy(copy, db, err);
	db_close(copy);
	ok = ok && backup_put(place_path(aside), path, err);
	if (!ok && aside != NULL)
		unlink(place_path(aside));
	place_is_gone(aside);
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
	ok = copy != NULL && backup_copy(db, copy, err);
	db_close(copy);
	free(path);
	if (ok)
		db_heap_changed(db);
	return ok;
}
