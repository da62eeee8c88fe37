/* SPDX-License-Identifier: MIT */
/* session_graph - the graph of the current generation, as long as it is true.
 *
 * Whoever asks for the graph asks here, and here alone is decided whether the one that
 * is held may still answer: it is of the generation that is current, no statement of this
 * connection has changed the heap since, nor has a rollback, of all or to a savepoint,
 * taken such a change back (db_heap_version()), and nobody else has committed anything to
 * the file: no other process, no other connection, no second name under which the file
 * is attached (pragma data_version).  Within a transaction its own changes are seen.
 *
 * What keeps graphs from one run to the next is graph/graph_cache. */
#ifndef MEMSEE_SESSION_SESSION_GRAPH_H
#define MEMSEE_SESSION_SESSION_GRAPH_H

#include "graph/analysis.h"
#include "graph/graph.h"
#include "store/db.h"

struct session_graph {
	struct db *db;             /* borrowed; NULL: none is open */
	struct graph *graph;       /* NULL before it is needed */
	struct analysis *analysis; /* of the graph, NULL before it is needed */
	int64_t generation;        /* these three: what the graph is true of */
	uint64_t heap_version;
	int64_t data_version;
};

/* From here on the graph is one of `db`; NULL: of none. */
void session_graph_connect(struct session_graph *held, struct db *db);

/* The graph, loaded when it is not there or no longer true.  Borrowed until the next
 * command that changes the heap.  NULL on failure: STATUS_SCRIPT when no generation is
 * current. */
const struct graph *session_graph_get(struct session_graph *held, struct error *err);

/* What is known of that graph: roots, types, dominators.  Borrowed as the graph is. */
struct analysis *session_graph_analysis(struct session_graph *held, struct error *err);

#endif
