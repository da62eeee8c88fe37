/* SPDX-License-Identifier: MIT */
/* roots, pin: what keeps a heap alive. */
#include "base/array.h"
#include "explain/object.h"
#include "session/commands.h"
#include "session/query.h"
#include "store/generation.h"
#include "store/root_rule.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Those that stand for the largest cycles first: the others need no explanation. */
static int roots_compare_shown(const void *a, const void *b)
{
	const struct root *x = a, *y = b;
	if (x->held != y->held)
		return x->held < y->held ? 1 : -1;
	return (x->node > y->node) - (x->node < y->node);
}

static bool roots_push_row(struct session *s, struct result *r, const struct graph *g,
	const struct root *root, struct error *err)
{
	struct object o;
	bool ok = object_read(&o, s->db, g->address[root->node], err);
	if (ok) {
		const struct cell row[] = { cell_integer(g->address[root->node]),
			cell_text(o.type), cell_text(object_detail(&o)),
			cell_integer(o.size), cell_text(root_reason_text(root)),
			cell_integer(root->held) };
		ok = result_push(r, row, err);
	}
	object_fini(&o);
	return ok;
}

static struct result *roots_rows(struct session *s, const struct graph *g,
	const struct roots *roots, struct error *err)
{
	static const char *const names[] = { "address", "type", "repr", "size", "why",
		"cycle" };
	struct result *r = result_new(sizeof names / sizeof *names, names);
	struct root *shown = array_new(roots->count, sizeof *shown);
	bool ok = (r != NULL && shown != NULL) || error_nomem(err);
	if (ok && roots->count > 0) {
		memcpy(shown, roots->root, roots->count * sizeof *shown);
		qsort(shown, roots->count, sizeof *shown, roots_compare_shown);
	}
	for (size_t i = 0; ok && i < roots->count; i++)
		ok = roots_push_row(s, r, g, &shown[i], err);
	free(shown);
	if (ok)
		return r;
	result_free(r);
	return NULL;
}

static bool roots_show(struct session *s, struct error *err)
{
	struct analysis *a = session_analysis(s, err);
	const struct roots *roots = a == NULL ? NULL : analysis_roots(a, err);
	struct result *r = roots == NULL ? NULL : roots_rows(s, a->g, roots, err);
	return r != NULL && session_emit(s, r, err);
}

/* What was found out about the old roots is no longer true. */
static bool roots_set(struct session *s, enum root_rule rule, const char *condition,
	const int64_t *addresses, size_t count, struct error *err)
{
	int64_t num;
	if (!generation_current(s->db, &num, err) ||
		!root_rule_set(s->db, num, rule, condition, addresses, count, err))
		return false;
	db_heap_changed(s->db);
	return true;
}

static bool roots_read_addresses(
	struct db_stmt *stmt, int64_t **addresses, size_t *count, struct error *err)
{
	size_t cap = 0;
	int row;
	while ((row = db_step(stmt, err)) == 1) {
		if (!array_reserve(addresses, &cap, *count + 1, sizeof **addresses))
			return error_nomem(err);
		(*addresses)[(*count)++] = db_column_integer(stmt, 0);
	}
	return row == 0;
}

static bool roots_choose(
	struct session *s, const struct invocation *in, struct error *err)
{
	struct db_stmt *stmt = NULL;
	int64_t *addresses = NULL;
	size_t count = 0;
	bool ok = query_prepare_condition(s, in,
			  "select address from main.obj where address is not 0 and",
			  &stmt, err) &&
		  roots_read_addresses(stmt, &addresses, &count, err);
	db_stmt_free(stmt);
	if (ok && count == 0)
		ok = error_set(err, STATUS_SCRIPT,
			"no object matches: the roots stay what they were");
	ok = ok && roots_set(s, ROOT_RULE_CHOSEN, in->text, addresses, count, err);
	if (ok)
		session_note(s, "%zu objects are roots", count);
	free(addresses);
	return ok;
}

static bool roots_run(struct session *s, const struct invocation *in, struct error *err)
{
	if (session_heap(s, err) == NULL)
		return false;
	if (*in->text == '\0')
		return roots_show(s, err);
	if (strcmp(in->text, "natural") == 0)
		return roots_set(s, ROOT_RULE_NATURAL, NULL, NULL, 0, err);
	if (strcmp(in->text, "original") == 0)
		return roots_set(s, ROOT_RULE_ORIGINAL, NULL, NULL, 0, err);
	return roots_choose(s, in, err);
}

const struct command command_roots = {
	.name = "roots",
	.usage = "[natural|original|COND]",
	.summary = "show what counts as a root and why, or choose it",
	.kind = COMMAND_SQL,
	.run = roots_run,
};

/* Roots that a condition chose are kept in a table: what is pinned joins them there. */
static bool pin_choose(struct session *s, const struct invocation *in, struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok = query_prepare_condition(s, in,
			  "insert into main.root_chosen (gen, address)"
			  " select (select num from main.gen where current = 1), address"
			  " from main.obj where",
			  &stmt, err) &&
		  db_run(stmt, err);
	db_stmt_free(stmt);
	return ok;
}

static bool pin_insert(struct session *s, const struct invocation *in, int64_t *pinned,
	struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok = query_prepare_condition(s, in,
			  "insert into main.ref (parent, child)"
			  " select 0, address from main.obj where",
			  &stmt, err) &&
		  db_run(stmt, err);
	*pinned = ok ? db_changes(s->db) : 0;
	db_stmt_free(stmt);
	return ok;
}

static bool pin_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db *db = session_heap(s, err);
	enum root_rule rule;
	int64_t num, pinned;
	if (db == NULL || !generation_current(db, &num, err) ||
		!root_rule_find(db, num, &rule, err) || !db_begin(db, err))
		return false;
	/* The condition may look at the pseudo object's references: it is asked before
	 * they change. */
	if ((rule == ROOT_RULE_CHOSEN && !pin_choose(s, in, err)) ||
		!pin_insert(s, in, &pinned, err) || !db_commit(db, err)) {
		db_rollback(db);
		return false;
	}
	session_note(s, "%" PRId64 " rows pinned", pinned);
	return true;
}

const struct command command_pin = {
	.name = "pin",
	.usage = "COND",
	.summary = "make objects roots",
	.kind = COMMAND_SQL,
	.run = pin_run,
};
