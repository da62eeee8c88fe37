/* SPDX-License-Identifier: MIT */
#include "graph/equal.h"

#include "base/array.h"
#include "base/bits.h"
#include "base/buffer.h"
#include "base/map.h"
#include "base/saturate.h"
#include "base/siphash.h"
#include "graph/graph_heap.h"
#include "graph/graph_kept.h"
#include "store/db.h"
#include "store/generation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The key that equal objects share: a hash of 128 bits, of which nobody can make two
 * equal. */
struct equal_key {
	uint64_t high, low;
};

/* An object that may be equal to others. */
struct equal_object {
	struct equal_key key;
	uint32_t node;
};

/* A grouping in progress. */
struct equal_work {
	const struct graph *g;
	const struct objects *o;
	struct equal_object *object;
	size_t count, cap;
	struct equal_groups *groups;
	struct equal_key *key; /* of each group */
	size_t key_cap;
	struct map map; /* from keys to groups */
	struct siphash_key hash[2];
	struct buffer bytes; /* the bytes to hash */
};

static bool equal_begin(struct equal_work *w, const struct graph *g,
	const struct objects *o, struct error *err)
{
	*w = (struct equal_work){ .g = g,
		.o = o,
		.groups = array_new_zeroed(1, sizeof *w->groups),
		.bytes = BUFFER_INIT,
		.hash = { { map_factor(), map_factor() },
			{ map_factor(), map_factor() } } };
	return w->groups != NULL || error_nomem(err);
}

static int equal_compare(const void *a, const void *b)
{
	const struct equal_group *x = a, *y = b;
	return (x->first > y->first) - (x->first < y->first);
}

void equal_groups_free(struct equal_groups *groups)
{
	if (groups == NULL)
		return;
	free(groups->item);
	free(groups);
}

/* A look-up. */
struct equal_ask {
	const struct equal_work *w;
	struct equal_key key;
};

static bool equal_same(const void *key, uint32_t item)
{
	const struct equal_ask *ask = key;
	const struct equal_key *other = &ask->w->key[item];
	return other->high == ask->key.high && other->low == ask->key.low;
}

/* Adds an object to the group of its key. */
static bool equal_group(
	struct equal_work *w, const struct equal_object *object, struct error *err)
{
	struct equal_groups *groups = w->groups;
	struct equal_ask ask = { w, object->key };
	uint32_t node = object->node;
	uint32_t at = map_find(&w->map, ask.key.high, equal_same, &ask);
	if (at == MAP_NONE) {
		at = (uint32_t)groups->count;
		if (!array_reserve(&groups->item, &groups->cap, groups->count + 1,
			    sizeof *groups->item) ||
			!array_reserve(&w->key, &w->key_cap, groups->count + 1,
				sizeof *w->key) ||
			!map_put(&w->map, ask.key.high, at))
			return error_nomem(err);
		w->key[at] = ask.key;
		groups->item[groups->count++] =
			(struct equal_group){ node, 0, 0, INT64_MIN };
	}
	struct equal_group *group = &groups->item[at];
	int64_t size = w->o->size[node];
	assert(w->o->type[group->first] == w->o->type[node]);
	if (node < group->first)
		group->first = node;
	group->copies++;
	group->bytes = saturate_add(group->bytes, size);
	if (size > group->largest)
		group->largest = size;
	return true;
}

/* Two sets of bits for the hashes of n objects, eight for each, so that few meet by
 * chance: which hashes there are, and which there are again. */
struct equal_twice {
	unsigned log;
	uint64_t *once, *twice;
};

static bool equal_twice_init(struct equal_twice *t, size_t n, struct error *err)
{
	t->log = 10;
	while (t->log < 34 && (UINT64_C(1) << t->log) < (uint64_t)n * 8)
		t->log++;
	t->once = bits_new((size_t)1 << t->log);
	t->twice = bits_new((size_t)1 << t->log);
	return (t->once != NULL && t->twice != NULL) || error_nomem(err);
}

static void equal_twice_fini(struct equal_twice *t)
{
	free(t->once);
	free(t->twice);
}

static void equal_twice_put(struct equal_twice *t, uint64_t hash)
{
	uint64_t slot = hash >> (64 - t->log);
	bits_put(bits_has(t->once, slot) ? t->twice : t->once, slot);
}

static bool equal_twice_has(const struct equal_twice *t, uint64_t hash)
{
	return bits_has(t->twice, hash >> (64 - t->log));
}

/* The groups of more than one object, if all went well.  Most objects are equal to no
 * other: the bits, which take little memory, leave these out. */
