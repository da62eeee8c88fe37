/* SPDX-License-Identifier: MIT */
/* objects - what the graph's walks want to know of every object: its size and its type.
 *
 * 12 bytes an object, and 4 for the length of one whose dump was just read.  Everything
 * else (repr, value, name) is read from the table for the few objects that are shown. */
#ifndef MEMSEE_GRAPH_OBJECTS_H
#define MEMSEE_GRAPH_OBJECTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "dump/runtime.h"
#include "graph/graph.h"
#include "graph/lengths.h"

/* Types are numbered in ascending order of their names' bytes, so comparing numbers is
 * comparing names.  Objects without a type have the empty name. */
struct objects {
	uint32_t nodes;
	uint32_t types;
	int64_t *size;  /* of each node, in bytes; NULL counts as 0 */
	uint32_t *type; /* of each node */
	char **name;    /* of each type, in: */
	struct arena room;
	const struct runtime *runtime;
	struct lengths *lengths; /* owned; NULL unless they came along */
	uint64_t *named; /* a bit set of those with a name; NULL unless it came along */
};

/* Reads generation `num`, whose graph is `g`.  `*o` is the caller's, for objects_free().
 * O(n log types). */
bool objects_load(struct db *db, int64_t num, const struct graph *g, struct objects **o,
	struct error *err);

/* From arrays, copied: sizes and type names of n nodes, of CPython. */
struct objects *objects_build(
	const int64_t *size, const char *const *type, uint32_t n, struct error *err);

/* Of a heap that was read, whose records are there: what objects_load() says of the
 * tables made from it.  O(n). */
struct heap;
struct objects *objects_of_heap(const struct heap *h, struct error *err);

/* A bit set of the nodes of generation `num`, whose graph is `g`, that have a name: the
 * caller's, for free().  NULL on failure.  O(n). */
uint64_t *objects_load_named(
	struct db *db, int64_t num, const struct graph *g, struct error *err);

/* One of n nodes without types, whose arrays are NULL.  NULL out of memory. */
struct objects *objects_new(uint32_t nodes, struct error *err);

void objects_free(struct objects *o); /* NULL is accepted */

/* The number of the type of that name, or GRAPH_NONE.  O(log types). */
uint32_t objects_find_type(const struct objects *o, const char *name);

/* What each type is, by its number; `o->types` of them, to be freed.  NULL out of memory.
 */
enum type_kind *objects_kinds(const struct objects *o, struct error *err);

/* The type's name of a node: borrowed. */
static inline const char *objects_type(const struct objects *o, uint32_t node)
{
	return o->name[o->type[node]];
}

#endif
