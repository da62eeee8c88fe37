/* SPDX-License-Identifier: MIT */
/* heap - a whole dump as sorted arrays, ready to become the tables obj and ref.
 *
 * Objects are in the order of their addresses; the references of one object in the order
 * of the dump, after the references of all objects before it.  Row 1.. of `ref` are the
 * references of the pseudo object 0 to each object that nothing refers to (a reference
 * to itself counts), by ascending address.  Of several objects at one address the first
 * of the dump is kept.
 *
 * About 20 bytes an object and 12 a reference, besides the records; twice that while
 * they are sorted. */
#ifndef MEMSEE_LOAD_HEAP_H
#define MEMSEE_LOAD_HEAP_H

#include "base/error.h"
#include "load/heap_part.h"

/* Two objects at one address that are not the same. */
struct heap_clash {
	int64_t address;
	uint64_t first_line, line;
};

/* A row of obj: its record lies in one of the pieces. */
struct heap_row {
	const uint8_t *record;
	uint32_t size;
	uint32_t key;
};

struct heap {
	struct heap_part **parts; /* in the order of the dump; owned */
	size_t part_count, part_cap;
	struct heap_store store; /* of the pieces that have settled */

	struct heap_keys keys;
	size_t count;          /* objects that are kept */
	struct heap_row *rows; /* of obj, ascending by key */
	uint32_t *first_ref;   /* of each object in `children`; one more for the end */
	uint32_t *children;    /* keys */
	size_t ref_count;      /* of the objects that are kept */
	uint32_t *tops;        /* keys of what nothing refers to, ascending */
	size_t top_count;
	uint64_t *by_child;    /* child's key << 32 | row of ref - 1, ascending */
	uint32_t *index;       /* first row by the leading bits of keys; or NULL */
	uint64_t object_total; /* in the dump, repeats included */
	uint64_t repeats;      /* identical repeats */
	uint64_t clash_count;
	struct heap_clash clashes[HEAP_FAULTS_MAX];
	uint64_t dangling; /* references to what is not in the dump */
	uint64_t dangling_targets;
	int64_t size_read; /* the same of all objects of the dump, repeats included */
	int64_t size;      /* sum of the sizes, at the ends of 64 bits if beyond */
};

void heap_init(struct heap *h);
void heap_fini(struct heap *h);
struct heap *heap_new(void);    /* NULL out of memory */
void heap_free(struct heap *h); /* NULL is accepted */

/* Once the tables are written: release the records, of which the rows keep no more than
 * the keys then; the references as the dump has them; and their order by child. */
void heap_drop_records(struct heap *h);
void heap_drop_references(struct heap *h);
void heap_drop_order(struct heap *h);

/* Adds the next piece, which is taken over, also on failure. */
bool heap_take(struct heap *h, struct heap_part *part, struct error *err);

/* Numbers lines and objects through all pieces: sets `first_line` and `first` of each,
 * object_total and size_read.  heap_build() does it, too. */
void heap_number(struct heap *h);

/* Of a sum of sizes as pieces have it, at the ends of 64 bits if it is beyond. */
int64_t heap_size(int64_t high, uint64_t low);

/* Sorts everything, once all pieces are there, closed and settled in the store.  Fails
 * out of memory and with more than 2^32 - 1 objects or references.  O(objects +
 * references). */
bool heap_build(struct heap *h, unsigned threads, struct error *err);

/* Of the object of rank `index` in address order. */
static inline int64_t heap_address(const struct heap *h, size_t index)
{
	return heap_keys_address(&h->keys, h->rows[index].key);
}

/* Makes heap_find_row() possible.  O(n).  False out of memory. */
bool heap_index_rows(struct heap *h);
/* The rank of the object at an address, or SIZE_MAX.  O(log n), of which most is known
 * from the index: two or three steps on a heap of a process. */
size_t heap_find_row(const struct heap *h, int64_t address);

/* Rows first..first+n-1, counted from 0, of the table ref in its order: the addresses in
 * them.  Either may be NULL.  O(log objects + n). */
void heap_ref_rows(
	const struct heap *h, size_t first, size_t n, int64_t *parent, int64_t *child);
/* Entries of an index on ref(child): children and rowids, ascending by both. */
void heap_child_rows(
	const struct heap *h, size_t first, size_t n, int64_t *child, int64_t *rowid);

/* Rows of the table ref. */
static inline size_t heap_rows(const struct heap *h)
{
	return h->top_count + h->ref_count;
}

#endif
