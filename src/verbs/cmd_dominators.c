/* SPDX-License-Identifier: MIT */
/* dominators, retained: who owns how much. */
#include "base/array.h"
#include "base/bits.h"
#include "base/magnitude.h"
#include "base/saturate.h"
#include "base/sort.h"
#include "graph/reach.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "session/picture.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DOMINATORS_ROWS = 20 };

/* The dominators and what the commands ask of them. */
struct owners {
	struct analysis *a;
	const struct dominators *d;
	const struct objects *o;
};

/* The `top` nodes of `in` (NULL: all that are reachable) that retain most, the most
 * first.  Nodes come ascending, so of two that retain the same the first one stays.
 * O(n log top). */
static struct sort_rank *owners_rank(const struct owners *w, const uint64_t *in,
	size_t top, size_t *n, struct error *err)
{
	size_t room = top > w->d->reachable / 2 ? w->d->reachable : 2 * top;
	bool full = false; /* then the first `top` are sorted, and the least is known */
	struct sort_rank *rank = array_new(room, sizeof *rank);
	*n = 0;
	if (rank == NULL) {
		error_nomem(err);
		return NULL;
	}
	for (uint32_t i = 0; i < w->d->nodes; i++) {
		struct sort_rank next = { w->a->retained[i], i };
		if (w->d->immediate[i] == DOMINATORS_UNREACHABLE ||
			(in != NULL && !bits_has(in, i)) ||
			(full && next.weight <= rank[top - 1].weight))
			continue;
		if (*n == room) {
			sort_ranks(rank, *n);
			*n = top;
			full = true;
		}
		rank[(*n)++] = next;
	}
	sort_ranks(rank, *n);
	assert(top > 0 && *n <= room);
	*n = *n < top ? *n : top;
	return rank;
}

/* Frames the nodes that one object owns which is not drawn itself, two of them at least.
 */
static bool dominators_draw_frames(
	struct drawing *d, const struct owners *w, struct error *err)
{
	const struct graph *g = w->a->g;
	const uint32_t *immediate = w->d->immediate;
	const size_t words = w->d->nodes / 64 + (size_t)1;
	/* Owners above one node, and owners where two paths up meet. */
	uint64_t *seen = bits_new(w->d->nodes), *shared = bits_new(w->d->nodes);
	/* Of each drawn node; DOMINATORS_TOP: it gets no frame. */
	uint32_t *owner = array_new(d->node_count, sizeof *owner);
	bool ok = (seen != NULL && shared != NULL && owner != NULL) || error_nomem(err);
	if (!ok)
		goto out;
	for (size_t i = 0; i < d->node_count; i++)
		owner[i] = graph_find_node(g, (int64_t)d->nodes[i].id);
	/* An arrow would cross the frame. */
	for (size_t i = 0; i < d->edge_count; i++)
		owner[d->edges[i].from] = owner[d->edges[i].to] = DOMINATORS_TOP;
	for (size_t i = 0; i < d->node_count; i++) {
		if (owner[i] == DOMINATORS_TOP)
			continue;
		uint32_t up = immediate[owner[i]];
		for (; up != DOMINATORS_TOP && !bits_has(seen, up); up = immediate[up])
			bits_put(seen, up);
		if (up != DOMINATORS_TOP)
			bits_put(shared, up);
	}
	/* From here on `owner` is the nearest owner that a node shares with another. */
	for (size_t i = 0; i < d->node_count; i++) {
		if (owner[i] == DOMINATORS_TOP)
			continue;
		uint32_t up = immediate[owner[i]];
		while (up != DOMINATORS_TOP && !bits_has(shared, up))
			up = immediate[up];
		owner[i] = up;
	}
	memset(seen, 0, words * sizeof *seen);
	memset(shared, 0, words * sizeof *shared);
	for (size_t i = 0; i < d->node_count; i++)
		if (owner[i] != DOMINATORS_TOP)
			bits_put(bits_has(seen, owner[i]) ? shared : seen, owner[i]);
	for (size_t i = 0; ok && i < d->node_count; i++) {
		struct buffer name = BUFFER_INIT;
		if (owner[i] == DOMINATORS_TOP || !bits_has(shared, owner[i]))
			continue;
		buffer_printf(&name, "owned by %s %" PRId64, objects_type(w->o, owner[i]),
			g->address[owner[i]]);
		d->nodes[i].cluster = buffer_take(&name);
		ok = d->nodes[i].cluster != NULL || error_nomem(err);
	}
out:
	free(seen);
	free(shared);
	free(owner);
	return ok;
}

