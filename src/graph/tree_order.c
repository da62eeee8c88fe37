/* SPDX-License-Identifier: MIT */
#include "graph/tree_order.h"

#include "base/array.h"
#include "graph/graph.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void tree_order_fini(struct tree_order *t)
{
	free(t->place);
	free(t->link);
	*t = (struct tree_order){ 0 };
}

bool tree_order_init(struct tree_order *t, const uint32_t *parent, uint32_t n,
	int (*compare)(const void *a, const void *b, void *context), void *context)
{
	*t = (struct tree_order){ .place = array_new(n, sizeof *t->place),
		.link = array_new(n, sizeof *t->link) };
	uint32_t *order = array_new(n, sizeof *order);
	uint32_t *next = array_new(n, sizeof *next);
	uint32_t *down = array_new(n, sizeof *down);
	uint32_t first = GRAPH_NONE, count = 0;
	bool ok = t->place != NULL && t->link != NULL && order != NULL && next != NULL &&
		  down != NULL;
	for (uint32_t i = 0; ok && i < n; i++) {
		order[i] = i;
		down[i] = GRAPH_NONE;
	}
	if (ok && n > 0)
		qsort_r(order, n, sizeof *order, compare, context);
	/* Links the children of each node, the last of the order first. */
	for (uint32_t i = ok ? n : 0; i-- > 0;) {
		uint32_t node = order[i];
		uint32_t *head =
			parent[node] == GRAPH_NONE ? &first : &down[parent[node]];
		next[node] = *head;
		*head = node;
	}
	/* Walks down first, then to the next, then up to where there is a next. */
	for (uint32_t at = first; at != GRAPH_NONE;) {
		t->place[at] = count++;
		if (down[at] != GRAPH_NONE) {
			at = down[at];
			continue;
		}
		while (at != GRAPH_NONE && next[at] == GRAPH_NONE)
			at = parent[at];
		at = at == GRAPH_NONE ? GRAPH_NONE : next[at];
	}
	assert(!ok || count == n);
	for (uint32_t i = 0; ok && i < n; i++)
		t->link[t->place[i]] = (struct tree_link){
			.parent = parent[i] == GRAPH_NONE ? GRAPH_NONE
							  : t->place[parent[i]],
			.next = next[i] == GRAPH_NONE ? GRAPH_NONE : t->place[next[i]],
			.down = down[i] == GRAPH_NONE ? GRAPH_NONE : t->place[down[i]],
		};
	free(order);
	free(next);
	free(down);
	return ok;
}

void tree_order_move(struct tree_order *t, void *nodes, uint32_t n, size_t size)
{
	char *node = nodes, away[TREE_ORDER_NODE_MAX];
	assert(size <= sizeof away);
	for (uint32_t i = 0; i < n; i++)
		while (t->place[i] != i) {
			uint32_t to = t->place[i];
			assert(to < n && t->place[to] != to);
			memcpy(away, node + to * size, size);
			memcpy(node + to * size, node + i * size, size);
			memcpy(node + i * size, away, size);
			t->place[i] = t->place[to];
			t->place[to] = to;
		}
}
