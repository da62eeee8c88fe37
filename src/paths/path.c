/* SPDX-License-Identifier: MIT */
#include "paths/path.h"

#include "base/array.h"
#include "base/sort.h"
#include "paths/path_search.h"

#include <assert.h>
#include <string.h>

void path_list_fini(struct path_list *l)
{
	free(l->node);
	free(l->start);
	*l = (struct path_list){ 0 };
}

bool path_list_push(
	struct path_list *l, const uint32_t *nodes, size_t n, struct error *err)
{
	if (!array_reserve(&l->node, &l->node_cap, l->node_count + n, sizeof *l->node) ||
		!array_reserve(&l->start, &l->start_cap, l->count + 2, sizeof *l->start))
		return error_nomem(err);
	assert(l->node_count + n <= l->node_cap && l->count + 2 <= l->start_cap);
	memcpy(l->node + l->node_count, nodes, n * sizeof *nodes);
	l->start[0] = 0;
	l->node_count += n;
	l->start[++l->count] = l->node_count;
	return true;
}

const uint32_t *path_list_get(const struct path_list *l, size_t i, size_t *n)
{
	assert(i < l->count && l->start[i] <= l->start[i + 1]);
	assert(l->start[i + 1] <= l->node_count);
	*n = l->start[i + 1] - l->start[i];
	return l->node + l->start[i];
}

/* A path and where it is. */
struct path_ref {
	const uint32_t *node;
	size_t length;
};

static int path_ref_compare(const void *a, const void *b)
{
	const struct path_ref *x = a, *y = b;
	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	for (size_t i = 0; i < x->length; i++)
		if (x->node[i] != y->node[i])
			return x->node[i] < y->node[i] ? -1 : 1;
	return 0;
}

bool path_list_sort(struct path_list *l, struct error *err)
{
	struct path_list sorted = { .more = l->more };
	struct path_ref *ref = array_new(l->count, sizeof *ref);
	bool ok = ref != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < l->count; i++)
		ref[i].node = path_list_get(l, i, &ref[i].length);
	if (ok && l->count > 0)
		qsort(ref, l->count, sizeof *ref, path_ref_compare);
	for (size_t i = 0; ok && i < l->count; i++)
		ok = path_list_push(&sorted, ref[i].node, ref[i].length, err);
	free(ref);
	if (ok)
		path_list_fini(l);
	else
		path_list_fini(&sorted);
	if (ok)
		*l = sorted;
	return ok;
}

/* --- every shortest path, in order -------------------------------------------------- */

/* Backtracks from the first node of `path` in ascending order of nodes. */
static bool path_walk_from(const struct path_search *s, const struct path_search_query *q,
	uint32_t *path, uint32_t steps, size_t limit, struct path_list *l,
	struct error *err)
{
	uint32_t depth = 0, after = GRAPH_NONE;
	assert(l->count <= limit);
	for (;;) {
		assert(depth <= steps);
		if (depth == steps) {
			if (l->count == limit) {
				l->more = true;
				return true;
			}
			if (!path_list_push(l, path, (size_t)steps + 1, err))
				return false;
		} else {
			/* The first neighbour above `after` from which a target is as far
			 * away as steps are left. */
			size_t n, i;
			const uint32_t *to =
				graph_neighbours(s->forward.side, path[depth], &n);
			i = after == GRAPH_NONE ? 0 : sort_find_u32(to, n, after + 1);
			while (i < n &&
				(path_search_distance(s, to[i]) != steps - depth - 1 ||
					!path_search_may_step(q, path[depth], to[i])))
				i++;
			uint32_t next = i < n ? to[i] : GRAPH_NONE;
			assert(next == GRAPH_NONE || after == GRAPH_NONE || next > after);
			if (next != GRAPH_NONE) {
				path[++depth] = next;
				after = GRAPH_NONE;
				continue;
			}
		}
		if (depth == 0)
			return true;
		after = path[depth--];
	}
}

/* Searches and appends the first `limit` of the shortest paths. */
static bool path_search_all(struct path_search *s, const struct path_search_query *q,
	size_t limit, struct path_list *l, struct error *err)
{
	uint32_t steps;
	bool found;
	if (!path_search_run(s, q, &found, &steps, err))
		return false;
	if (!found)
		return true;
	/* The sources that begin a shortest path, ascending.  The sources are at the head
	 * of the queue of the forward search, each once. */
	const struct path_front *forward = &s->forward;
	uint32_t *first = array_new(forward->count, sizeof *first);
	uint32_t *path = array_new((size_t)steps + 1, sizeof *path);
	bool ok = (first != NULL && path != NULL) || error_nomem(err);
	size_t n = 0, most = l->count + limit;
	for (size_t i = 0; ok && i < forward->count; i++) {
		uint32_t node = forward->queue[i];
		if (forward->distance[node] != 1)
			break;
		assert(n <= i);
		if (path_search_distance(s, node) == steps)
			first[n++] = node;
	}
	if (ok)
		sort_u32(first, n);
	for (size_t i = 0; ok && i < n && !l->more; i++) {
		path[0] = first[i];
		ok = path_walk_from(s, q, path, steps, most, l, err);
	}
	free(first);
	free(path);
	return ok;
}

bool path_search_first(struct path_search *s, const struct path_search_query *q,
	struct path_list *l, struct error *err)
{
	bool more = l->more;
	l->more = false;
	bool ok = path_search_all(s, q, 1, l, err);
	l->more = more;
	return ok;
}

bool path_find_all(const struct graph *g, const struct path_query *q, size_t limit,
	struct path_list *l, struct error *err)
{
	struct path_search s;
	const struct path_search_query search = {
		.sources = q->sources,
		.source_count = q->source_count,
		.targets = q->targets,
		.target_count = q->target_count,
		.avoided = q->avoided,
		.reversed = q->reversed,
		.from = GRAPH_NONE,
	};
	bool ok = path_search_init(&s, g, err) &&
		  path_search_all(&s, &search, limit, l, err);
	path_search_fini(&s);
	return ok;
}

bool path_find(const struct graph *g, const struct path_query *q, struct path_list *l,
	struct error *err)
{
	bool more = l->more;
	l->more = false;
	bool ok = path_find_all(g, q, 1, l, err);
	l->more = more;
	return ok;
}

bool path_find_cycle(
	const struct graph *g, uint32_t node, struct path_list *l, struct error *err)
{
	size_t length;
	struct path_query q = { .targets = &node, .target_count = 1 };
	struct path_list found = { 0 };
	/* From each child back to the node. */
	q.sources = graph_children(g, node, &q.source_count);
	bool ok = path_find(g, &q, &found, err);
	if (ok && found.count > 0) {
		const uint32_t *path = path_list_get(&found, 0, &length);
		uint32_t *cycle = array_new(length + 1, sizeof *cycle);
		ok = cycle != NULL || error_nomem(err);
		if (ok) {
			cycle[0] = node;
			memcpy(cycle + 1, path, length * sizeof *path);
			ok = path_list_push(l, cycle, length + 1, err);
		}
		free(cycle);
	}
	path_list_fini(&found);
	return ok;
}
