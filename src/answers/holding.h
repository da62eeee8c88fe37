/* SPDX-License-Identifier: MIT */
/* holding - why one object is alive: the path from a root to it, as rows and as a
 * drawing.
 *
 * The path is the first of the shortest, low-priority references only where nothing else
 * leads there, as `path` and `paths` have it. */
#ifndef MEMSEE_ANSWERS_HOLDING_H
#define MEMSEE_ANSWERS_HOLDING_H

#include "graph/analysis.h"
#include "paths/path.h"
#include "session/session.h"

/* The path that holds the object at `address` in the current generation; `*path` stays
 * NULL when no root leads to it or there is no such object. */
bool holding_current(
	struct session *s, int64_t address, struct result **path, struct error *err);

/* The same in the generation that was analysed. */
bool holding_find(struct session *s, struct analysis *a, uint32_t node,
	struct result **path, struct error *err);

/* The objects on a path as rows: address, reference (its label),
 * type, repr, size.  `reversed`: the path goes from child to parent.  NULL on failure. */
struct result *holding_rows(struct session *s, const struct analysis *a,
	const uint32_t *nodes, size_t count, bool reversed, struct error *err);

#endif
