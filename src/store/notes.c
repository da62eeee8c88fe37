/* SPDX-License-Identifier: MIT */
#include "store/notes.h"

#include "base/array.h"

#include <stdlib.h>

struct notes_writer {
	struct db_stmt *list, *labels, *root;
};

static bool notes_create(struct db *db, struct error *err)
{
	return db_exec(db,
		"create table if not exists main.ref_label (gen int, parent int, list "
		"int,"
		" primary key (gen, parent)) without rowid;"
		"create table if not exists main.ref_label_list (gen int, list int, "
		"labels "
		"text,"
		" primary key (gen, list)) without rowid;"
		"create table if not exists main.root_mark (gen int, address int, reason "
		"text,"
		" primary key (gen, address)) without rowid",
		err);
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
	if (notes_create(db, err) &&
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
	free(w);
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

bool notes_list_roots(
	struct db *db, int64_t gen, struct db_stmt **stmt, struct error *err)
{
	return notes_query(db, gen,
		"select address, reason from main.root_mark where gen = %lld order by "
		"address",
		stmt, err);
}
