/* SPDX-License-Identifier: MIT */
/* compare_picture - growth and shrinking, drawn as one tree of types. */
#ifndef MEMSEE_ANSWERS_COMPARE_PICTURE_H
#define MEMSEE_ANSWERS_COMPARE_PICTURE_H

#include "compare/growth_tree.h"
#include "result/result.h"

/* Gives the result the drawing of the `top` places (0: a default) whose objects changed
 * most in number from the first generation to the last, with the references that lead
 * there; the rest is "N more". */
bool compare_picture(
	struct result *r, const struct growth_tree *t, int64_t top, struct error *err);

#endif
