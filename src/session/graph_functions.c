/* SPDX-License-Identifier: MIT */
#include "session/graph_functions.h"

#include "base/array.h"
#include "graph/reach.h"
#include "paths/path.h"
#include "store/table_function.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

/* Where a walk starts. */
struct graph_start {
	uint32_t object; /* room for one node */
	const uint32_t *node;
	size_t count;
};

/* The nodes that an address means: the object there, or the roots for the pseudo object
 * 0; none for an address that is not an object's. */
static bool graph_start_at(struct graph_start *start, struct session_graph *held,
	const struct graph *g, int64_t address, struct error *err)
{
	*start = (struct graph_start){ .object = GRAPH_NONE };
	if (address == 0) {
		struct analysis *a = session_graph_analysis(held, err);
		const struct roots *r = a == NULL ? NULL : analysis_roots(a, err);
		if (r == NULL)
			return false;
		start->node = r->node;
		start->count = r->count;
		return true;
	}
	start->object = graph_find_node(g, address);
	start->node = &start->object;
	start->count = start->object != GRAPH_NONE;
	return true;
}

static bool graph_push(
	const struct graph *g, uint32_t node, struct table_rows *rows, struct error *err)
{
	assert(node < g->nodes);
	const int64_t row[] = { g->address[node] };
	return table_rows_push(rows, row, err);
}

static bool children_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct session_graph *held = context;
	const struct graph *g = session_graph_get(held, err);
	struct graph_start start;
	if (g == NULL || !graph_start_at(&start, held, g, arguments[0], err))
		return false;
	const uint32_t *next = start.node;
	size_t n = start.count;
	if (arguments[0] != 0 && n > 0)
		next = graph_children(g, start.object, &n);
	for (size_t i = 0; i < n; i++)
		if (!graph_push(g, next[i], rows, err))
			return false;
	return true;
}

static bool parents_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	const struct graph *g = session_graph_get(context, err);
	const struct graph_side *up = g == NULL ? NULL : graph_parents(g, err);
	if (up == NULL)
		return false;
	uint32_t node = graph_find_node(g, arguments[0]);
	size_t n = 0;
	const uint32_t *next = node == GRAPH_NONE ? NULL : graph_neighbours(up, node, &n);
	for (size_t i = 0; i < n; i++)
		if (!graph_push(g, next[i], rows, err))
			return false;
	return true;
}

static bool reachable_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct session_graph *held = context;
	const struct graph *g = session_graph_get(held, err);
	struct graph_start start;
	if (g == NULL || !graph_start_at(&start, held, g, arguments[0], err))
		return false;
	const struct reach_query q = { .nodes = start.node, .count = start.count };
	uint32_t *depth = reach_depths(g, &q, err);
	bool ok = depth != NULL;
	for (uint32_t i = 0; ok && i < g->nodes; i++) {
		const int64_t row[] = { g->address[i], (int64_t)depth[i] - 1 };
		ok = depth[i] == 0 || table_rows_push(rows, row, err);
	}
	free(depth);
	return ok;
}

/* The objects that one owns, itself included: in the order of the dominators each comes
 * after its own, so one pass finds them. */
static bool dominated_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct analysis *a = session_graph_analysis(context, err);
	const struct dominators *d = a == NULL ? NULL : analysis_dominators(a, err);
	if (d == NULL)
		return false;
	uint32_t top = graph_find_node(a->g, arguments[0]);
	uint32_t *depth = array_new_zeroed(a->g->nodes, sizeof *depth);
	bool ok = depth != NULL || error_nomem(err);
	for (uint32_t i = 0; ok && i < d->reachable; i++) {
		uint32_t node = d->order[i], up = d->immediate[node];
		uint32_t above = up == DOMINATORS_TOP ? 0 : depth[up];
		if (above == 0 && node != top && arguments[0] != 0)
			continue;
		assert(depth[node] == 0);
		depth[node] = above + 1;
		const int64_t row[] = { a->g->address[node], (int64_t)depth[node] - 1 };
		ok = table_rows_push(rows, row, err);
	}
	free(depth);
	return ok;
}

static bool path_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	struct session_graph *held = context;
	const struct graph *g = session_graph_get(held, err);
	struct graph_start from, to;
	struct path_list found = { 0 };
	bool ok = g != NULL && graph_start_at(&from, held, g, arguments[0], err) &&
		  graph_start_at(&to, held, g, arguments[1], err);
	if (ok) {
		const struct path_query q = { .sources = from.node,
			.source_count = from.count,
			.targets = to.node,
			.target_count = to.count };
		ok = path_find(g, &q, &found, err);
	}
	for (size_t i = 0; ok && i < found.node_count; i++) {
		const int64_t row[] = { g->address[found.node[i]], (int64_t)i };
		ok = table_rows_push(rows, row, err);
	}
	path_list_fini(&found);
	return ok;
}

static bool dominators_push_row(const struct analysis *a, uint32_t node, int64_t depth,
	struct table_rows *rows, struct error *err)
{
	assert(node < a->dominators->nodes);
	uint32_t up = a->dominators->immediate[node];
	assert(up != DOMINATORS_UNREACHABLE);
	const int64_t row[] = { a->g->address[node],
		up == DOMINATORS_TOP ? 0 : a->g->address[up], depth, a->retained[node],
		a->count[node] };
	return table_rows_push(rows, row, err);
}

