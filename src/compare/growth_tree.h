/* SPDX-License-Identifier: MIT */
/* growth_tree - how objects are held in several generations, as one tree of types.
 *
 * Each generation's paths are merged (see merge.h), and the trees are laid over each
 * other: a node is a place in the program's data, known by the types and labels on the
 * way to it, and has a number for each generation.  Addresses don't matter, so the dumps
 * need not be of one process. */
#ifndef MEMSEE_COMPARE_GROWTH_TREE_H
#define MEMSEE_COMPARE_GROWTH_TREE_H

#include "base/buffer.h"
#include "explain/texts.h"
#include "graph/graph.h"

struct counted;
struct db;
struct path_tree;

struct growth_node {
	uint32_t parent; /* GRAPH_NONE: a root */
	uint32_t depth;
	/* Owned by `texts`, so comparing them is comparing pointers.  The label is that
	 * of the references to it; "" when nothing is known. */
	const char *type;
	const char *label;
	bool guessed;
	bool repeated;
	int64_t first; /* the lowest address in the last generation that has the place */
};

struct growth_tree {
	size_t generations;
	int64_t *num;             /* of each, ascending as they were given */
	struct growth_node *node; /* parents before children */
	uint32_t count;
	int64_t *objects;     /* node i in generation k: [i * generations + k] */
	int64_t *bytes;       /* of the targets in this place and below */
	int64_t *unreachable; /* targets that no root leads to, of each generation */
	bool labelled;
	struct texts texts;
	const char *attributes; /* of them: the label of an object's dict */
};

/* What is looked at: objects of types (names) that are chosen; NULL: all objects. */
struct growth_query {
	const int64_t *num;
	size_t generations;
	bool (*wants)(void *context, const char *type); /* NULL: every type */
	void *context;
	const struct counted *counted; /* NULL: objects count as the dump has them */
	/* The paths from all roots of the last generation, borrowed; NULL: they are
	 * looked for. */
	struct path_tree *paths;
};

/* Loads one generation after the other.  NULL on failure.  O(n + m) each. */
struct growth_tree *growth_tree_new(
	struct db *db, const struct growth_query *q, struct error *err);
void growth_tree_free(struct growth_tree *t); /* NULL is accepted */

/* The numbers of node `i`, one a generation. */
static inline const int64_t *growth_objects(const struct growth_tree *t, uint32_t i)
{
	return t->objects + (size_t)i * t->generations;
}
static inline const int64_t *growth_bytes(const struct growth_tree *t, uint32_t i)
{
	return t->bytes + (size_t)i * t->generations;
}

/* The last number less the first. */
int64_t growth_net(const struct growth_tree *t, const int64_t *numbers);

/* Appends types and labels from the root to node `i`, as merge_signature() does; the dict
 * of an object's attributes is left out on the way, so that the text does not depend on
 * what else was looked at. */
void growth_signature(const struct growth_tree *t, uint32_t i, struct buffer *out);

/* Of each node the first that is known to have the same signature, or itself: see
 * repeats_find(). */
uint32_t *growth_find_repeats(const struct growth_tree *t);

#endif
