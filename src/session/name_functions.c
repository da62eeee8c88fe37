/* SPDX-License-Identifier: MIT */
#include "session/name_functions.h"

#include "explain/name.h"
#include "store/scalar_function.h"

/* The names and the node of the object at an address; GRAPH_NONE when there is none. */
static struct name_tree *name_function_start(
	void *context, struct cell argument, uint32_t *node, struct error *err)
{
	struct session_graph *held = context;
	struct name_tree *t = session_graph_names(held, err);
	*node = GRAPH_NONE;
	if (t != NULL && argument.type == CELL_INTEGER)
		*node = graph_find_node(held->graph, argument.integer);
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

static bool module_of_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	(void)room;
	uint32_t node;
	const struct name_tree *t = name_function_start(context, argument, &node, err);
	if (t != NULL && node != GRAPH_NONE)
		*value = cell_text(name_module(t, node));
	return t != NULL;
}

static bool owner_kind_call(void *context, struct cell argument, struct buffer *room,
	struct cell *value, struct error *err)
{
	(void)room;
	uint32_t node;
	const struct name_tree *t = name_function_start(context, argument, &node, err);
	if (t != NULL && node != GRAPH_NONE)
		*value = cell_text(name_owner_text(name_owner(t, node)));
	return t != NULL;
}

static const struct scalar_function name_functions[] = {
	{ "name_of", name_of_call },
	{ "module_of", module_of_call },
	{ "owner_kind", owner_kind_call },
};

bool name_functions_register(struct db *db, struct session_graph *held, struct error *err)
{
	for (size_t i = 0; i < sizeof name_functions / sizeof *name_functions; i++)
		if (!scalar_function_register(db, &name_functions[i], held, err))
			return false;
	return true;
}
