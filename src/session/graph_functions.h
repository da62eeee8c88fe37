/* SPDX-License-Identifier: MIT */
/* graph_functions - the graph as tables of SQL: children, parents, reachable, dominated,
 * path, dominators.  See the manual's section GRAPH. */
#ifndef MEMSEE_SESSION_GRAPH_FUNCTIONS_H
#define MEMSEE_SESSION_GRAPH_FUNCTIONS_H

#include "session/session_graph.h"

/* Registers them with `db`.  They read the graph that `held` has when a statement runs;
 * it must outlive the connection. */
bool graph_functions_register(
	struct db *db, struct session_graph *held, struct error *err);

/* Does one of them have that name, in any case?  A table of that name would hide it. */
bool graph_functions_have(const char *name);

#endif
