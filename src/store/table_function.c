/* SPDX-License-Identifier: MIT */
#include "store/table_function.h"

#include "base/array.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* In idxNum: which constraints arrive in xFilter, in this order. */
enum { TABLE_HAS_ARGUMENTS = 1, TABLE_HAS_VALUE = 2 };

struct table_registration {
	const struct table_function *function;
	void *context;
};

struct table_vtab {
	sqlite3_vtab base;
	const struct table_registration *registration;
};

struct table_cursor {
	sqlite3_vtab_cursor base;
	struct table_rows rows;
	int64_t argument[TABLE_FUNCTION_ARGUMENTS];
	size_t row;    /* of those in `rows` */
	size_t passed; /* rows before these */
};

bool table_rows_push(struct table_rows *rows, const int64_t *row, struct error *err)
{
	assert(rows->columns > 0);
	size_t columns = (size_t)rows->columns;
	if (!array_reserve(&rows->cell, &rows->cap, (rows->count + 1) * columns,
		    sizeof *rows->cell))
		return error_nomem(err);
	assert((rows->count + 1) * columns <= rows->cap);
	memcpy(rows->cell + rows->count * columns, row, columns * sizeof *row);
	rows->count++;
	return true;
}

static int table_connect(sqlite3 *handle, void *context, int argc,
	const char *const *argv, sqlite3_vtab **vtab, char **message)
{
	(void)argc;
	(void)argv;
	(void)message;
	const struct table_registration *r = context;
	const struct table_function *f = r->function;
	struct table_vtab *t = calloc(1, sizeof *t);
	if (t == NULL)
		return SQLITE_NOMEM;
	char *sql = f->argument_count == 0
			    ? sqlite3_mprintf("create table x (%s)", f->columns)
			    : sqlite3_mprintf("create table x (%s, %s)", f->columns,
				      f->arguments);
	int code = sql == NULL ? SQLITE_NOMEM : sqlite3_declare_vtab(handle, sql);
	sqlite3_free(sql);
	if (code != SQLITE_OK) {
		free(t);
		return code;
	}
	/* It reads the heap and nothing else, so views may use it. */
	sqlite3_vtab_config(handle, SQLITE_VTAB_INNOCUOUS);
	t->registration = r;
	*vtab = &t->base;
	return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *vtab)
{
	free(vtab);
	return SQLITE_OK;
}

static bool table_take(sqlite3_index_info *info, int column, int *next, bool *unusable)
{
	for (int i = 0; i < info->nConstraint; i++) {
		if (info->aConstraint[i].iColumn != column ||
			info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (!info->aConstraint[i].usable) {
			*unusable = true;
			continue;
		}
		info->aConstraintUsage[i].argvIndex = ++*next;
		info->aConstraintUsage[i].omit = 1;
		return true;
	}
	return false;
}

static int table_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
	const struct table_function *f =
		((struct table_vtab *)vtab)->registration->function;
	int next = 0;
	bool unusable = false;
	for (int i = 0; i < f->argument_count; i++)
		if (!table_take(info, f->column_count + i, &next, &unusable)) {
			if (unusable)
				return SQLITE_CONSTRAINT;
			sqlite3_free(vtab->zErrMsg);
			vtab->zErrMsg = sqlite3_mprintf("%s() takes %d argument%s",
				f->name, f->argument_count,
				f->argument_count == 1 ? "" : "s");
			return SQLITE_ERROR;
		}
	info->idxNum = f->argument_count > 0 ? TABLE_HAS_ARGUMENTS : 0;
	info->estimatedCost = 100000;
	info->estimatedRows = 100000;
	if (f->find != NULL && table_take(info, 0, &next, &unusable)) {
		info->idxNum |= TABLE_HAS_VALUE;
		info->estimatedCost = 1;
		info->estimatedRows = 1;
		info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
	}
	return SQLITE_OK;
}

static int table_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **cursor)
{
	(void)vtab;
	struct table_cursor *c = calloc(1, sizeof *c);
	if (c == NULL)
		return SQLITE_NOMEM;
	*cursor = &c->base;
	return SQLITE_OK;
}

static int table_close(sqlite3_vtab_cursor *cursor)
{
	struct table_cursor *c = (struct table_cursor *)cursor;
	free(c->rows.cell);
	free(c);
	return SQLITE_OK;
}

/* The integer that a value equals, as SQL compares: 100.0 and '100' are 100.  False when
 * it equals none. */
