/* SPDX-License-Identifier: MIT */
#include "session/picture.h"

#include "explain/object.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beyond this many objects a drawing explains nothing; the format's own limit is lower.
 */
enum { PICTURE_OBJECTS_MAX = 10000 };

bool picture_put_object(struct drawing *d, struct session_graph *held, int64_t address,
	unsigned flags, struct error *err)
{
	struct object object;
	const struct graph *g = session_graph_get(held, err);
	if (g == NULL || !object_read(&object, held->db, address, err))
		return false;
	char number[32];
	snprintf(number, sizeof number, "%" PRId64, address);
	struct drawing_node node = {
		.id = (uint64_t)address,
		.title = object.type == NULL ? number : object.type,
		.detail = object_detail(&object),
		.bytes = object.found ? object.size : -1,
		.count = 1,
		.flags = flags,
	};
	uint32_t n = graph_find_node(g, address);
	if (n != GRAPH_NONE && graph_is_root(g, n))
		node.flags |= DRAWING_ROOT;
	if (object_is_code(&object))
		node.flags |= DRAWING_CODE;
	bool ok = drawing_put_node(d, &node, NULL, err);
	object_fini(&object);
	return ok;
}

bool picture_put_references(struct drawing *d, const struct graph *g, struct error *err)
{
	for (size_t from = 0; from < d->node_count; from++) {
		uint32_t node = graph_find_node(g, (int64_t)d->nodes[from].id);
		if (node == GRAPH_NONE)
			continue;
		size_t n;
		const uint32_t *children = graph_children(g, node, &n);
		for (size_t i = 0; i < n; i++) {
			size_t to = drawing_find(d, (uint64_t)g->address[children[i]]);
			struct drawing_edge edge = {
				.from = from, .to = to, .count = 1, .bytes = -1
			};
			if (to != SIZE_MAX && !drawing_put_edge(d, &edge, err))
				return false;
		}
	}
	return true;
}

bool picture_of_objects(struct session_graph *held, struct result *r, struct error *err)
{
	int column = result_find_column(r, "address", strlen("address"));
	if (column < 0)
		return true;
	const struct graph *g = session_graph_get(held, err);
	struct drawing *d = g == NULL ? NULL : drawing_new();
	if (d == NULL)
		return g == NULL ? false : error_nomem(err);
	bool ok = true;
	size_t shown = r->rows < PICTURE_OBJECTS_MAX ? r->rows : PICTURE_OBJECTS_MAX;
	for (size_t row = 0; ok && row < shown; row++) {
		struct cell cell = result_cell(r, row, column);
		ok = cell.type != CELL_INTEGER ||
		     picture_put_object(d, held, cell.integer, 0, err);
	}
	assert(d->node_count <= shown);
	/* One node represents all that are too many. */
	const struct drawing_node more = { .id = UINT64_MAX,
		.title = "more",
		.bytes = -1,
		.count = (int64_t)(r->rows - shown),
		.flags = DRAWING_MORE };
	ok = ok && (shown == r->rows || drawing_put_node(d, &more, NULL, err)) &&
	     picture_put_references(d, g, err);
	if (ok)
		r->drawing = d;
	else
		drawing_free(d);
	return ok;
}
