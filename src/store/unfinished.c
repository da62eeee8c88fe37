/* SPDX-License-Identifier: MIT */
#include "store/unfinished.h"

#include "base/array.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>

bool unfinished_note(struct db *db, struct unfinished *u, int64_t gen, struct error *err)
{
	assert(db_in_transaction(db));
	if (u == NULL || db_is_temporary(db))
		return true;
	if (u->first == GENERATION_NONE && !u->last) {
		/* Within the transaction no other process can take the number. */
		u->first = gen;
		u->marked = db_claim(db, gen);
	}
	if (!u->marked)
		return true;
	assert(u->first != GENERATION_NONE && u->first <= gen);
	if (!u->last)
		return db_execf(db, err,
			"create table if not exists main.read_unfinished"
			" (gen int, first int, before int);"
			"insert into main.read_unfinished (gen, first, before) values"
			" (%lld, %lld, %lld)",
			(long long)gen, (long long)u->first, (long long)u->before);
	int64_t rows;
	return db_execf(db, err, "delete from main.read_unfinished where first = %lld",
		       (long long)u->first) &&
	       db_integer(
		       db, &rows, 0, err, "select count(*) from main.read_unfinished") &&
	       (rows > 0 || db_exec(db, "drop table main.read_unfinished", err));
}

void unfinished_end(struct db *db, struct unfinished *u)
{
	if (u->marked)
		db_disclaim(db, u->first);
	u->marked = false;
}

/* The first generation of a command whose process is dead, the highest below `below`, or
 * GENERATION_NONE. */
static bool unfinished_find(
	struct db *db, int64_t below, int64_t *first, struct error *err)
{
	int64_t columns;
	struct db_stmt *stmt = NULL;
	*first = GENERATION_NONE;
	/* Other programs can write the table: it may hold anything. */
	if (!db_integer(db, &columns, 0, err,
		    "select count(*) from pragma_table_info('read_unfinished', 'main')"
		    " where name in ('gen', 'first', 'before')"))
		return false;
	if (columns < 3)
		return true;
	if (!db_preparef(db, &stmt, err,
		    "select distinct first from main.read_unfinished"
		    " where typeof(first) = 'integer' and first > 0 and first < %lld"
		    " order by first desc",
		    (long long)below))
		return false;
	int row;
	while ((row = db_step(stmt, err)) == 1 && *first == GENERATION_NONE)
		if (!db_claimed(db, db_column_integer(stmt, 0)))
			*first = db_column_integer(stmt, 0);
	db_stmt_free(stmt);
	return row >= 0;
}

/* Takes back the generations of the command whose first one is `first`, in a transaction.
 */
static bool unfinished_remove(
	struct db *db, int64_t first, int64_t *count, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int64_t *num = NULL, before = GENERATION_NONE;
	size_t n = 0, cap = 0;
	/* Ignores rows whose generation was deleted. */
	if (!db_preparef(db, &stmt, err,
		    "select gen, max(before) from main.read_unfinished"
		    " where first = %lld and gen in (select num from main.gen)"
		    " group by gen order by gen",
		    (long long)first))
		return false;
	int row;
	while ((row = db_step(stmt, err)) == 1) {
		if (!array_reserve(&num, &cap, n + 1, sizeof *num)) {
			error_nomem(err);
			break;
		}
		num[n++] = db_column_integer(stmt, 0);
		before = db_column_integer(stmt, 1);
	}
	db_stmt_free(stmt);
	bool ok = row == 0 && generation_remove(db, num, n, before, err) &&
		  db_integer(db, &before, 0, err,
			  "select count(*) from main.sqlite_schema"
			  " where name = 'read_unfinished'") &&
		  (before == 0 ||
			  db_execf(db, err,
				  "delete from main.read_unfinished where first = %lld",
				  (long long)first));
	*count += (int64_t)n;
	free(num);
	return ok;
}

bool unfinished_take_back(struct db *db, int64_t *count, struct error *err)
{
	*count = 0;
	/* The newest first: each leaves the generation current that was before it. */
	for (int64_t first, below = INT64_MAX;; below = first) {
		if (!unfinished_find(db, below, &first, err))
			return false;
		if (first == GENERATION_NONE)
			return true;
		/* Nobody notes a generation while this transaction is open, so a lock
		 * that is free now belongs to nobody. */
		if (!db_begin(db, err))
			return false;
		if (!unfinished_find(db, below, &first, err) ||
			(first != GENERATION_NONE &&
				!unfinished_remove(db, first, count, err)) ||
			!db_commit(db, err)) {
			db_rollback(db);
			return false;
		}
	}
}
