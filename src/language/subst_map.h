/* SPDX-License-Identifier: MIT */
/* subst_map - a text that grows and remembers where each of its bytes comes from.
 *
 * What fails, fails the text's buffer. */
#ifndef MEMSEE_LANGUAGE_SUBST_MAP_H
#define MEMSEE_LANGUAGE_SUBST_MAP_H

#include "language/subst.h"

/* Empties the text and keeps its room. */
void subst_map_clear(struct subst_text *t);

/* Says where the bytes that are appended to t->text next come from: from byte `in` of the
 * input on when they are `copied`, else all from that byte. */
void subst_map_put(struct subst_text *t, size_t in, bool copied);

/* Appends bytes `start` to `end` of another text, and where they come from. */
void subst_map_copy(
	struct subst_text *to, const struct subst_text *from, size_t start, size_t end);

#endif
