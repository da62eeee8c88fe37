/* SPDX-License-Identifier: MIT */
#include "load/heap.h"

#include "base/array.h"
#include "base/parallel.h"
#include "base/search.h"
#include "base/sort.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void heap_init(struct heap *h)
{
	*h = (struct heap){ 0 };
	heap_store_init(&h->store);
}

void heap_fini(struct heap *h)
{
	for (size_t i = 0; i < h->part_count; i++)
		heap_part_free(h->parts[i]);
	heap_keys_fini(&h->keys);
	free(h->parts);
	if (!h->store.rows.spooled)
		free(h->rows);
	free(h->first_ref);
	free(h->children);
	free(h->tops);
	free(h->by_child);
	free(h->index);
	heap_store_fini(&h->store);
	*h = (struct heap){ 0 };
}

struct heap *heap_new(void)
{
	struct heap *h = array_new(1, sizeof *h);
	if (h != NULL)
		heap_init(h);
	return h;
}

void heap_free(struct heap *h)
{
	if (h == NULL)
		return;
	heap_fini(h);
	free(h);
}

void heap_drop_records(struct heap *h)
{
	/* The records of very large pieces are not in the arena but in the pieces. */
	for (size_t i = 0; i < h->part_count; i++)
		heap_part_free(h->parts[i]);
	h->part_count = 0;
	arena_clear(&h->store.records);
}

void heap_drop_references(struct heap *h)
{
	free(h->first_ref);
	free(h->children);
	h->first_ref = h->children = NULL;
}

void heap_drop_order(struct heap *h)
{
	free(h->tops);
	free(h->by_child);
	h->tops = NULL;
	h->by_child = NULL;
}

bool heap_take(struct heap *h, struct heap_part *part, struct error *err)
{
	if (!array_reserve(
		    &h->parts, &h->part_cap, h->part_count + 1, sizeof *h->parts)) {
		heap_part_free(part);
		return error_nomem(err);
	}
	h->parts[h->part_count++] = part;
	return true;
}

/* State that is only needed while a heap is built. */
struct heap_build {
	struct heap *heap;
	unsigned threads;
	uint32_t *part_of;    /* number in the dump >> HEAP_PART_SHIFT: its piece, or one
			       * before that */
	uint64_t *order;      /* key << 32 | number in the dump, ascending */
	const int64_t **refs; /* of each object in that order */
	uint64_t *pairs;      /* child's key << 32 | number of the reference */
};

enum {
	HEAP_PART_SHIFT = 10,
	/* Memory is read in another order than it was written.  Prefetching it this many
	 * steps ahead hides most of the waiting. */
	HEAP_AHEAD = 24,
	/* Objects that a thread takes at a time. */
	HEAP_PIECE = 1 << 16,
};

/* Prefetches at most two cache lines; few items take more. */
static inline void heap_prefetch(const void *at, size_t len)
{
	__builtin_prefetch(at);
	__builtin_prefetch((const char *)at + len);
}

/* Finds an object by its number in the dump, and the piece that it is in. */
static inline const struct heap_object *heap_find(
	const struct heap_build *b, uint32_t number, struct heap_part **part)
{
	const struct heap *h = b->heap;
	size_t at = b->part_of[number >> HEAP_PART_SHIFT];
	while (number - h->parts[at]->first >= h->parts[at]->count)
		at++;
	*part = h->parts[at];
	return &(*part)->objects[number - (*part)->first];
}

/* --- numbering -----------------------------------------------------------------------
 */

int64_t heap_size(int64_t high, uint64_t low)
{
	high += (int64_t)(low >> 32);
	low &= UINT32_MAX;
	if (high > INT32_MAX)
		return INT64_MAX;
	if (high < INT32_MIN)
		return INT64_MIN;
	return high * (INT64_C(1) << 32) + (int64_t)low;
}

static int64_t heap_sum_sizes(const struct heap *h)
{
	int64_t high = 0;
	uint64_t low = 0;
	for (size_t i = 0; i < h->part_count; i++) {
		high += h->parts[i]->size_high;
		low += h->parts[i]->size_low;
	}
	return heap_size(high, low);
}

