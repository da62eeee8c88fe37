/* SPDX-License-Identifier: MIT */
#include "graph/graph_kept.h"

#include "base/array.h"
#include "base/parallel.h"
#include "graph/graph_cache.h"
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
	struct graph_moment moment;    /* at which all items are valid */
	struct graph_kept_item *items; /* in the order of the reads */
	size_t count, cap;
	struct analysis **analyses; /* the most recently used is last */
	size_t analysis_count, analysis_cap;
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

/* Takes analysis `i` out of the list. */
static struct analysis *graph_kept_take_out(struct graph_kept *k, size_t i)
{
	assert(i < k->analysis_count);
	struct analysis *out = k->analyses[i];
	k->analysis_count--;
	for (; i < k->analysis_count; i++)
		k->analyses[i] = k->analyses[i + 1];
	return out;
}

static void graph_kept_clear(struct graph_kept *k)
{
	while (k->count > 0)
		graph_kept_drop(k, k->count - 1);
	while (k->analysis_count > 0)
		analysis_free(graph_kept_take_out(k, k->analysis_count - 1));
}

static void graph_kept_free(void *companion)
{
	struct graph_kept *k = companion;
	graph_kept_clear(k);
	free(k->items);
	free(k->analyses);
	free(k);
}

/* Forgets everything unless it is still valid at that moment. */
static void graph_kept_check(struct graph_kept *k, const struct graph_moment *m)
{
	if (!graph_moment_is(&k->moment, m))
		graph_kept_clear(k);
}

/* What is kept for this connection, nothing at first; NULL out of memory. */
static struct graph_kept *graph_kept_of(struct db *db)
{
	struct graph_kept *k = db_companion(db);
	if (k != NULL)
		return k;
	k = array_new_zeroed(1, sizeof *k);
	if (k != NULL)
		db_set_companion(db, k, graph_kept_free);
	return k;
}

static size_t graph_kept_bytes(const struct graph_kept *k)
{
	size_t sum = 0;
	for (size_t i = 0; i < k->count; i++)
		sum += k->items[i].bytes;
	return sum;
}

void graph_kept_put(
	struct db *db, int64_t num, struct heap *heap, const struct graph_moment *before)
{
	struct graph_kept *k = graph_kept_of(db);
	struct graph_moment now;
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
	k->items[k->count++] =
		(struct graph_kept_item){ num, made, graph_heap_bytes(made) };
	size_t sum = graph_kept_bytes(k), room = array_room();
	while (k->count > 1 && sum > room) {
		sum -= k->items[0].bytes;
		graph_kept_drop(k, 0);
	}
	/* Several are compared, with arrays of many sizes that come and go. */
	for (size_t i = 0; k->count > 1 && i < k->count; i++)
		graph_heap_keep(k->items[i].heap);
	if (k->count > 1)
		array_return_large();
}

void graph_kept_settle(struct db *db)
{
	struct graph_kept *k = db_companion(db);
	/* The next one is probably as large. */
	if (k == NULL || k->count == 0 ||
		graph_kept_bytes(k) + k->items[k->count - 1].bytes <= array_room())
		return;
	for (size_t i = k->count; i-- > 0;)
		if (!graph_heap_settle(k->items[i].heap, NULL))
			graph_kept_drop(k, i);
}

/* The heap of generation `num`, if it is there and valid. */
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

const struct heap *graph_kept_heap(struct db *db, int64_t num)
{
	const struct graph_kept_item *item = graph_kept_find(db, num);
	return item == NULL ? NULL : graph_heap_whole(item->heap);
}

struct graph_heap *graph_kept_share(struct db *db, int64_t num)
{
	const struct graph_kept_item *item = graph_kept_find(db, num);
	return item == NULL ? NULL : graph_heap_share(item->heap);
}

/* About how much memory an analysis takes once all of it is computed. */
static size_t graph_kept_weight(const struct graph *g)
{
	return (size_t)g->nodes * 64 + (size_t)g->references * 8;
}

