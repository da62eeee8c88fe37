/* SPDX-License-Identifier: MIT */
/* judge_siblings - leaks of one class below one name are one.  Part of `judge`; nothing
 * else includes it. */
#ifndef MEMSEE_LEAKS_JUDGE_SIBLINGS_H
#define MEMSEE_LEAKS_JUDGE_SIBLINGS_H

#include "leaks/judge.h"

/* Finds j->anchor.  What has a name of its own and is one of up to 1000 items of a
 * container, most of which have none, is below that: a variable may name the last of
 * several.  False out of memory. */
bool judge_find_anchors(struct judge *j);

/* Joins findings whose holders hang on one name of a module, a class or a frame, and a
 * chain with what else there is of its class below that name.  False on failure. */
bool judge_join_siblings(struct judge *j, struct error *err);

#endif
