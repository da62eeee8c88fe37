/* SPDX-License-Identifier: MIT */
#include "result/drawing.h"

#include "base/array.h"

#include <assert.h>
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
		free(d->nodes[i].note);
	}
	for (size_t i = 0; i < d->edge_count; i++) {
		free(d->edges[i].label);
		free(d->edges[i].via);
	}
	free(d->nodes);
	free(d->edges);
	map_fini(&d->by_id);
	map_fini(&d->by_ends);
	free(d);
}

struct drawing_key {
	const struct drawing *drawing;
	uint64_t id;
};

static bool drawing_has_id(const void *key, uint32_t index)
{
	const struct drawing_key *k = key;
	return k->drawing->nodes[index].id == k->id;
}

size_t drawing_find(const struct drawing *d, uint64_t id)
{
	struct drawing_key key = { d, id };
	uint32_t found = map_find(&d->by_id, id, drawing_has_id, &key);
	return found == MAP_NONE ? SIZE_MAX : found;
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
	if (!array_reserve(
		    &d->nodes, &d->node_cap, d->node_count + 1, sizeof *d->nodes) ||
		!map_put(&d->by_id, node->id, (uint32_t)d->node_count))
		return error_nomem(err);
	struct drawing_node *copy = &d->nodes[d->node_count++];
	*copy = *node;
	copy->title = copy->detail = copy->cluster = copy->note = NULL;
	assert(drawing_find(d, node->id) == d->node_count - 1);
	if (!drawing_copy(&copy->title, node->title) ||
		!drawing_copy(&copy->detail, node->detail) ||
		!drawing_copy(&copy->cluster, node->cluster) ||
		!drawing_copy(&copy->note, node->note))
		return error_nomem(err);
	return true;
}

struct drawing_like {
	const struct drawing *d;
	const struct drawing_edge *edge;
};

static bool drawing_is_like(const void *key, uint32_t item)
{
	const struct drawing_like *like = key;
	const struct drawing_edge *e = &like->d->edges[item], *edge = like->edge;
	bool labelled = e->label != NULL && edge->label != NULL;
	return e->from == edge->from && e->to == edge->to &&
	       (labelled ? strcmp(e->label, edge->label) == 0 : e->label == edge->label);
}

bool drawing_put_edge(
	struct drawing *d, const struct drawing_edge *edge, struct error *err)
{
	const struct drawing_like like = { d, edge };
	uint64_t hash = map_hash_number(map_hash_number(0, edge->from), edge->to);
	hash = edge->label == NULL ? hash : map_hash_text(hash, edge->label);
	uint32_t found = map_find(&d->by_ends, hash, drawing_is_like, &like);
	if (found != MAP_NONE) {
		struct drawing_edge *e = &d->edges[found];
		e->count += edge->count;
		if (edge->bytes >= 0)
			e->bytes = (e->bytes < 0 ? 0 : e->bytes) + edge->bytes;
		e->flags |= edge->flags;
		return true;
	}
	if (!array_reserve(&d->edges, &d->edge_cap, d->edge_count + 1, sizeof *d->edges))
		return error_nomem(err);
	assert(edge->from < d->node_count && edge->to < d->node_count);
	struct drawing_edge *copy = &d->edges[d->edge_count];
	*copy = *edge;
	copy->via = NULL;
	if (!drawing_copy(&copy->label, edge->label))
		return error_nomem(err);
	d->edge_count++;
	if (!drawing_copy(&copy->via, edge->via))
		return error_nomem(err);
	return map_put(&d->by_ends, hash, (uint32_t)d->edge_count - 1) ||
	       error_nomem(err);
}