static bool table_integer(sqlite3_value *value, int64_t *integer)
{
	static const double end = 9223372036854775808.0; /* 2^63, the first beyond */
	double real;
	switch (sqlite3_value_numeric_type(value)) {
	case SQLITE_INTEGER:
		*integer = sqlite3_value_int64(value);
		return true;
	case SQLITE_FLOAT:
		real = sqlite3_value_double(value);
		if (!(real >= -end && real < end) || (double)(int64_t)real != real)
			return false;
		*integer = (int64_t)real;
		return true;
	default:
		return false;
	}
}

static int table_result(struct table_cursor *c, bool ok, const struct error *err)
{
	if (ok)
		return SQLITE_OK;
	sqlite3_free(c->base.pVtab->zErrMsg);
	c->base.pVtab->zErrMsg = sqlite3_mprintf("%s", err->message);
	return SQLITE_ERROR;
}

static int table_filter(sqlite3_vtab_cursor *cursor, int index, const char *text,
	int argc, sqlite3_value **argv)
{
	(void)text;
	(void)argc;
	struct table_cursor *c = (struct table_cursor *)cursor;
	const struct table_registration *r =
		((struct table_vtab *)cursor->pVtab)->registration;
	const struct table_function *f = r->function;
	struct error err = ERROR_INIT;
	bool ok = true;
	c->row = c->passed = 0;
	c->rows.count = c->rows.next = 0;
	c->rows.source = NULL;
	c->rows.columns = f->column_count;
	/* An argument that is not an integer yields no rows. */
	for (int i = 0; i < f->argument_count; i++)
		if (!table_integer(argv[i], &c->argument[i]))
			return SQLITE_OK;
	if ((index & TABLE_HAS_VALUE) == 0) {
		do
			ok = f->fill(r->context, c->argument, &c->rows, &err);
		while (ok && c->rows.count == 0 && c->rows.next != 0);
	} else {
		int64_t value;
		if (table_integer(argv[f->argument_count], &value))
			ok = f->find(r->context, c->argument, value, &c->rows, &err);
	}
	return table_result(c, ok, &err);
}

static int table_next(sqlite3_vtab_cursor *cursor)
{
	struct table_cursor *c = (struct table_cursor *)cursor;
	const struct table_registration *r =
		((struct table_vtab *)cursor->pVtab)->registration;
	struct error err = ERROR_INIT;
	bool ok = true;
	assert(c->row < c->rows.count); /* SQLite asks for the next of a row */
	c->row++;
	while (ok && c->row >= c->rows.count && c->rows.next != 0) {
		c->passed += c->rows.count;
		c->row = c->rows.count = 0;
		ok = r->function->fill(r->context, c->argument, &c->rows, &err);
	}
	return table_result(c, ok, &err);
}

static int table_eof(sqlite3_vtab_cursor *cursor)
{
	const struct table_cursor *c = (const struct table_cursor *)cursor;
	return c->row >= c->rows.count;
}

static int table_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
	const struct table_cursor *c = (const struct table_cursor *)cursor;
	assert(c->row < c->rows.count && column >= 0 &&
		column < c->rows.columns + TABLE_FUNCTION_ARGUMENTS);
	int64_t value =
		column < c->rows.columns
			? c->rows.cell[c->row * (size_t)c->rows.columns + (size_t)column]
			: c->argument[column - c->rows.columns];
	if (value == TABLE_NULL)
		sqlite3_result_null(context);
	else
		sqlite3_result_int64(context, value);
	return SQLITE_OK;
}

static int table_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
	const struct table_cursor *c = (const struct table_cursor *)cursor;
	*rowid = (sqlite3_int64)c->passed + (sqlite3_int64)c->row;
	return SQLITE_OK;
}

/* Without xCreate it exists by its name alone. */
static const sqlite3_module table_module = {
	.xConnect = table_connect,
	.xBestIndex = table_best_index,
	.xDisconnect = table_disconnect,
	.xOpen = table_open,
	.xClose = table_close,
	.xFilter = table_filter,
	.xNext = table_next,
	.xEof = table_eof,
	.xColumn = table_column,
	.xRowid = table_rowid,
};

bool table_function_register(
	struct db *db, const struct table_function *f, void *context, struct error *err)
{
	struct table_registration *r = array_new(1, sizeof *r);
	if (r == NULL)
		return error_nomem(err);
	*r = (struct table_registration){ f, context };
	/* SQLite frees `r` when the connection closes, and also when this fails. */
	return sqlite3_create_module_v2(db_handle(db), f->name, &table_module, r, free) ==
		       SQLITE_OK ||
	       db_error(db, err);
}
