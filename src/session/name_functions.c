/* SPDX-License-Identifier: MIT */
#include "session/name_functions.h"

#include "base/array.h"
#include "base/nearest.h"
#include "explain/name.h"
#include "explain/peers.h"
#include "store/scalar_function.h"
#include "store/table_function.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The names and the node of the object at an address; GRAPH_NONE when there is none. */
static struct name_tree *name_function_start(
	void *context, struct cell argument, uint32_t *node, struct error *err)
{
	struct session_graph *held = context;
	struct name_tree *t = session_graph_names(held, err);
	*node = GRAPH_NONE;
	if (t != NULL && argument.type == CELL_INTEGER)
		*node = graph_find_node(held->analysis->g, argument.integer);
	assert(*node == GRAPH_NONE || *node < held->analysis->g->nodes);
	return t;
}

static bool name_of_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	uint32_t node;
	struct name_tree *t = name_function_start(context, argument, &node, err);
	if (t == NULL || (node != GRAPH_NONE && !name_put(t, node, room, err)))
		return false;
	if (room->len > 0)
		*value = cell_bytes(room->data, room->len);
	return true;
}

/* A function whose value is a constant text of the node, NULL for none. */
static bool name_text_call(void *context, struct cell argument,
	const char *(*text)(const struct name_tree *t, uint32_t node), struct cell *value,
	struct error *err)
{
	uint32_t node;
	const struct name_tree *t = name_function_start(context, argument, &node, err);
	if (t != NULL && node != GRAPH_NONE)
		*value = cell_text(text(t, node));
	return t != NULL;
}

static bool module_of_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	(void)room;
	return name_text_call(context, argument, name_module, value, err);
}

static bool defined_in_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	(void)room;
	return name_text_call(context, argument, name_defined_in, value, err);
}

static bool attributes_of_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	(void)room;
	uint32_t node, owner;
	const struct name_tree *t = name_function_start(context, argument, &node, err);
	if (t != NULL && node != GRAPH_NONE && name_is_attributes(t, node, &owner))
		*value = cell_integer(
			((struct session_graph *)context)->analysis->g->address[owner]);
	return t != NULL;
}

static const char *name_owner_kind(const struct name_tree *t, uint32_t node)
{
	return name_owner_text(name_owner(t, node));
}

static bool owner_kind_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	(void)room;
	return name_text_call(context, argument, name_owner_kind, value, err);
}

/* The type itself if objects of the heap have it, else an error: a report about a type
 * whose name is misspelt would be empty. */
static bool known_type_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	struct analysis *a = session_graph_analysis(context, err);
	const struct objects *o = a == NULL ? NULL : analysis_objects(a, err);
	if (o == NULL || argument.type != CELL_TEXT)
		return o != NULL;
	buffer_clear(room);
	buffer_put(room, argument.text, argument.len);
	const char *type = buffer_text(room);
	*value = argument;
	if (room->failed || objects_find_type(o, type) != GRAPH_NONE)
		return !room->failed || error_nomem(err);
	const char **names = array_new(o->types + (size_t)1, sizeof *names);
	if (names == NULL)
		return error_nomem(err);
	for (uint32_t i = 0; i < o->types; i++)
		names[i] = o->name[i];
	names[o->types] = NULL;
	const char *near = nearest_name(type, strlen(type), names);
	free(names);
	return near == NULL
		       ? error_set(err, STATUS_SCRIPT, "no object of type %s", type)
		       : error_set(err, STATUS_SCRIPT,
				 "no object of type %s; did you mean %s?", type, near);
}

static int64_t piles_address(const struct graph *g, uint32_t node)
{
	return node == GRAPH_NONE ? TABLE_NULL : g->address[node];
}

/* A number of objects out of a number of SQL. */
static uint32_t name_limit(int64_t number)
{
	return number < 1 ? 1 : number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

/* Few or one object are suspect from three times the share on that makes many so. */
enum { PILES_LARGE = 3 };

static bool piles_fill(void *context, const int64_t *arguments, struct table_rows *rows,
	struct error *err)
{
	struct session_graph *held = context;
	struct pile_query q = { .least = name_limit(arguments[0]),
		.bytes = arguments[1] < 1 ? 1 : arguments[1] };
	q.large = q.bytes > INT64_MAX / PILES_LARGE ? INT64_MAX : q.bytes * PILES_LARGE;
	const struct piles *piles = session_graph_piles(held, &q, err);
	bool ok = piles != NULL;
	for (size_t i = 0; ok && i < piles->count; i++) {
		const struct pile *p = &piles->pile[i];
		const int64_t row[] = { piles_address(held->analysis->g, p->owner),
			piles_address(held->analysis->g, p->holder), p->kind,
			piles_address(held->analysis->g, p->sample), p->objects,
			piles_address(held->analysis->g, p->unit), p->units, p->kinds,
			p->bytes };
		ok = table_rows_push(rows, row, err);
	}
	return ok;
}

static bool outliers_fill(void *context, const int64_t *arguments,
	struct table_rows *rows, struct error *err)
{
	struct session_graph *held = context;
	struct name_tree *t = session_graph_names(held, err);
	struct peers peers = { 0 };
	struct peers_query q = { .least = name_limit(arguments[0]),
		.times = name_limit(arguments[1]) };
	bool ok = t != NULL && peers_find(&peers, &q, held->analysis, t, err);
	for (size_t i = 0; ok && i < peers.count; i++) {
		const struct peer *p = &peers.peer[i];
		const int64_t row[] = { held->analysis->g->address[p->node],
			p->references, p->usual };
		ok = table_rows_push(rows, row, err);
	}
	free(peers.peer);
	return ok;
}

static const struct table_function name_tables[] = {
	{ "piles",
		"address integer, holder integer, kind integer, sample integer, "
		"objects integer, unit integer, units integer, kinds integer, bytes "
		"integer",
		9, "least hidden, share hidden", 2, piles_fill, NULL },
	{ "outliers", "address integer, \"references\" integer, usual integer", 3,
		"least hidden, times hidden", 2, outliers_fill, NULL },
};

static const struct scalar_function name_functions[] = {
	{ "name_of", name_of_call },
	{ "module_of", module_of_call },
	{ "attributes_of", attributes_of_call },
	{ "defined_in", defined_in_call },
	{ "owner_kind", owner_kind_call },
	{ "known_type", known_type_call },
};

bool name_functions_register(struct db *db, struct session_graph *held, struct error *err)
{
	for (size_t i = 0; i < sizeof name_functions / sizeof *name_functions; i++)
		if (!scalar_function_register(db, &name_functions[i], held, err))
			return false;
	for (size_t i = 0; i < sizeof name_tables / sizeof *name_tables; i++)
		if (!table_function_register(db, &name_tables[i], held, err))
			return false;
	return true;
}