static struct equal_groups *equal_end(struct equal_work *w, bool ok, struct error *err)
{
	struct equal_groups *groups = w->groups;
	struct equal_twice twice = { 0 };
	ok = ok && equal_twice_init(&twice, w->count, err);
	for (size_t i = 0; ok && i < w->count; i++)
		equal_twice_put(&twice, w->object[i].key.high);
	for (size_t i = 0; ok && i < w->count; i++)
		if (equal_twice_has(&twice, w->object[i].key.high))
			ok = equal_group(w, &w->object[i], err);
	equal_twice_fini(&twice);
	map_fini(&w->map);
	free(w->object);
	free(w->key);
	buffer_fini(&w->bytes);
	if (!ok) {
		equal_groups_free(groups);
		return NULL;
	}
	size_t kept = 0;
	for (size_t i = 0; i < groups->count; i++)
		if (groups->item[i].copies > 1)
			groups->item[kept++] = groups->item[i];
	groups->count = kept;
	if (kept > 0)
		qsort(groups->item, kept, sizeof *groups->item, equal_compare);
	return groups;
}

/* Adds the object that the bytes in w->bytes are of. */
static bool equal_put(struct equal_work *w, uint32_t node, struct error *err)
{
	if (w->bytes.failed ||
		!array_reserve(&w->object, &w->cap, w->count + 1, sizeof *w->object))
		return error_nomem(err);
	w->object[w->count++] = (struct equal_object){
		{ siphash(&w->hash[0], w->bytes.data, w->bytes.len),
			siphash(&w->hash[1], w->bytes.data, w->bytes.len) },
		node,
	};
	return true;
}

static void equal_put_bytes(struct equal_work *w, const void *bytes, size_t len)
{
	buffer_put(&w->bytes, bytes, len);
}

/* The part of a key that all objects have: the type, and the length, which may be
 * missing. */
static void equal_put_head(struct equal_work *w, uint32_t node, struct cell len)
{
	int64_t head[] = { w->o->type[node], len.type, 0 };
	head[2] = len.type == CELL_INTEGER ? len.integer : 0;
	buffer_clear(&w->bytes);
	equal_put_bytes(w, head, sizeof head);
}

/* Adds an object with a value. */
static bool equal_put_value(struct equal_work *w, uint32_t node, struct cell len,
	struct cell value, struct error *err)
{
	equal_put_head(w, node, len);
	equal_put_bytes(w, &value.type, sizeof value.type);
	if (value.type == CELL_TEXT || value.type == CELL_BLOB)
		equal_put_bytes(w, value.text, value.len);
	else if (value.type == CELL_INTEGER)
		equal_put_bytes(w, &value.integer, sizeof value.integer);
	else
		equal_put_bytes(w, &value.real, sizeof value.real);
	return equal_put(w, node, err);
}

/* From what the read left. */
static bool equal_read_heap(
	struct equal_work *w, const struct heap *heap, struct error *err)
{
	enum { AHEAD = 16 };
	bool ok = true;
	assert(heap->count == w->g->nodes);
	for (uint32_t i = 0; ok && i < w->g->nodes; i++) {
		struct cell row[HEAP_COLUMNS];
		if (w->g->nodes - i > AHEAD)
			__builtin_prefetch(heap->rows[i + AHEAD].record);
		heap_part_decode(heap->rows[i].record, row);
		assert(w->g->address[i] == heap_address(heap, i));
		if (row[HEAP_VALUE].type != CELL_NULL)
			ok = equal_put_value(w, i, row[HEAP_LEN], row[HEAP_VALUE], err);
	}
	return ok;
}

/* From the table. */
static bool equal_read_table(
	struct equal_work *w, struct db *db, int64_t num, struct error *err)
{
	char obj[GENERATION_TABLE_MAX];
	struct db_stmt *stmt = NULL;
	bool ok = generation_table(db, "obj", num, obj, err) &&
		  db_preparef(db, &stmt, err,
			  "select address, len, value from main.\"%w\" "
			  "where value is not null",
			  obj);
	uint32_t next = 0;
	int row = 0;
	while (ok && (row = db_step(stmt, err)) == 1) {
		uint32_t node = graph_find_next(w->g, db_column_integer(stmt, 0), &next);
		ok = node == GRAPH_NONE || equal_put_value(w, node, db_column(stmt, 1),
						   db_column(stmt, 2), err);
	}
	db_stmt_free(stmt);
	return ok && row == 0;
}

struct equal_groups *equal_values_new(struct db *db, int64_t num, const struct graph *g,
	const struct objects *o, struct error *err)
{
	struct equal_work w;
	struct graph_heap *left = graph_kept_share(db, num);
	bool ok = equal_begin(&w, g, o, err) &&
		  (left != NULL ? equal_read_heap(&w, graph_heap_readable(left), err)
				: equal_read_table(&w, db, num, err));
	graph_heap_free(left);
	return equal_end(&w, ok, err);
}

/* The objects whose references may equal those of another object, as bits: the hash of
 * their types and distinct children is that of another object's, too.  NULL out of
 * memory.  The graph leaves out the order, repeats and dangling references, which can
 * only distinguish more objects. */
