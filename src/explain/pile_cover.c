/* SPDX-License-Identifier: MIT */
#include "explain/pile_cover.h"

#include "base/array.h"
#include "base/saturate.h"
#include "base/search.h"

#include <assert.h>
#include <stdlib.h>

enum { COVER_AHEAD = 16 };

void cover_fini(struct cover *c)
{
	free(c->node);
	free(c->up);
	free(c->first);
	free(c->bytes);
	*c = (struct cover){ 0 };
}

/* The children of each node, ascending, as in struct graph_side; the tops become the
 * first ranks.  `start` has one more than nodes, all zero. */
static void cover_list_children(struct cover *c, const struct name_tree *t,
	uint32_t nodes, uint32_t *start, uint32_t *child)
{
	/* By counting: start[i + 1] is where the next child of i goes until all are
	 * there, then where those of i + 1 begin. */
	uint32_t *next = start + 1, sum = 0;
	for (uint32_t i = 0; i < nodes; i++) {
		uint32_t from = name_from(t, i);
		uint32_t far =
			nodes - i > COVER_AHEAD ? name_from(t, i + COVER_AHEAD) : from;
		if (far != GRAPH_NONE)
			__builtin_prefetch(&next[far], 1);
		if (from != GRAPH_NONE && from != i)
			next[from]++;
	}
	for (uint32_t i = 0; i < nodes; i++) {
		uint32_t count = next[i];
		next[i] = sum;
		sum += count;
	}
	assert(sum <= nodes);
	for (uint32_t i = 0; i < nodes; i++) {
		uint32_t from = name_from(t, i);
		uint32_t far =
			nodes - i > COVER_AHEAD ? name_from(t, i + COVER_AHEAD) : from;
		if (far != GRAPH_NONE)
			__builtin_prefetch(&next[far], 1);
		if (from == i)
			c->node[c->tops++] = i;
		else if (from != GRAPH_NONE)
			child[next[from]++] = i;
	}
}

bool cover_init(struct cover *c, const struct name_tree *t, const struct objects *o,
	struct error *err)
{
	uint32_t *start = array_new_zeroed((size_t)o->nodes + 1, sizeof *start);
	uint32_t *child = array_new(o->nodes, sizeof *child);
	c->node = array_new(o->nodes, sizeof *c->node);
	c->up = array_new(o->nodes, sizeof *c->up);
	c->first = array_new((size_t)o->nodes + 1, sizeof *c->first);
	c->bytes = array_new(o->nodes, sizeof *c->bytes);
	bool ok = start != NULL && child != NULL && c->node != NULL && c->up != NULL &&
		  c->first != NULL && c->bytes != NULL;
	if (!ok)
		goto out;
	cover_list_children(c, t, o->nodes, start, child);
	for (uint32_t i = 0; i < c->tops; i++)
		c->up[i] = i;
	c->reached = c->tops;
	for (uint32_t i = 0; i < c->reached; i++) {
		if (c->reached - i > 2 * COVER_AHEAD) {
			uint32_t far = c->node[i + 2 * COVER_AHEAD];
			__builtin_prefetch(&start[far]);
			__builtin_prefetch(&o->size[far]);
		}
		if (c->reached - i > COVER_AHEAD)
			__builtin_prefetch(&child[start[c->node[i + COVER_AHEAD]]]);
		uint32_t node = c->node[i];
		c->bytes[i] = o->size[node];
		c->first[i] = c->reached;
		for (uint32_t j = start[node]; j < start[node + 1]; j++) {
			c->up[c->reached] = i;
			c->node[c->reached++] = child[j];
		}
	}
	assert(c->reached <= o->nodes);
	c->first[c->reached] = c->reached;
	for (uint32_t i = c->reached; i-- > c->tops;) {
		assert(c->up[i] < i);
		c->bytes[c->up[i]] = saturate_add(c->bytes[c->up[i]], c->bytes[i]);
	}
out:
	free(start);
	free(child);
	return ok || error_nomem(err);
}

uint32_t cover_find_top(const struct cover *c, uint32_t node)
{
	size_t at;
	SEARCH_FIRST(at, c->tops, c->node[at] >= node);
	assert(at < c->tops && c->node[at] == node);
	return (uint32_t)at;
}
