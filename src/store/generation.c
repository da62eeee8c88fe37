/* SPDX-License-Identifier: MIT */
#include "store/generation.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool generation_create_schema(struct db *db, struct error *err)
{
	return db_exec(db,
		"create table main.gen (num int, current int);"
		"create table main.env (name text, value text)",
		err);
}

bool generation_check_schema(struct db *db, struct error *err)
{
	int64_t columns;
	if (!db_integer(db, &columns, 0, err,
		    "select (select count(*) from pragma_table_info('gen')"
		    "  where name in ('num', 'current'))"
		    " + (select count(*) from pragma_table_info('env')"
		    "  where name in ('name', 'value'))"))
		return false;
	if (columns != 4)
		return error_set(err, STATUS_DATA,
			"'%s' is not a memsee database: it has no tables 'gen' and "
			"'env'",
			db_path(db));
	return true;
}

bool generation_count(struct db *db, int64_t *count, struct error *err)
{
	return db_integer(db, count, 0, err, "select count(*) from main.gen");
}

bool generation_current(struct db *db, int64_t *num, struct error *err)
{
	if (!db_integer(db, num, GENERATION_NONE, err,
		    "select num from main.gen where current = 1"))
		return false;
	/* Other programs can write the table: it may hold any number. */
	return *num >= 0 ||
	       error_set(err, STATUS_DATA,
		       "'%s' has a generation %lld; they are numbered from 1",
		       db_path(db), (long long)*num);
}

bool generation_require(struct db *db, int64_t *num, struct error *err)
{
	int64_t count;
	if (!generation_current(db, num, err) || !generation_count(db, &count, err))
		return false;
	return *num != GENERATION_NONE ||
	       error_set(err, STATUS_SCRIPT,
		       count == 0 ? "no dump has been read yet; 'read DUMP' loads one"
				  : "no generation is current; 'gen N' chooses one");
}

bool generation_exists(struct db *db, int64_t num, bool *exists, struct error *err)
{
	int64_t count;
	if (!db_integer(db, &count, 0, err,
		    "select count(*) from main.gen where num = %lld", (long long)num))
		return false;
	*exists = count > 0;
	return true;
}

bool generation_owns(const char *table)
{
	static const char *const names[] = { "gen", "env", "read_log", "ref_label",
		"ref_label_list", "root_mark", "site_mark", "site_place", "site",
		"root_rule", "root_chosen", "low_priority", "graph_cache",
		"graph_cache_stamp", "read_unfinished" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(table, names[i]) == 0)
			return true;
	return strncasecmp(table, "sqlite_", 7) == 0 ||
	       ((strncasecmp(table, "obj", 3) == 0 ||
			strncasecmp(table, "ref", 3) == 0) &&
		       table[3 + strspn(table + 3, "0123456789")] == '\0');
}

bool generation_table(struct db *db, const char *kind, int64_t num,
	char name[GENERATION_TABLE_MAX], struct error *err)
{
	int64_t current;
	if (!generation_current(db, &current, err))
		return false;
	if (num == current)
		snprintf(name, GENERATION_TABLE_MAX, "%s", kind);
	else
		snprintf(name, GENERATION_TABLE_MAX, "%s%" PRId64, kind, num);
	return true;
}

/* Gives the current generation's tables their numbered names. */
static bool generation_put_away(struct db *db, struct error *err)
{
	int64_t current;
	if (!generation_current(db, &current, err))
		return false;
	if (current == GENERATION_NONE)
		return true;
	long long n = (long long)current;
	return db_execf(db, err,
		"alter table main.obj rename to obj%lld;"
		"alter table main.ref rename to ref%lld;"
		"update main.gen set current = 0",
		n, n);
}

static bool generation_bring_up(struct db *db, int64_t num, struct error *err)
{
	if (num == GENERATION_NONE)
		return true;
	long long n = (long long)num;
	return db_execf(db, err,
		"alter table main.obj%lld rename to obj;"
		"alter table main.ref%lld rename to ref;"
		"update main.gen set current = 1 where num = %lld",
		n, n, n);
}

bool generation_select(struct db *db, int64_t num, struct error *err)
{
	int64_t current;
	if (!generation_current(db, &current, err))
		return false;
	if (num == current)
		return true;
	if (!db_begin(db, err))
		return false;
	if (generation_put_away(db, err) && generation_bring_up(db, num, err) &&
		db_commit(db, err))
		return true;
	db_rollback(db);
	return false;
}

