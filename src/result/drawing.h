/* SPDX-License-Identifier: MIT */
/* drawing - a small graph to be shown: a path, a cycle or a tree of types, before a
 * format (DOT, Mermaid) draws it.
 *
 * A drawing says what things are, never how they look: shapes and colours, the legend
 * that explains them, and the node limit belong to the writer.  Nodes keep the order in
 * which they were put, which must be defined: it is the order of the output. */
#ifndef MEMSEE_RESULT_DRAWING_H
#define MEMSEE_RESULT_DRAWING_H

#include "base/error.h"
#include "base/map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a node is, each explained in the legend; several may hold. */
enum drawing_node_flag {
	DRAWING_SOURCE = 1 << 0, /* where a path begins */
	DRAWING_TARGET = 1 << 1, /* where a path ends */
	DRAWING_ROOT = 1 << 2,   /* held by nothing: the pseudo object 0 refers to it */
	DRAWING_GROUP = 1 << 3,  /* represents several objects of one kind */
	DRAWING_MORE = 1 << 4,   /* left out: `count` is written before its title */
	DRAWING_CODE = 1 << 5,   /* module, frame, type or function, not data */
	DRAWING_NEW = 1 << 6,    /* new, grown, shrunk, gone: in a comparison */
	DRAWING_GROWN = 1 << 7,
	DRAWING_SHRUNK = 1 << 8,
	DRAWING_GONE = 1 << 9,
	DRAWING_CYCLE = 1 << 10, /* on a reference cycle */
	DRAWING_CUT = 1 << 11,   /* removing all of these frees the targets */
	DRAWING_EACH = 1 << 12,  /* bytes are those of each object that it represents */
};

enum drawing_edge_flag {
	DRAWING_ON_PATH = 1 << 0,   /* part of the answer, not only among its objects */
	DRAWING_GUESSED = 1 << 1,   /* label inferred from the order of the references */
	DRAWING_DOMINATES = 1 << 2, /* owns, which is not the same as refers to */
	DRAWING_GROWTH = 1 << 3,    /* the bytes are growth */
};

/* Ids from here on are not addresses. */
#define DRAWING_NO_ADDRESS (UINT64_C(1) << 63)

struct drawing_node {
	uint64_t id;      /* unique in the drawing: an address, or another number */
	char *title;      /* owned: the type */
	char *detail;     /* owned: a short repr, a count, …; NULL without */
	int64_t bytes;    /* size, retained size, …; -1 when it means nothing */
	int64_t count;    /* objects that it represents */
	int64_t retained; /* bytes that would be freed with it; 0: not known */
	char *note;       /* owned: a remark about it; NULL without */
	unsigned flags;   /* drawing_node_flag */
	char *cluster;    /* owned: name of the group it is drawn in; NULL without */
};

struct drawing_edge {
	size_t from, to; /* indexes of nodes, in the direction of the reference */
	char *label;     /* owned; NULL without */
	char *via; /* owned: types that it passes and that are not shown; NULL without */
	int64_t count;  /* references that it represents */
	int64_t bytes;  /* carried; -1 when it means nothing; drawn as width */
	unsigned flags; /* drawing_edge_flag */
};

struct drawing {
	struct drawing_node *nodes;
	size_t node_count, node_cap;
	struct drawing_edge *edges;
	size_t edge_count, edge_cap;
	struct map by_id;
	struct map by_ends; /* edges, by both of their nodes */
};

struct drawing *drawing_new(void);    /* NULL out of memory */
void drawing_free(struct drawing *d); /* NULL is accepted */

/* The node of that id: its index, or SIZE_MAX.  O(1). */
size_t drawing_find(const struct drawing *d, uint64_t id);

/* Adds a node (its strings are copied) unless its id is there already, then only its
 * flags are added.  `*index` (may be NULL) is its place. */
bool drawing_put_node(struct drawing *d, const struct drawing_node *node, size_t *index,
	struct error *err);

/* Adds an edge between two nodes that are there (its label is copied) unless one with the
 * same ends and label is there already, then count, bytes and flags are added to it.
 * O(1). */
bool drawing_put_edge(
	struct drawing *d, const struct drawing_edge *edge, struct error *err);

#endif
