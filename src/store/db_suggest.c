/* SPDX-License-Identifier: MIT */
#include "store/db_suggest.h"

#include "base/array.h"
#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

/* The names that a query yields, ended by NULL; NULL out of memory. */
static char **db_list_names(sqlite3 *handle, const char *query)
{
	size_t count = 0, cap = 0;
	char **names = NULL;
	sqlite3_stmt *stmt = NULL;
	if (sqlite3_prepare_v2(handle, query, -1, &stmt, NULL) != SQLITE_OK)
		return NULL;
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);
		if (name == NULL ||
			!array_reserve(&names, &cap, count + 2, sizeof *names))
			break;
		names[count] = strdup(name);
		names[++count] = NULL;
		if (names[count - 1] == NULL)
			break;
	}
	sqlite3_finalize(stmt);
	return names;
}

void db_put_suggestion(struct buffer *out, sqlite3 *handle, const char *message)
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
	if (!of_column && !of_table)
		return;
	const char *dot = strrchr(message, '.');
	const char *name = dot != NULL ? dot + 1
			   : of_column ? message + sizeof column - 1
				       : message + sizeof table - 1;
	char **names = db_list_names(handle, of_column ? columns : tables);
	const char *near = names == NULL ? NULL
					 : nearest_name(name, strlen(name),
						   (const char *const *)names);
	if (near != NULL)
		buffer_printf(out, "; did you mean '%s'?", near);
	for (size_t i = 0; names != NULL && names[i] != NULL; i++)
		free(names[i]);
	free(names);
}
