/* SPDX-License-Identifier: MIT */
#include "store/db_private.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/nearest.h"
#include "store/sqlite_old.h"

#include <stdlib.h>
#include <string.h>

/* Appends "; did you mean 'NAME'?" to a message of SQLite's that misses a table or a
 * column, where the database has one with a similar name.  What is not a column may be a
 * text that somebody forgot to quote. */
static void db_put_suggestion(struct buffer *out, sqlite3 *handle, const char *message)
{
	static const char column[] = "no such column: ", table[] = "no such table: ";
	static const char tables[] =
		"select name from sqlite_master where type in ('table', 'view') union "
		"select name from sqlite_temp_master where type in ('table', 'view') "
		"order by 1";
	static const char columns[] =
		"select distinct c.name from (select name from sqlite_master where type "
		"in ('table', 'view') union select name from sqlite_temp_master where "
		"type in ('table', 'view')) t join pragma_table_info(t.name) c order by "
		"1";
	bool of_column = strncmp(message, column, sizeof column - 1) == 0;
	bool of_table = strncmp(message, table, sizeof table - 1) == 0;
	sqlite3_stmt *stmt = NULL;
	if ((!of_column && !of_table) ||
		sqlite3_prepare_v2(handle, of_column ? columns : tables, -1, &stmt,
			NULL) != SQLITE_OK)
		return;
	/* The names that there are, ended by NULL; when memory is short, some of them. */
	size_t count = 0, cap = 0;
	char **names = NULL;
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);
		if (name == NULL ||
			!array_reserve(&names, &cap, count + 2, sizeof *names))
			break;
		names[count] = strdup(name);
		names[count + 1] = NULL;
		if (names[count] == NULL)
			break;
		count++;
	}
	sqlite3_finalize(stmt);
	const char *dot = strrchr(message, '.');
	const char *missing = dot != NULL ? dot + 1
			      : of_column ? message + sizeof column - 1
					  : message + sizeof table - 1;
	const char *near = count == 0 ? NULL
				      : nearest_name(missing, strlen(missing),
						(const char *const *)names);
	/* The name may exist, but not where SQLite looked for it. */
	if (near != NULL && strcmp(near, missing) != 0)
		buffer_printf(out, "; did you mean '%s'?", near);
	else if (near == NULL && of_column && dot == NULL)
		buffer_printf(out, "; text takes single quotes: '%s'", missing);
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

bool db_error(struct db *db, struct error *err)
{
	/* These errors come from the disk, the file, another process or a lack of memory,
	 * not from SQL. */
	static const int outside[] = { SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM,
		SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL,
		SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_PERM, SQLITE_PROTOCOL,
		SQLITE_INTERRUPT };
	int code = sqlite3_errcode(db->handle) & 0xff;
	if (code == SQLITE_BUSY && db->patience.limited)
		return error_set(err, STATUS_DATA,
			"database '%s' is in use by another process; --wait allows more "
			"than %u second%s",
			db->path, db->patience.seconds,
			db->patience.seconds == 1 ? "" : "s");
	int why = code == SQLITE_CANTOPEN ? sqlite3_system_errno(db->handle) : 0;
	if (why != 0)
		return error_set(
			err, STATUS_DATA, "database '%s': %s", db->path, strerror(why));
	for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
		if (code == outside[i])
			return error_set(err, STATUS_DATA, "database '%s': %s", db->path,
				sqlite3_errmsg(db->handle));
	if (db->refused.status != STATUS_OK) {
		error_pass(err, &db->refused);
		error_clear(&db->refused);
		return false;
	}
	int offset = sqlite_error_offset(db->handle);
	/* SQLite does not say which of them it was. */
	const char *hint = code == SQLITE_MISMATCH
				   ? "; LIMIT, OFFSET and a rowid must be whole numbers"
				   : "";
	/* Copied, because looking for a name changes SQLite's message. */
	struct buffer message = BUFFER_INIT, near = BUFFER_INIT;
	buffer_put_text(&message, sqlite3_errmsg(db->handle));
	db_put_suggestion(&near, db->handle, buffer_text(&message));
	error_at(err, STATUS_SCRIPT, offset < 0 ? ERROR_NOWHERE : (size_t)offset,
		"SQL error: %s%s%s", buffer_text(&message), hint, buffer_text(&near));
	buffer_fini(&message);
	buffer_fini(&near);
	return false;
}
