/* SPDX-License-Identifier: MIT */
/* graph_cache - graphs and objects kept in the database, so that the next run has them at
 * once.  See store/blob_cache.h for when they are true. */
#ifndef MEMSEE_GRAPH_GRAPH_CACHE_H
#define MEMSEE_GRAPH_GRAPH_CACHE_H

#include "graph/objects.h"

/* Smaller graphs are read from the tables: that takes less than a tenth of a second, and
 * the database stays as it is. */
#ifndef GRAPH_CACHE_LEAST
#define GRAPH_CACHE_LEAST 500000
#endif

/* graph_load() and objects_load(), but from the arrays that the read left in memory
 * (graph/graph_kept), else from the cache, else from the tables.  Large arrays that were
 * not in the cache are added to it. */
bool graph_cache_graph(struct db *db, int64_t num, struct graph **g, struct error *err);
bool graph_cache_objects(struct db *db, int64_t num, const struct graph *g,
	struct objects **o, struct error *err);

/* Keeps both, if they are large and the database may be written. */
void graph_cache_put(
	struct db *db, int64_t num, const struct graph *g, const struct objects *o);

#endif
