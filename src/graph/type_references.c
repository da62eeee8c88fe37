/* SPDX-License-Identifier: MIT */
#include "graph/type_references.h"

#include "base/array.h"
#include "base/map.h"
#include "base/saturate.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>

/* References come in runs of the same few pairs of types: a cache of this size saves most
 * lookups in the map. */
enum { TYPE_RECENT = 256 };

struct type_work {
	struct type_references *t;
	struct map map; /* from pairs to items */
	uint32_t recent[TYPE_RECENT];
};

struct type_ask {
	const struct type_references *t;
	uint32_t holder, held;
};

static bool type_same(const void *key, uint32_t item)
{
	const struct type_ask *ask = key;
	const struct type_reference *r = &ask->t->item[item];
	return r->holder == ask->holder && r->held == ask->held;
}

/* The item of a pair, which may be new; NULL out of memory. */
static struct type_reference *type_item(
	struct type_work *w, uint32_t holder, uint32_t held)
{
	struct type_references *t = w->t;
	struct type_ask ask = { t, holder, held };
	uint32_t *recent = &w->recent[(holder * 31 + held) % TYPE_RECENT];
	if (*recent < t->count && type_same(&ask, *recent))
		return &t->item[*recent];
	uint64_t hash = map_hash_number(holder, held);
	uint32_t at = map_find(&w->map, hash, type_same, &ask);
	if (at == MAP_NONE) {
		at = (uint32_t)t->count;
		if (!array_reserve(&t->item, &t->cap, t->count + 1, sizeof *t->item) ||
			!map_put(&w->map, hash, at))
			return NULL;
		t->item[t->count++] =
			(struct type_reference){ .holder = holder, .held = held };
	}
	*recent = at;
	return &t->item[at];
}

/* Counts a row of `ref`; false out of memory. */
static bool type_count_row(
	struct type_work *w, const struct objects *o, uint32_t from, uint32_t to)
{
	struct type_reference *r = type_item(w, o->type[from], o->type[to]);
	if (r == NULL)
		return false;
	r->references++;
	r->bytes = saturate_add(r->bytes, o->size[to]);
	return true;
}

/* Counts what the references lead to, each object once for each type of holder; with
 * `rows` also the references, each once. */
static bool type_count_objects(struct type_work *w, const struct graph *g,
	const struct objects *o, bool rows, struct error *err)
{
	enum { AHEAD = 16 };
	uint32_t *seen = NULL; /* the last object of a pair */
	size_t pairs = 0, cap = 0;
	const struct graph_side *up = graph_parents(g, err);
	if (up == NULL)
		return false;
	const uint32_t *all = up->node;
	for (uint32_t node = 0; node < g->nodes; node++) {
		for (uint32_t i = up->start[node]; i < up->start[node + 1]; i++) {
			if (i + AHEAD < g->references)
				__builtin_prefetch(&o->type[all[i + AHEAD]]);
			struct type_reference *r =
				type_item(w, o->type[all[i]], o->type[node]);
			bool room = seen != NULL && pairs == w->t->count;
			if (r == NULL || (!room && !array_reserve(&seen, &cap,
							   w->t->count, sizeof *seen))) {
				free(seen);
				return error_nomem(err);
			}
			while (pairs < w->t->count)
				seen[pairs++] = GRAPH_NONE;
			assert(seen != NULL && (size_t)(r - w->t->item) < pairs);
			uint32_t *last = &seen[r - w->t->item];
			r->objects += *last != node;
			*last = node;
			r->references += rows;
			if (rows)
				r->bytes = saturate_add(r->bytes, o->size[node]);
		}
	}
	free(seen);
	return true;
}

static int type_compare(const void *a, const void *b)
{
	const struct type_reference *x = a, *y = b;
	if (x->holder != y->holder)
		return x->holder < y->holder ? -1 : 1;
	return (x->held > y->held) - (x->held < y->held);
}

/* Counts the rows of the table. */
static bool type_count_rows(struct type_work *w, struct db *db, int64_t num,
	const struct graph *g, const struct objects *o, struct error *err)
{
	char ref[GENERATION_TABLE_MAX];
	struct db_stmt *refs = NULL;
	bool ok = generation_table(db, "ref", num, ref, err) &&
		  db_preparef(db, &refs, err,
			  "select parent, child from main.\"%w\" not indexed", ref);
	int64_t last = 0;
	uint32_t from = GRAPH_NONE, next = 0;
	int row = ok ? 1 : -1;
	while (row == 1 && (row = db_step(refs, err)) == 1) {
		int64_t parent = db_column_integer(refs, 0);
		if (parent != last) {
			/* The next object, as a rule, for rows are ordered by parent. */
			bool follows = next < g->nodes && g->address[next] == parent;
			from = follows ? next : graph_find_node(g, parent);
			next = from == GRAPH_NONE ? next : from + 1;
			last = parent;
		}
		uint32_t to = from == GRAPH_NONE
				      ? GRAPH_NONE
				      : graph_find_node(g, db_column_integer(refs, 1));
		if (to != GRAPH_NONE && !type_count_row(w, o, from, to)) {
			error_nomem(err);
			row = -1;
		}
	}
	db_stmt_free(refs);
	return row == 0;
}

struct type_references *type_references_new(struct db *db, int64_t num,
	const struct graph *g, const struct objects *o, struct error *err)
{
	struct type_work w = { .t = array_new_zeroed(1, sizeof *w.t) };
	bool ok = w.t != NULL || error_nomem(err);
	/* The graph has each reference once. */
	if (ok && g->repeats_known) {
		ok = type_count_objects(&w, g, o, true, err);
		for (size_t i = 0; ok && i < g->repeats; i++)
			ok = type_count_row(&w, o, (uint32_t)(g->repeat[i] >> 32),
				     (uint32_t)g->repeat[i]) ||
			     error_nomem(err);
	} else {
		ok = ok && type_count_rows(&w, db, num, g, o, err) &&
		     type_count_objects(&w, g, o, false, err);
	}
	map_fini(&w.map);
	if (!ok) {
		type_references_free(w.t);
		return NULL;
	}
	if (w.t->count > 0)
		qsort(w.t->item, w.t->count, sizeof *w.t->item, type_compare);
	return w.t;
}

void type_references_free(struct type_references *t)
{
	if (t == NULL)
		return;
	free(t->item);
	free(t);
}