static bool dominators_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	(void)arguments;
	struct analysis *a = session_graph_analysis(context, err);
	const uint32_t *depth = a == NULL ? NULL : analysis_depths(a, err);
	if (depth == NULL || analysis_retained(a, err) == NULL)
		return false;
	if (rows->source != NULL && rows->source != depth)
		return error_set(err, STATUS_SCRIPT,
			"the heap changed while its dominators were read");
	rows->source = depth;
	uint32_t node = (uint32_t)rows->next;
	for (; node < a->g->nodes && rows->count < TABLE_BATCH; node++)
		if (depth[node] > 0 &&
			!dominators_push_row(a, node, depth[node], rows, err))
			return false;
	rows->next = node < a->g->nodes ? node : 0;
	return true;
}

/* Steps up the tree of dominators before its depths are computed. */
enum { DOMINATORS_WALK_MAX = 64 };

static bool dominators_find(void *context, const int64_t *arguments, int64_t address,
	struct table_rows *rows, struct error *err)
{
	(void)arguments;
	struct analysis *a = session_graph_analysis(context, err);
	const struct dominators *d = a == NULL ? NULL : analysis_retained(a, err);
	if (d == NULL)
		return false;
	uint32_t node = graph_find_node(a->g, address);
	if (node == GRAPH_NONE || d->immediate[node] == DOMINATORS_UNREACHABLE)
		return true;
	/* Nearly all objects are near the top.  In a long chain each would go all the way
	 * up: there the depths of all are found once. */
	int64_t depth = 1;
	uint32_t up = d->immediate[node];
	for (; up != DOMINATORS_TOP && depth < DOMINATORS_WALK_MAX; up = d->immediate[up])
		depth++;
	if (up != DOMINATORS_TOP) {
		const uint32_t *depths = analysis_depths(a, err);
		if (depths == NULL)
			return false;
		depth = depths[node];
	}
	return dominators_push_row(a, node, depth, rows, err);
}

/* Rows are integers, so the object at the lowest address represents its type. */
static bool type_references_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	(void)arguments;
	struct analysis *a = session_graph_analysis(context, err);
	const struct type_references *t =
		a == NULL ? NULL : analysis_type_references(a, err);
	if (t == NULL)
		return false;
	int64_t *example = array_new_zeroed(a->objects->types, sizeof *example);
	bool ok = example != NULL || error_nomem(err);
	for (uint32_t i = a->g->nodes; ok && i-- > 0;)
		example[a->objects->type[i]] = a->g->address[i];
	for (size_t i = 0; ok && i < t->count; i++) {
		const struct type_reference *r = &t->item[i];
		const int64_t row[] = { example[r->holder], example[r->held],
			(int64_t)r->references, (int64_t)r->objects, r->bytes };
		ok = table_rows_push(rows, row, err);
	}
	free(example);
	return ok;
}

static bool equal_fill(const struct analysis *a, const struct equal_groups *groups,
	int64_t least, struct table_rows *rows, struct error *err)
{
	for (size_t i = 0; groups != NULL && i < groups->count; i++) {
		const struct equal_group *group = &groups->item[i];
		const int64_t row[] = { a->g->address[group->first], group->copies,
			group->bytes, group->largest };
		if (group->copies >= least && !table_rows_push(rows, row, err))
			return false;
	}
	return groups != NULL;
}

static bool equal_values_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct analysis *a = session_graph_analysis(context, err);
	return a != NULL &&
	       equal_fill(a, analysis_equal_values(a, err), arguments[0], rows, err);
}

static bool equal_references_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct analysis *a = session_graph_analysis(context, err);
	return a != NULL &&
	       equal_fill(a, analysis_equal_references(a, err), arguments[0], rows, err);
}

static const struct table_function graph_functions[] = {
	{ "children", "address integer", 1, "start hidden", 1, children_fill, NULL },
	{ "parents", "address integer", 1, "start hidden", 1, parents_fill, NULL },
	{ "reachable", "address integer, depth integer", 2, "start hidden", 1,
		reachable_fill, NULL },
	{ "dominated", "address integer, depth integer", 2, "start hidden", 1,
		dominated_fill, NULL },
	{ "path", "address integer, step integer", 2, "start hidden, goal hidden", 2,
		path_fill, NULL },
	{ "dominators",
		"address integer, dominator integer, depth integer, retained integer, "
		"objects integer",
		5, NULL, 0, dominators_fill, dominators_find },
	{ "type_references",
		"holder integer, held integer, \"references\" integer, objects integer, "
		"bytes integer",
		5, NULL, 0, type_references_fill, NULL },
	{ "equal_values",
		"address integer, copies integer, bytes integer, largest integer", 4,
		"least hidden", 1, equal_values_fill, NULL },
	{ "equal_references",
		"address integer, copies integer, bytes integer, largest integer", 4,
		"least hidden", 1, equal_references_fill, NULL },
};

bool graph_functions_have(const char *name)
{
	for (size_t i = 0; i < sizeof graph_functions / sizeof *graph_functions; i++)
		if (strcasecmp(graph_functions[i].name, name) == 0)
			return true;
	return false;
}

bool graph_functions_register(
	struct db *db, struct session_graph *held, struct error *err)
{
	for (size_t i = 0; i < sizeof graph_functions / sizeof *graph_functions; i++)
		if (!table_function_register(db, &graph_functions[i], held, err))
			return false;
	return true;
}
