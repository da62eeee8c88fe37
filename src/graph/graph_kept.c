/* SPDX-License-Identifier: MIT */
#include "graph/graph_kept.h"

#include "base/array.h"
#include "graph/graph_heap.h"

#include <assert.h>
#include <stdlib.h>

struct graph_kept_item {
	int64_t num;
	struct graph_heap *heap;
	size_t bytes;
};

/* All that is kept for one connection. */
struct graph_kept {
	struct graph_moment moment;    /* of which all items are true */
	struct graph_kept_item *items; /* in the order of the reads */
	size_t count, cap;
};

bool graph_moment_now(struct db *db, struct graph_moment *now, struct error *err)
{
	now->heap_version = db_heap_version(db);
	return db_integer(db, &now->data_version, 0, err, "pragma main.data_version");
}

bool graph_moment_is(const struct graph_moment *a, const struct graph_moment *b)
{
	return a->heap_version == b->heap_version && a->data_version == b->data_version;
}

static void graph_kept_drop(struct graph_kept *k, size_t i)
{
	assert(i < k->count);
	graph_heap_free(k->items[i].heap);
	k->count--;
	for (; i < k->count; i++)
		k->items[i] = k->items[i + 1];
}

static void graph_kept_free(void *companion)
{
	struct graph_kept *k = companion;
	while (k->count > 0)
		graph_kept_drop(k, k->count - 1);
	free(k->items);
	free(k);
}

/* Forgets everything unless it is true at that moment. */
static void graph_kept_check(struct graph_kept *k, const struct graph_moment *m)
{
	if (!graph_moment_is(&k->moment, m))
		while (k->count > 0)
			graph_kept_drop(k, k->count - 1);
}

void graph_kept_put(
	struct db *db, int64_t num, struct heap *heap, const struct graph_moment *before)
{
	struct graph_kept *k = db_companion(db);
	struct graph_moment now;
	size_t bytes = heap_rows(heap) * sizeof *heap->by_child +
		       heap->count * (sizeof *heap->rows + sizeof *heap->first_ref);
	for (size_t i = 0; i < heap->part_count; i++)
		bytes += heap->parts[i]->record_len;
	if (k == NULL) {
		k = array_new_zeroed(1, sizeof *k);
		if (k != NULL)
			db_set_companion(db, k, graph_kept_free);
	}
	if (k == NULL || !graph_moment_now(db, &now, NULL) ||
		!array_reserve(&k->items, &k->cap, k->count + 1, sizeof *k->items)) {
		heap_free(heap);
		return;
	}
	graph_kept_check(k, before);
	k->moment = now;
	struct graph_heap *made = graph_heap_new(heap, NULL);
	if (made == NULL)
		return;
	k->items[k->count++] = (struct graph_kept_item){ num, made, bytes };
	size_t sum = 0;
	for (size_t i = 0; i < k->count; i++)
		sum += k->items[i].bytes;
	while (k->count > 1 && sum > GRAPH_KEPT_MAX) {
		sum -= k->items[0].bytes;
		graph_kept_drop(k, 0);
	}
}

/* The heap of generation `num`, if it is there and true. */
static struct graph_kept_item *graph_kept_find(struct db *db, int64_t num)
{
	struct graph_kept *k = db_companion(db);
	struct graph_moment now;
	if (k == NULL || k->count == 0 || !graph_moment_now(db, &now, NULL))
		return NULL;
	graph_kept_check(k, &now);
	for (size_t i = k->count; i-- > 0;)
		if (k->items[i].num == num)
			return &k->items[i];
	return NULL;
}

static void graph_kept_release(struct db *db, const struct graph_kept_item *item)
{
	struct graph_kept *k = db_companion(db);
	if (graph_heap_is_spent(item->heap))
		graph_kept_drop(k, (size_t)(item - k->items));
}

struct graph *graph_kept_graph(struct db *db, int64_t num)
{
	struct graph_kept_item *item = graph_kept_find(db, num);
	struct graph *g = item == NULL ? NULL : graph_heap_graph(item->heap, NULL);
	if (g != NULL)
		graph_kept_release(db, item);
	return g;
}

struct objects *graph_kept_objects(struct db *db, int64_t num, const struct graph *g)
{
	struct graph_kept_item *item = graph_kept_find(db, num);
	struct objects *o = item == NULL ? NULL : graph_heap_objects(item->heap, NULL);
	if (o == NULL)
		return NULL;
	assert(o->nodes == g->nodes);
	graph_kept_release(db, item);
	return o;
}
