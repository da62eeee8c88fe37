/* SPDX-License-Identifier: MIT */
/* texts - texts of which each is kept once. */
#ifndef MEMSEE_EXPLAIN_TEXTS_H
#define MEMSEE_EXPLAIN_TEXTS_H

#include "base/arena.h"
#include "base/map.h"

struct texts {
	struct arena room;
	const char **text;
	size_t count, cap;
	struct map map;
};

void texts_init(struct texts *t);
void texts_fini(struct texts *t);

/* A copy of the text, valid until texts_fini(): the same for equal texts, so comparing
 * pointers compares these.  NULL out of memory.  Expected O(length). */
const char *texts_put(struct texts *t, const char *text);

#endif