/* dominators [of "COND"] [top N] */
static bool dominators_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "address", "type", "size", "retained",
		"objects", "percent", "dominator" };
	enum { OF, TOP };
	struct clause c[] = { [OF] = { .name = "of", .takes = true },
		[TOP] = { .name = "top", .takes = true },
		{ 0 } };
	struct owners w = { 0 };
	struct sort_rank *rank = NULL;
	struct result *r = NULL;
	uint64_t *of = NULL;
	int64_t top, heap;
	uint32_t objects;
	size_t n = 0;
	bool ok = clauses_read(in, 0, c, err) &&
		  clause_number(in, &c[TOP], 1, DOMINATORS_ROWS, &top, err) &&
		  (w.a = session_analysis(s, err)) != NULL &&
		  (w.d = analysis_retained(w.a, err)) != NULL &&
		  analysis_total(w.a, &heap, &objects, err) &&
		  clause_bits(s, w.a->g, in, &c[OF], &of, err);
	if (ok) {
		w.o = w.a->objects;
		rank = owners_rank(&w, of, (size_t)top, &n, err);
		r = result_new(sizeof columns / sizeof *columns, columns);
		ok = rank != NULL && (r != NULL || error_nomem(err));
	}
	for (size_t i = 0; ok && i < n; i++) {
		uint32_t node = rank[i].id, up = w.d->immediate[node];
		int64_t retained = w.a->retained[node];
		double share = 100.0 * (double)retained / (double)heap;
		const struct cell row[] = { cell_integer(w.a->g->address[node]),
			cell_text(objects_type(w.o, node)), cell_integer(w.o->size[node]),
			cell_integer(retained), cell_integer(w.a->count[node]),
			heap <= 0 ? cell_null() : cell_real(magnitude_tenths(share)),
			up == DOMINATORS_TOP ? cell_null()
					     : cell_integer(w.a->g->address[up]) };
		ok = result_push(r, row, err);
	}
	/* The picture: the objects that are shown, and an arrow to each from its nearest
	 * dominator that is drawn: those in between are skipped. */
	struct drawing *d = NULL;
	if (ok) {
		d = r->drawing = drawing_new();
		ok = d != NULL || error_nomem(err);
	}
	for (size_t i = 0; ok && i < r->rows; i++)
		ok = picture_put_object(
			d, &s->held, result_cell(r, i, 0).integer, 0, err);
	for (size_t i = 0; ok && i < d->node_count; i++) {
		uint32_t node = graph_find_node(w.a->g, (int64_t)d->nodes[i].id);
		assert(node < w.d->nodes);
		d->nodes[i].bytes = w.a->retained[node];
		struct drawing_edge edge = { .from = SIZE_MAX,
			.to = i,
			.count = 1,
			.bytes = w.a->retained[node],
			.flags = DRAWING_DOMINATES };
		uint32_t up = w.d->immediate[node];
		for (; up != DOMINATORS_TOP && edge.from == SIZE_MAX;
			up = w.d->immediate[up])
			edge.from = drawing_find(d, (uint64_t)w.a->g->address[up]);
		ok = edge.from == SIZE_MAX || drawing_put_edge(d, &edge, err);
	}
	ok = ok && dominators_draw_frames(d, &w, err);
	if (ok)
		clause_note_unreachable(s, w.a->dominators, of);
	free(of);
	free(rank);
	return session_answer(s, ok, r, err);
}

const struct command command_dominators = {
	.name = "dominators",
	.usage = "[of \"COND\"] [top N]",
	.summary = "show the objects that retain most, with exact sizes",
	.kind = COMMAND_CONDITIONS,
	.most = COMMAND_ANY,
	.run = dominators_run,
};

/* retained of "COND": everything reachable from the roots, minus what remains reachable
 * without the set. */
static bool retained_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "objects", "size", "retained_objects",
		"retained" };
	struct clause c[] = { { .name = "of", .takes = true }, { 0 } };
	struct analysis *a = session_analysis(s, err);
	uint64_t *set = NULL, *left = NULL;
	const uint64_t *all = NULL;
	int64_t shallow = 0, retained = 0;
	uint32_t objects = 0, retained_objects = 0;
	bool ok = a != NULL && clauses_read(in, 0, c, err) &&
		  clause_bits(s, a->g, in, &c[0], &set, err) &&
		  (all = analysis_reachable(a, err)) != NULL;
	if (ok) {
		struct reach_query q = {
			.nodes = a->roots->node, .count = a->roots->count, .avoided = set
		};
		left = reach_find(a->g, &q, NULL, err);
		ok = left != NULL;
	}
	for (uint32_t i = 0; ok && i < a->g->nodes; i++) {
		/* Objects of the set that nothing reaches are freed with it as well. */
		if (bits_has(set, i)) {
			shallow = saturate_add(shallow, a->objects->size[i]);
			objects++;
		}
		if (bits_has(set, i) || (bits_has(all, i) && !bits_has(left, i))) {
			retained = saturate_add(retained, a->objects->size[i]);
			retained_objects++;
		}
	}
	assert(retained_objects >= objects);
	free(left);
	free(set);
	struct result *r =
		ok ? result_new(sizeof columns / sizeof *columns, columns) : NULL;
	ok = ok && (r != NULL || error_nomem(err));
	if (ok) {
		const struct cell row[] = { cell_integer(objects), cell_integer(shallow),
			cell_integer(retained_objects), cell_integer(retained) };
		ok = result_push(r, row, err);
	}
	return session_answer(s, ok, r, err);
}

const struct command command_retained = {
	.name = "retained",
	.usage = "of \"COND\"",
	.summary = "show what deleting objects would free, each byte once",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = 2,
	.run = retained_run,
};
