/* SPDX-License-Identifier: MIT */
/* snapshot - one generation as arrays, the way the verdicts look at it.
 *
 * Objects are nodes 0..n-1 in ascending order of their addresses.  References keep the
 * order of the dump, repeats included, each with its label (terms.h); those to what is no
 * object are left out.  The dict of an object's attributes is one with the object: its
 * references and its size are the object's, its entries are called `.name`, and its node
 * is `merged`, without references.
 *
 * Memory: 41 bytes an object and 8 bytes a reference; while loading 4 more an object, and
 * the references of the dicts of attributes a second time.
 */
#ifndef MEMSEE_COMPARE_SNAPSHOT_H
#define MEMSEE_COMPARE_SNAPSHOT_H

#include "base/bits.h"
#include "compare/terms.h"
#include "compare/traits.h"
#include "graph/graph.h"

struct db;

/* Why the interpreter holds an object, by the dump. */
enum snapshot_root {
	SNAPSHOT_NO_ROOT,
	SNAPSHOT_ROOT_MODULES,
	SNAPSHOT_ROOT_INTERPRETER,
	SNAPSHOT_ROOT_FRAME,
	SNAPSHOT_ROOT_TYPE,
	SNAPSHOT_ROOT_INTERNED,
	SNAPSHOT_ROOT_VARIABLE, /* by a name that the program gave: `<GLOBAL> $cache` */
	SNAPSHOT_ROOT_OTHER
};

struct snapshot {
	int64_t num;
	uint32_t nodes;
	int64_t *address, *size;
	uint32_t *type;
	uint32_t *shape; /* what a crowd is of: the type, with the names of its properties
			    where it is one of plain objects without a class, with
			    the module where several classes have that name */
	uint64_t *value; /* hash of the value of what is TRAIT_VALUED, of the words for a
			    variable, else of the name; 0: none */
	unsigned char *root; /* enum snapshot_root */
	uint32_t *start;     /* the references of node i: start[i] … start[i + 1] - 1 */
	uint32_t *child, *label;
	uint64_t *referred; /* bits: another object refers to it */
	uint64_t *merged;   /* bits: a dict of attributes */
	bool marked;        /* the dump says what the interpreter holds */
	bool labelled;      /* the dump has labels; false: they are guessed */
	int64_t bytes;      /* of all objects */
	const struct vocabulary *words;
};

/* Loads generations num[0] … num[n - 1] into `out`; `v` gets their terms, and outlives
 * them.  Those whose reads left their arrays (graph/graph_kept.h) are made of these, side
 * by side.  False on failure, and then nothing is loaded.  O(n + m), and where labels
 * have to be guessed with the memory of labels_heap meanwhile. */
bool snapshot_load(struct db *db, const int64_t *num, size_t n, struct vocabulary *v,
	struct snapshot **out, struct error *err);
void snapshot_free(struct snapshot *s); /* NULL is accepted */

/* The first node from `node` on whose address is not below `address`, or `nodes`: O(1) a
 * node that is passed. */
static inline uint32_t snapshot_seek(
	const struct snapshot *s, uint32_t node, int64_t address)
{
	while (node < s->nodes && s->address[node] < address)
		node++;
	return node;
}

/* The hash of a text as `value` has it; never 0. */
uint64_t snapshot_hash(const char *text, size_t len);

/* What the type of a node is: enum trait. */
static inline unsigned snapshot_traits(const struct snapshot *s, uint32_t node)
{
	return s->words->types.flags[s->type[node]];
}

/* Is the node a part of a container, of a runtime that moves objects?  Which part is
 * where changes then with what the container holds, so the names of the links to it, from
 * the container and from part to part, say nothing. */
static inline bool snapshot_is_link(const struct snapshot *s, uint32_t node)
{
	return s->words->types.runtime->moves &&
	       (snapshot_traits(s, node) & TRAIT_PART) != 0;
}

static inline bool snapshot_label_names(const struct snapshot *s, uint32_t label)
{
	return (label & LABEL_KEY) == 0 &&
	       (s->words->labels.flags[label] & LABEL_NAMES) != 0;
}

#endif
