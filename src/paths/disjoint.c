/* SPDX-License-Identifier: MIT */
#include "paths/disjoint.h"

#include "base/array.h"
#include "base/bits.h"

#include <assert.h>
#include <string.h>

/* The flow runs from the targets back to the sources, so that the cut is nearest to the
 * targets.  Each node between has two halves, an entering and a leaving one, joined by an
 * edge of capacity 1. */
struct disjoint_flow {
	const struct graph *g;
	const struct graph_side *side; /* from the targets to the sources */
	uint64_t *start, *end;         /* the targets, the sources */
	uint64_t *both;           /* in both sets: paths of themselves, and no more */
	uint64_t *closed;         /* those, and what is avoided */
	uint32_t *before, *after; /* neighbours on the flow's path; GRAPH_NONE */
	/* One search: where each half was reached from. */
	uint32_t *to_enter, *to_leave;
	uint64_t *queue; /* node << 1, + 1 for the leaving half */
	size_t count, cap;
	uint32_t last, goal; /* the step that reaches a source */
};

static bool disjoint_has_flow(const struct disjoint_flow *f, uint32_t node)
{
	return f->before[node] != GRAPH_NONE;
}

/* Reaches a half, unless it was reached before. */
static bool disjoint_reach(
	struct disjoint_flow *f, uint32_t node, bool leave, uint32_t from)
{
	uint32_t *to = leave ? f->to_leave : f->to_enter;
	if (to[node] != GRAPH_NONE)
		return true;
	if (!array_reserve(&f->queue, &f->cap, f->count + 1, sizeof *f->queue))
		return false;
	to[node] = from;
	f->queue[f->count++] = (uint64_t)node << 1 | leave;
	return true;
}

/* From the leaving half to the neighbours; `*found` becomes true when one is a source. */
static bool disjoint_leave(struct disjoint_flow *f, uint32_t node, bool *found)
{
	size_t n;
	const uint32_t *next = graph_neighbours(f->side, node, &n);
	bool start = bits_has(f->start, node);
	for (size_t i = 0; i < n; i++) {
		uint32_t to = next[i];
		if (bits_has(f->start, to) || f->after[node] == to ||
			bits_has(f->closed, to))
			continue;
		if (bits_has(f->end, to)) {
			/* A direct reference is not a path through objects. */
			if (start)
				continue;
			f->last = node;
			f->goal = to;
			*found = true;
			return true;
		}
		if (!disjoint_reach(f, to, !disjoint_has_flow(f, to), node))
			return false;
	}
	/* What was reached against the flow may also take it back through the node. */
	return start || !disjoint_has_flow(f, node) ||
	       disjoint_reach(f, node, false, node);
}

/* Searches for one more path. */
static bool disjoint_search(struct disjoint_flow *f, bool *found, struct error *err)
{
	*found = false;
	/* Forgets the search before. */
	for (size_t i = 0; i < f->count; i++) {
		uint32_t node = (uint32_t)(f->queue[i] >> 1);
		f->to_enter[node] = f->to_leave[node] = GRAPH_NONE;
	}
	f->count = 0;
	for (uint32_t i = 0; i < f->g->nodes; i++)
		if (bits_has(f->start, i) && !disjoint_reach(f, i, true, i))
			return error_nomem(err);
	for (size_t at = 0; at < f->count && !*found; at++) {
		uint32_t node = (uint32_t)(f->queue[at] >> 1), before = f->before[node];
		bool ok;
		if ((f->queue[at] & 1) != 0) {
			ok = disjoint_leave(f, node, found);
		} else {
			/* From the entering half, which the flow fills, only against the
			 * flow. */
			assert(before != GRAPH_NONE);
			ok = bits_has(f->start, before) ||
			     disjoint_reach(f, before, true, before);
		}
		if (!ok)
			return error_nomem(err);
	}
	return true;
}

struct disjoint_step {
	uint32_t from, to;
	bool remove; /* the flow from `from` to `to` is taken back */
};

/* Sends one more unit along the path that was found. */
static bool disjoint_augment(struct disjoint_flow *f, struct error *err)
{
	/* Its steps, from its end to its start. */
	struct disjoint_step *step = NULL;
	size_t n = 0, cap = 0;
	uint32_t node = f->last;
	bool leave = true;
	bool ok = array_reserve(&step, &cap, 1, sizeof *step);
	if (ok)
		step[n++] = (struct disjoint_step){ f->last, f->goal, false };
	while (ok && !(leave && bits_has(f->start, node))) {
		struct disjoint_step s = { 0 };
		bool taken = true;
		if (leave && disjoint_has_flow(f, node)) {
			/* Came against the flow, from what comes after it. */
			s = (struct disjoint_step){ node, f->after[node], true };
			node = f->after[node];
			leave = false;
		} else {
			uint32_t from = leave ? f->to_leave[node] : f->to_enter[node];
			taken = leave || from != node;
			s = (struct disjoint_step){ from, node, false };
			node = from;
			leave = true;
		}
		assert(node != GRAPH_NONE);
		ok = !taken || array_reserve(&step, &cap, n + 1, sizeof *step);
		if (ok && taken)
			step[n++] = s;
	}
	for (size_t i = 0; ok && i < n; i++)
		if (step[i].remove) {
			f->after[step[i].from] = GRAPH_NONE;
			f->before[step[i].to] = GRAPH_NONE;
		}
	for (size_t i = 0; ok && i < n; i++) {
		if (step[i].remove)
			continue;
		if (!bits_has(f->start, step[i].from))
			f->after[step[i].from] = step[i].to;
		if (!bits_has(f->end, step[i].to))
			f->before[step[i].to] = step[i].from;
	}
	free(step);
	return ok || error_nomem(err);
}

