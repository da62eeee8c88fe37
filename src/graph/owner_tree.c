/* SPDX-License-Identifier: MIT */
#include "graph/owner_tree.h"

#include "base/array.h"
#include "base/map.h"
#include "base/saturate.h"
#include "graph/tree_order.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct owner_builder {
	struct owner_tree *t;
	size_t cap;
	struct map places; /* nodes by parent and type */
};

void owner_tree_free(struct owner_tree *t)
{
	if (t == NULL)
		return;
	free(t->node);
	free(t);
}

void owner_node_add(struct owner_node *sum, const struct owner_node *n)
{
	sum->objects += n->objects;
	sum->contained += n->contained;
	sum->own = saturate_add(sum->own, n->own);
	sum->retained = saturate_add(sum->retained, n->retained);
}

/* The key of a lookup. */
struct owner_key {
	const struct owner_tree *t;
	uint32_t parent, type;
};

static bool owner_is_place(const void *key, uint32_t i)
{
	const struct owner_key *k = key;
	return k->t->node[i].parent == k->parent && k->t->node[i].type == k->type;
}

/* The node under `parent` for objects of a type; GRAPH_NONE out of memory. */
static uint32_t owner_find(struct owner_builder *b, uint32_t parent, uint32_t type)
{
	struct owner_tree *t = b->t;
	struct owner_key key = { t, parent, type };
	uint64_t hash = (uint64_t)parent << 32 | type;
	bool top = parent == GRAPH_NONE;
	if (!top && t->node[parent].depth == OWNER_TREE_DEPTH)
		return parent;
	uint32_t place =
		top ? MAP_NONE : map_find(&b->places, hash, owner_is_place, &key);
	if (place != MAP_NONE)
		return place;
	if (!array_reserve(&t->node, &b->cap, (size_t)t->count + 1, sizeof *t->node) ||
		(!top && !map_put(&b->places, hash, t->count)))
		return GRAPH_NONE;
	t->node[t->count] = (struct owner_node){ .parent = parent,
		.type = type,
		.depth = top ? 0 : t->node[parent].depth + 1,
		.next = GRAPH_NONE,
		.down = GRAPH_NONE };
	return t->count++;
}

static int owner_compare(const void *a, const void *b, void *context)
{
	const struct owner_node *node = context;
	const struct owner_node *p = &node[*(const uint32_t *)a];
	const struct owner_node *q = &node[*(const uint32_t *)b];
	if (p->retained != q->retained)
		return p->retained > q->retained ? -1 : 1;
	return (p->type > q->type) - (p->type < q->type);
}

struct owner_tree *owner_tree_new(
	const struct dominators *d, const struct objects *o, struct error *err)
{
	struct owner_builder b = { .t = array_new_zeroed(1, sizeof *b.t) };
	uint32_t *place = array_new(d->nodes, sizeof *place);
	bool ok = b.t != NULL && place != NULL &&
		  owner_find(&b, GRAPH_NONE, 0) != GRAPH_NONE;
	/* Puts every object in its place, its dominator before it. */
	for (uint32_t i = 0; ok && i < d->reachable; i++) {
		uint32_t node = d->order[i], up = d->immediate[node];
		uint32_t at = owner_find(
			&b, up == DOMINATORS_TOP ? 0 : place[up], o->type[node]);
		ok = at != GRAPH_NONE;
		if (!ok)
			break;
		place[node] = at;
		struct owner_node *n = &b.t->node[at];
		n->objects++;
		n->own = saturate_add(n->own, o->size[node]);
	}
	map_fini(&b.places);
	free(place);
	/* Sums up, from the last to the first. */
	for (uint32_t i = ok ? b.t->count : 0; i-- > 0;) {
		struct owner_node *n = &b.t->node[i];
		n->contained += n->objects;
		n->retained = saturate_add(n->retained, n->own);
		if (i == 0)
			break;
		assert(n->parent < i);
		struct owner_node *up = &b.t->node[n->parent];
		up->contained += n->contained;
		up->retained = saturate_add(up->retained, n->retained);
	}
	/* Links children in their order and brings the nodes into that of the walk. */
	uint32_t count = ok ? b.t->count : 0;
	uint32_t *parent = array_new(count, sizeof *parent);
	struct tree_order order = { 0 };
	ok = ok && parent != NULL;
	for (uint32_t i = 0; ok && i < count; i++)
		parent[i] = b.t->node[i].parent;
	ok = ok && tree_order_init(&order, parent, count, owner_compare, b.t->node);
	free(parent);
	if (ok)
		tree_order_move(&order, b.t->node, count, sizeof *b.t->node);
	for (uint32_t i = 0; ok && i < count; i++) {
		struct owner_node *n = &b.t->node[i];
		n->parent = order.link[i].parent;
		n->next = order.link[i].next;
		n->down = order.link[i].down;
	}
	tree_order_fini(&order);
	if (ok)
		return b.t;
	error_nomem(err);
	owner_tree_free(b.t);
	return NULL;
}
