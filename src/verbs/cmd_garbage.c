/* SPDX-License-Identifier: MIT */
/* garbage: what no root leads to, by type. */
#include "base/array.h"
#include "base/bits.h"
#include "base/saturate.h"
#include "base/sort.h"
#include "result/drawing.h"
#include "session/commands.h"
#include "session/session.h"

#include <assert.h>
#include <stdlib.h>

/* More types than this in one picture explain nothing; the rest is one node. */
enum { GARBAGE_DRAWN = 24 };

struct garbage_type {
	uint32_t objects, first;
	int64_t bytes;
};

struct garbage {
	struct analysis *a;
	const uint64_t *reached;
	struct garbage_type *type; /* by type */
	struct sort_rank *rank; /* the types with garbage, those with most bytes first */
	size_t count;
};

/* The types of the garbage, and how they refer to each other. */
static bool garbage_draw(struct drawing *d, const struct garbage *g, struct error *err)
{
	const struct objects *o = g->a->objects;
	struct drawing_node rest = {
		.id = UINT64_MAX, .title = "more", .flags = DRAWING_MORE
	};
	bool ok = true;
	for (size_t i = 0; ok && i < g->count; i++) {
		const struct garbage_type *t = &g->type[g->rank[i].id];
		const struct drawing_node node = { .id = DRAWING_NO_ADDRESS + i,
			.title = o->name[g->rank[i].id],
			.bytes = t->bytes,
			.count = t->objects,
			.flags = t->objects > 1 ? DRAWING_GROUP : 0u };
		if (i < GARBAGE_DRAWN) {
			ok = drawing_put_node(d, &node, NULL, err);
		} else {
			rest.count += t->objects;
			rest.bytes = saturate_add(rest.bytes, t->bytes);
		}
	}
	ok = ok && (rest.count == 0 || drawing_put_node(d, &rest, NULL, err));
	if (!ok)
		return false;
	size_t n = d->node_count;
	assert(n <= GARBAGE_DRAWN + 1);
	uint32_t *place = array_new(o->types, sizeof *place); /* type to node of `d` */
	/* [i * n + j]: how many there are from node i to node j of the picture. */
	int64_t *references = array_new_zeroed(n * n, sizeof *references);
	ok = (place != NULL && references != NULL) || error_nomem(err);
	for (uint32_t i = 0; ok && i < g->count; i++)
		place[g->rank[i].id] = i < GARBAGE_DRAWN ? i : GARBAGE_DRAWN;
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		size_t children;
		const uint32_t *child = graph_children(g->a->g, i, &children);
		if (bits_has(g->reached, i))
			continue;
		for (size_t c = 0; c < children; c++)
			if (!bits_has(g->reached, child[c]))
				references[place[o->type[i]] * n +
					   place[o->type[child[c]]]]++;
	}
	for (size_t i = 0; ok && i < n * n; i++) {
		struct drawing_edge edge = {
			.from = i / n, .to = i % n, .count = references[i], .bytes = -1
		};
		ok = edge.count == 0 || drawing_put_edge(d, &edge, err);
	}
	free(place);
	free(references);
	return ok;
}

static bool garbage_run(struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "type", "objects", "bytes", "example" };
	(void)in;
	struct garbage g = { .a = session_analysis(s, err) };
	g.reached = g.a == NULL ? NULL : analysis_reachable(g.a, err);
	if (g.reached == NULL)
		return false;
	const struct objects *o = g.a->objects;
	g.type = array_new_zeroed(o->types, sizeof *g.type);
	g.rank = array_new(o->types, sizeof *g.rank);
	struct result *r = result_new(sizeof columns / sizeof *columns, columns);
	bool ok = (g.type != NULL && g.rank != NULL && r != NULL &&
			  (r->drawing = drawing_new()) != NULL) ||
		  error_nomem(err);
	for (uint32_t i = 0; ok && i < o->nodes; i++) {
		struct garbage_type *t = &g.type[o->type[i]];
		if (bits_has(g.reached, i))
			continue;
		if (t->objects++ == 0)
			t->first = i;
		t->bytes = saturate_add(t->bytes, o->size[i]);
	}
	for (uint32_t i = 0; ok && i < o->types; i++)
		if (g.type[i].objects > 0)
			g.rank[g.count++] = (struct sort_rank){ g.type[i].bytes, i };
	assert(g.count <= o->types);
	sort_ranks(g.rank, g.count);
	for (size_t i = 0; ok && i < g.count; i++) {
		const struct garbage_type *t = &g.type[g.rank[i].id];
		assert(t->objects > 0 && t->first < o->nodes);
		const struct cell row[] = { cell_text(o->name[g.rank[i].id]),
			cell_integer(t->objects), cell_integer(t->bytes),
			cell_integer(g.a->g->address[t->first]) };
		ok = result_push(r, row, err);
	}
	ok = ok && garbage_draw(r->drawing, &g, err);
	free(g.type);
	free(g.rank);
	return session_answer(s, ok, r, err);
}

const struct command command_garbage = {
	.name = "garbage",
	.usage = "",
	.summary = "show by type what only reference cycles keep alive",
	.kind = COMMAND_WORDS,
	.run = garbage_run,
};
