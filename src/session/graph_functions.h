/* SPDX-License-Identifier: MIT */
/* graph_functions - the graph as tables of SQL: children, parents, reachable, dominated,
 * path, dominators.  See the manual's section GRAPH. */
#ifndef MEMSEE_SESSION_GRAPH_FUNCTIONS_H
#define MEMSEE_SESSION_GRAPH_FUNCTIONS_H

#include "session/session.h"

/* Makes them known to the session's database, about whose current generation they are. */
bool graph_functions_register(struct session *s, struct error *err);

#endif
