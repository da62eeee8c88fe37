/* SPDX-License-Identifier: MIT */
#include "model/drawing.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

struct drawing *drawing_new(void)
{
	return array_new_zeroed(1, sizeof(struct drawing));
}

void drawing_free(struct drawing *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < d->node_count; i++) {
		free(d->nodes[i].title);
		free(d->nodes[i].detail);
		free(d->nodes[i].cluster);
	}
	for (size_t i = 0; i < d->edge_count; i++)
		free(d->edges[i].label);
	free(d->nodes);
	free(d->edges);
	free(d->slots);
	free(d);
}

/* Where `id` is or would be among the slots, a power of two that is never full. */
static size_t drawing_slot(const struct drawing *d, uint64_t id)
{
	size_t mask = d->slot_count - 1;
	size_t slot = (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 20) & mask;
	while (d->slots[slot] != 0 && d->nodes[d->slots[slot] - 1].id != id)
		slot = (slot + 1) & mask;
	return slot;
}

size_t drawing_find(const struct drawing *d, uint64_t id)
{
	size_t found = d->slot_count == 0 ? 0 : d->slots[drawing_slot(d, id)];
	return found == 0 ? SIZE_MAX : found - 1;
}

static bool drawing_grow_slots(struct drawing *d)
{
	if ((d->node_count + 1) * 2 <= d->slot_count)
		return true;
	size_t count = d->slot_count == 0 ? 64 : d->slot_count * 2;
	size_t *slots = array_new_zeroed(count, sizeof *slots);
	if (slots == NULL)
		return false;
	free(d->slots);
	d->slots = slots;
	d->slot_count = count;
	for (size_t i = 0; i < d->node_count; i++)
		d->slots[drawing_slot(d, d->nodes[i].id)] = i + 1;
	return true;
}

/* strdup() of what may be NULL. */
static bool drawing_copy(char **to, const char *from)
{
	*to = from == NULL ? NULL : strdup(from);
	return from == NULL || *to != NULL;
}

bool drawing_put_node(struct drawing *d, const struct drawing_node *node, size_t *index,
	struct error *err)
{
	size_t found = drawing_find(d, node->id);
	if (index != NULL)
		*index = found == SIZE_MAX ? d->node_count : found;
	if (found != SIZE_MAX) {
		d->nodes[found].flags |= node->flags;
		return true;
	}
	if (!drawing_grow_slots(d) || !array_reserve(&d->nodes, &d->node_cap,
					      d->node_count + 1, sizeof *d->nodes))
		return error_nomem(err);
	struct drawing_node *copy = &d->nodes[d->node_count];
	size_t slot = drawing_slot(d, node->id);
	*copy = *node;
	copy->title = copy->detail = copy->cluster = NULL;
	d->slots[slot] = ++d->node_count;
	if (!drawing_copy(&copy->title, node->title) ||
		!drawing_copy(&copy->detail, node->detail) ||
		!drawing_copy(&copy->cluster, node->cluster))
		return error_nomem(err);
	return true;
}

static bool drawing_same_label(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool drawing_put_edge(
	struct drawing *d, const struct drawing_edge *edge, struct error *err)
{
	for (size_t i = 0; i < d->edge_count; i++) {
		struct drawing_edge *e = &d->edges[i];
		if (e->from != edge->from || e->to != edge->to ||
			!drawing_same_label(e->label, edge->label))
			continue;
		e->count += edge->count;
		if (edge->bytes >= 0)
			e->bytes = (e->bytes < 0 ? 0 : e->bytes) + edge->bytes;
		e->flags |= edge->flags;
		return true;
	}
	if (!array_reserve(&d->edges, &d->edge_cap, d->edge_count + 1, sizeof *d->edges))
		return error_nomem(err);
	struct drawing_edge *copy = &d->edges[d->edge_count];
	*copy = *edge;
	if (!drawing_copy(&copy->label, edge->label))
		return error_nomem(err);
	d->edge_count++;
	return true;
}