/* --- what comes of it --------------------------------------------------------------- */

static bool disjoint_put_direct(struct disjoint *d, const uint32_t *path, size_t n,
	size_t limit, struct error *err)
{
	d->direct = true;
	d->more = d->more || d->paths.count == limit;
	return d->more || path_list_push(&d->paths, path, n, err);
}

/* The flow as paths: from each node that follows a target. */
static bool disjoint_list_flow(
	struct disjoint_flow *f, struct disjoint *d, struct error *err)
{
	uint32_t *path = NULL;
	size_t cap = 0;
	bool ok = true;
	for (uint32_t i = 0; ok && i < f->g->nodes; i++) {
		if (!disjoint_has_flow(f, i) || !bits_has(f->start, f->before[i]))
			continue;
		size_t n = 0;
		/* Written backward: from the source, which the flow reaches last. */
		for (uint32_t at = i; !bits_has(f->end, at); at = f->after[at])
			n++;
		ok = array_reserve(&path, &cap, n + 2, sizeof *path) || error_nomem(err);
		if (!ok)
			break;
		size_t length = n + 2;
		path[length - 1] = f->before[i];
		uint32_t at = i;
		for (size_t k = length - 1; k-- > 0; at = f->after[at])
			path[k] = at;
		ok = path_list_push(&d->paths, path, length, err);
	}
	free(path);
	return ok;
}

bool disjoint_find(const struct graph *g, const struct path_query *q, size_t limit,
	struct disjoint *d, struct error *err)
{
	size_t n = g->nodes, bytes = n * sizeof(uint32_t);
	struct disjoint_flow f = {
		.g = g,
		.side = q->reversed ? &g->children : graph_parents(g, err),
		.start = bits_new(n),
		.end = bits_new(n),
		.both = bits_new(n),
		.closed = bits_new(n),
		.before = array_new(n, sizeof(uint32_t)),
		.after = array_new(n, sizeof(uint32_t)),
		.to_enter = array_new(n, sizeof(uint32_t)),
		.to_leave = array_new(n, sizeof(uint32_t)),
	};
	bool found = true;
	*d = (struct disjoint){ 0 };
	bool ok = (f.side != NULL && f.start != NULL && f.end != NULL && f.both != NULL &&
			  f.closed != NULL && f.before != NULL && f.after != NULL &&
			  f.to_enter != NULL && f.to_leave != NULL) ||
		  error_nomem(err);
	if (ok) {
		memset(f.before, 0xff, bytes);
		memset(f.after, 0xff, bytes);
		memset(f.to_enter, 0xff, bytes);
		memset(f.to_leave, 0xff, bytes);
		for (size_t i = 0; i < q->target_count; i++)
			bits_put(f.start, q->targets[i]);
		for (size_t i = 0; i < q->source_count; i++)
			bits_put(f.end, q->sources[i]);
	}
	/* What is avoided is in no set, and what is in both in a set of its own. */
	for (size_t i = 0; ok && i < n / 64 + 1; i++) {
		uint64_t avoided = q->avoided == NULL ? 0 : q->avoided[i];
		f.both[i] = f.start[i] & f.end[i] & ~avoided;
		f.closed[i] = f.both[i] | avoided;
		f.start[i] &= ~f.closed[i];
		f.end[i] &= ~f.closed[i];
	}
	/* Paths without objects between: shared objects, and direct references. */
	for (uint32_t i = 0; ok && i < g->nodes; i++) {
		size_t count;
		const uint32_t *next = graph_neighbours(f.side, i, &count);
		ok = !bits_has(f.both, i) || disjoint_put_direct(d, &i, 1, limit, err);
		for (size_t j = 0; ok && bits_has(f.start, i) && j < count; j++) {
			const uint32_t path[] = { next[j], i };
			ok = !bits_has(f.end, next[j]) ||
			     disjoint_put_direct(d, path, 2, limit, err);
		}
	}
	for (size_t paths = d->paths.count; ok && found && !d->more; paths++) {
		ok = disjoint_search(&f, &found, err);
		if (ok && found && paths >= limit)
			d->more = true;
		else if (ok && found)
			ok = disjoint_augment(&f, err);
	}
	ok = ok && disjoint_list_flow(&f, d, err) && path_list_sort(&d->paths, err);
	/* The halves that the last search reached end at the cut. */
	size_t cap = 0;
	for (uint32_t i = 0; ok && !d->direct && !d->more && i < g->nodes; i++) {
		if (!disjoint_has_flow(&f, i) || f.to_enter[i] == GRAPH_NONE ||
			f.to_leave[i] != GRAPH_NONE)
			continue;
		ok = array_reserve(&d->cut, &cap, d->cut_count + 1, sizeof *d->cut) ||
		     error_nomem(err);
		if (ok)
			d->cut[d->cut_count++] = i;
	}
	free(f.start);
	free(f.end);
	free(f.both);
	free(f.closed);
	free(f.before);
	free(f.after);
	free(f.to_enter);
	free(f.to_leave);
	free(f.queue);
	return ok;
}

void disjoint_fini(struct disjoint *d)
{
	path_list_fini(&d->paths);
	free(d->cut);
	*d = (struct disjoint){ 0 };
}
