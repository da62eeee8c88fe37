/* SPDX-License-Identifier: MIT */
/* merge - the paths to many objects as one tree of types.
 *
 * Every target has its first path (see path_tree.h).  Where two paths begin with the same
 * types under the same labels they share the nodes of the tree, so thousands of leaked
 * objects that are held in one way are one branch.  An object and the dict that holds its
 * attributes are one node, with labels like `.body`.  A step that repeats itself, as from
 * link to link of a list, is one node that is marked.
 *
 * Labels are without indexes and arbitrary keys, and a branch has no addresses, so it has
 * a signature (signature.h), the same in every run of the same program.
 *
 * A path from the roots of a CPython heap begins at the last module on it, or at the
 * module whose namespace it passes, for that is where a reader looks. */
#ifndef MEMSEE_EXPLAIN_MERGE_H
#define MEMSEE_EXPLAIN_MERGE_H

#include "base/buffer.h"
#include "explain/labels.h"
#include "explain/texts.h"
#include "graph/objects.h"
#include "paths/path_tree.h"

struct merge_node {
	uint32_t parent; /* GRAPH_NONE: a source */
	uint32_t type;   /* as struct objects numbers them */
	/* Owned by `texts`. */
	const char *label;   /* of the references to it; "" when nothing is known */
	const char *name;    /* of a class or module: "module shop"; "" else */
	bool guessed;        /* so is the label of some of them */
	bool repeated;       /* several steps of some path are this one */
	uint32_t objects;    /* of the heap in this place */
	uint32_t ends;       /* of them, targets */
	uint32_t targets;    /* targets in this place or below */
	int64_t bytes;       /* their sizes */
	uint32_t first;      /* the object at the lowest address in this place */
	uint32_t first_end;  /* the target at the lowest address, GRAPH_NONE without */
	uint32_t depth;      /* 0 for a source */
	uint32_t next, down; /* next child of the parent, first child; GRAPH_NONE */
};

/* The nodes are in the order of a walk that takes of several children the one with most
 * targets first, then most bytes, then by type and label: parents before children. */
struct merge {
	struct merge_node *node;
	uint32_t count;
	uint32_t reached;     /* targets that have a path */
	uint32_t unreachable; /* targets that have none */
	bool labelled;        /* false: there were too many objects to look at each */
	struct texts texts;
	enum type_kind *kind; /* of each type; NULL: not needed */
	uint32_t *variable;   /* of each node: merge_variable(); NULL: there are none */
};

/* Above this many objects on all paths together labels are left out. */
#define MERGE_LABELS_MAX 200000

/* Merges the first paths from q's sources to each of its targets.  `t` is the tree of
 * these paths; NULL: it is made meanwhile.  `labels` may be NULL: then branches differ by
 * types alone; with `labelled_only` nothing is merged unless there are labels for all.
 * NULL on failure.  O(n + m), and a few queries for each object on a path. */
struct merge *merge_new(const struct graph *g, const struct objects *o,
	const struct path_query *q, const struct path_tree *t, struct labels *labels,
	bool labelled_only, struct error *err);
void merge_free(struct merge *m); /* NULL is accepted */

/* The name of the class or module of a node, else the type of its objects: borrowed,
 * never NULL. */
char *merge_type(const struct merge *m, const struct objects *o, uint32_t i);

/* The node of the branch that ends at `i` which a variable of a closure holds, where
 * nothing but functions and what runs comes before it, in JavaScript; else GRAPH_NONE. It
 * says as much as a global variable does; how the engine comes to it changes. */
uint32_t merge_variable(const struct merge *m, uint32_t i);

/* Appends the signature (signature.h) of the branch that ends at node `i`.  Outside of
 * CPython it begins at the last class or module, or at merge_variable(), and the parts of
 * sequences and mappings are left out: `Shop .carts java.util.HashMap {*} Cart`,
 * `<closure carts> Map {*} Cart`. */
void merge_signature(
	const struct merge *m, const struct objects *o, uint32_t i, struct buffer *out);

#endif
