/* SPDX-License-Identifier: MIT */
#include "store/scalar_function.h"

#include "store/db_private.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>

struct scalar_registration {
	const struct scalar_function *function;
	void *context;
	struct db *db;
	struct buffer room;
};

static void scalar_free(void *registration)
{
	struct scalar_registration *r = registration;
	buffer_fini(&r->room);
	free(r);
}

static void scalar_call(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	assert(argc == 1);
	struct scalar_registration *r = sqlite3_user_data(context);
	struct error err = ERROR_INIT;
	struct cell value = cell_null(), argument;
	const char *text;
	switch (sqlite3_value_type(argv[0])) {
	case SQLITE_INTEGER:
		argument = cell_integer(sqlite3_value_int64(argv[0]));
		break;
	case SQLITE_FLOAT:
		argument = cell_real(sqlite3_value_double(argv[0]));
		break;
	case SQLITE_NULL:
		return;
	default:
		/* The text first: converting the value to text may change its length. */
		text = (const char *)sqlite3_value_text(argv[0]);
		if (text == NULL)
			return;
		argument = cell_bytes(text, (size_t)sqlite3_value_bytes(argv[0]));
	}
	buffer_clear(&r->room);
	if (!r->function->call(r->context, argument, &r->room, &value, &err) ||
		(r->room.failed && !error_nomem(&err))) {
		/* This message becomes the statement's error. */
		r->db->refused = err;
		sqlite3_result_error(context, err.message, -1);
		return;
	}
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

bool scalar_function_register(
	struct db *db, const struct scalar_function *f, void *context, struct error *err)
{
	struct scalar_registration *r = calloc(1, sizeof *r);
	if (r == NULL)
		return error_nomem(err);
	r->function = f;
	r->context = context;
	r->db = db;
	/* It reads the heap and nothing else, so views may use it.  SQLite frees `r`,
	 * also when this fails. */
	int code = sqlite3_create_function_v2(db_handle(db), f->name, 1,
		SQLITE_UTF8 | SQLITE_INNOCUOUS, r, scalar_call, NULL, NULL, scalar_free);
	return code == SQLITE_OK || db_error(db, err);
}
