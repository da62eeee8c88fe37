/* SPDX-License-Identifier: MIT */
/* type_references - which types refer to which, and how much. */
#ifndef MEMSEE_GRAPH_TYPE_REFERENCES_H
#define MEMSEE_GRAPH_TYPE_REFERENCES_H

#include "graph/objects.h"

struct db;

struct type_reference {
	uint32_t holder, held; /* numbers of types */
	uint64_t references;   /* as in the dump: repeats count */
	uint64_t objects;      /* of type `held` that they lead to, each once */
	int64_t bytes;         /* sizes of these objects, once a reference; saturating */
};

struct type_references {
	struct type_reference *item; /* ascending by holder, held */
	size_t count, cap;
};

/* Of generation `num`.  NULL on failure.  O(n + m). */
struct type_references *type_references_new(struct db *db, int64_t num,
	const struct graph *g, const struct objects *o, struct error *err);
void type_references_free(struct type_references *t); /* NULL is accepted */

#endif
