/* SPDX-License-Identifier: MIT */
#include "graph/marks.h"

#include "base/array.h"
#include "base/sort.h"
#include "store/db.h"

#include <assert.h>
#include <stdlib.h>

uint32_t *marks_read(struct db *db, const struct graph *g, struct error *err)
{
	uint32_t *mark = array_new_zeroed(g->nodes, sizeof *mark);
	struct db_stmt *stmt = NULL;
	bool ok = mark != NULL || error_nomem(err);
	int row = -1;
	/* Any program may have written them: a value that is not a depth counts as the
	 * deepest. */
	if (ok && db_prepare(db,
			  "select address, min(mark, 4294967295) from main.obj"
			  " where typeof(mark) = 'integer' and mark >= 1",
			  &stmt, NULL, err))
		while ((row = db_step(stmt, err)) == 1) {
			uint32_t node = graph_find_node(g, db_column_integer(stmt, 0));
			int64_t depth = db_column_integer(stmt, 1);
			assert(depth >= 1 && depth <= UINT32_MAX);
			if (node != GRAPH_NONE)
				mark[node] = (uint32_t)depth;
		}
	db_stmt_free(stmt);
	if (row == 0)
		return mark;
	free(mark);
	return NULL;
}

bool marks_continue(uint32_t *mark, const struct graph *g, struct error *err)
{
	uint64_t *old = array_new(g->nodes, sizeof *old); /* mark << 32 | node */
	uint32_t *queue = array_new(g->nodes, sizeof *queue);
	size_t old_count = 0, count = 0, at = 0;
	bool ok = (old != NULL && queue != NULL) || error_nomem(err);
	for (uint32_t i = 0; ok && i < g->nodes; i++)
		if (mark[i] != 0)
			old[old_count++] = (uint64_t)mark[i] << 32 | i;
	sort_u64(old, old_count);
	/* Two queues, each ascending by mark: always the lower of both heads. */
	for (size_t i = 0; ok && (i < old_count || at < count);) {
		bool from_old =
			at == count || (i < old_count && old[i] >> 32 <= mark[queue[at]]);
		uint32_t node = from_old ? (uint32_t)old[i++] : queue[at++];
		size_t n;
		const uint32_t *child = graph_children(g, node, &n);
		/* Marks the unmarked children.  A mark is never 0, so each node enters
		 * the queue at most once. */
		assert(mark[node] != 0);
		for (size_t j = 0; j < n; j++) {
			if (mark[child[j]] != 0)
				continue;
			assert(count < g->nodes);
			mark[child[j]] =
				mark[node] < UINT32_MAX ? mark[node] + 1 : UINT32_MAX;
			queue[count++] = child[j];
		}
	}
	assert(old_count + count <= g->nodes);
	free(old);
	free(queue);
	return ok;
}

bool marks_write(
	struct db *db, const struct graph *g, const uint32_t *mark, struct error *err)
{
	struct db_stmt *stmt = NULL;
	bool ok = db_prepare(db,
		"update main.obj set mark = ?1 where address = ?2 and mark is not ?1",
		&stmt, NULL, err);
	for (uint32_t i = 0; ok && i < g->nodes; i++)
		ok = db_bind(stmt, 1, mark[i] == 0 ? cell_null() : cell_integer(mark[i]),
			     err) &&
		     db_bind(stmt, 2, cell_integer(g->address[i]), err) &&
		     db_run(stmt, err);
	db_stmt_free(stmt);
	return ok;
}

bool marks_sweep(struct db *db, struct error *err)
{
	/* Later versions of the original have a row for the pseudo object. */
	return db_exec(
		db, "delete from main.obj where mark is null and address is not 0", err);
}
