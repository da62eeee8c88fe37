/* SPDX-License-Identifier: MIT */
#include "graph/scc.h"

#include "base/array.h"
#include "base/bits.h"

#include <assert.h>
#include <string.h>

/* How many children the walk prefetches when it reaches a node. */
enum { SCC_AHEAD = 16 };

/* While the walk runs, `index` holds for a visited node the least visit number that it is
 * known to lead to, and for one of a finished component a number counted down from the
 * top: above every visit number, so finished nodes never lower a minimum. */
struct scc_walk {
	const struct graph *g;
	uint32_t *index; /* 0: not visited */
	uint32_t *next;  /* where to go on among the node's children */
	uint32_t *stack; /* from below the way down, from above the members to come */
	uint32_t depth, waiting;
	uint64_t *is_root; /* leads to nothing visited before it, as far as is known */
	uint32_t visit, finished;
};

static void scc_enter(struct scc_walk *w, uint32_t node)
{
	/* The data of the children is scattered over memory. */
	size_t n;
	const uint32_t *child = graph_children(w->g, node, &n);
	for (size_t i = 0; i < n && i < SCC_AHEAD; i++) {
		__builtin_prefetch(&w->index[child[i]]);
		__builtin_prefetch(&w->g->children.start[child[i]]);
	}
	w->stack[w->depth++] = node;
	w->next[node] = w->g->children.start[node];
	bits_put(w->is_root, node);
	w->index[node] = w->visit++;
}

static void scc_visit(struct scc_walk *w, uint32_t first)
{
	scc_enter(w, first);
	while (w->depth > 0) {
		uint32_t node = w->stack[w->depth - 1];
		uint32_t end = w->g->children.start[node + 1];
		uint32_t child = GRAPH_NONE;
		while (w->next[node] < end) {
			child = w->g->children.node[w->next[node]];
			if (w->index[child] == 0)
				break;
			/* Takes over what the child, finished or not, leads to. */
			if (w->index[child] < w->index[node]) {
				w->index[node] = w->index[child];
				bits_drop(w->is_root, node);
			}
			w->next[node]++;
		}
		if (w->next[node] < end) {
			scc_enter(w, child);
			continue;
		}
		/* All children are done: a root closes its component, another node waits
		 * for its root. */
		w->depth--;
		if (!bits_has(w->is_root, node)) {
			assert(w->depth < w->waiting);
			w->stack[--w->waiting] = node;
			continue;
		}
		w->visit--;
		while (w->waiting < w->g->nodes &&
			w->index[w->stack[w->waiting]] >= w->index[node]) {
			w->index[w->stack[w->waiting++]] = w->finished;
			w->visit--;
		}
		w->index[node] = w->finished--;
	}
}

struct scc *scc_new(const struct graph *g, struct error *err)
{
	struct scc_walk w = {
		.g = g,
		.index = array_new_zeroed(g->nodes, sizeof(uint32_t)),
		.next = array_new(g->nodes, sizeof(uint32_t)),
		.stack = array_new(g->nodes, sizeof(uint32_t)),
		.is_root = bits_new(g->nodes),
		.waiting = g->nodes,
		.visit = 1,
		.finished = UINT32_MAX,
	};
	struct scc *s = array_new_zeroed(1, sizeof *s);
	bool ok = s != NULL && w.index != NULL && w.next != NULL && w.stack != NULL &&
		  w.is_root != NULL;
	if (ok) {
		for (uint32_t i = 0; i < g->nodes; i++)
			if (w.index[i] == 0)
				scc_visit(&w, i);
		assert(w.depth == 0 && w.waiting == g->nodes);
		/* Numbers the components by their first node, in the array of the walk's
		 * numbers, and lists their members. */
		uint32_t *number = w.index, *map = w.next;
		w.index = NULL; /* it is the list's now */
		memset(map, 0xff, (size_t)g->nodes * sizeof *map);
		for (uint32_t i = 0; i < g->nodes; i++) {
			uint32_t at = UINT32_MAX - number[i];
			if (map[at] == UINT32_MAX)
				map[at] = s->count++;
			number[i] = map[at];
		}
		s->component = number;
		s->start = array_new_zeroed((size_t)s->count + 2, sizeof *s->start);
		s->member = array_new(g->nodes, sizeof *s->member);
		ok = s->start != NULL && s->member != NULL;
		uint32_t *next = ok ? s->start + 1 : NULL;
		for (uint32_t i = 0; ok && i < g->nodes; i++)
			next[number[i] + 1]++;
		for (uint32_t c = 0; ok && c < s->count; c++)
			next[c + 1] += next[c];
		for (uint32_t i = 0; ok && i < g->nodes; i++)
			s->member[next[number[i]]++] = i;
	}
	if (!ok)
		error_nomem(err);
	free(w.index);
	free(w.next);
	free(w.stack);
	free(w.is_root);
	if (ok)
		return s;
	scc_free(s);
	return NULL;
}

void scc_free(struct scc *s)
{
	if (s == NULL)
		return;
	free(s->component);
	free(s->start);
	free(s->member);
	free(s);
}

const uint32_t *scc_members(const struct scc *s, uint32_t component, size_t *n)
{
	*n = s->start[component + 1] - s->start[component];
	return s->member + s->start[component];
}

bool scc_is_cycle(const struct graph *g, const struct scc *s, uint32_t component)
{
	size_t n, children;
	const uint32_t *member = scc_members(s, component, &n);
	if (n > 1)
		return true;
	const uint32_t *child = graph_children(g, member[0], &children);
	for (size_t i = 0; i < children; i++)
		if (child[i] == member[0])
			return true;
	return false;
}

uint64_t *scc_held(const struct graph *g, const struct scc *s, struct error *err)
{
	uint64_t *held = bits_new(s->count);
	if (held == NULL)
		error_nomem(err);
	for (uint32_t i = 0; held != NULL && i < g->nodes; i++) {
		size_t n;
		const uint32_t *child = graph_children(g, i, &n);
		for (size_t j = 0; j < n; j++)
			if (s->component[child[j]] != s->component[i])
				bits_put(held, s->component[child[j]]);
	}
	return held;
}

static int scc_compare_holders(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	int order = (x[0] > y[0]) - (x[0] < y[0]);
	return order != 0 ? order : (x[1] > y[1]) - (x[1] < y[1]);
}

uint32_t *scc_holders(const struct graph *g, const struct scc *s, uint32_t component,
	size_t *n, struct error *err)
{
	size_t members, parents, cap = 0;
	uint32_t *holder = NULL;
	const uint32_t *member = scc_members(s, component, &members);
	const struct graph_side *up = graph_parents(g, err);
	*n = 0;
	if (up == NULL)
		return NULL;
	if (!array_reserve(&holder, &cap, 2, sizeof *holder))
		goto nomem;
	for (size_t i = 0; i < members; i++) {
		const uint32_t *parent = graph_neighbours(up, member[i], &parents);
		for (size_t j = 0; j < parents; j++) {
			if (s->component[parent[j]] == component)
				continue;
			if (!array_reserve(&holder, &cap, 2 * *n + 2, sizeof *holder))
				goto nomem;
			holder[2 * *n] = parent[j];
			holder[2 * *n + 1] = member[i];
			++*n;
		}
	}
	qsort(holder, *n, 2 * sizeof *holder, scc_compare_holders);
	return holder;
nomem:
	error_nomem(err);
	free(holder);
	return NULL;
}
