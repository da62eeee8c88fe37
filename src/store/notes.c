/* SPDX-License-Identifier: MIT */
#include "store/notes.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct notes_writer {
	struct db *db;
	int64_t gen;
	struct db_stmt *list, *labels, *root;
	struct db_stmt *place, *site; /* NULL before the first site */
	bool made[NOTES_SITES + 1];   /* see notes_is_new() */
};

/* Is there no such table yet? */
static bool notes_lacks(struct db *db, const char *table, bool *lacks, struct error *err)
{
	int64_t there = 0;
	if (!db_integer(db, &there, 0, err,
		    "select count(*) from main.sqlite_schema where name = '%q'", table))
		return false;
	*lacks = there == 0;
	return true;
}

static bool notes_prepare(struct db *db, const char *table, int64_t gen,
	struct db_stmt **stmt, struct error *err)
{
	return db_preparef(db, stmt, err, "insert into main.%s values (%lld, ?, ?)",
		table, (long long)gen);
}

struct notes_writer *notes_writer_new(struct db *db, int64_t gen, struct error *err)
{
	struct notes_writer *w = array_new_zeroed(1, sizeof *w);
	if (w == NULL) {
		error_nomem(err);
		return NULL;
	}
	assert(gen > 0);
	w->db = db;
	w->gen = gen;
	/* The lists have rowids: a row without one is a key, and SQLite copies keys as a
	 * whole to compare them, however many megabytes the labels of one object are. */
	if (notes_lacks(db, "ref_label", &w->made[NOTES_LABELS], err) &&
		db_exec(db,
			"create table if not exists main.ref_label (gen int, parent int, "
			"list int, primary key (gen, parent)) without rowid;"
			"create table if not exists main.ref_label_list (gen int, list "
			"int, labels text, primary key (gen, list));"
			"create table if not exists main.root_mark (gen int, address "
			"int, reason text, primary key (gen, address)) without rowid",
			err) &&
		notes_prepare(db, "ref_label_list", gen, &w->list, err) &&
		notes_prepare(db, "ref_label", gen, &w->labels, err) &&
		notes_prepare(db, "root_mark", gen, &w->root, err))
		return w;
	notes_writer_free(w);
	return NULL;
}

void notes_writer_free(struct notes_writer *w)
{
	if (w == NULL)
		return;
	db_stmt_free(w->list);
	db_stmt_free(w->labels);
	db_stmt_free(w->root);
	db_stmt_free(w->place);
	db_stmt_free(w->site);
	free(w);
}

bool notes_is_new(const struct notes_writer *w, enum notes_table table)
{
	return w->made[table];
}

static bool notes_put(
	struct db_stmt *stmt, int64_t key, struct cell value, struct error *err)
{
	return db_bind(stmt, 1, cell_integer(key), err) && db_bind(stmt, 2, value, err) &&
	       db_run(stmt, err);
}

bool notes_put_list(
	struct notes_writer *w, int64_t list, struct cell labels, struct error *err)
{
	return notes_put(w->list, list, labels, err);
}

bool notes_put_labels(
	struct notes_writer *w, int64_t parent, int64_t list, struct error *err)
{
	return notes_put(w->labels, parent, cell_integer(list), err);
}

bool notes_put_root(
	struct notes_writer *w, int64_t address, struct cell reason, struct error *err)
{
	return notes_put(w->root, address, reason, err);
}

#define NOTES_SITE "file || coalesce(':' || line, '') || coalesce(' in ' || function, '')"

bool notes_put_place(struct notes_writer *w, int64_t place, struct cell file,
	struct cell line, struct cell function, struct error *err)
{
	/* Few dumps have sites: the first one makes their tables. */
	bool ok = w->site != NULL ||
		  (notes_lacks(w->db, "site_mark", &w->made[NOTES_SITES], err) &&
			  db_exec(w->db,
				  "drop table if exists temp.site;"
				  "create table if not exists main.site_mark (gen int, "
				  "address "
				  "int, place int, primary key (gen, address)) without "
				  "rowid;"
				  "create table if not exists main.site_place (gen int, "
				  "place int,"
				  " file text, line int, function text,"
				  " primary key (gen, place)) without rowid;"
				  "create view if not exists main.site as select "
				  "address, " NOTES_SITE " as site, file, line, function "
				  "from site_mark join site_place"
				  " using (gen, place)"
				  " where gen = (select num from gen where current = 1)",
				  err) &&
			  db_preparef(w->db, &w->place, err,
				  "insert into main.site_place values (%lld, ?, ?, ?, ?)",
				  (long long)w->gen) &&
			  notes_prepare(w->db, "site_mark", w->gen, &w->site, err));
	return ok && db_bind(w->place, 1, cell_integer(place), err) &&
	       db_bind(w->place, 2, file, err) && db_bind(w->place, 3, line, err) &&
	       db_bind(w->place, 4, function, err) && db_run(w->place, err);
}