void heap_number(struct heap *h)
{
	uint64_t line = 0;
	h->object_total = 0;
	for (size_t i = 0; i < h->part_count; i++) {
		struct heap_part *part = h->parts[i];
		part->first_line = line + 1;
		part->first = h->object_total;
		line += part->lines;
		h->object_total += part->count;
	}
	h->size_read = heap_sum_sizes(h);
}

static bool heap_init_keys(struct heap *h, struct error *err)
{
	struct heap_windows windows;
	bool ok = heap_windows_init(&windows);
	for (size_t i = 0; ok && i < h->part_count; i++) {
		ok = heap_windows_merge(&windows, &h->parts[i]->windows);
		heap_windows_fini(&h->parts[i]->windows);
	}
	bool in_windows = ok && heap_keys_init(&h->keys, &windows);
	heap_windows_fini(&windows);
	if (!ok || in_windows)
		return ok || error_nomem(err);
	/* The addresses are scattered: their keys are their ranks among all of the dump.
	 */
	size_t n = 0;
	for (size_t i = 0; i < h->part_count; i++)
		n += h->parts[i]->count + h->parts[i]->ref_count;
	int64_t *all = array_new(n, sizeof *all);
	if (all == NULL)
		return error_nomem(err);
	size_t at = 0;
	for (size_t i = 0; i < h->part_count; i++) {
		const struct heap_part *part = h->parts[i];
		for (size_t o = 0; o < part->count; o++)
			all[at++] = part->objects[o].address;
		if (part->ref_count > 0)
			memcpy(all + at, part->refs, part->ref_count * sizeof *all);
		at += part->ref_count;
	}
	assert(at == n);
	return heap_keys_init_ranks(&h->keys, all, n) || error_nomem(err);
}

/* --- objects -------------------------------------------------------------------------
 */

static void heap_number_objects(void *context, size_t first, size_t end)
{
	const struct heap_build *b = context;
	const struct heap *h = b->heap;
	for (size_t p = first; p < end; p++) {
		const struct heap_part *part = h->parts[p];
		for (size_t i = 0; i < part->count; i++)
			b->order[part->first + i] = (uint64_t)heap_keys_key(&h->keys,
							    part->objects[i].address)
							    << 32 |
						    (part->first + i);
	}
}

static uint64_t heap_line_of(const struct heap_build *b, uint32_t number)
{
	struct heap_part *part;
	const struct heap_object *o = heap_find(b, number, &part);
	return part->first_line - 1 + heap_part_line(part, (size_t)(o - part->objects));
}

/* Sorts the objects by address, and drops all but the first one at each address. */
static bool heap_sort_objects(struct heap_build *b, struct error *err)
{
	struct heap *h = b->heap;
	size_t n = (size_t)h->object_total;
	uint64_t *scratch = array_new(n, sizeof *scratch);
	b->order = array_new(n, sizeof *b->order);
	if (scratch == NULL || b->order == NULL) {
		free(scratch);
		return error_nomem(err);
	}
	parallel_pieces(b->threads, h->part_count, 1, heap_number_objects, b);
	uint64_t *unsorted = b->order;
	b->order = sort_bits(unsorted, scratch, n, 32, h->keys.key_bits, b->threads);
	free(b->order == scratch ? unsorted : scratch);
	h->count = 0;
	for (size_t i = 0; i < n; i++) {
		uint64_t last = h->count == 0 ? 0 : b->order[h->count - 1];
		if (h->count == 0 || last >> 32 != b->order[i] >> 32) {
			b->order[h->count++] = b->order[i];
			continue;
		}
		/* A repeat.  Takes its size out of the sum of its piece. */
		uint32_t kept = (uint32_t)last, dropped = (uint32_t)b->order[i];
		assert(kept < dropped);
		struct heap_part *first, *part;
		const struct heap_object *x = heap_find(b, kept, &first);
		const struct heap_object *o = heap_find(b, dropped, &part);
		struct cell row[HEAP_COLUMNS];
		heap_part_decode(part->records + o->record, row);
		part->size_high -= row[HEAP_SIZE].integer >> 32;
		part->size_low -= (uint32_t)row[HEAP_SIZE].integer;
		/* Two equal objects are a repeat; two different ones are a clash. */
		size_t len = x[1].record - x->record, refs = x[1].ref - x->ref;
		if (len == o[1].record - o->record && refs == o[1].ref - o->ref &&
			memcmp(first->records + x->record, part->records + o->record,
				len) == 0 &&
			(refs == 0 || memcmp(first->refs + x->ref, part->refs + o->ref,
					      refs * sizeof *part->refs) == 0)) {
			h->repeats++;
			continue;
		}
		if (h->clash_count < HEAP_FAULTS_MAX)
			h->clashes[h->clash_count] = (struct heap_clash){
				.address = heap_keys_address(
					&h->keys, (uint32_t)(last >> 32)),
				.first_line = heap_line_of(b, kept),
				.line = heap_line_of(b, dropped),
			};
		h->clash_count++;
	}
	assert(h->count + h->repeats + h->clash_count == n);
	h->size = heap_sum_sizes(h);
	return true;
}

