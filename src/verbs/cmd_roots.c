/* SPDX-License-Identifier: MIT */
/* roots, pin: what keeps a heap alive. */
#include "base/array.h"
#include "base/sort.h"
#include "explain/object.h"
#include "session/commands.h"
#include "session/query.h"
#include "store/generation.h"
#include "store/root_rule.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Results that were computed from the old roots are no longer valid. */
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

/* roots [natural|original|COND] */
static bool roots_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const names[] = { "address", "type", "repr", "size", "why",
		"cycle" };
	if (session_heap(s, err) == NULL)
		return false;
	if (strcmp(in->text, "natural") == 0)
		return roots_set(s, ROOT_RULE_NATURAL, NULL, NULL, 0, err);
	if (strcmp(in->text, "original") == 0)
		return roots_set(s, ROOT_RULE_ORIGINAL, NULL, NULL, 0, err);
	if (*in->text != '\0') {
		struct db_stmt *stmt = NULL;
		int64_t *addresses = NULL;
		size_t count = 0, cap = 0;
		int row = 0;
		bool ok = query_prepare_condition(s, in,
			"select address from main.obj where address is not 0 and", &stmt,
			err);
		while (ok && (row = db_step(stmt, err)) == 1) {
			ok = array_reserve(
				     &addresses, &cap, count + 1, sizeof *addresses) ||
			     error_nomem(err);
			if (ok)
				addresses[count++] = db_column_integer(stmt, 0);
		}
		db_stmt_free(stmt);
		ok = ok && row == 0;
		if (ok && count == 0)
			ok = error_set(err, STATUS_SCRIPT,
				"no object matches: the roots stay what they were");
		ok = ok &&
		     roots_set(s, ROOT_RULE_CHOSEN, in->text, addresses, count, err);
		if (ok)
			session_note(s, "%zu object%s", count,
				count == 1 ? " is a root" : "s are roots");
		free(addresses);
		return ok;
	}
	struct analysis *a = session_analysis(s, err);
	const struct roots *roots = a == NULL ? NULL : analysis_roots(a, err);
	if (roots == NULL)
		return false;
	struct result *r = result_new(sizeof names / sizeof *names, names);
	struct sort_rank *rank = array_new(roots->count, sizeof *rank);
	bool ok = (r != NULL && rank != NULL) || error_nomem(err);
	/* Roots of the largest cycles first: the others need no explanation. */
	for (uint32_t i = 0; ok && i < roots->count; i++)
		rank[i] = (struct sort_rank){ roots->root[i].held, i };
	if (ok)
		sort_ranks(rank, roots->count);
	for (size_t i = 0; ok && i < roots->count; i++) {
		const struct root *root = &roots->root[rank[i].id];
		assert(root->node < a->g->nodes);
		int64_t address = a->g->address[root->node];
		struct object o;
		ok = object_read(&o, s->db, address, err);
		const struct cell row[] = { cell_integer(address), cell_text(o.type),
			cell_text(object_detail(&o)), cell_integer(o.size),
			cell_text(root_reason_text(root)), cell_integer(root->held) };
		ok = ok && result_push(r, row, err);
		object_fini(&o);
	}
	free(rank);
	return session_answer(s, ok, r, err);
}

const struct command command_roots = {
	.name = "roots",
	.usage = "[natural|original|COND]",
	.summary = "show or choose the roots, and why they are roots",
	.kind = COMMAND_SQL,
	.run = roots_run,
};

/* pin COND */
static bool pin_run(struct session *s, const struct invocation *in, struct error *err)
{
	struct db *db = session_heap(s, err);
	struct db_stmt *join = NULL, *pin = NULL;
	enum root_rule rule;
	int64_t num, pinned = 0;
	if (db == NULL || !generation_current(db, &num, err) ||
		!root_rule_find(db, num, &rule, err) || !db_begin(db, err))
		return false;
	/* Roots that a condition chose are kept in a table: pinned objects join them
	 * there. The condition may look at the pseudo object's references: it is asked
	 * before they change. */
	bool ok = rule != ROOT_RULE_CHOSEN ||
		  (query_prepare_condition(s, in,
			   "insert into main.root_chosen (gen, address)"
			   " select (select num from main.gen where current = 1), address"
			   " from main.obj where",
			   &join, err) &&
			  db_run(join, err));
	db_stmt_free(join);
	ok = ok &&
	     query_prepare_condition(s, in,
		     "insert into main.ref (parent, child)"
		     " select 0, address from main.obj where",
		     &pin, err) &&
	     db_run(pin, err);
	if (ok)
		pinned = db_changes(s->db);
	db_stmt_free(pin);
	if (!ok || !db_commit(db, err)) {
		db_rollback(db);
		return false;
	}
	session_note(s, "%" PRId64 " row%s pinned", pinned, pinned == 1 ? "" : "s");
	return true;
}

const struct command command_pin = {
	.name = "pin",
	.usage = "COND",
	.summary = "make objects roots",
	.kind = COMMAND_SQL,
	.run = pin_run,
};
