/* SPDX-License-Identifier: MIT */
/* type_functions - totals by type as tables of SQL: type_totals, generation_types,
 * type_lengths, largest, longest, retaining, reachable_totals.  See the manual's section
 * GRAPH. */
#ifndef MEMSEE_SESSION_TYPE_FUNCTIONS_H
#define MEMSEE_SESSION_TYPE_FUNCTIONS_H

#include "session/session_graph.h"

/* Registers them with `db`.  They read the graph that `held` has when a statement runs;
 * it must outlive the connection. */
bool type_functions_register(
	struct db *db, struct session_graph *held, struct error *err);

/* Does one of them have that name, in any case?  A table of that name would hide it. */
bool type_functions_have(const char *name);

#endif
