/* SPDX-License-Identifier: MIT */
#include "paths/priority_rules.h"

#include "base/array.h"
#include "base/sort.h"
#include "store/db.h"

#include <string.h>

static bool priority_has_table(struct db *db, bool *has, struct error *err)
{
	int64_t count;
	if (!db_integer(db, &count, 0, err,
		    "select count(*) from main.sqlite_schema where type = 'table' "
		    "and name = 'low_priority'"))
		return false;
	*has = count > 0;
	return true;
}

bool priority_create(struct db *db, struct error *err)
{
	bool has = false;
	if (!priority_has_table(db, &has, err) || has)
		return has;
	bool ok = db_begin(db, err) &&
		  db_exec(db, "create table main.low_priority (parent text, child text)",
			  err);
	for (const struct runtime_low *low = runtime_cpython.low;
		ok && low->parent != NULL; low++)
		ok = db_execf(db, err, "insert into main.low_priority values (%Q, %Q)",
			low->parent, low->child);
	ok = ok && db_commit(db, err);
	if (!ok)
		db_rollback(db);
	return ok;
}

/* Rules while they are read: which lists each type is in. */
struct priority_types {
	bool *from, *to, *pair; /* of each type */
	uint64_t *pairs;
	size_t pair_count, pair_cap;
};

/* A type that no object has makes a rule that never applies. */
static bool priority_add(struct priority_types *t, const struct objects *o,
	const char *parent, const char *child)
{
	bool any_parent = strcmp(parent, "*") == 0, any_child = strcmp(child, "*") == 0;
	uint32_t p = any_parent ? GRAPH_NONE : objects_find_type(o, parent);
	uint32_t c = any_child ? GRAPH_NONE : objects_find_type(o, child);
	for (uint32_t i = 0; any_parent && any_child && i < o->types; i++)
		t->from[i] = true;
	if (any_parent && c != GRAPH_NONE)
		t->to[c] = true;
	if (any_child && p != GRAPH_NONE)
		t->from[p] = true;
	if (p == GRAPH_NONE || c == GRAPH_NONE)
		return true;
	t->pair[p] = true;
	if (!array_reserve(&t->pairs, &t->pair_cap, t->pair_count + 1, sizeof *t->pairs))
		return false;
	t->pairs[t->pair_count++] = (uint64_t)p << 32 | c;
	return true;
}

bool priority_load(
	struct db *db, const struct objects *o, struct priority *p, struct error *err)
{
	bool has = false;
	*p = (struct priority){ 0 };
	struct priority_types t = { .from = array_new_zeroed(o->types, sizeof(bool)),
		.to = array_new_zeroed(o->types, sizeof(bool)),
		.pair = array_new_zeroed(o->types, sizeof(bool)) };
	bool ok = (t.from != NULL && t.to != NULL && t.pair != NULL) || error_nomem(err);
	ok = ok && priority_has_table(db, &has, err);
	/* The rules of the table, if there is one, else those of the runtime. */
	struct db_stmt *stmt = NULL;
	int64_t columns = 2;
	int row = 0;
	ok = ok &&
	     (!has || db_integer(db, &columns, 0, err,
			      "select count(*) from pragma_table_info('low_priority')"
			      " where name in ('parent', 'child') collate nocase"));
	if (ok && columns < 2)
		ok = error_set(err, STATUS_SCRIPT,
			"table low_priority must have the columns parent and child");
	ok = ok &&
	     (!has || db_prepare(db,
			      "select cast(parent as text), cast(child as text) from "
			      "main.low_priority "
			      "where parent is not null and child is not null",
			      &stmt, NULL, err));
	while (ok && has && (row = db_step(stmt, err)) == 1)
		ok = priority_add(
			     &t, o, db_column(stmt, 0).text, db_column(stmt, 1).text) ||
		     error_nomem(err);
	ok = ok && row == 0;
	db_stmt_free(stmt);
	for (const struct runtime_low *low = o->runtime->low;
		ok && !has && low->parent != NULL; low++)
		ok = priority_add(&t, o, low->parent, low->child) || error_nomem(err);
	if (ok) {
		/* From types to nodes. */
		*p = (struct priority){ .from = bits_new(o->nodes),
			.to = bits_new(o->nodes),
			.pair_parent = bits_new(o->nodes),
			.type = o->type,
			.constants =
				has || o->runtime->constants == NULL
					? GRAPH_NONE
					: objects_find_type(o, o->runtime->constants),
			.pairs = t.pairs,
			.pair_count = t.pair_count };
		t.pairs = NULL;
		ok = (p->from != NULL && p->to != NULL && p->pair_parent != NULL) ||
		     error_nomem(err);
		if (!ok)
			priority_fini(p);
	}
	if (ok)
		sort_u64(p->pairs, p->pair_count);
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		if (t.from[o->type[i]])
			bits_put(p->from, i);
		if (t.to[o->type[i]])
			bits_put(p->to, i);
		if (t.pair[o->type[i]])
			bits_put(p->pair_parent, i);
	}
	free(t.from);
	free(t.to);
	free(t.pair);
	free(t.pairs);
	return ok;
}
