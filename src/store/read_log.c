/* SPDX-License-Identifier: MIT */
#include "store/read_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool read_log_create(struct db *db, struct error *err)
{
	return db_exec(db,
		"drop table if exists temp.read_log;"
		"create table if not exists main.read_log (gen int, fact text, value)",
		err);
}

bool read_log_put(struct db *db, int64_t gen, const char *fact, struct cell value,
	struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok = db_prepare(db,
			  "insert into main.read_log (gen, fact, value) values (?, ?, ?)",
			  &stmt, NULL, err) &&
		  db_bind(stmt, 1, cell_integer(gen), err) &&
		  db_bind(stmt, 2, cell_text(fact), err) &&
		  db_bind(stmt, 3, value, err) && db_run(stmt, err);
	db_stmt_free(stmt);
	return ok;
}

bool read_log_stand_in(struct db *db, struct error *err)
{
	int64_t there;
	return db_exec(db, "drop table if exists temp.read_log", err) &&
	       db_integer(db, &there, 0, err,
		       "select count(*) from main.sqlite_schema where name = "
		       "'read_log'") &&
	       (there > 0 ||
		       db_exec(db,
			       "create temp table read_log (gen int, fact text, value)",
			       err));
}

bool read_log_text(
	struct db *db, int64_t gen, const char *fact, char **text, struct error *err)
{
	int64_t there;
	struct db_stmt *stmt = NULL;
	*text = NULL;
	if (!db_integer(db, &there, 0, err,
		    "select count(*) from main.sqlite_schema where name = 'read_log'"))
		return false;
	if (there == 0)
		return true;
	bool ok = db_preparef(db, &stmt, err,
		"select cast(value as text) from main.read_log where gen = %lld and "
		"fact = %Q and typeof(value) in ('text', 'integer') limit 1",
		(long long)gen, fact);
	int row = ok ? db_step(stmt, err) : -1;
	if (row == 1) {
		struct cell value = db_column(stmt, 0);
		*text = strndup(value.text, value.len);
		if (*text == NULL) {
			error_nomem(err);
			row = -1;
		}
	}
	db_stmt_free(stmt);
	return row >= 0;
}

bool read_log_integer(struct db *db, int64_t gen, const char *fact, int64_t missing,
	int64_t *value, struct error *err)
{
	char *text;
	if (!read_log_text(db, gen, fact, &text, err))
		return false;
	*value = text == NULL ? missing : strtoll(text, NULL, 10);
	free(text);
	return true;
}

bool read_log_dump(struct db *db, int64_t gen, char **name, struct error *err)
{
	if (!read_log_text(db, gen, "file", name, err))
		return false;
	if (*name != NULL && **name != '\0') {
		char *dot = strchr(*name + 1, '.');
		if (dot != NULL)
			*dot = '\0';
		return true;
	}
	free(*name);
	return asprintf(name, "g%lld", (long long)gen) >= 0 || error_nomem(err);
}
