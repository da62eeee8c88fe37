/* SPDX-License-Identifier: MIT */
/* select, with, insert, update, delete, shell: SQL. */
#include "session/commands.h"
#include "session/query.h"

#include <assert.h>
#include <inttypes.h>

/* Says what SQL did that changed data. */
static void query_note_changes(struct session *s, const char *verb)
{
	int64_t rows = db_changes(s->db);
	session_note(s, "%" PRId64 " row%s %s", rows, rows == 1 ? "" : "s", verb);
}

/* select …, with …: a query, or a change that begins with `with`. */
static bool query_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db_stmt *stmt = NULL;
	if (!query_prepare(s, in->line, 0, &stmt, err))
		return false;
	bool reads = db_columns(stmt) > 0;
	struct result *r = reads ? query_rows(s, stmt, err) : NULL;
	bool ok = reads ? r != NULL : db_run(stmt, err);
	db_stmt_free(stmt);
	if (reads)
		return session_answer(s, ok, r, err);
	if (ok)
		query_note_changes(s, "changed");
	return ok;
}

const struct command command_select = {
	.name = "select",
	.usage = "…",
	.summary = "run an SQL query",
	.kind = COMMAND_SQL,
	.run = query_run,
};

static bool change_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db_stmt *stmt = NULL;
	if (!query_prepare(s, in->line, 0, &stmt, err))
		return false;
	assert(in->command != &command_select && in->command != &command_with);
	bool ok = db_run(stmt, err);
	db_stmt_free(stmt);
	if (ok)
		query_note_changes(s, in->command == &command_insert   ? "inserted"
				      : in->command == &command_update ? "updated"
								       : "deleted");
	return ok;
}

const struct command command_with = {
	.name = "with",
	.usage = "NAME as (select …) select …",
	.summary = "run an SQL query that names its parts first",
	.kind = COMMAND_SQL,
	.run = query_run,
};

const struct command command_insert = {
	.name = "insert",
	.usage = "into TABLE …",
	.summary = "add rows",
	.kind = COMMAND_SQL,
	.run = change_run,
};

const struct command command_update = {
	.name = "update",
	.usage = "TABLE set …",
	.summary = "change rows",
	.kind = COMMAND_SQL,
	.run = change_run,
};

const struct command command_delete = {
	.name = "delete",
	.usage = "from TABLE where …",
	.summary = "delete rows",
	.kind = COMMAND_SQL,
	.run = change_run,
};

/* Any SQL: rows are ignored, as the original ignored them. */
static bool shell_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db_stmt *stmt = NULL;
	if (!session_is_trusted(s, "shell", err) ||
		!query_prepare(s, in->line, in->line->args, &stmt, err))
		return false;
	bool writes = !db_stmt_readonly(stmt);
	bool ok = db_run(stmt, err);
	db_stmt_free(stmt);
	if (ok && writes)
		query_note_changes(s, "changed");
	return ok;
}

const struct command command_shell = {
	.name = "shell",
	.usage = "SQL",
	.summary = "run any SQL statement; !SQL for short",
	.kind = COMMAND_SQL,
	.run = shell_run,
};
