/* SPDX-License-Identifier: MIT */
/* session_graph - the graph of the current generation, as long as it is true.
 *
 * Whoever asks for the graph asks here, and here alone is decided whether the one that
 * is held may still answer: it is of the generation that is current, and the moment is
 * that of its making (graph/graph_kept.h).  Within a transaction its own changes are
 * seen.  What others commit is seen by the next command: a command has one graph, unless
 * it changes the heap itself. */
#ifndef MEMSEE_SESSION_SESSION_GRAPH_H
#define MEMSEE_SESSION_SESSION_GRAPH_H

#include "explain/name.h"
#include "graph/analysis.h"
#include "graph/graph_kept.h"
#include "store/db.h"

struct session_graph {
	struct db *db; /* borrowed; NULL: none is open */
	/* A share of the analysis and the names of its graph, NULL before they are
	 * needed; both are true of this moment. */
	struct analysis *analysis;
	struct name_tree *names;
	struct graph_moment moment;
	bool asked; /* the command that runs has looked at what others did */
};

/* From here on the graph is one of `db`; NULL: of none. */
void session_graph_connect(struct session_graph *held, struct db *db);

/* A command begins. */
void session_graph_begin(struct session_graph *held);

/* The graph, loaded when it is not there or no longer true.  Borrowed until the next
 * command that changes the heap.  NULL on failure: STATUS_SCRIPT when no generation is
 * current. */
const struct graph *session_graph_get(struct session_graph *held, struct error *err);

/* What is known of that graph: roots, types, dominators.  Borrowed as the graph is. */
struct analysis *session_graph_analysis(struct session_graph *held, struct error *err);

/* What its objects are called.  Borrowed as the graph is. */
struct name_tree *session_graph_names(struct session_graph *held, struct error *err);

#endif
