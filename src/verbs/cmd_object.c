/* SPDX-License-Identifier: MIT */
/* stats, info, parents, kids: the heap as a whole, and the surroundings of one object. */
#include "base/magnitude.h"
#include "session/commands.h"
#include "session/query.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

/* stats */
static bool stats_run(struct session *s, const struct invocation *in, struct error *err)
{
	(void)in;
	struct db *db = session_heap(s, err);
	struct db_stmt *stmt = NULL;
	/* Halves of 32 bits are added apart, so that no sum overflows. */
	if (db == NULL ||
		!db_prepare(db,
			"select (select count(*) from main.obj), (select count(*) from "
			"main.ref),"
			" sum(size >> 32), sum(size & 4294967295) from main.obj",
			&stmt, NULL, err))
		return false;
	int row = db_step(stmt, err);
	bool ok = row == 1;
	if (ok) {
		int64_t objects = db_column_integer(stmt, 0);
		int64_t references = db_column_integer(stmt, 1);
		int64_t high = db_column_integer(stmt, 2);
		int64_t low = db_column_integer(stmt, 3);
		char o[MAGNITUDE_MAX], r[MAGNITUDE_MAX], b[MAGNITUDE_MAX], sum[64];
		high += low >> 32;
		low &= UINT32_MAX;
		double bytes = (double)high * 4294967296.0 + (double)low;
		if (high >= INT32_MIN && high <= INT32_MAX) /* it fits: exact */
			snprintf(sum, sizeof sum, "%" PRId64, high * 4294967296 + low);
		else
			snprintf(sum, sizeof sum, "%.0f", bytes);
		magnitude_format(o, (double)objects);
		magnitude_format(r, (double)references);
		magnitude_format(b, bytes);
		ok = session_say(s, err,
			"%" PRId64 "%s objects, %" PRId64 "%s references,"
			" %s%s total bytes",
			objects, o, references, r, sum, b);
	}
	db_stmt_free(stmt);
	return ok;
}

const struct command command_stats = {
	.name = "stats",
	.usage = "",
	.summary = "count the objects, references and bytes",
	.kind = COMMAND_WORDS,
	.run = stats_run,
};

/* A query about the object whose address is word 0. */
static struct result *object_rows(struct session *s, const struct invocation *in,
	const char *sql, struct error *err)
{
	int64_t address;
	struct db *db = session_heap(s, err);
	struct db_stmt *stmt = NULL;
	if (db == NULL || !command_integer(in, 0, &address, err) ||
		!db_prepare(db, sql, &stmt, NULL, err))
		return NULL;
	struct result *r = db_bind(stmt, 1, cell_integer(address), err)
				   ? query_rows(s, stmt, err)
				   : NULL;
	db_stmt_free(stmt);
	return r;
}

/* info ADDRESS, parents ADDRESS */
static bool object_run(struct session *s, const struct invocation *in, struct error *err)
{
	const bool info = in->command == &command_info;
	struct result *r = object_rows(s, in,
		info ? "select * from main.obj where address = ?"
		     : "select obj.address, obj.type, obj.name, obj.value, obj.size, "
		       "obj.len from main.ref join main.obj on obj.address = ref.parent "
		       "where ref.child = ? order by obj.address",
		err);
	if (info && r != NULL && r->rows == 0)
		session_warn(s, "no object at address %s", in->words.items[0].text);
	return r != NULL && session_show(s, r, err);
}

const struct command command_info = {
	.name = "info",
	.usage = "ADDRESS",
	.summary = "show an object",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 1,
	.run = object_run,
};

const struct command command_parents = {
	.name = "parents",
	.usage = "ADDRESS",
	.summary = "show the objects that refer to an object",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 1,
	.run = object_run,
};

/* kids ADDRESS.  The first level is the object itself, and each further one what the
 * objects above it that have a single reference refer to.  Those seen before are not
 * followed again: a cycle ends. */
static bool kids_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct result *r =
		object_rows(s, in, "select * from main.obj where address = ?", err);
	int64_t followed = 1;
	bool ok = r != NULL && session_emit(s, r, err) &&
		  db_execf(s->db, err,
			  "create temp table if not exists kids_seen (address integer "
			  "primary"
			  " key);"
			  "create temp table if not exists kids_level (address integer "
			  "primary"
			  " key);"
			  "delete from temp.kids_seen;"
			  "delete from temp.kids_level;"
			  "insert into temp.kids_level values (%s)",
			  in->words.items[0].text);
	while (ok && followed > 0) {
		struct db_stmt *stmt = NULL, *put = NULL;
		if (!db_prepare(s->db,
			    "select obj.*, (select count(*) from main.ref where child ="
			    " obj.address) refs from main.obj where address in (select"
			    " child from main.ref where parent in (select address from"
			    " temp.kids_level)) order by address",
			    &stmt, NULL, err))
			return false;
		r = query_rows(s, stmt, err);
		db_stmt_free(stmt);
		if (r == NULL)
			return false;
		ok = db_exec(s->db,
			     "insert or ignore into temp.kids_seen"
			     " select address from temp.kids_level;"
			     "delete from temp.kids_level",
			     err) &&
		     db_prepare(s->db,
			     "insert into temp.kids_level select ?1"
			     " where ?1 not in (select address from temp.kids_seen)",
			     &put, NULL, err);
		int refs = result_find_column(r, "refs", 4);
		assert(refs > 0);
		for (size_t i = 0; ok && i < r->rows; i++)
			if (result_cell(r, i, refs).integer == 1)
				ok = db_bind(put, 1, result_cell(r, i, 0), err) &&
				     db_run(put, err);
		db_stmt_free(put);
		ok = ok && db_integer(s->db, &followed, 0, err,
				   "select count(*) from temp.kids_level");
		ok = session_emit(s, r, err) && ok;
	}
	return ok;
}

const struct command command_kids = {
	.name = "kids",
	.usage = "ADDRESS",
	.summary = "show what only this object holds, level by level",
	.kind = COMMAND_WORDS,
	.least = 1,
	.most = 1,
	.run = kids_run,
};