struct analysis *graph_kept_analysis(struct db *db, int64_t num, struct error *err)
{
	struct graph_kept *k = graph_kept_of(db);
	struct graph_moment now;
	struct analysis *a = NULL;
	if (k == NULL || !array_reserve(&k->analyses, &k->analysis_cap,
				 k->analysis_count + 1, sizeof *k->analyses)) {
		error_nomem(err);
		return NULL;
	}
	if (!graph_moment_now(db, &now, err))
		return NULL;
	graph_kept_check(k, &now);
	k->moment = now;
	for (size_t i = 0; i < k->analysis_count; i++)
		if (k->analyses[i]->generation == num) {
			a = graph_kept_take_out(k, i);
			break;
		}
	struct graph *g;
	if (a == NULL && (!graph_cache_graph(db, num, &g, err) ||
				 (a = analysis_new(g, db, num, err)) == NULL))
		return NULL;
	/* Writing the cache does not change the heap: what is kept stays valid. */
	if (!graph_moment_now(db, &k->moment, err)) {
		analysis_free(a);
		return NULL;
	}
	size_t weight = graph_kept_weight(a->g);
	for (size_t i = 0; i < k->analysis_count; i++)
		weight += graph_kept_weight(k->analyses[i]->g);
	size_t room = array_room();
	while (k->analysis_count > 0 && weight > room) {
		weight -= graph_kept_weight(k->analyses[0]->g);
		analysis_free(graph_kept_take_out(k, 0));
	}
	k->analyses[k->analysis_count++] = a;
	return a;
}

/* --- several at once ---------------------------------------------------------------- */

/* One of several analyses that threads work on, one each. */
struct graph_kept_job {
	int64_t num;
	struct graph_heap *heap; /* of a new one */
	struct graph *g;
	struct objects *o;
	struct analysis *a;
	struct roots_told told;
	bool asked; /* `told` is filled */
};

struct graph_kept_work {
	struct graph_kept_job *job;
	size_t count;
	bool dominators;
};

void graph_kept_make(void *work, size_t i)
{
	struct graph_kept_work *w = work;
	assert(i < w->count);
	struct graph_kept_job *job = &w->job[i];
	if (job->heap == NULL)
		return;
	job->g = graph_heap_graph(job->heap, NULL);
	if (job->g != NULL)
		job->o = graph_heap_objects(job->heap, NULL);
}

void graph_kept_look(void *work, size_t i)
{
	struct graph_kept_work *w = work;
	assert(i < w->count);
	struct graph_kept_job *job = &w->job[i];
	struct analysis *a = job->a;
	if (a == NULL)
		return;
	if (job->asked)
		a->roots = roots_find(a->g, a->objects, &job->told, NULL);
	if (w->dominators && a->roots != NULL)
		analysis_dominators(a, NULL);
}

/* The analyses of these generations that are there or can be made from what the reads
 * left; `*weight` is about how much memory all of them will take. */
static void graph_kept_list(struct db *db, const int64_t *num, size_t n,
	struct graph_kept_work *w, size_t *weight)
{
	struct graph_kept *k = db_companion(db);
	*weight = 0;
	for (size_t i = 0; i < k->analysis_count; i++)
		*weight += graph_kept_weight(k->analyses[i]->g);
	for (size_t i = 0; i < n; i++) {
		struct graph_kept_job job = { .num = num[i] };
		for (size_t j = 0; j < k->analysis_count; j++)
			if (k->analyses[j]->generation == num[i])
				job.a = k->analyses[j];
		struct graph_kept_item *item =
			job.a == NULL ? graph_kept_find(db, num[i]) : NULL;
		const struct heap *heap =
			item == NULL ? NULL : graph_heap_whole(item->heap);
		if (heap != NULL) {
			job.heap = item->heap;
			*weight += heap->count * 64 + heap->ref_count * 8;
		}
		bool done = job.a != NULL && job.a->roots != NULL &&
			    (job.a->dominators != NULL || !w->dominators);
		if ((job.a != NULL && !done) || job.heap != NULL)
			w->job[w->count++] = job;
	}
}

struct graph_kept_work *graph_kept_begin(
	struct db *db, const int64_t *num, size_t n, bool dominators)
{
	struct graph_kept *k = db_companion(db);
	struct graph_moment now;
	if (k == NULL || parallel_threads(0) < 2 || n < 2 ||
		!graph_moment_now(db, &now, NULL) ||
		!array_reserve(&k->analyses, &k->analysis_cap, k->analysis_count + n,
			sizeof *k->analyses))
		return NULL;
	graph_kept_check(k, &now);
	struct graph_kept_work *w = array_new(1, sizeof *w);
	size_t weight = 0;
	if (w == NULL)
		return NULL;
	*w = (struct graph_kept_work){ .job = array_new(n, sizeof *w->job),
		.dominators = dominators };
	if (w->job != NULL)
		graph_kept_list(db, num, n, w, &weight);
	/* A single one gains nothing from threads, and all of them must fit. */
	if (w->count < 2 || weight > array_room()) {
		graph_kept_end(w);
		return NULL;
	}
	return w;
}