static uint64_t *equal_candidates(
	const struct graph *g, const struct objects *o, struct error *err)
{
	struct equal_twice twice = { 0 };
	uint64_t *candidates = bits_new(g->nodes), factor = map_factor();
	uint64_t *hash = array_new(g->nodes, sizeof *hash);
	bool ok = (candidates != NULL && hash != NULL) || error_nomem(err);
	ok = ok && equal_twice_init(&twice, g->nodes, err);
	for (uint32_t node = 0; ok && node < g->nodes; node++) {
		size_t n;
		const uint32_t *child = graph_children(g, node, &n);
		uint64_t sum = factor + ((uint64_t)o->type[node] << 32 | n);
		for (size_t i = 0; i < n; i++)
			sum = (sum ^ child[i]) * factor ^ sum >> 29;
		hash[node] = sum * factor;
		equal_twice_put(&twice, hash[node]);
	}
	for (uint32_t node = 0; ok && node < g->nodes; node++)
		if (equal_twice_has(&twice, hash[node]))
			bits_put(candidates, node);
	free(hash);
	equal_twice_fini(&twice);
	if (ok)
		return candidates;
	free(candidates);
	return NULL;
}

static void equal_put_length(struct equal_work *w, uint32_t node, const struct lengths *l)
{
	struct cell len = cell_null();
	if (lengths_get(l, node, &len.integer))
		len.type = CELL_INTEGER;
	equal_put_head(w, node, len);
}

/* Groups the candidates by what the read left of their references. */
static bool equal_read_heap_references(struct equal_work *w, const struct heap *heap,
	const struct lengths *l, const uint64_t *candidates, struct error *err)
{
	bool ok = true;
	assert(heap->count == w->g->nodes);
	for (uint32_t i = 0; ok && i < w->g->nodes; i++) {
		size_t first = heap->first_ref[i], n = heap->first_ref[i + 1] - first;
		if (n == 0 || !bits_has(candidates, i))
			continue;
		equal_put_length(w, i, l);
		equal_put_bytes(w, heap->children + first, n * sizeof *heap->children);
		ok = equal_put(w, i, err);
	}
	return ok;
}

/* Reads the rows of ref and groups their parents, as far as these are candidates.  When a
 * parent's rows are apart, `*sorted` becomes false and the groups are void. */
static bool equal_read_references(struct equal_work *w, struct db_stmt *refs,
	const struct lengths *l, const uint64_t *candidates, bool *sorted,
	struct error *err)
{
	int64_t last = INT64_MIN;
	uint32_t node = GRAPH_NONE, next = 0;
	int row;
	while ((row = db_step(refs, err)) == 1) {
		int64_t parent = db_column_integer(refs, 0);
		if (parent < last) {
			*sorted = false;
			return true;
		}
		if (parent != last) {
			if (node != GRAPH_NONE && !equal_put(w, node, err))
				return false;
			while (next < w->g->nodes && w->g->address[next] < parent)
				next++;
			bool known = next < w->g->nodes && w->g->address[next] == parent;
			node = known && bits_has(candidates, next) ? next : GRAPH_NONE;
			if (node != GRAPH_NONE)
				equal_put_length(w, node, l);
			last = parent;
		}
		if (node != GRAPH_NONE) {
			int64_t child = db_column_integer(refs, 1);
			equal_put_bytes(w, &child, sizeof child);
		}
	}
	return row == 0 && (node == GRAPH_NONE || equal_put(w, node, err));
}

struct equal_groups *equal_references_new(struct db *db, int64_t num,
	const struct graph *g, const struct objects *o, const struct lengths *l,
	struct error *err)
{
	static const char *const orders[] = { "not indexed", "order by parent, rowid" };
	char ref[GENERATION_TABLE_MAX];
	struct equal_groups *groups = NULL;
	uint64_t *candidates = l == NULL || !generation_table(db, "ref", num, ref, err)
				       ? NULL
				       : equal_candidates(g, o, err);
	struct graph_heap *left = candidates == NULL ? NULL : graph_kept_share(db, num);
	if (left != NULL) {
		struct equal_work w;
		bool ok = equal_begin(&w, g, o, err) &&
			  equal_read_heap_references(
				  &w, graph_heap_readable(left), l, candidates, err);
		groups = equal_end(&w, ok, err);
	}
	bool sorted = candidates == NULL || left != NULL;
	graph_heap_free(left);
	/* Rows that were sorted are in order, so twice is enough. */
	for (size_t i = 0; !sorted; i++) {
		assert(i < sizeof orders / sizeof *orders);
		struct equal_work w;
		struct db_stmt *refs = NULL;
		sorted = true;
		bool ok = equal_begin(&w, g, o, err) &&
			  db_preparef(db, &refs, err,
				  "select parent, child from main.\"%w\" %s", ref,
				  orders[i]) &&
			  equal_read_references(&w, refs, l, candidates, &sorted, err);
		db_stmt_free(refs);
		groups = equal_end(&w, ok, err);
		if (ok && !sorted) {
			equal_groups_free(groups);
			groups = NULL;
		}
	}
	free(candidates);
	return groups;
}