/* Fills `rows`, where the references of each object are, and in `first_ref` how many it
 * has. */
static void heap_fill_rows(void *context, size_t first, size_t end)
{
	const struct heap_build *b = context;
	const struct heap *h = b->heap;
	struct heap_part *part;
	for (size_t i = first; i < end; i++) {
		if (i % h->store.stride == 0)
			heap_store_rest(&h->store);
		if (i + HEAP_AHEAD < h->count)
			heap_prefetch(
				heap_find(b, (uint32_t)b->order[i + HEAP_AHEAD], &part),
				2 * sizeof(struct heap_object));
		const struct heap_object *o = heap_find(b, (uint32_t)b->order[i], &part);
		h->rows[i] = (struct heap_row){ .record = part->records + o->record,
			.size = o[1].record - o->record,
			.key = (uint32_t)(b->order[i] >> 32) };
		/* A piece without references may have no array of them. */
		b->refs[i] = part->refs == NULL ? NULL : part->refs + o->ref;
		h->first_ref[i] = o[1].ref - o->ref;
	}
}

/* --- references ----------------------------------------------------------------------
 */

static void heap_gather_refs(void *context, size_t first, size_t end)
{
	const struct heap_build *b = context;
	const struct heap *h = b->heap;
	for (size_t i = first; i < end; i++) {
		if (i % h->store.stride == 0)
			heap_store_rest(&h->store);
		if (i + HEAP_AHEAD < h->count)
			heap_prefetch(b->refs[i + HEAP_AHEAD],
				(h->first_ref[i + HEAP_AHEAD + 1] -
					h->first_ref[i + HEAP_AHEAD]) *
					sizeof(int64_t));
		const int64_t *ref = b->refs[i];
		for (uint32_t at = h->first_ref[i]; at < h->first_ref[i + 1]; at++) {
			uint32_t key = heap_keys_key(&h->keys, *ref++);
			h->children[at] = key;
			b->pairs[at] = (uint64_t)key << 32 | at;
		}
	}
}

/* A share of the objects, and of the sorted references those whose children have the same
 * keys; the first share has those below, too, the last those above. */
struct heap_share {
	size_t object, objects_end;
	size_t ref, refs_end;
	size_t tops; /* found in the share, and behind the first pass in those before it
		      */
	uint64_t dangling, dangling_targets;
};

struct heap_shares {
	struct heap *heap;
	const uint64_t *pairs; /* sorted */
	uint64_t *merged;      /* where they go, with those to top objects */
	struct heap_share share[PARALLEL_MAX];
};

/* Walks objects and references side by side, both by address: finds the objects that
 * nothing refers to, and counts the references to objects that are not in the dump. */