bool notes_put_site(
	struct notes_writer *w, int64_t address, int64_t place, struct error *err)
{
	assert(w->site != NULL); /* a place was put first */
	return notes_put(w->site, address, cell_integer(place), err);
}

bool notes_stand_in(struct db *db, struct error *err)
{
	int64_t there;
	return db_integer(db, &there, 0, err,
		       "select count(*) from main.sqlite_schema where name = 'site'") &&
	       (there > 0 ||
		       db_exec(db,
			       "create temp table if not exists site (address int, site "
			       "text, file text, line int, function text)",
			       err));
}

/* Prepares `sql`, which has a place for the generation's number; NULL where no dump with
 * notes was read. */
static bool notes_query(struct db *db, int64_t gen, const char *sql,
	struct db_stmt **stmt, struct error *err)
{
	int64_t tables;
	*stmt = NULL;
	if (!db_integer(db, &tables, 0, err,
		    "select count(*) from main.sqlite_master where type = 'table' and "
		    "name in "
		    "('ref_label', 'ref_label_list', 'root_mark')"))
		return false;
	return tables < 3 || db_preparef(db, stmt, err, sql, (long long)gen);
}

bool notes_find_labels(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err)
{
	return notes_query(db, gen,
		"select labels from main.ref_label join main.ref_label_list using (gen, "
		"list)"
		" where gen = %lld and parent = ?",
		stmt, err);
}

bool notes_list_labels(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err)
{
	return notes_query(db, gen,
		"select list, labels from main.ref_label_list where gen = %lld order by "
		"list",
		stmt, err);
}

bool notes_list_parents(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err)
{
	return notes_query(db, gen,
		"select parent, list from main.ref_label where gen = %lld order by "
		"parent",
		stmt, err);
}

bool notes_have_labels(struct db *db, int64_t gen, bool *have, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int row = 0;
	bool ok = notes_query(db, gen,
			  "select 1 from main.ref_label where gen = %lld limit 1", &stmt,
			  err) &&
		  (stmt == NULL || (row = db_step(stmt, err)) >= 0);
	db_stmt_free(stmt);
	*have = row == 1;
	return ok;
}

bool notes_list_attributed(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err)
{
	return notes_query(db, gen,
		       "select parent from main.ref_label where gen = ?1 and list in "
		       "(select list from main.ref_label_list where gen = ?1 and "
		       "instr(labels, '\".__dict__\"')) order by parent",
		       stmt, err) &&
	       (*stmt == NULL || db_bind(*stmt, 1, cell_integer(gen), err));
}

bool notes_list_roots(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err)
{
	return notes_query(db, gen,
		"select address, reason from main.root_mark where gen = %lld order by "
		"address",
		stmt, err);
}

bool notes_find_site(
	struct db *db, int64_t gen, int64_t address, char **site, struct error *err)
{
	int64_t there;
	struct db_stmt *stmt = NULL;
	*site = NULL;
	if (!db_integer(db, &there, 0, err,
		    "select count(*) from main.sqlite_schema where name = 'site_mark'"))
		return false;
	if (there == 0)
		return true;
	if (!db_preparef(db, &stmt, err,
		    "select " NOTES_SITE " from main.site_mark join main.site_place"
		    " using (gen, place) where gen = %lld and address = %lld",
		    (long long)gen, (long long)address))
		return false;
	int row = db_step(stmt, err);
	struct cell text = row == 1 ? db_column(stmt, 0) : cell_null();
	bool ok = row >= 0;
	if (text.type == CELL_TEXT && text.text != NULL) {
		*site = strndup(text.text, text.len);
		ok = *site != NULL || error_nomem(err);
	}
	db_stmt_free(stmt);
	return ok;
}
