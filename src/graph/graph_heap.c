/* SPDX-License-Identifier: MIT */
#include "graph/graph_heap.h"

#include "base/array.h"
#include "base/sort.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many references ahead the loop prefetches. */
#define GRAPH_HEAP_AHEAD 16

struct graph_heap {
	struct heap *heap;       /* owned */
	unsigned users;          /* see graph_heap_free() */
	struct objects *objects; /* made by graph_heap_settle() */
	bool small;              /* the records are, on average */
	bool large;              /* the records are released when anything is made */
	bool graph_taken, objects_taken;
	enum { PYTHON_UNKNOWN, PYTHON_2, PYTHON_3 } python;
	bool readable; /* the records and the references stay as long as there is a user
			*/
};

/* Types that Python 3 does not have. */
enum { PYTHON_2_TYPES = 3 };
static const char *const graph_heap_python_2[PYTHON_2_TYPES] = { "unicode",
	"instancemethod", "classobj" };

/* `by_child` holds the same. */
static void graph_heap_drop_children(struct graph_heap *h)
{
	free(h->heap->children);
	h->heap->children = NULL;
}

struct graph_heap *graph_heap_new(struct heap *heap, struct error *err)
{
	struct graph_heap *h = array_new_zeroed(1, sizeof *h);
	if (h == NULL) {
		error_nomem(err);
		heap_free(heap);
		return NULL;
	}
	h->heap = heap;
	h->users = 1;
	size_t records = 0;
	for (size_t i = 0; i < heap->part_count; i++)
		records += heap->parts[i]->record_len;
	h->small = records / GRAPH_HEAP_RECORD_MEAN <= heap->count;
	h->large = records > GRAPH_HEAP_RECORDS_MAX;
	h->readable = h->small && !h->large;
	if (!h->small)
		graph_heap_drop_children(h);
	return h;
}

void graph_heap_keep(struct graph_heap *h)
{
	if (h->small && h->large && h->heap->children != NULL) {
		assert(!h->graph_taken && !h->objects_taken && h->objects == NULL);
		h->large = false;
		h->readable = true;
	}
}

bool graph_heap_settle(struct graph_heap *h, struct error *err)
{
	if (!h->large || h->objects != NULL || h->objects_taken)
		return true;
	h->objects = objects_of_heap(h->heap, err);
	if (h->objects != NULL) {
		heap_drop_records(h->heap);
		graph_heap_drop_children(h);
	}
	return h->objects != NULL;
}

void graph_heap_free(struct graph_heap *h)
{
	assert(h == NULL || h->users > 0);
	if (h == NULL || --h->users > 0)
		return;
	heap_free(h->heap);
	objects_free(h->objects);
	free(h);
}

/* The children of each object, ascending and each once, and what the dump says again. */
static bool graph_heap_children(
	const struct heap *heap, struct graph *g, struct error *err)
{
	uint32_t *start = array_new((size_t)g->nodes + 1, sizeof *start);
	uint32_t *child = array_new(heap->ref_count, sizeof *child);
	g->children = (struct graph_side){ start, child };
	if (start == NULL || child == NULL)
		return error_nomem(err);
	heap_child_ranks(heap, child); /* what dangles is GRAPH_NONE */
	size_t repeat_cap = 0;
	uint32_t kept = 0;
	bool ok = true;
	for (uint32_t i = 0; ok && i < g->nodes; i++) {
		uint32_t from = heap->first_ref[i], end = heap->first_ref[i + 1];
		assert(kept <= from && from <= end);
		start[i] = kept;
		sort_u32(child + from, end - from);
		for (; ok && from < end && child[from] != GRAPH_NONE; from++) {
			if (kept == start[i] || child[kept - 1] != child[from]) {
				child[kept++] = child[from];
				continue;
			}
			ok = array_reserve(&g->repeat, &repeat_cap, g->repeats + 1,
				sizeof *g->repeat);
			if (ok)
				g->repeat[g->repeats++] = (uint64_t)i << 32 | child[from];
		}
	}
	start[g->nodes] = g->references = kept;
	g->repeats_known = true;
	return ok || error_nomem(err);
}

struct graph *graph_heap_graph(struct graph_heap *h, struct error *err)
{
	const struct heap *heap = h->heap;
	if (h->graph_taken || !graph_heap_settle(h, err))
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
	/* Both ascend. */
	for (uint32_t i = 0; i < g->nodes && g->root_count < heap->top_count; i++)
		if (heap->rows[i].key == heap->tops[g->root_count])
			g->roots[g->root_count++] = i;
	g->dangling = heap->dangling;
	assert(g->root_count == heap->top_count);
	if (!graph_heap_children(heap, g, err))
		goto failed;
	h->graph_taken = true;
	if (!h->readable) {
		heap_drop_order(h->heap);
		heap_drop_references(h->heap);
	}
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
	if (o != NULL && h->python == PYTHON_UNKNOWN) {
		h->python = PYTHON_3;
		for (size_t t = 0; t < PYTHON_2_TYPES; t++)
			if (objects_find_type(o, graph_heap_python_2[t]) != GRAPH_NONE)
				h->python = PYTHON_2;
	}
	if (h->objects_taken && !h->readable)
		heap_drop_records(h->heap);
	return o;
}

bool graph_heap_stays(const struct graph_heap *h)
{
	return h->readable;
}

struct graph_heap *graph_heap_share(struct graph_heap *h)
{
	assert(h->users > 0);
	if (!h->readable || !heap_index_rows(h->heap))
		return NULL;
	h->users++;
	return h;
}

const struct heap *graph_heap_readable(const struct graph_heap *h)
{
	assert(h->readable && h->users > 0);
	return h->heap;
}

bool graph_heap_is_python_2(struct graph_heap *h)
{
	const char *const *types = graph_heap_python_2;
	const struct heap *heap = graph_heap_readable(h);
	if (h->python != PYTHON_UNKNOWN)
		return h->python == PYTHON_2;
	h->python = PYTHON_3;
	for (size_t i = 0; i < heap->count && h->python == PYTHON_3; i++) {
		if (i + GRAPH_HEAP_AHEAD < heap->count)
			__builtin_prefetch(heap->rows[i + GRAPH_HEAP_AHEAD].record);
		struct dump_text type;
		struct cell len;
		int64_t size;
		bool named;
		heap_part_type(heap->rows[i].record, &type, &size, &len, &named);
		for (size_t t = 0; t < PYTHON_2_TYPES; t++)
			if (type.len == strlen(types[t]) &&
				memcmp(type.data, types[t], type.len) == 0)
				h->python = PYTHON_2;
	}
	return h->python == PYTHON_2;
}

const struct heap *graph_heap_whole(const struct graph_heap *h)
{
	bool whole = !h->graph_taken && !h->objects_taken && !h->large;
	return whole || h->readable ? h->heap : NULL;
}

size_t graph_heap_bytes(const struct graph_heap *h)
{
	const struct heap *heap = h->heap;
	size_t bytes = heap->count * (sizeof *heap->rows + sizeof *heap->first_ref) +
		       heap_rows(heap) * sizeof *heap->by_child;
	if (heap->children != NULL)
		bytes += heap->ref_count * sizeof *heap->children;
	for (size_t i = 0; i < heap->part_count; i++)
		bytes += heap->parts[i]->record_len;
	return bytes;
}

bool graph_heap_is_spent(const struct graph_heap *h)
{
	return h->graph_taken && h->objects_taken && !h->readable;
}
