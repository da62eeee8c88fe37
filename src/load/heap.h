/* SPDX-License-Identifier: MIT */
/* heap - a whole dump as sorted arrays, ready to become the tables obj and ref.
 *
 * Objects are in the order of their addresses.  The references of an object are in the
 * order of the dump, after the references of all objects before it.  The first rows of
 * `ref` are the references of the pseudo object 0, by ascending address, to each object
 * that nothing refers to (an object may refer to itself).  If several objects have one
 * address, the heap keeps the first one of the dump.
 *
 * About 20 bytes per object and 12 per reference, plus the records; twice that during
 * sorting. */
#ifndef MEMSEE_LOAD_HEAP_H
#define MEMSEE_LOAD_HEAP_H

#include "base/error.h"
#include "load/heap_part.h"

/* Two objects at one address that are not the same. */
struct heap_clash {
	int64_t address;
	uint64_t first_line, line;
};

/* A row of obj; its record is in one of the pieces. */
struct heap_row {
	const uint8_t *record;
	uint32_t size;
	uint32_t key;
};

struct heap {
	struct heap_part **parts; /* in the order of the dump; owned */
	size_t part_count, part_cap;
	struct heap_store store; /* memory of the settled pieces */
	bool sparing;            /* memory is dearer than time: sort in place */

	struct heap_keys keys;
	size_t count;          /* objects that are kept */
	struct heap_row *rows; /* of obj, ascending by key */
	uint32_t *first_ref; /* where each object's `children` begin; one more: the end */
	uint32_t *children;  /* keys */
	size_t ref_count;    /* references of the objects that are kept */
	uint32_t *tops;      /* keys of objects that nothing refers to, ascending */
	size_t top_count;
	uint64_t *by_child;    /* child's key << 32 | row of ref - 1, ascending */
	uint32_t *index;       /* first row by the leading bits of keys; or NULL */
	uint64_t object_total; /* in the dump, with repeats */
	uint64_t repeats;      /* identical repeats */
	uint64_t clash_count;
	struct heap_clash clashes[HEAP_FAULTS_MAX];
	uint64_t dangling; /* references to objects that are not in the dump */
	uint64_t dangling_targets;
	int64_t size;      /* sum of the sizes; saturates */
	int64_t size_read; /* the same for all objects of the dump, with repeats */
};

void heap_init(struct heap *h);
void heap_fini(struct heap *h);
struct heap *heap_new(void);    /* NULL out of memory */
void heap_free(struct heap *h); /* NULL is accepted */

/* For heaps whose tables are written: release the records, after which only the keys of
 * the rows are valid; the references in the order of the dump; their order by child. */
void heap_drop_records(struct heap *h);
void heap_drop_references(struct heap *h);
void heap_drop_order(struct heap *h);

/* Adds the next piece.  Takes it over, also on failure. */
bool heap_take(struct heap *h, struct heap_part *part, struct error *err);

/* Numbers the lines and objects of all pieces: sets `first_line` and `first` of each, and
 * object_total and size_read.  heap_build() calls this. */
void heap_number(struct heap *h);

/* A sum of sizes as pieces have it; saturates. */
int64_t heap_size(int64_t high, uint64_t low);

/* Sorts everything, after all pieces were closed and settled.  Fails out of memory, and
 * if there are more than 2^32 - 2 objects and references together.  O(objects +
 * references). */
bool heap_build(struct heap *h, unsigned threads, struct error *err);

/* The address of the object of rank `index` in address order. */
static inline int64_t heap_address(const struct heap *h, size_t index)
{
	return heap_keys_address(&h->keys, h->rows[index].key);
}

/* Prepares heap_find_row().  O(n).  False out of memory. */
bool heap_index_rows(struct heap *h);
/* The rank of the object at an address, or SIZE_MAX.  O(log n), but the index leaves only
 * two or three steps on the heap of a process. */
size_t heap_find_row(const struct heap *h, int64_t address);

/* The addresses in rows first..first+n-1, counted from 0, of the table ref.  Either array
 * may be NULL.  O(log objects + n). */
void heap_ref_rows(
	const struct heap *h, size_t first, size_t n, int64_t *parent, int64_t *child);
/* The same rows of an index on ref(child): children and rowids, ascending by both. */
void heap_child_rows(
	const struct heap *h, size_t first, size_t n, int64_t *child, int64_t *rowid);

/* The rank in address order of the object that each of the references leads to, as
 * `children` has them; UINT32_MAX for one that dangles.  O(objects + references), with
 * one random access for each reference. */
void heap_child_ranks(const struct heap *h, uint32_t *rank);

/* Rows of the table ref. */
static inline size_t heap_rows(const struct heap *h)
{
	return h->top_count + h->ref_count;
}

#endif
