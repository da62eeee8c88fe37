/* SPDX-License-Identifier: MIT */
/* labels_heap - one generation as arrays, to label all of its references.
 *
 * Tables take a search for each object and each reference; from arrays a label takes a
 * tenth of that time.  Objects are numbered from 0 in the order in which they are
 * added.
 *
 * Memory: 16 bytes an object, and its name and value as far as a label shows them. */
#ifndef MEMSEE_EXPLAIN_LABELS_HEAP_H
#define MEMSEE_EXPLAIN_LABELS_HEAP_H

#include "base/buffer.h"
#include "load/heap.h"
#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* References lead anywhere, so what is asked of one object is together in memory, four in
 * a line of the cache. */
struct labels_node {
	size_t text;  /* where in `texts` the name begins, which the value follows; 0:
			 both are empty */
	uint32_t len; /* LABELS_NO_LEN: none; at most LABELS_NO_LEN - 1, and no object has
			 as many references */
	uint32_t type : 31; /* a number that the caller gives the type */
	uint32_t named : 1; /* the name is not empty */
};

#define LABELS_NO_LEN UINT32_MAX

struct labels_heap {
	size_t nodes;
	struct labels_node *node;
	size_t *type_text;   /* of a type by its number; 0: no object has it */
	struct buffer texts; /* each with a NUL behind it */
	/* The references of node i: child[start[i]] … child[start[i + 1] - 1], in the
	 * order of the dump, UINT32_MAX where there is no object.  Borrowed: the caller
	 * sets them. */
	const uint32_t *start, *child;
	size_t cap, types;
};

void labels_heap_fini(struct labels_heap *h); /* also of a zeroed one */

/* Makes room for `nodes` objects at once.  False out of memory. */
bool labels_heap_reserve(struct labels_heap *h, size_t nodes);

/* Adds an object, a row of `obj`, of a type that has this number below 2^31.  False out
 * of memory.  Amortised O(text). */
bool labels_heap_add(
	struct labels_heap *h, uint32_t number, const struct cell row[HEAP_COLUMNS]);

/* Is there an object of this type?  O(types). */
bool labels_heap_has_type(const struct labels_heap *h, const char *type);

/* The first bytes of a text that fit into to[0..room-1], cut at a character, in one line;
 * returns their number, without the NUL. */
size_t labels_copy(char *to, size_t room, const struct cell *cell);

#endif
