/* SPDX-License-Identifier: MIT */
#include "graph/lengths.h"

#include "base/array.h"
#include "base/search.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct lengths *lengths_new(uint32_t n, struct error *err)
{
	struct lengths *l = array_new_zeroed(1, sizeof *l);
	if (l != NULL)
		l->len = array_new(n, sizeof *l->len);
	if (l == NULL || l->len == NULL) {
		lengths_free(l);
		error_nomem(err);
		return NULL;
	}
	l->nodes = n;
	for (uint32_t i = 0; i < n; i++)
		l->len[i] = LENGTHS_NONE;
	return l;
}

void lengths_free(struct lengths *l)
{
	if (l == NULL)
		return;
	free(l->len);
	free(l->far);
	free(l);
}

bool lengths_set(struct lengths *l, uint32_t node, const struct cell *len)
{
	assert(node < l->nodes && l->len[node] == LENGTHS_NONE);
	if (len->type != CELL_INTEGER)
		return true;
	if (len->integer >= 0 && len->integer < LENGTHS_FAR) {
		l->len[node] = (uint32_t)len->integer;
		return true;
	}
	assert(l->far_count == 0 || l->far[l->far_count - 1].node < node);
	if (!array_reserve(&l->far, &l->far_cap, l->far_count + 1, sizeof *l->far))
		return false;
	l->far[l->far_count++] = (struct lengths_far){ node, len->integer };
	l->len[node] = LENGTHS_FAR;
	return true;
}

bool lengths_join(struct lengths *l, struct lengths *part)
{
	assert(part->len == l->len && part->nodes == l->nodes);
	bool ok = array_reserve(
		&l->far, &l->far_cap, l->far_count + part->far_count, sizeof *l->far);
	for (size_t i = 0; ok && i < part->far_count; i++) {
		assert(l->far_count == 0 ||
			l->far[l->far_count - 1].node < part->far[i].node);
		l->far[l->far_count++] = part->far[i];
	}
	free(part->far);
	part->far = NULL;
	part->far_count = part->far_cap = 0;
	return ok;
}

bool lengths_get(const struct lengths *l, uint32_t node, int64_t *len)
{
	assert(node < l->nodes);
	*len = l->len[node];
	if (l->len[node] != LENGTHS_FAR)
		return l->len[node] != LENGTHS_NONE;
	size_t at;
	SEARCH_FIRST(at, l->far_count, l->far[at].node >= node);
	assert(at < l->far_count && l->far[at].node == node);
	*len = l->far[at].len;
	return true;
}

struct lengths *lengths_load(
	struct db *db, int64_t num, const struct graph *g, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	struct lengths *l = lengths_new(g->nodes, err);
	bool ok = l != NULL && generation_table(db, "obj", num, obj, err) &&
		  db_preparef(db, &stmt, err,
			  "select address, len from main.\"%w\" where len is not null "
			  "order by address",
			  obj);
	int row = 0;
	uint32_t node = 0;
	while (ok && (row = db_step(stmt, err)) == 1) {
		int64_t address = db_column_integer(stmt, 0);
		struct cell len = db_column(stmt, 1);
		while (node < g->nodes && g->address[node] < address)
			node++;
		/* Skips rows that are not nodes, such as those whose address is not an
		 * integer. */
		if (node < g->nodes && g->address[node] == address &&
			l->len[node] == LENGTHS_NONE)
			ok = lengths_set(l, node, &len) || error_nomem(err);
	}
	db_stmt_free(stmt);
	if (ok && row == 0)
		return l;
	lengths_free(l);
	return NULL;
}
