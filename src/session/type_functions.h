/* SPDX-License-Identifier: MIT */
/* type_functions - totals by type as tables of SQL: type_totals, generation_types,
 * type_lengths, largest, longest, retaining, reachable_totals.  See the manual's section
 * GRAPH. */
#ifndef MEMSEE_SESSION_TYPE_FUNCTIONS_H
#define MEMSEE_SESSION_TYPE_FUNCTIONS_H

#include "session/session_graph.h"

/* Makes them known to `db`.  They are about the graph that `held` holds when they are
 * asked; it must outlive the connection. */
bool type_functions_register(
	struct db *db, struct session_graph *held, struct error *err);

/* Has one of them that name, in whatever case?  A table of that name would hide it. */
bool type_functions_have(const char *name);

#endif
