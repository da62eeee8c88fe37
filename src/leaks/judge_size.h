/* SPDX-License-Identifier: MIT */
/* judge_size - one object that gets longer and longer.  Part of `judge`; nothing else
 * includes it. */
#ifndef MEMSEE_LEAKS_JUDGE_SIZE_H
#define MEMSEE_LEAKS_JUDGE_SIZE_H

#include "leaks/judge.h"

/* Finds the permanents that hold no leak so far and whose own size grows by a share of
 * the heap, or, outside of CPython, by the size of as many numbers or lines of text as
 * make a leak.  False on failure. */
bool judge_sizes(struct judge *j, struct error *err);

#endif
