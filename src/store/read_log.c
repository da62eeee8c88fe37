/* SPDX-License-Identifier: MIT */
#include "store/read_log.h"

bool read_log_create(struct db *db, struct error *err)
{
	return db_exec(db,
		"create table if not exists read_log (gen int, fact text, value)", err);
}

bool read_log_put(struct db *db, int64_t gen, const char *fact, struct cell value,
	struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok =
		db_prepare(db, "insert into read_log (gen, fact, value) values (?, ?, ?)",
			&stmt, NULL, err) &&
		db_bind(stmt, 1, cell_integer(gen), err) &&
		db_bind(stmt, 2, cell_text(fact), err) && db_bind(stmt, 3, value, err) &&
		db_run(stmt, err);
	db_stmt_free(stmt);
	return ok;
}
