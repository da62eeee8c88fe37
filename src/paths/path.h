/* SPDX-License-Identifier: MIT */
/* path - paths from objects to others: the shortest one, all shortest ones, the N
 * shortest.
 *
 * A path begins at an object of the first set, ends at one of the second and touches
 * neither set in between; no object is on it twice.  An object of both sets is a path by
 * itself.  The order of paths decides which of several is reported: the shorter one
 * first, and of equally long ones the one whose addresses, from the source on, are lower.
 * With `low`, fewer low-priority references come before all that. */
#ifndef MEMSEE_PATHS_PATH_H
#define MEMSEE_PATHS_PATH_H

#include "graph/graph.h"
#include "paths/priority.h"

struct roots;

struct path_query {
	const uint32_t *sources, *targets; /* nodes in any order, repeats allowed */
	size_t source_count, target_count;
	const uint64_t *avoided;    /* a bit set of nodes, or NULL: never stepped on */
	const struct priority *low; /* references used only if nothing else leads there */
	bool reversed;              /* from child to parent */
	bool from_roots;            /* the sources are what keeps the heap alive */
	const struct roots *roots;  /* for merge.h: whose variables tell the beginnings of
				       paths apart; or NULL */
};

/* Paths one after the other: path i is node[start[i]] … node[start[i + 1] - 1], from
 * source to target. */
struct path_list {
	uint32_t *node;
	size_t node_count, node_cap;
	size_t *start; /* count + 1 of them */
	size_t count, start_cap;
	bool more; /* there are more than were asked for */
};

void path_list_fini(struct path_list *l); /* also of a zeroed one */

/* Appends a path, copied. */
bool path_list_push(
	struct path_list *l, const uint32_t *nodes, size_t n, struct error *err);

/* The nodes of path `i`, borrowed; `*n` of them. */
const uint32_t *path_list_get(const struct path_list *l, size_t i, size_t *n);

/* Brings the paths into their order. */
bool path_list_sort(struct path_list *l, struct error *err);

/* Each appends the paths that it finds to `l` (zeroed or in use), in order.  Finding no
 * path is not an error. */

/* The first of all paths.  O(n + m), usually far less. */
bool path_find(const struct graph *g, const struct path_query *q, struct path_list *l,
	struct error *err);

/* Every shortest path, of which there may be exponentially many: at most `limit`, then
 * `l->more` is set. */
bool path_find_all(const struct graph *g, const struct path_query *q, size_t limit,
	struct path_list *l, struct error *err);

/* The first `limit` paths, which may be longer than the shortest; `l->more` when there
 * are others.  Yen's algorithm with Lawler's partition: O(limit · length) searches, and
 * memory for `limit` paths.
 * J. Y. Yen, Finding the k shortest loopless paths in a network, 1971;
 * E. L. Lawler, A procedure for computing the k best solutions …, 1972. */
bool path_find_first(const struct graph *g, const struct path_query *q, size_t limit,
	struct path_list *l, struct error *err);

/* A shortest cycle through `node`, of those the one whose addresses come first, as a path
 * that begins and ends at the node.  O(n + m). */
bool path_find_cycle(
	const struct graph *g, uint32_t node, struct path_list *l, struct error *err);

#endif