static void heap_find_tops(void *context, unsigned index)
{
	struct heap_shares *all = context;
	struct heap_share *s = &all->share[index];
	struct heap *h = all->heap;
	size_t object = s->object;
	uint32_t last = 0;
	for (size_t r = s->ref; r < s->refs_end; r++) {
		uint32_t child = (uint32_t)(all->pairs[r] >> 32);
		if (r % h->store.stride == 0)
			heap_store_rest(&h->store);
		if (r > s->ref && child == last) {
			s->dangling +=
				object == s->object || h->rows[object - 1].key != child;
			continue;
		}
		assert(r == s->ref || child > last);
		last = child;
		while (object < s->objects_end && h->rows[object].key < child)
			h->tops[s->object + s->tops++] = h->rows[object++].key;
		if (object < s->objects_end && h->rows[object].key == child) {
			object++;
		} else {
			s->dangling++;
			s->dangling_targets++;
		}
	}
	while (object < s->objects_end)
		h->tops[s->object + s->tops++] = h->rows[object++].key;
}

/* The references to the top objects are the first rows of `ref`: those before this share
 * are `tops`.  Merges those of this share with its other references. */
static void heap_merge_tops(void *context, unsigned index)
{
	const struct heap_shares *all = context;
	const struct heap_share *s = &all->share[index];
	const struct heap *h = all->heap;
	size_t top = s->tops, ref = s->ref, to = s->ref + s->tops;
	size_t tops_end = s[1].tops, top_count = h->top_count;
	while (top < tops_end || ref < s->refs_end) {
		bool more = ref < s->refs_end;
		if (top < tops_end && (!more || h->tops[top] < all->pairs[ref] >> 32)) {
			all->merged[to++] = (uint64_t)h->tops[top] << 32 | top;
			top++;
		} else {
			all->merged[to++] = all->pairs[ref++] + top_count;
		}
	}
	assert(to == s->refs_end + tops_end);
}

/* The same for all shares, in place: from the end downward. */
static void heap_merge_tops_in_place(const struct heap *h)
{
	size_t to = heap_rows(h), ref = h->ref_count, top = h->top_count;
	while (to > 0) {
		uint64_t pair = ref == 0 ? 0 : h->by_child[ref - 1];
		if (top > 0 && (ref == 0 || h->tops[top - 1] > pair >> 32)) {
			top--;
			h->by_child[--to] = (uint64_t)h->tops[top] << 32 | top;
		} else {
			ref--;
			h->by_child[--to] = pair + h->top_count;
		}
	}
	assert(ref == 0 && top == 0);
}

/* Sorts the references by child, finds the objects that nothing refers to, and counts the
 * references to objects that are not in the dump. */
static bool heap_sort_refs(struct heap_build *b, struct error *err)
{
	struct heap *h = b->heap;
	size_t n = h->ref_count, room = n + h->count;
	/* With room for the references to the top objects. */
	b->pairs = array_new(room, sizeof *b->pairs);
	h->children = array_new(n, sizeof *h->children);
	if (b->pairs == NULL || h->children == NULL)
		return error_nomem(err);
	parallel_pieces(b->threads, h->count, HEAP_PIECE, heap_gather_refs, b);
	arena_clear(&h->store.refs);
	free(b->refs);
	heap_store_trim(&h->store);
	b->refs = NULL;
	uint64_t *scratch = h->sparing ? NULL : array_new(room, sizeof *scratch);
	if (h->sparing)
		sort_in_place(b->pairs, n, 32 + h->keys.key_bits);
	else if (scratch == NULL)
		return error_nomem(err);
	h->by_child = h->sparing ? b->pairs
				 : sort_bits(b->pairs, scratch, n, 32, h->keys.key_bits,
					   b->threads);
	assert(h->by_child != NULL);
	scratch = h->by_child == scratch ? b->pairs : scratch;
	b->pairs = NULL;

	h->tops = array_new(h->count, sizeof *h->tops);
	if (h->tops == NULL) {
		free(scratch);
		return error_nomem(err);
	}
	struct heap_shares all = { .heap = h, .pairs = h->by_child, .merged = scratch };
	unsigned threads = b->threads < PARALLEL_MAX ? b->threads : PARALLEL_MAX - 1;
	for (unsigned i = 0; i <= threads; i++) {
		struct heap_share *s = &all.share[i];
		s->object = parallel_share(h->count, threads, i);
		uint64_t key = s->object < h->count ? h->rows[s->object].key : UINT64_MAX;
		SEARCH_FIRST(s->ref, n, h->by_child[s->ref] >> 32 >= key);
		s->ref = i == 0 ? 0 : i == threads ? n : s->ref;
	}
	for (unsigned i = 0; i < threads; i++) {
		all.share[i].objects_end = all.share[i + 1].object;
		all.share[i].refs_end = all.share[i + 1].ref;
	}
	parallel_run(threads, heap_find_tops, &all);
	h->top_count = 0;
	for (unsigned i = 0; i <= threads; i++) {
		struct heap_share *s = &all.share[i];
		size_t tops = s->tops;
		s->tops = h->top_count;
		memmove(h->tops + h->top_count, h->tops + s->object,
			tops * sizeof *h->tops);
		h->top_count += tops;
		h->dangling += s->dangling;
		h->dangling_targets += s->dangling_targets;
	}
	assert(h->top_count <= h->count && h->dangling_targets <= h->dangling);
	if (h->sparing) {
		heap_merge_tops_in_place(h);
	} else {
		parallel_run(threads, heap_merge_tops, &all);
		free(h->by_child);
		h->by_child = scratch;
	}
	heap_store_rest(&h->store);
	return true;
}

