/* SPDX-License-Identifier: MIT */
/* dominators, retained: who owns how much. */
#include "base/array.h"
#include "base/bits.h"
#include "base/magnitude.h"
#include "graph/reach.h"
#include "session/clauses.h"
#include "session/commands.h"
#include "session/picture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DOMINATORS_ROWS = 20 };

/* The dominators and what the commands ask of them. */
struct owners {
	struct analysis *a;
	const struct dominators *d;
	const struct objects *o;
	int64_t bytes; /* of the reachable heap */
	uint32_t objects;
};

static bool owners_init(struct owners *w, struct session *s, struct error *err)
{
	*w = (struct owners){ .a = session_analysis(s, err) };
	if (w->a == NULL)
		return false;
	w->d = analysis_dominators(w->a, err);
	w->o = w->a->objects;
	return w->d != NULL && analysis_total(w->a, &w->bytes, &w->objects, err);
}

/* Of the heap, in percent with one digit. */
static struct cell owners_share(const struct owners *w, int64_t bytes)
{
	if (w->bytes <= 0)
		return cell_null();
	double share = 100.0 * (double)bytes / (double)w->bytes;
	return cell_real(magnitude_tenths(share));
}

/* --- dominators --------------------------------------------------------------------- */

struct owners_rank {
	int64_t bytes;
	uint32_t node;
};