bool generation_look_at(struct db *db, int64_t num, struct error *err)
{
	int64_t current;
	if (!generation_current(db, &current, err))
		return false;
	if (num == current)
		return true;
	long long n = (long long)num, c = (long long)current;
	bool ok = db_execf(db, err,
		"create temp view obj as select * from main.obj%lld;"
		"create temp view ref as select * from main.ref%lld",
		n, n);
	if (ok && current != GENERATION_NONE)
		ok = db_execf(db, err,
			"create temp view obj%lld as select * from main.obj;"
			"create temp view ref%lld as select * from main.ref",
			c, c);
	if (!ok)
		generation_look_back(db, NULL);
	return ok;
}

bool generation_look_back(struct db *db, struct error *err)
{
	int64_t current;
	return generation_current(db, &current, err) &&
	       db_execf(db, err,
		       "drop view if exists temp.obj;"
		       "drop view if exists temp.ref;"
		       "drop view if exists temp.obj%lld;"
		       "drop view if exists temp.ref%lld",
		       (long long)current, (long long)current);
}

bool generation_new(struct db *db, int64_t *num, struct error *err)
{
	if (!db_integer(db, num, 0, err, "select max(max(num), 0) from main.gen"))
		return false;
	if (*num == INT64_MAX)
		return error_set(err, STATUS_DATA,
			"'%s' has a generation of the highest possible number",
			db_path(db));
	++*num;
	return generation_put_away(db, err) &&
	       db_exec(db,
		       "create table main.obj (address integer primary key, type text,"
		       " name text, value text, size int, len int, mark int, repr text);"
		       "create table main.ref (parent int, child int)",
		       err) &&
	       db_execf(db, err, "insert into main.gen (num, current) values (%lld, 1)",
		       (long long)*num);
}

bool generation_remove(
	struct db *db, const int64_t *num, size_t n, int64_t before, struct error *err)
{
	/* These have rows of every generation; the first that needs one makes it. */
	static const char *const notes[] = { "read_log", "ref_label", "ref_label_list",
		"root_mark", "site_mark", "site_place", "read_unfinished" };
	int64_t current = GENERATION_NONE;
	bool exists = false;
	if (!db_begin(db, err))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < n; i++) {
		char obj[GENERATION_TABLE_MAX], ref[GENERATION_TABLE_MAX];
		ok = generation_table(db, "obj", num[i], obj, err) &&
		     generation_table(db, "ref", num[i], ref, err) &&
		     db_execf(db, err,
			     "drop table main.%s; drop table main.%s;"
			     "delete from main.gen where num = %lld",
			     obj, ref, (long long)num[i]);
	}
	for (size_t t = 0; ok && n > 0 && t < sizeof notes / sizeof *notes; t++) {
		int64_t there, rows = 1;
		ok = db_integer(db, &there, 0, err,
			"select count(*) from main.sqlite_schema where name = %Q",
			notes[t]);
		for (size_t i = 0; ok && there > 0 && i < n; i++)
			ok = db_execf(db, err, "delete from main.%s where gen = %lld",
				notes[t], (long long)num[i]);
		if (ok && there > 0)
			ok = db_integer(db, &rows, 0, err, "select count(*) from main.%s",
				notes[t]);
		/* One that is empty now was made for these generations. */
		if (ok && rows == 0)
			ok = db_execf(db, err, "%sdrop table main.%s",
				strncmp(notes[t], "site_", 5) == 0
					? "drop view if exists main.site;"
					: "",
				notes[t]);
	}
	ok = ok && generation_current(db, &current, err) &&
	     generation_exists(db, before, &exists, err);
	if (ok && current == GENERATION_NONE && exists)
		ok = generation_bring_up(db, before, err);
	if (ok && db_commit(db, err))
		return true;
	db_rollback(db);
	return false;
}

bool generation_index(struct db *db, int64_t num, struct error *err)
{
	assert(num != GENERATION_NONE);
	long long n = (long long)num;
	return db_execf(db, err,
		"create index main.parent%lld on ref (parent);"
		"create index main.child%lld on ref (child)",
		n, n);
}
