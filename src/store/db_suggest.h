/* SPDX-License-Identifier: MIT */
/* db_suggest - "did you mean", for tables and columns that are not there. */
#ifndef MEMSEE_STORE_DB_SUGGEST_H
#define MEMSEE_STORE_DB_SUGGEST_H

#include "base/buffer.h"

#include <sqlite3.h>

/* Appends "; did you mean 'NAME'?" to a message of SQLite's that misses a table or a
 * column, where one of the database has nearly that name; nothing for another message. */
void db_put_suggestion(struct buffer *out, sqlite3 *handle, const char *message);

#endif
