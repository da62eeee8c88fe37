/* SPDX-License-Identifier: MIT */
#include "result/result_table.h"

#include "base/array.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool result_table_make(
	const struct result *r, struct db *db, const char *table, struct error *err)
{
	struct buffer sql = BUFFER_INIT;
	buffer_put_text(&sql, "create temporary table \"");
	buffer_put_doubled(&sql, table, strlen(table), '"');
	buffer_put_text(&sql, "\" (");
	for (int i = 0; i < r->columns; i++) {
		/* How often the name occurs up to here: of two columns of one name the
		 * second is `name:2`. */
		int repeat = 0;
		for (int k = 0; k <= i; k++)
			repeat += strcasecmp(r->names[k], r->names[i]) == 0;
		buffer_put_text(&sql, i > 0 ? ", \"" : "\"");
		buffer_put_doubled(&sql, r->names[i], strlen(r->names[i]), '"');
		if (repeat > 1)
			buffer_printf(&sql, ":%d", repeat);
		buffer_put_char(&sql, '"');
	}
	buffer_put_char(&sql, ')');
	bool ok = (!sql.failed || error_nomem(err)) &&
		  db_execf(db, err, "drop table if exists temp.\"%w\"", table) &&
		  db_exec(db, "savepoint result_table", err);
	if (ok) {
		struct cell *cells = array_new((size_t)r->columns, sizeof *cells);
		struct db_stmt *stmt = NULL;
		assert(r->columns > 0);
		ok = db_exec(db, sql.data, err);
		buffer_clear(&sql);
		buffer_put_text(&sql, "insert into temp.\"");
		buffer_put_doubled(&sql, table, strlen(table), '"');
		buffer_put_text(&sql, "\" values (");
		for (int i = 0; i < r->columns; i++)
			buffer_put_text(&sql, i == 0 ? "?" : ", ?");
		buffer_put_char(&sql, ')');
		ok = ok && ((!sql.failed && cells != NULL) || error_nomem(err)) &&
		     db_prepare(db, sql.data, &stmt, NULL, err);
		for (size_t row = 0; ok && row < r->rows; row++) {
			result_row(r, row, cells);
			for (int i = 0; ok && i < r->columns; i++)
				ok = db_bind(stmt, i + 1, cells[i], err);
			ok = ok && db_run(stmt, err);
		}
		db_stmt_free(stmt);
		free(cells);
		if (!ok)
			db_exec(db, "rollback to result_table", NULL);
		ok = db_exec(db, "release result_table", ok ? err : NULL) && ok;
	}
	buffer_fini(&sql);
	return ok;
}
