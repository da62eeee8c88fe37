/* SPDX-License-Identifier: MIT */
/* name_functions - what things are called and where they pile up, for SQL:
 * name_of(address), module_of(address), defined_in(address), owner_kind(address),
 * attributes_of(address), piles(least, bytes), outliers(least, times).  See the manual's
 * section GRAPH. */
#ifndef MEMSEE_SESSION_NAME_FUNCTIONS_H
#define MEMSEE_SESSION_NAME_FUNCTIONS_H

#include "session/session_graph.h"

/* Makes them known to `db`; they are about the graph that `held`, which outlives it, has.
 */
bool name_functions_register(
	struct db *db, struct session_graph *held, struct error *err);

#endif