bool heap_build(struct heap *h, unsigned threads, struct error *err)
{
	struct heap_build b = { .heap = h, .threads = threads };
	heap_store_drop_spare(&h->store);
	heap_number(h);
	uint64_t refs = 0;
	for (size_t i = 0; i < h->part_count; i++)
		refs += h->parts[i]->ref_count;
	if (h->object_total + refs >= UINT32_MAX)
		return error_set(err, STATUS_DATA,
			"%llu objects and %llu references are more than can be read, "
			"4294967294 together",
			(unsigned long long)h->object_total, (unsigned long long)refs);
	/* The index that finds objects by number. */
	size_t slots = (size_t)(h->object_total >> HEAP_PART_SHIFT) + 1, slot = 0;
	b.part_of = array_new_zeroed(slots, sizeof *b.part_of);
	bool ok = b.part_of != NULL || error_nomem(err);
	for (size_t i = 0; ok && i < h->part_count; i++) {
		uint64_t end = h->parts[i]->first + h->parts[i]->count;
		while (slot < slots && (uint64_t)slot << HEAP_PART_SHIFT < end)
			b.part_of[slot++] = (uint32_t)i;
	}
	ok = ok && heap_init_keys(h, err) && heap_sort_objects(&b, err);
	if (ok) {
		/* When the store is in files, so are the rows: most steps do not need
		 * them. */
		size_t rows = (h->count + 1) * sizeof *h->rows;
		h->rows = h->store.rows.spooled ? arena_take(&h->store.rows, rows)
						: array_new(h->count, sizeof *h->rows);
		b.refs = array_new(h->count, sizeof *b.refs);
		h->first_ref = array_new(h->count + 1, sizeof *h->first_ref);
		ok = (h->rows != NULL && b.refs != NULL && h->first_ref != NULL) ||
		     error_nomem(err);
	}
	if (ok) {
		parallel_pieces(b.threads, h->count, HEAP_PIECE, heap_fill_rows, &b);
		h->ref_count = 0;
		for (size_t i = 0; i < h->count; i++) {
			uint32_t count = h->first_ref[i];
			h->first_ref[i] = (uint32_t)h->ref_count;
			h->ref_count += count;
		}
		assert(h->ref_count < UINT32_MAX);
		h->first_ref[h->count] = (uint32_t)h->ref_count;
		heap_store_rest(&h->store);
		arena_clear(&h->store.objects);
		free(b.order);
		b.order = NULL;
		ok = heap_sort_refs(&b, err);
	}
	free(b.part_of);
	free(b.order);
	free(b.refs);
	free(b.pairs);
	return ok;
}

/* --- finding -------------------------------------------------------------------------
 */

