/* SPDX-License-Identifier: MIT */
#include "answers/compare_picture.h"

#include "base/array.h"
#include "base/saturate.h"
#include "base/sort.h"
#include "result/drawing.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURE_TOP = 25 };

/* The dict of an object's attributes is drawn as one with the object. */
static bool picture_is_drawn(const struct growth_tree *t, uint32_t i)
{
	return t->node[i].parent == GRAPH_NONE || t->node[i].label != t->attributes;
}

/* The node that it is drawn below: GRAPH_NONE for a root. */
static uint32_t picture_parent(const struct growth_tree *t, uint32_t i)
{
	uint32_t parent = t->node[i].parent;
	while (parent != GRAPH_NONE && !picture_is_drawn(t, parent))
		parent = t->node[parent].parent;
	return parent;
}

/* The address of an object there in the last generation, in which it is in one place
 * only; else a number that is not an address. */
static uint64_t picture_id(const struct growth_tree *t, uint32_t i)
{
	return growth_objects(t, i)[t->generations - 1] > 0 ? (uint64_t)t->node[i].first
							    : DRAWING_NO_ADDRESS + i;
}

/* A place with its numbers before and after, and the reference to it. */
static bool picture_put(
	struct drawing *d, const struct growth_tree *t, uint32_t i, struct error *err)
{
	const struct growth_node *node = &t->node[i];
	int64_t before = growth_objects(t, i)[0];
	int64_t after = growth_objects(t, i)[t->generations - 1];
	char detail[96];
	snprintf(detail, sizeof detail, "%" PRId64 " → %" PRId64 " (%+" PRId64 ")",
		before, after, after - before);
	unsigned change = before == after  ? 0u
			  : before == 0    ? (unsigned)DRAWING_NEW
			  : after == 0     ? (unsigned)DRAWING_GONE
			  : before < after ? (unsigned)DRAWING_GROWN
					   : (unsigned)DRAWING_SHRUNK;
	const struct drawing_node drawn = { .id = picture_id(t, i),
		.title = (char *)node->type,
		.detail = before == after ? NULL : detail,
		.bytes = growth_bytes(t, i)[t->generations - 1],
		.count = before == after ? after : 1, /* the detail says it */
		.flags = change |
			 (before > 1 || after > 1 ? (unsigned)DRAWING_GROUP : 0u) |
			 (node->parent == GRAPH_NONE ? (unsigned)DRAWING_SOURCE : 0u) |
			 (node->repeated ? (unsigned)DRAWING_CYCLE : 0u) };
	int64_t grown = growth_net(t, growth_bytes(t, i));
	struct drawing_edge edge = {
		.label = node->label[0] == '\0' ? NULL : (char *)node->label,
		.count = 1,
		.bytes = grown > 0 ? grown : 0,
		.flags = DRAWING_ON_PATH | DRAWING_GROWTH |
			 (node->guessed ? (unsigned)DRAWING_GUESSED : 0u)
	};
	if (!drawing_put_node(d, &drawn, &edge.to, err))
		return false;
	if (node->parent == GRAPH_NONE)
		return true;
	edge.from = drawing_find(d, picture_id(t, picture_parent(t, i)));
	return drawing_put_edge(d, &edge, err);
}

bool compare_picture(
	struct result *r, const struct growth_tree *t, int64_t top, struct error *err)
{
	const size_t most = top > 0 ? (size_t)top : PICTURE_TOP;
	bool *shown = array_new_zeroed(t->count, sizeof *shown);
	struct sort_rank *rank = array_new(t->count, sizeof *rank);
	struct drawing *d = r->drawing = drawing_new();
	bool ok = (shown != NULL && rank != NULL && d != NULL) || error_nomem(err);
	size_t n = 0;
	for (uint32_t i = 0; ok && i < t->count; i++) {
		int64_t change = growth_net(t, growth_objects(t, i));
		if (change != 0 && picture_is_drawn(t, i))
			rank[n++] = (struct sort_rank){ saturate_magnitude(change), i };
	}
	if (ok)
		sort_ranks(rank, n);
	/* Those that changed most, and what leads to them. */
	for (size_t i = 0; i < n && i < most; i++)
		for (uint32_t at = rank[i].id; at != GRAPH_NONE && !shown[at];
			at = picture_parent(t, at))
			shown[at] = true;
	assert(n <= t->count);
	uint32_t left = 0;
	for (size_t i = 0; i < n; i++)
		left += !shown[rank[i].id];
	for (uint32_t i = 0; ok && i < t->count; i++)
		ok = !shown[i] || picture_put(d, t, i, err);
	free(shown);
	free(rank);
	if (!ok || left == 0)
		return ok;
	const struct drawing_node more = { .id = UINT64_MAX,
		.title = "more",
		.bytes = -1,
		.count = left,
		.flags = DRAWING_MORE };
	return drawing_put_node(d, &more, NULL, err);
}
