/* SPDX-License-Identifier: MIT */
#include "explain/object.h"

#include <stdlib.h>
#include <string.h>

/* A copy of a text cell as a C string: NUL bytes inside it end it. */
static bool object_copy(char **to, struct cell cell, struct error *err)
{
	if (cell.type != CELL_TEXT)
		return true;
	*to = strndup(cell.text, cell.len);
	return *to != NULL || error_nomem(err);
}

bool object_read(struct object *o, struct db *db, int64_t address, struct error *err)
{
	*o = (struct object){ .address = address };
	struct db_stmt *stmt = NULL;
	if (!db_preparef(db, &stmt, err,
		    "select size, type, name, repr from main.obj where address = %lld",
		    (long long)address))
		return false;
	int row = db_step(stmt, err);
	bool ok = row >= 0;
	if (row == 1) {
		o->found = true;
		o->size = db_column_integer(stmt, 0);
		ok = object_copy(&o->type, db_column(stmt, 1), err) &&
		     object_copy(&o->name, db_column(stmt, 2), err) &&
		     object_copy(&o->repr, db_column(stmt, 3), err);
	}
	db_stmt_free(stmt);
	if (!ok)
		object_fini(o);
	return ok;
}

void object_fini(struct object *o)
{
	free(o->type);
	free(o->name);
	free(o->repr);
	*o = (struct object){ 0 };
}

char *object_detail(const struct object *o)
{
	if (o->repr == NULL || (o->type != NULL && strcmp(o->repr, o->type) == 0))
		return o->name;
	return o->repr;
}

bool object_is_code(const struct object *o)
{
	static const char *const code[] = { "module", "frame", "type", "classobj",
		"function", "builtin_function_or_method", "method", "instancemethod",
		"code" };
	for (size_t i = 0; o->type != NULL && i < sizeof code / sizeof *code; i++)
		if (strcmp(o->type, code[i]) == 0)
			return true;
	return false;
}
