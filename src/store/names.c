/* SPDX-License-Identifier: MIT */
#include "store/names.h"

#include "base/array.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void names_fini(struct names *n)
{
	for (size_t i = 0; i < n->count; i++) {
		free(n->items[i].name);
		free(n->items[i].value);
	}
	free(n->items);
	*n = (struct names){ 0 };
}

static struct name *names_item(const struct names *n, const char *name, size_t len)
{
	for (size_t i = 0; i < n->count; i++)
		if (strncmp(n->items[i].name, name, len) == 0 &&
			n->items[i].name[len] == '\0')
			return &n->items[i];
	return NULL;
}

/* Gives a name its value and takes ownership of it.  Decides once whether the value is an
 * integer, because every integer that is shown asks. */
static void names_take_value(struct name *item, char *value)
{
	char text[32];
	free(item->value);
	item->value = value;
	item->number = strtoll(value, NULL, 10);
	snprintf(text, sizeof text, "%" PRId64, item->number);
	item->is_number = strcmp(text, value) == 0;
}

static bool names_put(
	struct names *n, const char *name, const char *value, struct error *err)
{
	char *copy = strdup(value);
	if (copy == NULL)
		return error_nomem(err);
	struct name *item = names_item(n, name, strlen(name));
	if (item != NULL) {
		names_take_value(item, copy);
		return true;
	}
	char *key = strdup(name);
	if (key == NULL ||
		!array_reserve(&n->items, &n->cap, n->count + 1, sizeof *n->items)) {
		free(key);
		free(copy);
		return error_nomem(err);
	}
	assert(n->count < n->cap);
	n->items[n->count] = (struct name){ .name = key };
	names_take_value(&n->items[n->count++], copy);
	return true;
}

bool names_load(struct names *n, struct db *db, struct error *err)
{
	names_fini(n);
	struct db_stmt *stmt = NULL;
	if (!db_prepare(db,
		    "select cast(name as text), cast(value as text) from main.env"
		    " where name is not null order by rowid",
		    &stmt, NULL, err))
		return false;
	int row;
	while ((row = db_step(stmt, err)) == 1) {
		const char *value = db_column(stmt, 1).text;
		if (!names_put(n, db_column(stmt, 0).text, value == NULL ? "" : value,
			    err)) {
			row = -1;
			break;
		}
	}
	db_stmt_free(stmt);
	return row == 0;
}

bool names_set(struct names *n, struct db *db, const char *name, const char *value,
	struct error *err)
{
	if (!db_begin(db, err))
		return false;
	if (db_execf(db, err,
		    "delete from main.env where name = %Q;"
		    "insert into main.env (name, value) values (%Q, %Q)",
		    name, name, value) &&
		db_commit(db, err))
		return names_put(n, name, value, err);
	db_rollback(db);
	return false;
}

const char *names_find(const struct names *n, const char *name, size_t len)
{
	const struct name *item = names_item(n, name, len);
	return item == NULL ? NULL : item->value;
}

const char *names_find_number(const struct names *n, int64_t number)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->items[i].is_number && n->items[i].number == number)
			return n->items[i].name;
	return NULL;
}
