/* SPDX-License-Identifier: MIT */
#include "explain/pile_cover.h"

#include "base/array.h"
#include "base/saturate.h"

#include <assert.h>
#include <stdlib.h>

void cover_fini(struct cover *c)
{
	free(c->order);
	free(c->start);
	free(c->child);
	free(c->bytes);
	*c = (struct cover){ 0 };
}

bool cover_init(struct cover *c, const struct name_tree *t, const struct objects *o,
	struct error *err)
{
	enum { AHEAD = 16 };
	c->nodes = o->nodes;
	c->order = array_new(c->nodes, sizeof *c->order);
	c->start = array_new_zeroed((size_t)c->nodes + 1, sizeof *c->start);
	c->child = array_new(c->nodes, sizeof *c->child);
	c->bytes = array_new(c->nodes, sizeof *c->bytes);
	if (c->order == NULL || c->start == NULL || c->child == NULL || c->bytes == NULL)
		return error_nomem(err);
	/* Children by counting: start[i + 1] is where the next child of i goes until all
	 * are there, then where those of i + 1 begin. */
	uint32_t *next = c->start + 1, sum = 0;
	for (uint32_t i = 0; i < c->nodes; i++) {
		uint32_t from = name_from(t, i);
		uint32_t far =
			i + AHEAD < c->nodes ? name_from(t, i + AHEAD) : GRAPH_NONE;
		if (far != GRAPH_NONE)
			__builtin_prefetch(&next[far], 1);
		if (from != GRAPH_NONE && from != i)
			next[from]++;
	}
	for (uint32_t i = 0; i < c->nodes; i++) {
		uint32_t count = next[i];
		next[i] = sum;
		sum += count;
	}
	assert(sum <= c->nodes);
	for (uint32_t i = 0; i < c->nodes; i++) {
		uint32_t from = name_from(t, i);
		uint32_t far =
			i + AHEAD < c->nodes ? name_from(t, i + AHEAD) : GRAPH_NONE;
		if (far != GRAPH_NONE)
			__builtin_prefetch(&next[far], 1);
		if (from == i)
			c->order[c->reached++] = i;
		else if (from != GRAPH_NONE)
			c->child[next[from]++] = i;
	}
	for (uint32_t i = 0; i < c->reached; i++) {
		uint32_t node = c->order[i];
		if (i + AHEAD < c->reached) {
			__builtin_prefetch(&c->start[c->order[i + AHEAD]]);
			__builtin_prefetch(&o->size[c->order[i + AHEAD]]);
		}
		c->bytes[node] = o->size[node];
		for (uint32_t j = c->start[node]; j < c->start[node + 1]; j++)
			c->order[c->reached++] = c->child[j];
	}
	assert(c->reached <= c->nodes);
	for (uint32_t i = c->reached; i-- > 0;) {
		uint32_t node = c->order[i], from = name_from(t, node);
		/* Parents come in the order of their children. */
		if (i >= AHEAD)
			__builtin_prefetch(&c->bytes[c->order[i - AHEAD]]);
		if (from != node)
			c->bytes[from] = saturate_add(c->bytes[from], c->bytes[node]);
	}
	return true;
}
