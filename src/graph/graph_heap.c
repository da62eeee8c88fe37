/* SPDX-License-Identifier: MIT */
#include "graph/graph_heap.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

/* How many references ahead memory is asked for. */
#define GRAPH_HEAP_AHEAD 16

struct graph_heap {
	struct heap *heap;       /* owned */
	struct objects *objects; /* made early, when the records were large */
	bool graph_taken, objects_taken;
};

struct graph_heap *graph_heap_new(struct heap *heap, struct error *err)
{
	struct graph_heap *h = array_new_zeroed(1, sizeof *h);
	if (h == NULL) {
		error_nomem(err);
		heap_free(heap);
		return NULL;
	}
	h->heap = heap;
	free(heap->children);
	heap->children = NULL; /* `by_child` says the same */
	size_t records = 0;
	for (size_t i = 0; i < heap->part_count; i++)
		records += heap->parts[i]->record_len;
	if (records <= GRAPH_HEAP_RECORDS_MAX)
		return h;
	h->objects = objects_of_heap(heap, err);
	if (h->objects == NULL) {
		graph_heap_free(h);
		return NULL;
	}
	heap_drop_records(heap);
	return h;
}

void graph_heap_free(struct graph_heap *h)
{
	if (h == NULL)
		return;
	heap_free(h->heap);
	objects_free(h->objects);
	free(h);
}

/* The references ordered by child and, of one child, by parent are the parents of the
 * graph but for repeats and for what they dangle to. */
static bool graph_heap_parents(
	const struct heap *heap, struct graph *g, struct error *err)
{
	uint32_t *owner = array_new(heap->ref_count, sizeof *owner); /* of a reference */
	uint32_t *start = array_new_zeroed((size_t)g->nodes + 2, sizeof *start);
	uint32_t *parent = array_new(heap->ref_count, sizeof *parent);
	g->parents = (struct graph_side){ start, parent };
	if (owner == NULL || start == NULL || parent == NULL) {
		free(owner);
		return error_nomem(err);
	}
	for (uint32_t i = 0; i < g->nodes; i++)
		for (uint32_t r = heap->first_ref[i]; r < heap->first_ref[i + 1]; r++)
			owner[r] = i;
	const uint64_t *pair = heap->by_child;
	size_t rows = heap_rows(heap), at = 0;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < g->nodes; i++) {
		uint32_t key = heap->rows[i].key;
		while (at < rows && pair[at] >> 32 < key) {
			assert((uint32_t)pair[at] >= heap->top_count);
			g->dangling++;
			at++;
		}
		for (; at < rows && pair[at] >> 32 == key; at++) {
			uint32_t row = (uint32_t)pair[at];
			if (rows - at > GRAPH_HEAP_AHEAD) {
				uint32_t ahead = (uint32_t)pair[at + GRAPH_HEAP_AHEAD];
				if (ahead >= heap->top_count)
					__builtin_prefetch(
						&owner[ahead - heap->top_count]);
			}
			if (row < heap->top_count) {
				g->roots[g->root_count++] = i;
				continue;
			}
			uint32_t from = owner[row - heap->top_count];
			if (kept == start[i] || parent[kept - 1] != from)
				parent[kept++] = from;
			assert(kept - start[i] < 2 || parent[kept - 2] < from);
		}
		start[i + 1] = kept;
	}
	g->dangling += rows - at;
	g->references = kept;
	free(owner);
	return true;
}

struct graph *graph_heap_graph(struct graph_heap *h, struct error *err)
{
	const struct heap *heap = h->heap;
	if (h->graph_taken)
		return NULL;
	struct graph *g = array_new_zeroed(1, sizeof *g);
	if (g == NULL) {
		error_nomem(err);
		return NULL;
	}
	g->nodes = (uint32_t)heap->count;
	g->address = array_new(heap->count, sizeof *g->address);
	g->roots = array_new(heap->top_count, sizeof *g->roots);
	if (g->address == NULL || g->roots == NULL) {
		error_nomem(err);
		goto failed;
	}
	for (size_t i = 0; i < heap->count; i++)
		g->address[i] = heap_address(heap, i);
	if (!graph_heap_parents(heap, g, err))
		goto failed;
	assert(g->root_count == heap->top_count && g->dangling == heap->dangling);
	h->graph_taken = true;
	heap_drop_references(h->heap);
	if (graph_complete(g, err))
		return g;
failed:
	graph_free(g);
	return NULL;
}

struct objects *graph_heap_objects(struct graph_heap *h, struct error *err)
{
	if (h->objects_taken)
		return NULL;
	struct objects *o =
		h->objects != NULL ? h->objects : objects_of_heap(h->heap, err);
	h->objects = NULL;
	h->objects_taken = o != NULL;
	if (h->objects_taken)
		heap_drop_records(h->heap);
	return o;
}

const struct heap *graph_heap_whole(const struct graph_heap *h)
{
	bool whole = !h->graph_taken && !h->objects_taken && h->objects == NULL;
	return whole ? h->heap : NULL;
}

bool graph_heap_is_spent(const struct graph_heap *h)
{
	return h->graph_taken && h->objects_taken;
}
