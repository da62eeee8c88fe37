/* SPDX-License-Identifier: MIT */
/* ancestor_types: what kinds of objects lead to a set of them. */
#include "base/array.h"
#include "base/bits.h"
#include "base/sort.h"
#include "paths/ancestors.h"
#include "session/commands.h"
#include "session/query.h"

#include <assert.h>
#include <stdlib.h>

/* Through these everything leads to everything, so the search stops at them. */
static const char *const ancestors_barred[] = { "module", "Settings" };

/* Walks up from the objects that COND selects, and counts its ancestors by round and
 * type. */
static bool ancestors_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const names[] = { "gen", "type", "count(*)" };
	struct analysis *heap = session_analysis(s, err);
	const struct objects *o = heap == NULL ? NULL : analysis_objects(heap, err);
	struct db_stmt *stmt = NULL;
	struct ancestors a = { 0 };
	uint32_t *starts = NULL;
	uint64_t *barred = NULL;
	uint64_t *keys = NULL; /* round << 32 | type */
	struct result *r = NULL;
	size_t starts_count, count = 0;
	bool ok = o != NULL &&
		  query_prepare_condition(
			  s, in, "select address from main.obj where", &stmt, err) &&
		  query_read_nodes(heap->g, stmt, &starts, &starts_count, err) &&
		  ((barred = bits_new(o->nodes)) != NULL || error_nomem(err));
	const size_t types = sizeof ancestors_barred / sizeof *ancestors_barred;
	for (size_t i = 0; ok && i < types; i++) {
		uint32_t type = objects_find_type(o, ancestors_barred[i]);
		for (uint32_t n = 0; n < o->nodes; n++)
			if (o->type[n] == type)
				bits_put(barred, n);
	}
	if (ok && (ok = ancestors_find(&a, heap->g, starts, starts_count, barred, err))) {
		keys = array_new(o->nodes, sizeof *keys);
		r = result_new(3, names);
		ok = (keys != NULL && r != NULL) || error_nomem(err);
	}
	for (uint32_t n = 0; ok && n < o->nodes; n++)
		if (a.round[n] != GRAPH_NONE)
			keys[count++] = (uint64_t)a.round[n] << 32 | o->type[n];
	sort_u64(keys, count);
	assert(o == NULL || count <= o->nodes);
	/* Equal keys are neighbours now: each run of them is a row. */
	for (size_t i = 0, same; ok && i < count; i += same) {
		for (same = 1; i + same < count && keys[i + same] == keys[i];)
			same++;
		const struct cell row[] = { cell_integer((int64_t)(keys[i] >> 32)),
			cell_text(o->name[(uint32_t)keys[i]]),
			cell_integer((int64_t)same) };
		ok = result_push(r, row, err);
	}
	db_stmt_free(stmt);
	ancestors_fini(&a);
	free(keys);
	free(starts);
	free(barred);
	return session_answer(s, ok, r, err);
}

const struct command command_ancestor_types = {
	.name = "ancestor_types",
	.usage = "COND",
	.summary = "count the objects that lead to a set, by distance and type",
	.kind = COMMAND_SQL,
	.run = ancestors_run,
};
