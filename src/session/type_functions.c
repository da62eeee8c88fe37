/* SPDX-License-Identifier: MIT */
#include "session/type_functions.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "explain/attributes.h"
#include "graph/graph_kept.h"
#include "graph/type_totals.h"
#include "store/table_function.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

/* Objects and bytes by type.  With `fold` the dict in which an object keeps its
 * attributes counts with that object: its bytes do, and it is no object of its own. */
static bool type_rows_fill(
	struct analysis *a, bool fold, struct table_rows *rows, struct error *err)
{
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	const uint32_t *owner = o == NULL || !fold ? NULL : attributes_owner(a, err);
	if (o == NULL || (fold && owner == NULL))
		return false;
	uint32_t *example = type_examples(o, err);
	int64_t *bytes = array_new_zeroed(o->types, sizeof *bytes);
	int64_t *objects = array_new_zeroed(o->types, sizeof *objects);
	bool *some = array_new_zeroed(o->types, sizeof *some);
	bool ok = (example != NULL && bytes != NULL && objects != NULL && some != NULL) ||
		  error_nomem(err);
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		assert(!fold || owner[i] < o->nodes);
		bool part = fold && owner[i] != i;
		uint32_t type = o->type[part ? owner[i] : i];
		some[type] = true;
		objects[type] += !part;
		bytes[type] = saturate_add(bytes[type], o->size[i]);
	}
	for (uint32_t i = 0; ok && i < o->types; i++) {
		const int64_t row[] = { a->g->address[example[i]], objects[i], bytes[i] };
		ok = !some[i] || table_rows_push(rows, row, err);
	}
	free(example);
	free(bytes);
	free(objects);
	free(some);
	return ok;
}

static bool type_totals_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	return type_rows_fill(
		session_graph_analysis(context, err), arguments[0] != 0, rows, err);
}

static bool generation_types_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct session_graph *held = context;
	graph_kept_prepare_all(held->db);
	return type_rows_fill(graph_kept_analysis(held->db, arguments[0], err),
		arguments[1] != 0, rows, err);
}

static bool type_lengths_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	(void)arguments;
	struct analysis *a = session_graph_analysis(context, err);
	const struct lengths *l = a == NULL ? NULL : analysis_lengths(a, err);
	struct type_lengths found = { 0 };
	uint32_t *example = l == NULL ? NULL : type_examples(a->objects, err);
	bool ok = example != NULL && type_lengths_find(a->objects, l, &found, err);
	for (size_t i = 0; ok && i < found.count; i++) {
		const struct type_length *t = &found.item[i];
		const int64_t row[] = { a->g->address[example[t->type]], t->least,
			t->objects, t->bytes, t->items };
		ok = table_rows_push(rows, row, err);
	}
	free(example);
	type_lengths_fini(&found);
	return ok;
}

/* The nodes that type_greatest() finds, with what `cells` puts behind their addresses. */
static bool greatest_fill(const struct analysis *a, const struct type_figure *figure,
	int64_t most, struct table_rows *rows, struct error *err)
{
	size_t n;
	uint32_t limit = most < 0 ? 0 : most > UINT32_MAX ? UINT32_MAX : (uint32_t)most;
	uint32_t *node = type_greatest(a->objects, figure, limit, &n, err);
	bool ok = node != NULL;
	for (size_t i = 0; ok && i < n; i++) {
		int64_t row[3] = { a->g->address[node[i]] };
		ok = figure->get(figure->context, node[i], &row[1]);
		assert(ok && rows->columns <= 3);
		if (rows->columns == 3)
			row[2] = a->count[node[i]];
		ok = table_rows_push(rows, row, err);
	}
	free(node);
	return ok;
}

static bool largest_get(const void *context, uint32_t node, int64_t *value)
{
	const struct objects *o = context;
	*value = o->size[node];
	return true;
}

static bool largest_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	struct analysis *a = session_graph_analysis(context, err);
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	const struct type_figure figure = { largest_get, o };
	return o != NULL && greatest_fill(a, &figure, arguments[0], rows, err);
}

static bool longest_get(const void *context, uint32_t node, int64_t *value)
{
	return lengths_get(context, node, value);
}

static bool longest_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	struct analysis *a = session_graph_analysis(context, err);
	const struct lengths *l = a == NULL ? NULL : analysis_lengths(a, err);
	const struct type_figure figure = { longest_get, l };
	return l != NULL && greatest_fill(a, &figure, arguments[0], rows, err);
}

static bool retaining_get(const void *context, uint32_t node, int64_t *value)
{
	const struct analysis *a = context;
	*value = a->retained[node];
	return a->dominators->immediate[node] != DOMINATORS_UNREACHABLE;
}

static bool retaining_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct analysis *a = session_graph_analysis(context, err);
	const struct type_figure figure = { retaining_get, a };
	return a != NULL && analysis_retained(a, err) != NULL &&
	       greatest_fill(a, &figure, arguments[0], rows, err);
}

static bool named_objects_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	(void)arguments;
	struct analysis *a = session_graph_analysis(context, err);
	const uint64_t *named = a == NULL ? NULL : analysis_named(a, err);
	bool ok = named != NULL;
	for (uint32_t i = 0; ok && i < a->g->nodes; i++)
		ok = !bits_has(named, i) || table_rows_push(rows, &a->g->address[i], err);
	return ok;
}

static bool reachable_totals_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	(void)arguments;
	struct analysis *a = session_graph_analysis(context, err);
	uint32_t objects;
	int64_t bytes;
	if (a == NULL || !analysis_total(a, &bytes, &objects, err))
		return false;
	const int64_t row[] = { objects, bytes };
	return table_rows_push(rows, row, err);
}

static const struct table_function type_functions[] = {
	{ "type_totals", "address integer, objects integer, bytes integer", 3,
		"fold hidden", 1, type_totals_fill, NULL },
	{ "generation_types", "address integer, objects integer, bytes integer", 3,
		"num hidden, fold hidden", 2, generation_types_fill, NULL },
	{ "type_lengths",
		"address integer, least integer, objects integer, bytes integer, "
		"items integer",
		5, NULL, 0, type_lengths_fill, NULL },
	{ "largest", "address integer, size integer", 2, "most hidden", 1, largest_fill,
		NULL },
	{ "longest", "address integer, len integer", 2, "most hidden", 1, longest_fill,
		NULL },
	{ "retaining", "address integer, retained integer, objects integer", 3,
		"most hidden", 1, retaining_fill, NULL },
	{ "named_objects", "address integer", 1, NULL, 0, named_objects_fill, NULL },
	{ "reachable_totals", "objects integer, bytes integer", 2, NULL, 0,
		reachable_totals_fill, NULL },
};

bool type_functions_have(const char *name)
{
	for (size_t i = 0; i < sizeof type_functions / sizeof *type_functions; i++)
		if (strcasecmp(type_functions[i].name, name) == 0)
			return true;
	return false;
}

bool type_functions_register(struct db *db, struct session_graph *held, struct error *err)
{
	for (size_t i = 0; i < sizeof type_functions / sizeof *type_functions; i++)
		if (!table_function_register(db, &type_functions[i], held, err))
			return false;
	return true;
}