enum { HEAP_INDEX_BITS = 16 };

static unsigned heap_index_shift(const struct heap *h)
{
	unsigned bits = h->keys.key_bits;
	return bits < HEAP_INDEX_BITS ? 0 : bits - HEAP_INDEX_BITS;
}

bool heap_index_rows(struct heap *h)
{
	size_t buckets = (size_t)1 << HEAP_INDEX_BITS, row = 0;
	if (h->index != NULL)
		return true;
	h->index = array_new(buckets + 1, sizeof *h->index);
	if (h->index == NULL)
		return false;
	for (size_t b = 0; b <= buckets; b++) {
		while (row < h->count && h->rows[row].key >> heap_index_shift(h) < b)
			row++;
		h->index[b] = (uint32_t)row;
	}
	assert(row == h->count);
	return true;
}

size_t heap_find_row(const struct heap *h, int64_t address)
{
	uint32_t key;
	assert(h->index != NULL);
	if (!heap_keys_find(&h->keys, address, &key))
		return SIZE_MAX;
	const uint32_t *bucket = h->index + (key >> heap_index_shift(h));
	const struct heap_row *row = h->rows + bucket[0];
	size_t at, n = bucket[1] - bucket[0];
	SEARCH_FIRST(at, n, row[at].key >= key);
	return at < n && row[at].key == key ? bucket[0] + at : SIZE_MAX;
}

/* --- rows ----------------------------------------------------------------------------
 */

void heap_ref_rows(
	const struct heap *h, size_t first, size_t n, int64_t *parent, int64_t *child)
{
	size_t i = 0;
	for (; i < n && first + i < h->top_count; i++) {
		if (parent != NULL)
			parent[i] = 0;
		if (child != NULL)
			child[i] = heap_keys_address(&h->keys, h->tops[first + i]);
	}
	if (i == n)
		return;
	/* The object that has the first of these references: the last one whose own
	 * references begin at it or before. */
	size_t ref = first + i - h->top_count;
	assert(ref + (n - i) <= h->ref_count);
	size_t object = sort_find_u32(h->first_ref, h->count, (uint32_t)ref + 1) - 1;
	assert(h->first_ref[object] <= ref && ref < h->first_ref[object + 1]);
	int64_t address = heap_address(h, object);
	for (; i < n; i++, ref++) {
		while (h->first_ref[object + 1] <= ref)
			address = heap_address(h, ++object);
		if (parent != NULL)
			parent[i] = address;
		if (child != NULL)
			child[i] = heap_keys_address(&h->keys, h->children[ref]);
	}
}

void heap_child_rows(
	const struct heap *h, size_t first, size_t n, int64_t *child, int64_t *rowid)
{
	assert(first + n <= heap_rows(h));
	for (size_t i = 0; i < n; i++) {
		uint64_t pair = h->by_child[first + i];
		child[i] = heap_keys_address(&h->keys, (uint32_t)(pair >> 32));
		rowid[i] = (int64_t)(uint32_t)pair + 1;
	}
}

void heap_child_ranks(const struct heap *h, uint32_t *rank)
{
	/* The references to one object are together in by_child, each with its row. */
	size_t rows = heap_rows(h), at = 0;
	for (size_t i = 0; i <= h->count; i++) {
		/* What is before the object's key, or behind that of the last, dangles.
		 */
		uint64_t key = i < h->count ? h->rows[i].key : UINT64_MAX;
		for (; at < rows && h->by_child[at] >> 32 <= key; at++) {
			uint32_t row = (uint32_t)h->by_child[at];
			if (rows - at > HEAP_AHEAD) {
				uint32_t ahead = (uint32_t)h->by_child[at + HEAP_AHEAD];
				if (ahead >= h->top_count)
					__builtin_prefetch(
						&rank[ahead - h->top_count], 1);
			}
			if (row < h->top_count)
				continue;
			bool dangles = h->by_child[at] >> 32 < key;
			rank[row - h->top_count] = dangles ? UINT32_MAX : (uint32_t)i;
		}
	}
	assert(at == rows);
}
