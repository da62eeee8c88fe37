/* SPDX-License-Identifier: MIT */
/* sqlite_old - what an SQLite before 3.38, of 2022, lacks.
 *
 * Debian 11 and Ubuntu 22.04 have older ones; configure looks for each function.  Without
 * them an error in SQL is told without its column, and numbers of changed rows have 32
 * bits. */
#ifndef MEMSEE_STORE_SQLITE_OLD_H
#define MEMSEE_STORE_SQLITE_OLD_H

#include <sqlite3.h>

/* The byte of the SQL that the last error is about, -1 when nobody knows. */
static inline int sqlite_error_offset(sqlite3 *handle)
{
#ifdef HAVE_SQLITE3_ERROR_OFFSET
	return sqlite3_error_offset(handle);
#else
	(void)handle;
	return -1;
#endif
}

static inline sqlite3_int64 sqlite_changes(sqlite3 *handle)
{
#ifdef HAVE_SQLITE3_CHANGES64
	return sqlite3_changes64(handle);
#else
	return sqlite3_changes(handle);
#endif
}

static inline sqlite3_int64 sqlite_total_changes(sqlite3 *handle)
{
#ifdef HAVE_SQLITE3_TOTAL_CHANGES64
	return sqlite3_total_changes64(handle);
#else
	return sqlite3_total_changes(handle);
#endif
}

#endif
