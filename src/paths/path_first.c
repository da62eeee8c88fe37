/* SPDX-License-Identifier: MIT */
/* The N first paths.  Each candidate represents a class of paths: those that begin with
 * its first `fixed` nodes and do not go on with one of the banned nodes; it is the first
 * path of its class.  Taking the best candidate splits the rest of its class into classes
 * that have no path in common, so none is found twice and none is missed. */
#include "paths/path.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/search.h"
#include "paths/path_search.h"

#include <assert.h>
#include <string.h>

struct path_candidate {
	uint32_t *node;
	size_t length;
	size_t fixed;
	uint32_t *banned; /* may not come after the fixed nodes */
	size_t banned_count;
};

struct path_first {
	const struct graph *g;
	const struct path_query *q;
	struct path_search search;
	uint64_t *closed; /* the fixed nodes of the class that is searched, and all
			     sources */
	/* The last one is the best.  No more than there are paths left to find, and one
	 * that tells that there are others: what is worse than all these is none. */
	struct path_candidate *waiting;
	size_t waiting_count, waiting_cap;
	size_t wanted; /* so many */
};

static void path_candidate_fini(struct path_candidate *c)
{
	/* Each is taken out of the waiting ones once, which the analyser does not see. */
	free(c->node);
	free(c->banned); /* NOLINT(clang-analyzer-unix.Malloc) */
}

static int path_candidate_compare(
	const struct path_candidate *a, const struct path_candidate *b)
{
	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	for (size_t i = 0; i < a->length; i++)
		if (a->node[i] != b->node[i])
			return a->node[i] < b->node[i] ? -1 : 1;
	return 0;
}

/* Lets a candidate wait, and leaves none; unless as many better ones wait as are wanted:
 * then it stays the caller's. */
static bool path_first_put(
	struct path_first *f, struct path_candidate *c, struct error *err)
{
	size_t at;
	SEARCH_FIRST(
		at, f->waiting_count, path_candidate_compare(&f->waiting[at], c) < 0);
	assert(f->waiting_count <= f->wanted);
	if (f->waiting_count == f->wanted) {
		if (at == 0)
			return true;
		path_candidate_fini(&f->waiting[0]);
		memmove(f->waiting, f->waiting + 1, --at * sizeof *f->waiting);
	} else {
		if (!array_reserve(&f->waiting, &f->waiting_cap, f->waiting_count + 1,
			    sizeof *f->waiting))
			return error_nomem(err);
		memmove(f->waiting + at + 1, f->waiting + at,
			(f->waiting_count++ - at) * sizeof *f->waiting);
	}
	f->waiting[at] = *c;
	*c = (struct path_candidate){ 0 };
	return true;
}

/* The first path of the class becomes a candidate; a class without any is forgotten.
 * Takes `banned`. */
static bool path_first_search(struct path_first *f, const uint32_t *fixed,
	size_t fixed_count, uint32_t *banned, size_t banned_count, struct error *err)
{
	struct path_list l = { 0 };
	struct path_candidate c = {
		.fixed = fixed_count, .banned = banned, .banned_count = banned_count
	};
	/* Where a path of the class may go after its fixed nodes. */
	const struct graph_side *side =
		f->q->reversed ? f->search.parents : &f->g->children;
	const uint32_t *next = f->q->sources;
	size_t count = f->q->source_count, steps_count = 0;
	if (fixed_count > 0)
		next = graph_neighbours(side, fixed[fixed_count - 1], &count);
	uint32_t *steps = array_new(count, sizeof *steps);
	bool ok = (banned != NULL && steps != NULL) || error_nomem(err);
	for (size_t i = 0; ok && i < count; i++) {
		bool ban = false;
		for (size_t j = 0; j < banned_count && !ban; j++)
			ban = banned[j] == next[i];
		if (!ban)
			steps[steps_count++] = next[i];
	}
	if (ok) {
		/* Closes what paths of the class may not step on: the fixed nodes and the
		 * sources, but for the one it may begin with. */
		for (size_t i = 0; i < fixed_count; i++)
			bits_put(f->closed, fixed[i]);
		for (size_t i = 0; fixed_count == 0 && i < steps_count; i++)
			bits_drop(f->closed, steps[i]);
		const struct path_search_query q = {
			.sources = steps,
			.source_count = steps_count,
			.targets = f->q->targets,
			.target_count = f->q->target_count,
			.avoided = f->q->avoided,
			.closed = f->closed,
			.reversed = f->q->reversed,
			.from = GRAPH_NONE,
		};
		ok = path_search_first(&f->search, &q, &l, err);
		for (size_t i = 0; i < fixed_count; i++)
			bits_drop(f->closed, fixed[i]);
		for (size_t i = 0; i < f->q->source_count; i++)
			bits_put(f->closed, f->q->sources[i]);
	}
	if (ok && l.count > 0) {
		c.length = fixed_count + l.node_count;
		c.node = array_new(c.length, sizeof *c.node);
		ok = c.node != NULL || error_nomem(err);
		if (ok && fixed_count > 0)
			memcpy(c.node, fixed, fixed_count * sizeof *fixed);
		if (ok)
			memcpy(c.node + fixed_count, l.node,
				l.node_count * sizeof *l.node);
		ok = ok && path_first_put(f, &c, err);
	}
	path_candidate_fini(&c);
	free(steps);
	path_list_fini(&l);
	return ok;
}

bool path_find_first(const struct graph *g, const struct path_query *q, size_t limit,
	struct path_list *l, struct error *err)
{
	struct path_first f = {
		.g = g, .q = q, .closed = bits_new(g->nodes), .wanted = limit + 1
	};
	uint32_t *none = array_new(1, sizeof *none);
	bool ok = path_search_init(&f.search, g, err);
	if (ok && f.closed == NULL)
		ok = error_nomem(err);
	for (size_t i = 0; ok && i < q->source_count; i++)
		bits_put(f.closed, q->sources[i]);
	if (!ok)
		free(none);
	ok = ok && path_first_search(&f, NULL, 0, none, 0, err);
	for (size_t found = 0; ok && f.waiting_count > 0; found++) {
		/* Takes the best candidate. */
		struct path_candidate c = f.waiting[--f.waiting_count];
		f.wanted--;
		if (found == limit) {
			l->more = true;
			path_candidate_fini(&c);
			break;
		}
		ok = path_list_push(l, c.node, c.length, err);
		/* Splits what is left of its class: paths that follow it for `fixed`
		 * nodes and then leave it. */
		assert(c.fixed < c.length);
		for (size_t fixed = c.fixed; ok && fixed < c.length; fixed++) {
			size_t kept = fixed == c.fixed ? c.banned_count : 0;
			uint32_t *banned = array_new(kept + 1, sizeof *banned);
			ok = banned != NULL || error_nomem(err);
			if (!ok)
				break;
			if (kept > 0)
				memcpy(banned, c.banned, kept * sizeof *banned);
			banned[kept] = c.node[fixed];
			ok = path_first_search(&f, c.node, fixed, banned, kept + 1, err);
		}
		path_candidate_fini(&c);
	}
	for (size_t i = 0; i < f.waiting_count; i++)
		path_candidate_fini(&f.waiting[i]);
	free(f.waiting);
	free(f.closed);
	path_search_fini(&f.search);
	return ok;
}