static int owners_rank_compare(const void *a, const void *b)
{
	const struct owners_rank *x = a, *y = b;
	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

/* The `top` nodes of `in` (NULL: all that are reachable) that retain most, the most
 * first.  O(n log top). */
static struct owners_rank *owners_rank(const struct owners *w, const uint64_t *in,
	size_t top, size_t *n, struct error *err)
{
	size_t room = top > w->d->reachable / 2 ? w->d->reachable : 2 * top;
	bool full = false; /* then the first `top` are sorted, and the least is known */
	struct owners_rank *rank = array_new(room, sizeof *rank);
	*n = 0;
	if (rank == NULL) {
		error_nomem(err);
		return NULL;
	}
	for (uint32_t i = 0; i < w->d->nodes; i++) {
		struct owners_rank next = { w->a->retained[i], i };
		if (w->d->immediate[i] == DOMINATORS_UNREACHABLE ||
			(in != NULL && !bits_has(in, i)) ||
			(full && owners_rank_compare(&next, &rank[top - 1]) > 0))
			continue;
		if (*n == room) {
			qsort(rank, *n, sizeof *rank, owners_rank_compare);
			*n = top;
			full = true;
		}
		rank[(*n)++] = next;
	}
	qsort(rank, *n, sizeof *rank, owners_rank_compare);
	*n = *n < top ? *n : top;
	return rank;
}

static struct cell owners_immediate(const struct owners *w, uint32_t node)
{
	uint32_t up = w->d->immediate[node];
	return up == DOMINATORS_TOP ? cell_null() : cell_integer(w->a->g->address[up]);
}

static bool dominators_push(
	struct result *r, const struct owners *w, uint32_t node, struct error *err)
{
	const struct cell row[] = { cell_integer(w->a->g->address[node]),
		cell_text(objects_type(w->o, node)), cell_integer(w->o->size[node]),
		cell_integer(w->a->retained[node]), cell_integer(w->a->count[node]),
		owners_share(w, w->a->retained[node]), owners_immediate(w, node) };
	return result_push(r, row, err);
}

/* The drawn node that most nearly dominates node `index`: what is not drawn between the
 * two is skipped.  SIZE_MAX when none does. */
static size_t dominators_find_owner(
	const struct drawing *d, const struct owners *w, size_t index)
{
	uint32_t node = graph_find_node(w->a->g, (int64_t)d->nodes[index].id);
	uint32_t up = w->d->immediate[node];
	size_t found = SIZE_MAX;
	for (; up != DOMINATORS_TOP && found == SIZE_MAX; up = w->d->immediate[up])
		found = drawing_find(d, (uint64_t)w->a->g->address[up]);
	return found;
}

/* Owner to owned among the objects that are shown. */
static bool dominators_draw_edges(
	struct drawing *d, const struct owners *w, struct error *err)
{
	for (size_t i = 0; i < d->node_count; i++) {
		uint32_t node = graph_find_node(w->a->g, (int64_t)d->nodes[i].id);
		d->nodes[i].bytes = w->a->retained[node];
		struct drawing_edge edge = { .from = dominators_find_owner(d, w, i),
			.to = i,
			.count = 1,
			.bytes = w->a->retained[node],
			.flags = DRAWING_DOMINATES };
		if (edge.from != SIZE_MAX && !drawing_put_edge(d, &edge, err))
			return false;
	}
	return true;
}

/* What a search for the owners that drawn nodes have in common needs. */
struct dominators_frames {
	const struct owners *w;
	uint64_t *seen, *shared; /* owners above one node, and where two ways up meet */
	uint32_t *owner;         /* of each drawn node; DOMINATORS_TOP: no frame */
};

/* The nearest owner above `node` that is in `set`, or DOMINATORS_TOP. */
static uint32_t dominators_climb(
	const struct owners *w, uint32_t node, const uint64_t *set)
{
	uint32_t up = w->d->immediate[node];
	while (up != DOMINATORS_TOP && !bits_has(set, up))
		up = w->d->immediate[up];
	return up;
}

/* The nearest owner that each node shares with another.  Nodes with arrows have none:
 * these would cross the frame. */
static void dominators_share(struct dominators_frames *f, const struct drawing *d)
{
	const struct graph *g = f->w->a->g;
	for (size_t i = 0; i < d->node_count; i++)
		f->owner[i] = graph_find_node(g, (int64_t)d->nodes[i].id);
	for (size_t i = 0; i < d->edge_count; i++)
		f->owner[d->edges[i].from] = f->owner[d->edges[i].to] = DOMINATORS_TOP;
	for (size_t i = 0; i < d->node_count; i++) {
		if (f->owner[i] == DOMINATORS_TOP)
			continue;
		uint32_t up = f->w->d->immediate[f->owner[i]];
		for (; up != DOMINATORS_TOP && !bits_has(f->seen, up);
			up = f->w->d->immediate[up])
			bits_put(f->seen, up);
		if (up != DOMINATORS_TOP)
			bits_put(f->shared, up);
	}
	for (size_t i = 0; i < d->node_count; i++)
		if (f->owner[i] != DOMINATORS_TOP)
			f->owner[i] = dominators_climb(f->w, f->owner[i], f->shared);
}

static bool dominators_put_frame(struct drawing_node *node, const struct owners *w,
	uint32_t owner, struct error *err)
{
	struct buffer name = BUFFER_INIT;
	buffer_printf(&name, "owned by %s %" PRId64, objects_type(w->o, owner),
		w->a->g->address[owner]);
	node->cluster = name.failed ? NULL : strdup(buffer_text(&name));
	buffer_fini(&name);
	return node->cluster != NULL || error_nomem(err);
}

/* Frames the nodes that one object owns which is not drawn itself, two of them at least.
 */
static bool dominators_draw_frames(
	struct drawing *d, const struct owners *w, struct error *err)
{
	struct dominators_frames f = { .w = w,
		.seen = bits_new(w->d->nodes),
		.shared = bits_new(w->d->nodes),
		.owner = array_new(d->node_count, sizeof *f.owner) };
	bool ok = (f.seen != NULL && f.shared != NULL && f.owner != NULL) ||
		  error_nomem(err);
	if (ok) {
		dominators_share(&f, d);
		memset(f.seen, 0, (w->d->nodes / 64 + (size_t)1) * sizeof *f.seen);
		memset(f.shared, 0, (w->d->nodes / 64 + (size_t)1) * sizeof *f.shared);
	}
	for (size_t i = 0; ok && i < d->node_count; i++)
		if (f.owner[i] != DOMINATORS_TOP)
			bits_put(bits_has(f.seen, f.owner[i]) ? f.shared : f.seen,
				f.owner[i]);
	for (size_t i = 0; ok && i < d->node_count; i++)
		if (f.owner[i] != DOMINATORS_TOP && bits_has(f.shared, f.owner[i]))
			ok = dominators_put_frame(&d->nodes[i], w, f.owner[i], err);
	free(f.seen);
	free(f.shared);
	free(f.owner);
	return ok;
}

static bool dominators_draw(
	struct result *r, struct session *s, const struct owners *w, struct error *err)
{
	struct drawing *d = r->drawing = drawing_new();
	if (d == NULL)
		return error_nomem(err);
	for (size_t i = 0; i < r->rows; i++)
		if (!picture_put_object(
			    d, &s->held, result_cell(r, i, 0).integer, 0, err))
			return false;
	return dominators_draw_edges(d, w, err) && dominators_draw_frames(d, w, err);
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
	struct owners w;
	struct owners_rank *rank = NULL;
	struct result *r = NULL;
	uint64_t *of = NULL;
	int64_t top;
	size_t n = 0;
	bool ok = clauses_read(in, 0, c, err) &&
		  clause_number(in, &c[TOP], 1, DOMINATORS_ROWS, &top, err) &&
		  owners_init(&w, s, err) && clause_bits(s, w.a->g, in, &c[OF], &of, err);
	if (ok) {
		rank = owners_rank(&w, of, (size_t)top, &n, err);
		r = result_new(sizeof columns / sizeof *columns, columns);
		ok = rank != NULL && (r != NULL || error_nomem(err));
	}
	for (size_t i = 0; ok && i < n; i++)
		ok = dominators_push(r, &w, rank[i].node, err);
	ok = ok && dominators_draw(r, s, &w, err);
	if (ok)
		clause_note_unreachable(s, w.a->dominators, of);
	free(of);
	free(rank);
	if (ok)
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

const struct command command_dominators = {
	.name = "dominators",
	.usage = "[of \"COND\"] [top N]",
	.summary = "show the objects that own most, exactly",
	.kind = COMMAND_CONDITIONS,
	.most = COMMAND_ANY,
	.run = dominators_run,
};

/* --- retained ----------------------------------------------------------------------- */

/* What is reachable from the roots, and what is left of it without the set. */
static bool retained_measure(struct analysis *a, const uint64_t *set, int64_t *shallow,
	int64_t *bytes, uint32_t counts[2], struct error *err)
{
	const struct roots *roots = analysis_roots(a, err);
	if (roots == NULL)
		return false;
	struct reach_query q = { .nodes = roots->node, .count = roots->count };
	uint64_t *all = reach_find(a->g, &q, NULL, err);
	q.avoided = set;
	uint64_t *left = reach_find(a->g, &q, NULL, err);
	bool ok = all != NULL && left != NULL;
	*shallow = *bytes = 0;
	counts[0] = counts[1] = 0;
	for (uint32_t i = 0; ok && i < a->g->nodes; i++) {
		/* Objects of the set that nothing reaches are freed with it as well. */
		if (bits_has(set, i)) {
			*shallow = dominators_add(*shallow, a->objects->size[i]);
			counts[0]++;
		}
		if (bits_has(set, i) || (bits_has(all, i) && !bits_has(left, i))) {
			*bytes = dominators_add(*bytes, a->objects->size[i]);
			counts[1]++;
		}
	}
	free(all);
	free(left);
	return ok;
}

/* retained of "COND" */
static bool retained_run(
	struct session *s, const struct invocation *in, struct error *err)
{
	static const char *const columns[] = { "objects", "size", "retained_objects",
		"retained" };
	struct clause c[] = { { .name = "of", .takes = true }, { 0 } };
	struct analysis *a = session_analysis(s, err);
	uint64_t *set = NULL;
	struct result *r = NULL;
	int64_t shallow, bytes;
	uint32_t counts[2];
	bool ok = a != NULL && clauses_read(in, 0, c, err) &&
		  clause_bits(s, a->g, in, &c[0], &set, err) &&
		  retained_measure(a, set, &shallow, &bytes, counts, err);
	free(set);
	if (!ok)
		return false;
	r = result_new(sizeof columns / sizeof *columns, columns);
	if (r == NULL)
		return error_nomem(err);
	const struct cell row[] = { cell_integer(counts[0]), cell_integer(shallow),
		cell_integer(counts[1]), cell_integer(bytes) };
	if (result_push(r, row, err))
		return session_emit(s, r, err);
	result_free(r);
	return false;
}

const struct command command_retained = {
	.name = "retained",
	.usage = "of \"COND\"",
	.summary = "tell what deleting objects would free, each byte once",
	.kind = COMMAND_CONDITIONS,
	.least = 2,
	.most = 2,
	.run = retained_run,
};
