/* SPDX-License-Identifier: MIT */
/* name_functions - names of objects and places where they pile up, as SQL functions:
 * name_of(address), module_of(address), defined_in(address), owner_kind(address),
 * attributes_of(address), piles(least, bytes), outliers(least, times).  See the manual's
 * section GRAPH. */
#ifndef MEMSEE_SESSION_NAME_FUNCTIONS_H
#define MEMSEE_SESSION_NAME_FUNCTIONS_H

#include "session/session_graph.h"

/* Registers them with `db`.  They read the graph that `held` has when a statement runs;
 * it must outlive the connection. */
bool name_functions_register(
	struct db *db, struct session_graph *held, struct error *err);

#endif
