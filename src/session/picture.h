/* SPDX-License-Identifier: MIT */
/* picture - results as drawings: objects, and the references among them. */
#ifndef MEMSEE_SESSION_PICTURE_H
#define MEMSEE_SESSION_PICTURE_H

#include "result/drawing.h"
#include "session/session.h"

/* Gives a result with an `address` column the drawing of its objects and the references
 * among them.  A result without such a column stays without. */
bool picture_of_objects(struct session *s, struct result *r, struct error *err);

/* Adds the object at `address` as a node: type, a short repr, size.  What is no object is
 * drawn as its address. */
bool picture_put_object(struct drawing *d, struct db *db, const struct graph *g,
	int64_t address, unsigned flags, struct error *err);

/* Adds the references among the nodes that are in the drawing already. */
bool picture_put_references(struct drawing *d, const struct graph *g, struct error *err);

#endif
