/* SPDX-License-Identifier: MIT */
#include "store/scalar_function.h"

#include <sqlite3.h>
#include <stdlib.h>

struct scalar_registration {
	const struct scalar_function *function;
	void *context;
	struct buffer room;
};

static void scalar_free(void *registration)
{
	struct scalar_registration *r = registration;
	buffer_fini(&r->room);
	free(r);
}

static struct cell scalar_argument(sqlite3_value *value)
{
	switch (sqlite3_value_type(value)) {
	case SQLITE_INTEGER:
		return cell_integer(sqlite3_value_int64(value));
	case SQLITE_FLOAT:
		return cell_real(sqlite3_value_double(value));
	case SQLITE_NULL:
		return cell_null();
	default: {
		/* The text first: asking for it may change how long it is. */
		const char *text = (const char *)sqlite3_value_text(value);
		return text == NULL
			       ? cell_null()
			       : cell_bytes(text, (size_t)sqlite3_value_bytes(value));
	}
	}
}

static void scalar_result(sqlite3_context *context, struct cell value)
{
	switch (value.type) {
	case CELL_INTEGER:
		sqlite3_result_int64(context, value.integer);
		break;
	case CELL_REAL:
		sqlite3_result_double(context, value.real);
		break;
	case CELL_TEXT:
	case CELL_BLOB:
		sqlite3_result_text64(
			context, value.text, value.len, SQLITE_TRANSIENT, SQLITE_UTF8);
		break;
	default:
		sqlite3_result_null(context);
	}
}

static void scalar_call(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	struct scalar_registration *r = sqlite3_user_data(context);
	struct error err = ERROR_INIT;
	struct cell value = cell_null();
	struct cell argument = scalar_argument(argv[0]);
	if (argument.type == CELL_NULL)
		return;
	buffer_clear(&r->room);
	bool ok = r->function->call(r->context, argument, &r->room, &value, &err) &&
		  (!r->room.failed || error_nomem(&err));
	if (ok)
		scalar_result(context, value);
	else
		sqlite3_result_error(context, err.message, -1);
}

bool scalar_function_register(
	struct db *db, const struct scalar_function *f, void *context, struct error *err)
{
	struct scalar_registration *r = calloc(1, sizeof *r);
	if (r == NULL)
		return error_nomem(err);
	r->function = f;
	r->context = context;
	/* It reads the heap and nothing else, so views may use it.  SQLite frees `r`,
	 * also when this fails. */
	int code = sqlite3_create_function_v2(db_handle(db), f->name, 1,
		SQLITE_UTF8 | SQLITE_INNOCUOUS, r, scalar_call, NULL, NULL, scalar_free);
	return code == SQLITE_OK || db_error(db, err);
}