size_t graph_kept_count(const struct graph_kept_work *w)
{
	return w == NULL ? 0 : w->count;
}

bool graph_kept_spares(const struct graph_kept_work *w)
{
	for (size_t i = 0; w != NULL && i < w->count; i++)
		if (w->job[i].heap != NULL && !graph_heap_stays(w->job[i].heap))
			return false;
	return true;
}

void graph_kept_place(struct db *db, struct graph_kept_work *w)
{
	struct graph_kept *k = db_companion(db);
	if (w == NULL)
		return;
	assert(k != NULL);
	for (size_t i = 0; i < w->count; i++) {
		struct graph_kept_job *job = &w->job[i];
		if (job->heap != NULL && graph_heap_is_spent(job->heap))
			graph_kept_drop(
				k, (size_t)(graph_kept_find(db, job->num) - k->items));
		if (job->g != NULL && job->o != NULL &&
			runtime_load(db, job->num, &job->o->runtime, NULL)) {
			graph_cache_put(db, job->num, job->g, job->o);
			job->a = analysis_new(job->g, db, job->num, NULL);
			job->g = NULL;
		}
		if (job->heap != NULL && job->a != NULL) {
			job->a->objects = job->o;
			job->o = NULL;
			assert(k->analysis_count < k->analysis_cap);
			k->analyses[k->analysis_count++] = job->a;
		}
		struct analysis *a = job->a;
		job->asked = a != NULL && a->roots == NULL && a->objects != NULL &&
			     roots_ask(db, job->num, a->g, &job->told, NULL);
	}
	/* Writing the cache does not change the heap. */
	graph_moment_now(db, &k->moment, NULL);
}

void graph_kept_end(struct graph_kept_work *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->count; i++) {
		graph_free(w->job[i].g);
		objects_free(w->job[i].o);
		roots_told_fini(&w->job[i].told);
	}
	free(w->job);
	free(w);
}

void graph_kept_prepare(struct db *db, const int64_t *num, size_t n, bool dominators)
{
	struct graph_kept_work *w = graph_kept_begin(db, num, n, dominators);
	if (w == NULL)
		return;
	parallel_each(w->count, graph_kept_make, w);
	graph_kept_place(db, w);
	parallel_each(w->count, graph_kept_look, w);
	graph_kept_end(w);
}

bool graph_kept_prepare_beside(struct db *db, const int64_t *num, size_t n,
	void (*own)(void *own_context), void *own_context)
{
	if (!graph_kept_has(db, num, n))
		return false;
	struct graph_kept_work *w = graph_kept_begin(db, num, n, true);
	if (w == NULL)
		return false;
	/* What a thread leaves of an analysis: its dominators. */
	for (size_t i = 0; i < w->count; i++)
		assert(w->job[i].heap == NULL && w->job[i].a->roots != NULL);
	parallel_each_beside(w->count, graph_kept_look, w, own, own_context);
	graph_kept_end(w);
	return true;
}

void graph_kept_prepare_all(struct db *db)
{
	const struct graph_kept *k = db_companion(db);
	int64_t *num = k == NULL ? NULL : array_new(k->count, sizeof *num);
	size_t n = 0;
	for (size_t i = 0; num != NULL && i < k->count; i++)
		if (graph_heap_whole(k->items[i].heap) != NULL)
			num[n++] = k->items[i].num;
	if (n > 1)
		graph_kept_prepare(db, num, n, false);
	free(num);
}

bool graph_kept_has(struct db *db, const int64_t *num, size_t n)
{
	const struct graph_kept *k = db_companion(db);
	struct graph_moment now;
	if (k == NULL || !graph_moment_now(db, &now, NULL) ||
		!graph_moment_is(&k->moment, &now))
		return false;
	size_t found = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k->analysis_count; j++) {
			const struct analysis *a = k->analyses[j];
			found += a->generation == num[i] && a->objects != NULL &&
				 a->roots != NULL;
		}
	return found == n;
}

bool graph_kept_is_near(struct db *db, int64_t num)
{
	const struct graph_kept *k = db_companion(db);
	if (graph_kept_find(db, num) != NULL)
		return true;
	struct graph_moment now;
	if (k == NULL || !graph_moment_now(db, &now, NULL) ||
		!graph_moment_is(&k->moment, &now))
		return false;
	for (size_t i = 0; i < k->analysis_count; i++)
		if (k->analyses[i]->generation == num)
			return true;
	return false;
}
