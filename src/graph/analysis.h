/* SPDX-License-Identifier: MIT */
/* analysis - the results computed from one graph.  Each part is computed when it is first
 * asked for, and kept as long as the graph. */
#ifndef MEMSEE_GRAPH_ANALYSIS_H
#define MEMSEE_GRAPH_ANALYSIS_H

#include "graph/dominators.h"
#include "graph/equal.h"
#include "graph/objects.h"
#include "graph/roots.h"
#include "graph/scc.h"
#include "graph/type_references.h"

struct analysis {
	struct graph *g; /* owned */
	unsigned users;  /* see analysis_free() */
	struct db *db;
	int64_t generation;
	struct objects *objects;
	struct lengths *lengths; /* unless the objects have them */
	uint64_t *named;         /* likewise */
	struct roots *roots;
	uint64_t *reachable; /* a bit set of what the roots lead to */
	struct scc *scc;
	struct dominators *dominators;
	struct equal_groups *equal_values, *equal_references;
	struct type_references *type_references;
	int64_t *retained; /* of each node, in bytes */
	uint32_t *count;   /* of each node: objects retained, itself included */
	uint32_t *depth;   /* of each node in the dominator tree: see analysis_depths() */
	uint32_t *owner;   /* of each node: see explain/attributes.h */
};

/* For the graph of generation `num` of `db`, which is taken over, on failure too. Nothing
 * may be asked of it once `db` is closed.  NULL out of memory. */
struct analysis *analysis_new(
	struct graph *g, struct db *db, int64_t num, struct error *err);
/* One more user of it: returns `a`. */
struct analysis *analysis_share(struct analysis *a);
/* One user less; the last one frees it, and its graph.  NULL is accepted. */
void analysis_free(struct analysis *a);

/* Borrowed, valid as long as there is a user; NULL on failure. */
const struct objects *analysis_objects(struct analysis *a, struct error *err);
const struct lengths *analysis_lengths(struct analysis *a, struct error *err);
/* A bit set of the objects that have a name. */
const uint64_t *analysis_named(struct analysis *a, struct error *err);
const struct roots *analysis_roots(struct analysis *a, struct error *err);
/* A bit set of what the roots lead to. */
const uint64_t *analysis_reachable(struct analysis *a, struct error *err);
const struct scc *analysis_scc(struct analysis *a, struct error *err);
/* Under the roots. */
const struct dominators *analysis_dominators(struct analysis *a, struct error *err);
/* The same, with a->retained and a->count. */
const struct dominators *analysis_retained(struct analysis *a, struct error *err);

/* Likewise: see graph/equal.h and graph/type_references.h. */
const struct equal_groups *analysis_equal_values(struct analysis *a, struct error *err);
const struct equal_groups *analysis_equal_references(
	struct analysis *a, struct error *err);
const struct type_references *analysis_type_references(
	struct analysis *a, struct error *err);

/* The depth of each node in the tree of dominators: 1 below the top, 0 if unreachable. */
const uint32_t *analysis_depths(struct analysis *a, struct error *err);

/* The sum of the sizes of the reachable objects, and their number. */
bool analysis_total(
	struct analysis *a, int64_t *bytes, uint32_t *objects, struct error *err);

#endif
