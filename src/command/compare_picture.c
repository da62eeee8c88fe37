/* SPDX-License-Identifier: MIT */
#include "command/compare_picture.h"

#include "base/array.h"
#include "model/drawing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PICTURE_TOP = 25 };

struct picture_rank {
	uint32_t node;
	int64_t change;
};

static int picture_compare(const void *a, const void *b)
{
	const struct picture_rank *x = a, *y = b;
	if (x->change != y->change)
		return x->change > y->change ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

/* Those that changed most, and what leads to them; NULL out of memory. */
static bool *picture_choose(
	const struct growth_tree *t, size_t top, uint32_t *left, struct error *err)
{
	bool *shown = array_new_zeroed(t->count, sizeof *shown);
	struct picture_rank *rank = array_new(t->count, sizeof *rank);
	size_t n = 0;
	if (shown == NULL || rank == NULL) {
		error_nomem(err);
		free(shown);
		free(rank);
		return NULL;
	}
	for (uint32_t i = 0; i < t->count; i++) {
		int64_t change = growth_net(t, growth_objects(t, i));
		if (change != 0)
			rank[n++] = (struct picture_rank){ i, llabs(change) };
	}
	if (n > 0)
		qsort(rank, n, sizeof *rank, picture_compare);
	for (size_t i = 0; i < n && i < top; i++)
		for (uint32_t at = rank[i].node; at != GRAPH_NONE && !shown[at];
			at = t->node[at].parent)
			shown[at] = true;
	*left = 0;
	for (size_t i = 0; i < n; i++)
		*left += !shown[rank[i].node];
	free(rank);
	return shown;
}

static unsigned picture_flags(int64_t before, int64_t after)
{
	return before == after  ? 0u
	       : before == 0    ? (unsigned)DRAWING_NEW
	       : after == 0     ? (unsigned)DRAWING_GONE
	       : before < after ? (unsigned)DRAWING_GROWN
				: (unsigned)DRAWING_SHRUNK;
}

static bool picture_put(
	struct drawing *d, const struct growth_tree *t, uint32_t i, struct error *err)
{
	const struct growth_node *n = &t->node[i];
	size_t last = t->generations - 1;
	int64_t before = growth_objects(t, i)[0], after = growth_objects(t, i)[last];
	char detail[96];
	if (before != after)
		snprintf(detail, sizeof detail,
			"%" PRId64 " → %" PRId64 " (%+" PRId64 ")", before, after,
			after - before);
	struct drawing_node node = { .id = (uint64_t)i + 1,
		.title = n->type,
		.detail = before == after ? NULL : detail,
		.bytes = growth_bytes(t, i)[last],
		.count = after,
		.flags = picture_flags(before, after) |
			 (before > 1 || after > 1 ? (unsigned)DRAWING_GROUP : 0u) |
			 (n->parent == GRAPH_NONE ? (unsigned)DRAWING_SOURCE : 0u) |
			 (n->repeated ? (unsigned)DRAWING_CYCLE : 0u) };
	size_t at;
	if (!drawing_put_node(d, &node, &at, err))
		return false;
	if (n->parent == GRAPH_NONE)
		return true;
	int64_t grown = growth_net(t, growth_bytes(t, i));
	struct drawing_edge edge = { .from = drawing_find(d, (uint64_t)n->parent + 1),
		.to = at,
		.label = n->label[0] == '\0' ? NULL : n->label,
		.count = after,
		.bytes = grown > 0 ? grown : 0,
		.flags =
			DRAWING_ON_PATH | (n->guessed ? (unsigned)DRAWING_GUESSED : 0u) };
	return drawing_put_edge(d, &edge, err);
}

bool compare_picture(
	struct result *r, const struct growth_tree *t, int64_t top, struct error *err)
{
	uint32_t left;
	bool *shown = picture_choose(t, top > 0 ? (size_t)top : PICTURE_TOP, &left, err);
	if (shown == NULL)
		return false;
	r->drawing = drawing_new();
	bool ok = r->drawing != NULL || error_nomem(err);
	for (uint32_t i = 0; ok && i < t->count; i++)
		ok = !shown[i] || picture_put(r->drawing, t, i, err);
	free(shown);
	if (!ok || left == 0)
		return ok;
	char title[48];
	snprintf(title, sizeof title, "%" PRIu32 " more", left);
	const struct drawing_node more = { .id = UINT64_MAX,
		.title = title,
		.bytes = -1,
		.count = left,
		.flags = DRAWING_MORE };
	return drawing_put_node(r->drawing, &more, NULL, err);
}
