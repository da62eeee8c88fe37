/* SPDX-License-Identifier: MIT */
/* picture - results as drawings: objects, and the references among them. */
#ifndef MEMSEE_SESSION_PICTURE_H
#define MEMSEE_SESSION_PICTURE_H

#include "result/drawing.h"
#include "result/result.h"
#include "session/session_graph.h"

/* Gives a result with an `address` column the drawing of its objects and the references
 * among them.  A result without such a column stays without. */
bool picture_of_objects(struct session_graph *held, struct result *r, struct error *err);

/* Adds the object at `address` as a node: type, a short repr, size.  An address that is
 * not an object's is drawn as a number. */
bool picture_put_object(struct drawing *d, struct session_graph *held, int64_t address,
	unsigned flags, struct error *err);

/* Adds the references among the nodes that are in the drawing already. */
bool picture_put_references(struct drawing *d, const struct graph *g, struct error *err);

#endif
