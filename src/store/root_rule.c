/* SPDX-License-Identifier: MIT */
#include "store/root_rule.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* As the rules are written in the table. */
static const char *const root_rule_names[] = {
	[ROOT_RULE_NATURAL] = "natural",
	[ROOT_RULE_ORIGINAL] = "original",
	[ROOT_RULE_CHOSEN] = "chosen",
};

enum { ROOT_RULES = sizeof root_rule_names / sizeof *root_rule_names };

bool root_rule_find(struct db *db, int64_t num, enum root_rule *rule, struct error *err)
{
	int64_t tables;
	struct db_stmt *stmt = NULL;
	*rule = ROOT_RULE_NATURAL;
	if (!db_integer(db, &tables, 0, err,
		    "select count(*) from main.sqlite_master where name = 'root_rule'"))
		return false;
	if (tables == 0)
		return true;
	if (!db_preparef(db, &stmt, err,
		    "select rule from main.root_rule where gen = %lld", (long long)num))
		return false;
	int row = db_step(stmt, err);
	const char *name = row == 1 ? db_column(stmt, 0).text : NULL;
	for (int i = 0; name != NULL && i < ROOT_RULES; i++)
		if (strcmp(root_rule_names[i], name) == 0)
			*rule = (enum root_rule)i;
	db_stmt_free(stmt);
	return row >= 0;
}

bool root_rule_set(struct db *db, int64_t num, enum root_rule rule, const char *condition,
	const int64_t *addresses, size_t count, struct error *err)
{
	if (!db_begin(db, err))
		return false;
	struct db_stmt *stmt = NULL;
	bool ok = db_execf(db, err,
			  "create table if not exists main.root_rule"
			  " (gen int primary key, rule text, condition text);"
			  "create table if not exists main.root_chosen (gen int, address "
			  "int);"
			  "delete from main.root_rule where gen = %lld;"
			  "delete from main.root_chosen where gen = %lld;"
			  "insert into main.root_rule (gen, rule, condition) values "
			  "(%lld, %Q, %Q)",
			  (long long)num, (long long)num, (long long)num,
			  root_rule_names[rule], condition) &&
		  db_prepare(db,
			  "insert into main.root_chosen (gen, address) values (?, ?)",
			  &stmt, NULL, err) &&
		  db_bind(stmt, 1, cell_integer(num), err);
	for (size_t i = 0; ok && i < count; i++)
		ok = db_bind(stmt, 2, cell_integer(addresses[i]), err) &&
		     db_run(stmt, err);
	db_stmt_free(stmt);
	if (ok && db_commit(db, err))
		return true;
	db_rollback(db);
	return false;
}

bool root_rule_addresses(
	struct db *db, int64_t num, int64_t **addresses, size_t *count, struct error *err)
{
	struct db_stmt *stmt = NULL;
	size_t cap = 0;
	*addresses = NULL;
	*count = 0;
	if (!db_preparef(db, &stmt, err,
		    "select distinct address from main.root_chosen where gen = %lld"
		    " order by address",
		    (long long)num))
		return false;
	int row;
	while ((row = db_step(stmt, err)) == 1) {
		if (!array_reserve(addresses, &cap, *count + 1, sizeof **addresses)) {
			error_nomem(err);
			break;
		}
		(*addresses)[(*count)++] = db_column_integer(stmt, 0);
	}
	db_stmt_free(stmt);
	if (row == 0)
		return true;
	free(*addresses);
	*addresses = NULL;
	return false;
}
